//! A PostgreSQL server of our own: started on a free port in a temporary folder, gone when the tests end, however they end.

use std::net::{TcpListener, TcpStream};
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
        let made = || {
            let mut command = Command::new(self.programs.join("createdb"));
            command.args(["-h", "127.0.0.1", "-U", "detente", "-p", &self.port.to_string(), name]);
            command.stderr(Stdio::null()).status().unwrap().success()
        };
        // The port is open a moment before the server takes orders, and a copy of the template waits for another one.
        let tries = (0..50).any(|_| {
            made() || {
                std::thread::sleep(Duration::from_millis(100));
                false
            }
        });
        assert!(tries, "no database {name}");
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
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = folder.join("log").display().to_string();
            assert!(begun.elapsed() < Duration::from_secs(120), "PostgreSQL did not start: see {log}");
            std::thread::sleep(Duration::from_millis(100));
        }
        Self { programs, port, _keeper: keeper }
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
    ["initdb", "postgres", "createdb"].iter().all(|program| folder.join(program).exists())
}
