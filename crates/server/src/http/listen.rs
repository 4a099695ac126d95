//! The two ways to listen: plain, and HTTPS from certificate files.
//! A slow or broken handshake holds up nobody else.

use super::gate::Gate;
use axum::serve::Listener;
use std::{fs, io, net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
    time::timeout,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        self, ServerConfig,
        pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    },
    server::TlsStream,
};

const HANDSHAKE: Duration = Duration::from_secs(10);
const WAITING: usize = 64;

/// What a connection agreed on before the first request.
pub trait Speaks {
    fn is_http2(&self) -> bool;
}

impl Speaks for TcpStream {
    fn is_http2(&self) -> bool {
        false
    }
}

impl Speaks for TlsStream<TcpStream> {
    fn is_http2(&self) -> bool {
        self.get_ref().1.alpn_protocol() == Some(b"h2")
    }
}

/// Without TLS: this machine only, or a proxy in front.
pub struct PlainListener(pub TcpListener);

impl Listener for PlainListener {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "no TCP_NODELAY");
        }
        (stream, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

pub struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
}

#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    #[error("the file {0} cannot be read as PEM")]
    Unreadable(String),
    #[error("the certificate and the key do not fit together")]
    Mismatch(#[from] rustls::Error),
}

/// Reads the certificate chain and the private key.
/// # Errors  `Unreadable` names the file; `Mismatch` when they do not belong together.
pub fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, TlsError> {
    let unreadable = |path: &Path| TlsError::Unreadable(path.display().to_string());
    let chain: Vec<CertificateDer<'static>> = fs::read(certificate)
        .ok()
        .and_then(|pem| CertificateDer::pem_slice_iter(&pem).collect::<Result<_, _>>().ok())
        .filter(|chain: &Vec<_>| !chain.is_empty())
        .ok_or_else(|| unreadable(certificate))?;
    let key = fs::read(key)
        .ok()
        .and_then(|pem| PrivateKeyDer::from_pem_slice(&pem).ok())
        .ok_or_else(|| unreadable(key))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

impl TlsListener {
    /// `gate`: counts those of an address that still shake hands.
    pub fn new(listener: TcpListener, acceptor: TlsAcceptor, gate: Gate) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (sender, ready) = mpsc::channel(WAITING);
        tokio::spawn(shake_hands(listener, acceptor, gate, sender));
        Ok(Self { ready, address })
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // The task below ends only with this listener.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

async fn shake_hands(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    gate: Gate,
    sender: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    loop {
        let (stream, address) = tokio::select! {
            accepted = Listener::accept(&mut listener) => accepted,
            () = sender.closed() => return,
        };
        let Some(place) = gate.enter(address.ip()) else { continue };
        let (acceptor, sender) = (acceptor.clone(), sender.clone());
        tokio::spawn(async move {
            let shaken = timeout(HANDSHAKE, acceptor.accept(stream)).await;
            drop(place);
            if let Ok(Ok(stream)) = shaken
                && sender.send((stream, address)).await.is_err()
            {
                tracing::debug!("a connection came after the end");
            }
        });
    }
}
