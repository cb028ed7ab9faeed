//! How a desk sends letters: to a server that speaks SMTP, over TLS unless it is this machine.

use std::sync::Arc;
use std::time::Duration;

use detente_serve::{Letter, Mail};
use lettre::message::header::{ContentTransferEncoding, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{Message, SmtpTransport, Transport};
use url::Url;

use crate::failure::Failure;

/// Where the password of the server is read from: words of a command can be seen by others on the machine.
const PASSWORD: &str = "DETENTE_SMTP_PASSWORD";
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends by a server.
#[derive(Debug)]
struct Smtp {
    server: SmtpTransport,
    from: Mailbox,
}

/// The way to send by the server at `smtp://[USER@]HOST[:PORT]` (which is asked for TLS) or `smtps://…` (TLS from the first byte).
pub fn over_smtp(server: &str, from: &str) -> Result<Arc<dyn Mail>, Failure> {
    let from: Mailbox = from.parse().map_err(|_| Failure::Mail(format!("`{from}` is no address of mail")))?;
    Ok(Arc::new(Smtp { server: transport(server)?, from }))
}

fn transport(server: &str) -> Result<SmtpTransport, Failure> {
    let wrong = |reason: &str| Failure::Mail(format!("`{}`: {reason}", without_password(server)));
    let url = Url::parse(server).map_err(|error| wrong(&error.to_string()))?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(|| wrong("it names no host"))?;
    if url.password().is_some() {
        return Err(wrong("a password is not typed; it is read from DETENTE_SMTP_PASSWORD"));
    }
    let tls = || TlsParameters::new(host.to_owned()).map_err(|error| wrong(&error.to_string()));
    let (tls, port) = match url.scheme() {
        "smtps" => (Tls::Wrapper(tls()?), 465),
        "smtp" if is_here(host) => (Tls::None, 25),
        "smtp" => (Tls::Required(tls()?), 587),
        _ => return Err(wrong("it begins with smtp:// or smtps://")),
    };
    let mut transport = SmtpTransport::builder_dangerous(host)
        .port(url.port().unwrap_or(port))
        .tls(tls)
        .timeout(Some(PATIENCE));
    if !url.username().is_empty() {
        let password = std::env::var(PASSWORD).map_err(|_| wrong("DETENTE_SMTP_PASSWORD is not set"))?;
        transport = transport.credentials(Credentials::new(url.username().to_owned(), password));
    }
    Ok(transport.build())
}

fn is_here(host: &str) -> bool {
    host == "localhost"
        || host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|at| at.is_loopback())
}

fn without_password(server: &str) -> String {
    match server.rsplit_once('@') {
        Some((_, host)) => format!("…@{host}"),
        None => server.to_owned(),
    }
}

impl Mail for Smtp {
    fn send(&self, letter: &Letter) -> Result<(), String> {
        let message = self.message(letter)?;
        self.server.send(&message).map(|_| ()).map_err(|error| error.to_string())
    }
}

impl Smtp {
    fn message(&self, letter: &Letter) -> Result<Message, String> {
        let to: Mailbox = letter.to.parse().map_err(|_| "it is no address of mail".to_owned())?;
        // The same id each time: a mailbox knows a letter that it has had.
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        let text = SinglePart::builder()
            .header(ContentType::TEXT_PLAIN)
            .header(ContentTransferEncoding::QuotedPrintable)
            .body(letter.text.clone());
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .message_id(Some(id))
            .header(ListUnsubscribe(format!("<{}>", letter.end)))
            .header(ListUnsubscribePost)
            .singlepart(text)
            .map_err(|error| error.to_string())
    }
}

/// Where a mailbox ends the letters (RFC 2369).
#[derive(Clone)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// That one click is enough (RFC 8058).
#[derive(Clone)]
struct ListUnsubscribePost;

impl Header for ListUnsubscribePost {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{is_here, transport};

    #[test]
    fn passwords_are_never_typed_nor_sent_in_the_clear() {
        for bad in
            ["smtp://ann:word@mail.example.org", "https://mail.example.org", "smtp://", "mail.example.org"]
        {
            let refused = transport(bad).map(|_| ()).unwrap_err().to_string();
            assert!(!refused.contains("word@"), "{refused}");
        }
        assert!(transport("smtps://mail.example.org").is_ok() && transport("smtp://127.0.0.1:2525").is_ok());
        assert!(
            is_here("localhost") && is_here("[::1]") && !is_here("10.0.0.1") && !is_here("localhost.example")
        );
    }
}
