//! As much of HTTP/1.1 as a desk's answers need: connections that are used again, bodies of a given length.

use std::io::{Error, ErrorKind, Result};
use std::sync::Mutex;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// An answer that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connections to one desk; as many as are needed at a time.
pub struct Pool {
    at: String,
    idle: Mutex<Vec<BufReader<TcpStream>>>,
}

impl Pool {
    pub fn new(at: &str) -> Self {
        Self { at: at.to_owned(), idle: Mutex::default() }
    }

    /// Asks for a page and reads all of it.
    pub async fn get(&self, path: &str) -> Result<()> {
        timeout(PATIENCE, self.asked(path)).await.map_err(|_| Error::from(ErrorKind::TimedOut))?
    }

    async fn asked(&self, path: &str) -> Result<()> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut connection = match idle {
            Some(connection) => connection,
            None => BufReader::new(TcpStream::connect(&self.at).await?),
        };
        send(&mut connection, path, &self.at).await?;
        let length = head(&mut connection).await?.ok_or_else(|| Error::from(ErrorKind::InvalidData))?;
        let mut body = vec![0; length];
        connection.read_exact(&mut body).await?;
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(connection);
        }
        Ok(())
    }
}

async fn send(connection: &mut BufReader<TcpStream>, path: &str, host: &str) -> Result<()> {
    connection.write_all(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await
}

/// Reads a head that says 200: the length of the body, where it has one.
async fn head(connection: &mut BufReader<TcpStream>) -> Result<Option<usize>> {
    let (mut line, mut length) = (String::new(), None);
    connection.read_line(&mut line).await?;
    if !line.starts_with("HTTP/1.1 200 ") {
        return Err(Error::new(ErrorKind::InvalidData, line));
    }
    while line != "\r\n" {
        line.clear();
        connection.read_line(&mut line).await?;
        let value = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        length = length.or(value.and_then(|(_, value)| value.trim().parse().ok()));
    }
    Ok(length)
}

/// Listens to new reports for so long; whether the stream stayed open.
pub async fn listen(at: String, lasting: Duration) -> bool {
    let listening = async {
        let mut connection = BufReader::new(TcpStream::connect(&at).await?);
        send(&mut connection, "/api/v1/stream", &at).await?;
        head(&mut connection).await?;
        let mut some = [0; 4096];
        while connection.read(&mut some).await? > 0 {}
        Result::Ok(())
    };
    // Whoever hears the end hears it too early.
    timeout(lasting, listening).await.is_err()
}
