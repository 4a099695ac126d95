//! Answers on connections, with the limits that keep one slow or greedy caller from holding up the others:
//! time for a head, size of a head, streams of one connection, connections of one address and in all.

use super::{Peer, gate::Gate, listen::Speaks};
use axum::{Router, body::Body, extract::ConnectInfo, serve::Listener};
use hyper::{Request, body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{conn::auto::Builder, graceful::GracefulShutdown},
};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tower_service::Service;

/// How long a caller may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Until the first request line and its headers are there.
    pub first: Duration,
    /// A later request line and its headers arrive within this, and an idle connection ends after it: more than the
    /// minute after which an app asks again.
    pub head: Duration,
}

pub const PATIENCE: Patience = Patience { first: Duration::from_secs(10), head: Duration::from_secs(75) };
/// Request line and headers together. A cookie, a device and what a browser adds take less than two.
const HEAD_BYTES: usize = 32 * 1024;
/// Requests at once on one connection of HTTP/2.
const STREAMS: u32 = 100;
const STILL_THERE: Duration = Duration::from_secs(30);

/// Answers until `told` is over, then lets running requests finish.
pub async fn serve<L>(
    mut listener: L,
    router: Router,
    patience: Patience,
    gate: Gate,
    told: impl Future<Output = ()>,
) where
    L: Listener<Addr = SocketAddr>,
    L::Io: Speaks,
{
    let (builder, running) = (builder(patience.head), GracefulShutdown::new());
    let mut told = std::pin::pin!(told);
    loop {
        let next = async {
            let room = gate.room().await;
            (listener.accept().await, room)
        };
        let ((stream, address), room) = tokio::select! {
            next = next => next,
            () = &mut told => break,
        };
        // It hears nothing: an answer would be work for who has too many.
        let Some(place) = gate.enter(address.ip()) else { continue };
        let builder =
            if stream.is_http2() { builder.clone().http2_only() } else { builder.clone().http1_only() };
        let (router, has_asked) = (router.clone(), Arc::new(AtomicBool::new(false)));
        let asks = has_asked.clone();
        let answer = service_fn(move |request: Request<Incoming>| {
            asks.store(true, Ordering::Relaxed);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(Peer(address)));
            router.clone().call(request)
        });
        let watcher = running.watcher();
        tokio::spawn(async move {
            let connection = builder.serve_connection(TokioIo::new(stream), answer);
            let silent = async {
                tokio::time::sleep(patience.first).await;
                if has_asked.load(Ordering::Relaxed) {
                    std::future::pending::<()>().await;
                }
            };
            tokio::select! {
                ended = watcher.watch(connection) => if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended early");
                },
                () = silent => tracing::debug!("a connection asked for nothing"),
            }
            drop((place, room));
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

    const SHORT: Patience = Patience { first: Duration::from_millis(300), head: Duration::from_millis(300) };
    const LONG: Duration = Duration::from_secs(10);

    async fn served() -> SocketAddr {
        served_with(SHORT, Gate::new()).await
    }

    async fn served_with(patience: Patience, gate: Gate) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().route("/", get(async || "here"));
        tokio::spawn(serve(PlainListener(listener), router, patience, gate, std::future::pending()));
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
    async fn who_asks_for_nothing_is_not_waited_for_as_long_as_who_has_asked() {
        let patience = Patience { first: Duration::from_millis(300), head: 6 * LONG };
        let address = served_with(patience, Gate::new()).await;
        assert_eq!(said(address, b"GET / HTTP/1.1\r\n").await, "");
        let mut stream = TcpStream::connect(address).await.expect("connected");
        for _ in 0..2 {
            stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.expect("written");
            let mut reply = vec![0; 1024];
            let length = timeout(LONG, stream.read(&mut reply)).await.expect("soon").expect("read");
            assert!(reply[..length].starts_with(b"HTTP/1.1 200"));
            tokio::time::sleep(2 * patience.first).await;
        }
    }

    #[tokio::test]
    async fn an_address_with_many_connections_gets_no_more_until_one_ends() {
        let patience = Patience { first: LONG, head: LONG };
        let address = served_with(patience, Gate::narrow(3)).await;
        let asked = async || {
            let mut stream = TcpStream::connect(address).await.expect("connected");
            stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap_or_default();
            let mut reply = [0; 12];
            let length = timeout(LONG, stream.read(&mut reply)).await.expect("soon").unwrap_or_default();
            (stream, reply[..length].starts_with(b"HTTP/1.1 200"))
        };
        let mut held = Vec::new();
        for _ in 0..3 {
            let (stream, answered) = asked().await;
            assert!(answered);
            held.push(stream);
        }
        assert!(!asked().await.1, "a fourth");
        held.pop();
        let again = async {
            while !asked().await.1 {
                tokio::task::yield_now().await;
            }
        };
        timeout(LONG, again).await.expect("one ended");
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
