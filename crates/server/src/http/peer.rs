//! The address that a request comes from: for rate limits only, never kept and never logged.

use axum::http::HeaderMap;
use std::net::{IpAddr, SocketAddr};

#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

impl Peer {
    /// Behind our own proxy on the same machine, the address that the proxy saw; otherwise the one that connected.
    pub fn address(self, headers: &HeaderMap, behind_proxy: bool) -> IpAddr {
        let connected = self.0.ip();
        if !behind_proxy || !connected.is_loopback() {
            return connected;
        }
        let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
        let last = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        last.unwrap_or(connected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_about_the_sender_counts_only_behind_our_own_proxy_and_only_its_last_word() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "198.51.100.1, 203.0.113.9".parse().expect("a header"));
        let of = |address: &str, behind_proxy| {
            let peer = Peer(SocketAddr::new(address.parse().expect("an address"), 1));
            peer.address(&headers, behind_proxy).to_string()
        };
        assert_eq!(of("127.0.0.1", true), "203.0.113.9", "what the proxy itself saw");
        assert_eq!(of("127.0.0.1", false), "127.0.0.1");
        assert_eq!(of("192.0.2.7", true), "192.0.2.7", "a stranger that says so");
    }
}
