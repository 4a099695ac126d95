//! The session cookie: out of reach of scripts, sent to this site only, bound to one device. A session ends after a
//! working day, earlier when its device is not heard of, and with the next sign-in on the same device.

use super::secrets;
use crate::app::Address;
use axum::http::{HeaderMap, HeaderValue, header};
use chrono::Duration;
use domain::time::Instant;
use sync::Hash;

/// A working day; then the password again.
const HOURS: i64 = 12;
/// A phone of one's own that was away for so long asks for the password again.
const IDLE_OWN: Duration = Duration::hours(4);
/// The next person picks up a tablet sooner than that.
const IDLE_SHARED: Duration = Duration::minutes(30);
/// Written down no more often than this.
const NOTED_EVERY: Duration = Duration::minutes(5);

/// The end of a session that begins now, if it is not used again.
pub fn expires_at(now: Instant, shared: bool) -> Instant {
    ends_at(now, now, shared)
}

/// The end of a session that was used now.
fn ends_at(started_at: Instant, now: Instant, shared: bool) -> Instant {
    let idle = if shared { IDLE_SHARED } else { IDLE_OWN };
    (now + idle).min(started_at + Duration::hours(HOURS))
}

/// The later end of a session that is used now; nothing while that is hardly later.
pub fn later_end(started_at: Instant, ends: Instant, now: Instant, shared: bool) -> Option<Instant> {
    let later = ends_at(started_at, now, shared);
    (later - ends >= NOTED_EVERY).then_some(later)
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
    fn a_session_ends_when_it_is_not_used_and_after_a_working_day() {
        let start = Instant::from_timestamp(1_800_000_000, 0).expect("an instant");
        let after = |minutes: i64| start + Duration::minutes(minutes);
        assert_eq!(expires_at(start, true), after(30));
        assert_eq!(expires_at(start, false), after(240));
        let later = |ends: i64, now: i64, shared| later_end(start, after(ends), after(now), shared);
        assert_eq!(later(30, 4, true), None, "hardly later");
        assert_eq!(later(30, 5, true), Some(after(35)));
        assert_eq!(later(240, 200, false), Some(after(440)));
        assert_eq!(later(715, 700, false), Some(after(720)), "never more than twelve hours");
        assert_eq!(later(720, 719, false), None);
    }

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
