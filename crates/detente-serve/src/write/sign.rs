//! Signing in and out.

use axum::body::Bytes;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};

use super::Sent;
use crate::http::{Answer, Asked, COOKIE_NAME, Fault, cookie};
use crate::own::{LASTS, now};

/// Signs somebody in whose name and password are right.
pub async fn sign_in(asked: Asked, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    let own = sent.own()?;
    let text = |name: &str| sent.form.text(name).unwrap_or_default();
    let account = own.who(text("name"), text("password")).await?;
    let account = account.ok_or_else(|| {
        Fault::new(StatusCode::UNAUTHORIZED, "serve/password", "the name or the password is not right")
            .hint("try again at /sign-in")
    })?;
    let secret = own.begin_session(&account.name, now()).await?;
    Ok(with_cookie(Redirect::to("/").into_response(), &sent.asked.origin, &secret, LASTS))
}

/// Ends the session.
pub async fn sign_out(asked: Asked, headers: HeaderMap, body: Bytes) -> Answer {
    let sent = Sent::of(asked, &headers, body)?;
    if let Some(secret) = cookie(&headers) {
        sent.own()?.end_session(secret).await?;
    }
    Ok(with_cookie(Redirect::to("/").into_response(), &sent.asked.origin, "", 0))
}

/// A cookie that no script reads and no other site sends.
fn with_cookie(mut response: Response, origin: &str, secret: &str, lasts: i64) -> Response {
    let secure = if origin.starts_with("https://") { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE_NAME}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={lasts}{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, value);
    }
    response
}
