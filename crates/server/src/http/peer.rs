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
