//! A desk that sends letters, and a server of mail that the test starts itself.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::Duration;

use crate::Desk;

/// A server that takes every letter.
struct Mailroom {
    letters: Arc<Mutex<Vec<String>>>,
    port: u16,
}

impl Mailroom {
    fn open() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let letters = Arc::new(Mutex::new(Vec::new()));
        let taken = Arc::clone(&letters);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let taken = Arc::clone(&taken);
                std::thread::spawn(move || take(stream, &taken));
            }
        });
        Self { letters, port }
    }

    /// The first letter, once it is there.
    fn first(&self) -> String {
        for _ in 0..300 {
            if let Some(letter) = self.letters.lock().unwrap().first() {
                return letter.clone();
            }
            sleep(Duration::from_millis(50));
        }
        panic!("no letter came");
    }
}

/// Speaks as much SMTP as a letter needs.
fn take(mut stream: TcpStream, taken: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    stream.write_all(b"220 mailroom\r\n").unwrap();
    while let Some(line) = lines.next() {
        let verb: String = line.chars().take(4).collect();
        let answer = match verb.to_uppercase().as_str() {
            "EHLO" => "250-mailroom\r\n250 8BITMIME\r\n",
            "DATA" => {
                stream.write_all(b"354 go on\r\n").unwrap();
                let letter: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                taken.lock().unwrap().push(letter.join("\n"));
                "250 taken\r\n"
            }
            "QUIT" => "221 good day\r\n",
            _ => "250 ok\r\n",
        };
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Sends a request; the status and the body of the answer.
fn ask(desk: &Desk, head: &str, kind: &str, body: &str) -> (u16, String) {
    let at = desk.address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(at).unwrap();
    let rest =
        format!("host: {at}\r\nconnection: close\r\ncontent-type: {kind}\r\ncontent-length: {}", body.len());
    write!(stream, "{head}\r\n{rest}\r\n\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
    (status, answer)
}

#[test]
fn a_desk_asks_by_mail_whether_letters_are_wanted() {
    let mailroom = Mailroom::open();
    let server = format!("smtp://127.0.0.1:{}", mailroom.port);
    let words = [
        "--smtp",
        &server,
        "--mail-from",
        "The desk <desk@example.org>",
        "--public-address",
        "https://desk.example.org",
    ];
    let desk = Desk::start_with("mail", &words);
    let head = format!("POST /api/v1/subscriptions HTTP/1.1\r\nauthorization: Bearer {}", desk.token());
    let wish = r#"{"url": "mailto:bob@example.org", "matter": "reports", "query": "actor=KOR"}"#;
    let (status, answer) = ask(&desk, &head, "application/json", wish);
    assert_eq!(status, 201, "{answer}");
    let letter = mailroom.first();
    // Soft line breaks of quoted-printable are taken out, and its two signs for what is plain.
    let letter = letter.replace("=\n", "").replace("=3D", "=");
    for line in [
        "From: \"The desk\" <desk@example.org>",
        "To: bob@example.org",
        "Subject: Do you want these letters?",
        "Message-ID: <question.1@example.org>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "ann asks for letters to this address, of actor=KOR.",
    ] {
        assert!(letter.lines().any(|given| given == line), "{line}\n{letter}");
    }
    let path = letter
        .split("List-Unsubscribe: <https://desk.example.org")
        .nth(1)
        .unwrap()
        .split('>')
        .next()
        .unwrap();
    assert!(path.starts_with("/letters/1-"), "{path}");
    let (status, answer) = ask(&desk, &format!("GET {path} HTTP/1.1"), "text/plain", "");
    assert!(status == 200 && answer.contains("Yes, send them"), "{answer}");
    let form = "application/x-www-form-urlencoded";
    let (status, answer) = ask(&desk, &format!("POST {path} HTTP/1.1"), form, "do=begin");
    assert!(status == 200 && answer.contains("The letters will come."), "{answer}");
}
