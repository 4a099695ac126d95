//! Starts the server: folder, lock, database, providers, socket. Runs until it is told to stop.

use crate::{
    app::{Address, App, Inside},
    clock::{Clock, real_now},
    door::{limits::Limits, password::Passwords, secrets, set_up, who::CameFrom},
    error::AppError,
    http::{
        assets::Assets,
        gate::Gate,
        headers::SecurityHeaders,
        listen::{self, PlainListener, TlsError, TlsListener},
        serve::{PATIENCE, serve},
    },
    log::hub::Hubs,
    ops::{self, key::ServerKey},
    photos::{Keeping, PhotoPlace, PlaceError},
    place::Place,
    rescue::{Report, import},
    routes::routes,
    store::{Store, StoreError},
};
use axum::Router;
use std::{
    fs::File,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};
use tokio::{net::TcpListener, sync::watch};

/// Requests that are under way may finish.
const FAREWELL: Duration = Duration::from_secs(10);
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

#[derive(Clone, Debug)]
pub struct Config {
    pub place: Place,
    pub dist: PathBuf,
    pub host: IpAddr,
    pub port: u16,
    /// Certificate and key, as PEM files.
    pub tls: Option<(PathBuf, PathBuf)>,
    /// How people reach the server, when that is not how it listens.
    pub base_url: Option<String>,
    pub clock: Clock,
    /// Where photos lie; none: in the data folder.
    pub photos: Option<PhotoPlace>,
    /// Devices shall forget what they keep of the app.
    pub withdraw: bool,
}

/// Why the server cannot start, for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "The data folder {0} cannot be written. Choose another one with --data, or change its permissions."
    )]
    FolderUnwritable(String),
    #[error(
        "The data folder {0} is in use by another server. Stop that one first, or choose another folder with --data."
    )]
    FolderInUse(String),
    #[error(
        "A copy was being put back into {0}, and that did not end. Run noticed restore once more, with the same folder."
    )]
    HalfPutBack(String),
    #[error(
        "The database in {0} was made by a newer version of Noticed. Use that version, or choose another place."
    )]
    Newer(String),
    #[error(
        "The database in {0} is not prepared for this version of Noticed. Run noticed prepare with the same --database, and the role that owns it as --owner."
    )]
    Unprepared(String),
    #[error(
        "The role in {0} owns the tables or sees past row security. Give --database a role that owns nothing."
    )]
    TooMighty(String),
    #[error("The database in {place} cannot be used: {why}. Nothing was changed.")]
    Database { place: String, why: StoreError },
    #[error("The address {0} is already taken by another program. Choose another port with --port.")]
    PortTaken(SocketAddr),
    #[error("The server cannot listen on {address}: {why}. Choose another address with --host and --port.")]
    Socket { address: SocketAddr, why: io::Error },
    #[error("The app in {folder} cannot be read: {why}. Name its folder with --dist.")]
    Dist { folder: String, why: io::Error },
    #[error(
        "The key for checkpoints in {folder} cannot be used: {why}. Put it back, or move it away for a new one."
    )]
    Key { folder: String, why: io::Error },
    #[error("Photos cannot be kept there: {0}. Name another place with --photos.")]
    Photos(#[from] PlaceError),
    #[error("HTTPS cannot be used: {0}. Check --tls-cert and --tls-key.")]
    Tls(#[from] TlsError),
    #[error(
        "Everybody on the way could read what is sent: other machines reach {0}, and there is no HTTPS. Give --tls-cert and --tls-key; or, where a proxy before it does HTTPS, --base-url with its https address."
    )]
    NotPrivate(IpAddr),
    /// One sentence about the file.
    #[error("{0}")]
    RescueFile(String),
    #[error("The server cannot start: {0}.")]
    Other(String),
}

impl From<AppError> for StartError {
    fn from(error: AppError) -> Self {
        StartError::Other(error.code().to_owned())
    }
}

/// A server that listens and does not answer yet.
pub struct Ready {
    pub address: SocketAddr,
    pub base_url: String,
    /// While nobody is set up.
    pub set_up_link: Option<String>,
    router: Router,
    listener: TcpListener,
    tls: Option<tokio_rustls::TlsAcceptor>,
    app: App,
    stop: watch::Sender<bool>,
    // Held for as long as the server runs.
    _lock: File,
}

