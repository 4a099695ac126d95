//! Answers on connections, with the limits that keep one slow or greedy caller from holding up the others:
//! time for a head, size of a head, streams of one connection, connections in all.

use super::{Peer, listen::Speaks};
use axum::{Router, body::Body, extract::ConnectInfo, serve::Listener};
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::sync::Semaphore;
use tower_service::Service;

/// A request line and its headers arrive within this, and an idle connection ends after it: more than the minute
/// after which an app asks again.
pub const HEAD: Duration = Duration::from_secs(75);
/// Request line and headers together. A cookie, a device and what a browser adds take less than two.
const HEAD_BYTES: usize = 32 * 1024;
/// Requests at once on one connection of HTTP/2.
const STREAMS: u32 = 100;
const STILL_THERE: Duration = Duration::from_secs(30);
/// More wait in the queue of the system.
const CONNECTIONS: usize = 10_000;

/// Answers until `told` is over, then lets running requests finish.
/// `head`: how long a head may take.
pub async fn serve<L>(mut listener: L, router: Router, head: Duration, told: impl Future<Output = ()>)
where
    L: Listener<Addr = SocketAddr>,
    L::Io: Speaks,
{
    let (builder, running) = (builder(head), GracefulShutdown::new());
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut told = std::pin::pin!(told);
    loop {
        let next = async {
            let place = places.clone().acquire_owned().await;
            (listener.accept().await, place)
        };
        let ((stream, address), place) = tokio::select! {
            next = next => next,
            () = &mut told => break,
        };
        let builder =
            if stream.is_http2() { builder.clone().http2_only() } else { builder.clone().http1_only() };
        let router = router.clone();
        let answer = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(Peer(address)));
            router.clone().call(request)
        });
        let watcher = running.watcher();
        tokio::spawn(async move {
            let connection = builder.serve_connection(TokioIo::new(stream), answer);
            if let Err(error) = watcher.watch(connection).await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    running.shutdown().await;
}

fn builder(head: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(HEAD_BYTES);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(STILL_THERE)
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEAD_BYTES as u32);
    builder
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::listen::PlainListener;
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
        time::timeout,
    };

    const SHORT: Duration = Duration::from_millis(300);
    const LONG: Duration = Duration::from_secs(10);

    async fn served() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().route("/", get(async || "here"));
        tokio::spawn(serve(PlainListener(listener), router, SHORT, std::future::pending()));
        address
    }

    /// What the server says before it hangs up.
    async fn said(address: SocketAddr, words: &[u8]) -> String {
        let mut stream = TcpStream::connect(address).await.expect("connected");
        stream.write_all(words).await.expect("written");
        let mut reply = String::new();
        timeout(LONG, stream.read_to_string(&mut reply)).await.expect("it hangs up").unwrap_or_default();
        reply
    }

    #[tokio::test]
    async fn a_head_that_never_ends_is_not_waited_for() {
        let address = served().await;
        assert_eq!(said(address, b"").await, "", "nothing at all");
        assert_eq!(said(address, b"GET / HTTP/1.1\r\nhost: a\r\n").await, "");
        let whole = said(address, b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(whole.starts_with("HTTP/1.1 200") && whole.ends_with("here"), "{whole}");
    }

    #[tokio::test]
    async fn a_head_that_is_too_big_is_refused() {
        let address = served().await;
        let big = |bytes: usize| format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "a".repeat(bytes));
        let whole = said(address, big(8_000).as_bytes()).await;
        assert!(whole.starts_with("HTTP/1.1 200"), "{whole}");
        let refused = said(address, big(200_000).as_bytes()).await;
        assert!(refused.is_empty() || refused.starts_with("HTTP/1.1 431"), "{refused}");
    }
}
