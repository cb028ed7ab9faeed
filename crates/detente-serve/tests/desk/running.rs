//! What a desk tells those who run it.

use detente_serve::Options;

use crate::made::{get, on_newsroom};

#[test]
fn a_desk_says_whether_it_can_answer_and_what_it_was_asked() {
    on_newsroom("measured", Options::default(), async |desk| {
        for address in ["/", "/pair/KOR/PRK", "/pair/KOR/PRK.json", "/event/nothing", "/no/such/page"] {
            get(&desk, address).await;
        }
        let health = get(&desk, "/healthz").await;
        assert_eq!((health.status.as_u16(), health.body.as_str()), (200, "ok\n"));
        let told = get(&desk, "/metrics").await;
        assert!(told.header("content-type").starts_with("text/plain; version=0.0.4"));
        for line in [
            "detente_requests_total{method=\"GET\",route=\"/pair/{a}/{b}\",status=\"200\"} 2",
            "detente_requests_total{method=\"GET\",route=\"/event/{key}\",status=\"404\"} 1",
            "detente_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
            "detente_request_seconds_count{route=\"/pair/{a}/{b}\"} 2",
            "detente_deliveries{state=\"dead\"} 0",
            "detente_streams_open 0",
        ] {
            assert!(told.body.lines().any(|told| told == line), "{line}\n{}", told.body);
        }
        let reports = told.body.lines().find_map(|line| line.strip_prefix("detente_ledger_reports "));
        assert!(reports.unwrap().parse::<u32>().unwrap() > 50);
        // Every line is one that Prometheus reads: a comment, or a name with labels and a number.
        for line in told.body.lines().filter(|line| !line.starts_with("# ")) {
            let (name, value) = line.rsplit_once(' ').unwrap();
            assert!(name.starts_with("detente_") && value.parse::<f64>().is_ok(), "{line}");
        }
    });
}

#[test]
fn a_private_desk_keeps_its_measures_and_tells_its_health() {
    on_newsroom("measured-private", Options { private: true, ..Options::default() }, async |desk| {
        assert_eq!(get(&desk, "/metrics").await.status, 401);
        assert_eq!(get(&desk, "/healthz").await.status, 200);
    });
}

#[test]
fn addresses_as_typed_stand_in_no_measure() {
    on_newsroom("measured-hostile", Options::default(), async |desk| {
        for address in ["/actor/%22%7D%20evil_metric%201", "/%0Aevil_metric%201", "/events?q=secret-words"] {
            get(&desk, address).await;
        }
        let told = get(&desk, "/metrics").await.body;
        assert!(!told.contains("evil") && !told.contains("secret"), "{told}");
    });
}