/// # Errors  every reason is one plain sentence.
pub async fn start(config: Config) -> Result<Ready, StartError> {
    let is_private =
        config.tls.is_some() || config.base_url.as_ref().is_some_and(|url| url.starts_with("https://"));
    if !is_private && !config.host.is_loopback() {
        return Err(StartError::NotPrivate(config.host));
    }
    let (lock, store) = alone_in(&config.place).await?;
    let mut assets = Assets::load(&config.dist)
        .map_err(|why| StartError::Dist { folder: config.dist.display().to_string(), why })?;
    if let Err(error) = assets.remember(&config.place.data, &config.dist, real_now()) {
        tracing::warn!(%error, "earlier builds of the app are not served");
    }
    if config.withdraw {
        tracing::warn!("devices forget what they keep of the app");
        assets.withdraw();
    }
    let tls = config.tls.as_ref().map(|(certificate, key)| listen::acceptor(certificate, key)).transpose()?;
    let listener = listen(SocketAddr::new(config.host, config.port)).await?;
    let address = listener.local_addr().map_err(|error| StartError::Other(error.to_string()))?;
    let site = address_of(&config, address);
    let set_up_link = set_up_link(&store, &site.base_url).await.map_err(|why| config.place.failed(why))??;
    let (stop, stopping) = watch::channel(false);
    let app = assemble(&config, store, assets, site, stopping).await?;
    let (router, base_url) = (routes(app.clone()), app.site.base_url.clone());
    Ok(Ready { address, base_url, set_up_link, router, listener, tls, app, stop, _lock: lock })
}

/// Opens the database, with every other server kept out of the folder.
async fn alone_in(place: &Place) -> Result<(File, Store), StartError> {
    let lock = place.keep_others_out()?;
    // People need the server more than they need this: it is tried again with the next start.
    if let Err(error) = place.end_wiping().await {
        tracing::error!(%error, "words that were disposed of are still in free pages of the file");
    }
    Ok((lock, place.open().await?))
}

/// A server without a socket, whose addresses answer inside this process: for simulations.
pub struct InProcess {
    pub router: Router,
    /// While nobody is set up.
    pub set_up_link: Option<String>,
    app: App,
    // Held for as long as this lives.
    _stop: watch::Sender<bool>,
    _lock: File,
}

impl InProcess {
    /// # Errors  as `start`, but for those of a socket.
    pub async fn open(config: &Config) -> Result<InProcess, StartError> {
        let (lock, store) = alone_in(&config.place).await?;
        let assets = Assets::load(&config.dist)
            .map_err(|why| StartError::Dist { folder: config.dist.display().to_string(), why })?;
        let site = address_of(config, SocketAddr::new(config.host, config.port));
        let set_up_link =
            set_up_link(&store, &site.base_url).await.map_err(|why| config.place.failed(why))??;
        let (stop, stopping) = watch::channel(false);
        let app = assemble(config, store, assets, site, stopping).await?;
        Ok(InProcess { router: routes(app.clone()), set_up_link, app, _stop: stop, _lock: lock })
    }

    /// What it keeps, for those who check it.
    pub fn store(&self) -> &Store {
        &self.app.store
    }

    /// Closes the database; without this it ends as a killed process would.
    pub async fn close(self) {
        self.app.store.close().await;
    }
}

/// What every request may use, with every provider in memory.
async fn assemble(
    config: &Config,
    store: Store,
    assets: Assets,
    site: Address,
    stopping: watch::Receiver<bool>,
) -> Result<App, StartError> {
    let key = ServerKey::of_folder(&config.place.data)
        .map_err(|why| StartError::Key { folder: config.place.data.display().to_string(), why })?;
    let in_folder = || PhotoPlace::Folder(config.place.data.join("photos"));
    let photos = Keeping::open(&config.photos.clone().unwrap_or_else(in_folder))?;
    let app = App::new(Inside {
        photos,
        hubs: Hubs::new(store.clone()),
        epoch: store.door().epoch().await.map_err(|why| config.place.failed(why))?,
        headers: SecurityHeaders::new(&assets.inline, site.secure),
        passwords: Passwords::new()?,
        limits: Limits::default(),
        clock: config.clock.clone(),
        store,
        key,
        assets,
        site,
        stopping,
    });
    read_all(&app).await.map_err(|why| config.place.failed(why))?;
    Ok(app)
}

