//! PostgreSQL servers of our own: started on a free port in a temporary folder, gone when the tests end, however they end.

use std::io::{BufRead, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    /// Its standard input is held open: when this process ends, the script sees the end of it and stops the server.
    keeper: Child,
    told: Option<(ChildStdin, BufReader<ChildStdout>)>,
}

/// The server that most tests share, started by the first that asks; `None`, said aloud, where no PostgreSQL is installed.
pub fn running() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(|| Server::of_its_own("shared")).as_ref()
}

impl Server {
    /// A server that one test may stop and start; `None`, said aloud, where no PostgreSQL is installed.
    pub fn of_its_own(name: &str) -> Option<Self> {
        let server = programs().map(|programs| Self::started(programs, name));
        if server.is_none() {
            eprintln!(
                "\n*** NOT TESTED ON POSTGRESQL: no initdb was found; `apt-get install postgresql` ***\n"
            );
        }
        server
    }

    /// The address of a new, empty database.
    pub fn database(&self, name: &str) -> String {
        self.database_in(name, "pg_default")
    }

    /// The address of a new, empty database in a tablespace.
    pub fn database_in(&self, name: &str, tablespace: &str) -> String {
        assert!(self.ask("createdb", &["-D", tablespace, name]), "no database {name}");
        self.address("detente", name)
    }

    /// The address of a database for a role.
    pub fn address(&self, role: &str, database: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/{database}", self.port)
    }

    pub fn drop_database(&self, name: &str) {
        assert!(self.ask("dropdb", &["--force", name]), "{name} was not dropped");
    }

    /// Where its files lie.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Stops it as a crash does: nobody is waited for, nothing is brought in order.
    pub fn stop(&mut self) {
        self.tell("stop");
    }

    /// Starts it again; it finds its way back by its own log.
    pub fn start(&mut self) {
        self.tell("start");
        self.wait_until_ready();
    }

    fn tell(&mut self, word: &str) {
        let (input, output) = self.told.as_mut().unwrap();
        writeln!(input, "{word}").unwrap();
        let mut done = String::new();
        output.read_line(&mut done).unwrap();
        assert_eq!(done.trim(), word);
    }

    fn started(programs: PathBuf, name: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("detente-postgres-{}-{name}", std::process::id()));
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/store/postgres.sh");
        let mut keeper = Command::new("sh")
            .arg(script)
            .args([&programs, &folder])
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told = keeper.stdin.take().zip(keeper.stdout.take().map(BufReader::new));
        let server = Self { programs, folder, port, keeper, told };
        server.wait_until_ready();
        server
    }

    /// It listens before it answers.
    fn wait_until_ready(&self) {
        let begun = Instant::now();
        while !self.ask("pg_isready", &["-q"]) {
            let log = self.folder.join("log").display().to_string();
            assert!(begun.elapsed() < Duration::from_secs(120), "PostgreSQL did not start: see {log}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn ask(&self, program: &str, words: &[&str]) -> bool {
        let mut command = Command::new(self.programs.join(program));
        command.args(["-h", "127.0.0.1", "-U", "detente", "-p", &self.port.to_string()]).args(words);
        command.status().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.told.take());
        let _ = self.keeper.wait();
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
