//! A PostgreSQL server of our own: started on a free port in a temporary folder, gone when the tests end, however they end.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

pub struct Server {
    programs: PathBuf,
    port: u16,
    /// Its standard input is held open: when this process ends, the script sees the end of it and stops the server.
    _keeper: Child,
}

/// The server, started by the first test that asks; `None`, said aloud, where no PostgreSQL is installed.
pub fn running() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(|| programs().map(Server::start)).as_ref();
    if server.is_none() {
        eprintln!("\n*** NOT TESTED ON POSTGRESQL: no initdb was found; `apt-get install postgresql` ***\n");
    }
    server
}

impl Server {
    /// The address of a new, empty database.
    pub fn database(&self, name: &str) -> String {
        assert!(self.ask("createdb", &[name]), "no database {name}");
        format!("postgres://detente@127.0.0.1:{}/{name}", self.port)
    }

    fn start(programs: PathBuf) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("detente-postgres-{}", std::process::id()));
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store/postgres.sh");
        let keeper = Command::new("sh")
            .arg(script)
            .args([&programs, &folder])
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let server = Self { programs, port, _keeper: keeper };
        let begun = Instant::now();
        // It listens before it answers.
        while !server.ask("pg_isready", &["-q"]) {
            let log = folder.join("log").display().to_string();
            assert!(begun.elapsed() < Duration::from_secs(120), "PostgreSQL did not start: see {log}");
            std::thread::sleep(Duration::from_millis(100));
        }
        server
    }

    fn ask(&self, program: &str, words: &[&str]) -> bool {
        let mut command = Command::new(self.programs.join(program));
        command.args(["-h", "127.0.0.1", "-U", "detente", "-p", &self.port.to_string()]).args(words);
        command.status().unwrap().success()
    }
}

/// Where the programs lie: on the path, or where Debian puts them, the latest version first.
fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).find(|folder| has_all(folder));
    let mut debian: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .filter(|folder| has_all(folder))
        .collect();
    debian.sort();
    debian.pop().or(on_path)
}

fn has_all(folder: &Path) -> bool {
    ["initdb", "postgres", "createdb", "pg_isready"].iter().all(|program| folder.join(program).exists())
}