impl Ready {
    /// Answers until `until` is over, lets running requests finish, and closes the database.
    /// # Errors  when the socket fails.
    pub async fn run(self, until: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let Ready { router, listener, tls, app, stop, _lock, .. } = self;
        let mut stopping = app.stopping.clone();
        let told = async move {
            until.await;
            stop.send_replace(true);
        };
        let store = app.store.clone();
        let sweeping = tokio::spawn(sweep(store.clone(), app.stopping.clone()));
        let listening = tokio::spawn(hear_other_servers(app.clone()));
        let signing = tokio::spawn(ops::keep_signing(app));
        let serving = async {
            match tls {
                Some(acceptor) => {
                    let listener = TlsListener::new(listener, acceptor, Gate::new())?;
                    serve(listener, router, PATIENCE, Gate::new(), told).await;
                }
                None => serve(PlainListener(listener), router, PATIENCE, Gate::new(), told).await,
            }
            Ok(())
        };
        let farewell = async {
            let ended = stopping.wait_for(|stopping| *stopping).await.is_err();
            if !ended {
                tokio::time::sleep(FAREWELL).await;
            }
        };
        let served = tokio::select! {
            served = serving => served,
            () = farewell => Ok(()),
        };
        sweeping.abort();
        listening.abort();
        signing.abort();
        store.close().await;
        served
    }
}

/// Adds a provider to be; answers its set-up link. The server may be running.
/// # Errors  as `Place::open`.
pub async fn add_provider(place: &Place, base_url: &str) -> Result<String, StartError> {
    let store = place.open().await?;
    let token = secrets::token()?;
    let added = store.door().add_provider(set_up::hash(&token), real_now()).await;
    added.map_err(|why| place.failed(why))?;
    store.close().await;
    Ok(set_up::link(base_url, &token))
}

/// The database was put back from a copy. The server must not be running.
/// # Errors  as `Place::open`, or `FolderInUse`.
pub async fn restored(place: &Place) -> Result<(), StartError> {
    let _lock = place.keep_others_out()?;
    let store = place.open().await?;
    store.door().new_epoch().await.map_err(|why| place.failed(why))?;
    store.close().await;
    Ok(())
}

/// Takes a rescue file. The server must not be running.
/// # Errors  as `start`, but for those of a socket; or one sentence about the file.
pub async fn import_rescue(
    place: Place,
    photos: Option<PhotoPlace>,
    file: &[u8],
) -> Result<Report, StartError> {
    let here = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let config = Config {
        place,
        dist: PathBuf::new(),
        host: here,
        port: 0,
        tls: None,
        base_url: None,
        clock: Clock::from_environment(),
        photos,
        withdraw: false,
    };
    let server = InProcess::open(&config).await?;
    let report = import(&server.app, CameFrom(here), file, None).await;
    server.close().await;
    report.map_err(|error| StartError::RescueFile(error.sentence().to_owned()))
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|why| match why.kind() {
        io::ErrorKind::AddrInUse => StartError::PortTaken(address),
        _ => StartError::Socket { address, why },
    })
}

fn address_of(config: &Config, listening: SocketAddr) -> Address {
    let scheme = if config.tls.is_some() { "https" } else { "http" };
    let host = match listening.ip() {
        ip if ip.is_unspecified() || ip.is_loopback() => "localhost".to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    let own = format!("{scheme}://{host}:{}", listening.port());
    let base_url = config.base_url.as_deref().map_or(own, |url| url.trim_end_matches('/').to_owned());
    let secure = base_url.starts_with("https://");
    Address { secure, behind_proxy: secure && config.tls.is_none(), base_url }
}

/// A new link at each start while nobody is set up; the one before is void.
async fn set_up_link(store: &Store, base_url: &str) -> Result<Result<Option<String>, AppError>, StoreError> {
    if !store.door().providers().await?.is_empty() {
        return Ok(Ok(None));
    }
    let token = match secrets::token() {
        Ok(token) => token,
        Err(error) => return Ok(Err(error)),
    };
    store.door().renew_set_up(set_up::hash(&token), real_now()).await?;
    Ok(Ok(Some(set_up::link(base_url, &token))))
}

/// Every provider in memory before the first request.
async fn read_all(app: &App) -> Result<(), StoreError> {
    for tenant in app.store.door().providers().await? {
        drop(app.hubs.of(&tenant).read().await?);
    }
    Ok(())
}

/// Whoever listens here hears at once what another server on the same database took.
async fn hear_other_servers(app: App) {
    let store = app.store.clone();
    if let Err(error) = store.listen(Box::new(move |of| app.hubs.heard(of))).await {
        tracing::warn!(%error, "other servers are not heard");
    }
}

async fn sweep(store: Store, mut stopping: watch::Receiver<bool>) {
    loop {
        if let Err(error) = store.door().sweep(real_now()).await {
            tracing::warn!(%error, "old sessions could not be removed");
        }
        tokio::select! {
            () = tokio::time::sleep(SWEEP_EVERY) => {}
            _ = stopping.wait_for(|stopping| *stopping) => return,
        }
    }
}
