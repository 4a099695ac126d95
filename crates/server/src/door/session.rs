//! The session cookie: out of reach of scripts, sent to this site only, bound to one device.

use super::secrets;
use crate::app::Address;
use axum::http::{HeaderMap, HeaderValue, header};
use chrono::Duration;
use domain::time::Instant;
use sync::Hash;

/// A working day; then the password again.
const HOURS: i64 = 12;

pub fn expires_at(now: Instant) -> Instant {
    now + Duration::hours(HOURS)
}

/// What is stored of a token.
pub fn hash(token: &str) -> Hash {
    secrets::hash("session", token)
}

/// The token that a request carries.
pub fn token(headers: &HeaderMap, address: &Address) -> Option<String> {
    let name = name(address);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

pub fn cookie(token: &str, address: &Address) -> Option<HeaderValue> {
    set(token, HOURS * 3600, address)
}

pub fn no_cookie(address: &Address) -> Option<HeaderValue> {
    set("", 0, address)
}

fn set(value: &str, seconds: i64, address: &Address) -> Option<HeaderValue> {
    let secure = if address.secure { "; Secure" } else { "" };
    let text =
        format!("{}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}", name(address));
    HeaderValue::from_str(&text).ok()
}

fn name(address: &Address) -> &'static str {
    if address.secure { "__Host-noticed" } else { "noticed" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_strict_and_host_bound_under_https() {
        let address = Address { base_url: String::new(), secure: true, behind_proxy: false };
        let cookie = cookie("abc", &address).expect("header");
        let expected = "__Host-noticed=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200; Secure";
        assert_eq!(cookie, expected);
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; __Host-noticed=abc; c=d"));
        assert_eq!(token(&headers, &address).as_deref(), Some("abc"));
    }
}
