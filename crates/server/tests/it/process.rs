//! The program itself: what survives a kill, how it stops, and how it says that it cannot start.

use crate::{
    ground::{place, words},
    harness::set_up,
    phone::{Phone, accepted},
};
use server::place::Place;
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_noticed");

/// A server in a process of its own; ended when the test is over.
pub struct Served {
    child: Child,
    pub url: String,
    link: Option<String>,
}

impl Served {
    /// In a new folder: there is a set-up link.
    pub fn start(data: &Path, more: &[&str]) -> Served {
        let (mut served, mut lines) = Served::spawn(&place(data), more);
        served.link = lines.nth(1);
        served
    }

    /// In a new folder, always with a file.
    pub fn start_in(data: &Path) -> Served {
        let (mut served, mut lines) = Served::spawn(&Place::folder(data), &[]);
        served.link = lines.nth(1);
        served
    }

    /// The same, with these words on the command line and in the environment.
    pub fn start_in_with(data: &Path, more: &[&str], environment: &[(&str, String)]) -> Served {
        let (mut served, mut lines) = Served::spawn_with(&Place::folder(data), more, environment);
        served.link = lines.nth(1);
        served
    }

    /// In a folder that is set up.
    pub fn start_again_with(data: &Path, more: &[&str], environment: &[(&str, String)]) -> Served {
        Served::spawn_with(&Place::folder(data), more, environment).0
    }

    /// The same, to stand still at a place: `name=2*off->pause`.
    pub fn start_to_stop_at(data: &Path, at: &str) -> Served {
        Served::start_among(data, &[("FAILPOINTS", at.to_owned())])
    }

    /// In a folder that is set up, with this in the environment.
    pub fn start_among(data: &Path, environment: &[(&str, String)]) -> Served {
        Served::spawn_with(&place(data), &[], environment).0
    }

    /// In a folder that is set up.
    pub fn start_again(data: &Path) -> Served {
        Served::spawn(&place(data), &[]).0
    }

    fn spawn(place: &Place, more: &[&str]) -> (Served, impl Iterator<Item = String> + use<>) {
        Served::spawn_with(place, more, &[])
    }

    fn spawn_with(
        place: &Place,
        more: &[&str],
        environment: &[(&str, String)],
    ) -> (Served, impl Iterator<Item = String> + use<>) {
        let mut command = Command::new(PROGRAM);
        command.arg("serve").args(words(place)).args(["--port", "0"]).args(more);
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let ready = lines.next().expect("a first line");
        let url = ready
            .strip_prefix("Noticed is ready at ")
            .expect("the address")
            .replace("localhost", "127.0.0.1");
        (Served { child, url, link: None }, lines)
    }

    pub fn token(&self) -> &str {
        self.link.as_deref().and_then(|link| link.split('#').nth(1)).expect("a link")
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn kill_hard(mut self) {
        self.child.kill().expect("SIGKILL");
        self.child.wait().expect("gone");
    }

    fn told_to_stop(mut self) -> (Option<i32>, Duration) {
        let started = Instant::now();
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("kill").success());
        let status = self.child.wait().expect("ended");
        (status.code(), started.elapsed())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|ended| ended.is_none()) {
            self.child.kill().unwrap_or_default();
        }
    }
}

pub fn run(words: &[&str]) -> Output {
    Command::new(PROGRAM).args(words).output().expect("the program runs")
}

pub fn run_with(words: &[&str], environment: &[(&str, String)]) -> Output {
    let environment = environment.iter().map(|(name, value)| (name, value));
    Command::new(PROGRAM).args(words).envs(environment).output().expect("the program runs")
}

/// Stands still at a place, as `Served::start_to_stop_at` names it, and is killed there.
pub fn run_and_kill_at(words: &[&str], at: &str) {
    // Longer than it takes to come there on a machine with nothing else to do; then until it does nothing more.
    const WAIT: Duration = Duration::from_millis(2_500);
    const LOOK: Duration = Duration::from_millis(500);
    let mut command = Command::new(PROGRAM);
    command.args(words).env("FAILPOINTS", at).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program runs");
    std::thread::sleep(WAIT);
    let mut used = time_used(child.id());
    for _ in 0..60 {
        std::thread::sleep(LOOK);
        let before = std::mem::replace(&mut used, time_used(child.id()));
        if before == used {
            break;
        }
    }
    assert!(child.try_wait().expect("a look").is_none(), "{at}: it does not stand there");
    child.kill().expect("SIGKILL");
    child.wait().expect("gone");
}

/// Of the processor, by a process: user and system, in ticks of the kernel. Source: proc(5).
fn time_used(pid: u32) -> Option<[u64; 2]> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program, in brackets, may hold blanks.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    Some([fields.next()?.parse().ok()?, fields.next()?.parse().ok()?])
}

/// One sentence on stderr, nothing on stdout, exit code 2.
pub fn says(output: &Output, words: &str) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert!(text.contains(words) && text.trim().lines().count() == 1 && text.trim().ends_with('.'), "{text}");
    assert!(output.stdout.is_empty());
}

#[tokio::test]
async fn everything_with_a_receipt_survives_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let mut sent = Vec::new();
    for n in 0..20 {
        let event = boss.report(&format!("r{n}"));
        accepted(&boss.push_one(&event).await);
        sent.push(event);
    }
    let before = boss.pull_all().await;
    served.kill_hard();
    let again = Served::start_again(folder.path());
    boss.url = again.url.clone();
    let after = boss.pull_all().await;
    assert_eq!(after.rows, before.rows);
    assert_eq!((after.head, &after.server_epoch), (before.head, &before.server_epoch));
    let outcomes = boss.push(&sent).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, sync::wire::PushOutcome::Duplicate { .. })));
    let event = boss.report("r20");
    assert_eq!(accepted(&boss.push_one(&event).await), 21, "numbers go on");
}

#[tokio::test]
async fn a_kill_in_the_middle_of_pushes_loses_nothing_with_a_receipt() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let mut writer = boss.clone();
    let (heard, mut hears) = tokio::sync::watch::channel(0);
    let pushing = tokio::spawn(async move {
        let mut all = Vec::new();
        let mut answered = 0;
        loop {
            let events: Vec<_> = (0..25).map(|n| writer.report(&format!("r{}-{n}", all.len()))).collect();
            all.extend(events.clone());
            let body = serde_json::to_vec(&writer.push_request(&events)).expect("JSON");
            let request = writer.request(reqwest::Method::POST, "/v1/push");
            let request = request.header("content-type", sync::wire::CONTENT_TYPE).body(body);
            let answer = match request.send().await {
                Ok(response) => response.error_for_status(),
                Err(error) => Err(error),
            };
            let whole = match answer {
                Ok(response) => response.bytes().await.is_ok(),
                Err(_) => false,
            };
            if !whole {
                return (all, answered);
            }
            answered = all.len();
            heard.send_replace(answered);
        }
    });
    // However slow the machine is: a few were answered, and more are on their way.
    hears.wait_for(|answered| *answered >= 50).await.expect("pushes are answered");
    tokio::time::sleep(Duration::from_millis(50)).await;
    served.kill_hard();
    let (all, answered) = pushing.await.expect("no panic");
    assert!(answered > 0);
    let again = Served::start_again(folder.path());
    let mut boss = boss;
    boss.url = again.url.clone();
    let kept = boss.pull_all().await.rows.len();
    assert!(kept >= answered, "{kept} of {answered} with a receipt");
    for batch in all.chunks(100) {
        boss.push(batch).await;
    }
    assert_eq!(boss.pull_all().await.rows.len(), all.len(), "what was cut off is sent again, once");
}

#[tokio::test]
async fn it_stops_when_told_even_while_somebody_listens() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let stream = boss.request(reqwest::Method::GET, "/v1/hints").send().await.expect("a stream");
    let (code, took) = served.told_to_stop();
    assert_eq!(code, Some(0));
    assert!(took < Duration::from_secs(8), "{took:?}");
    drop(stream);
}

#[tokio::test]
async fn a_new_provider_is_added_while_the_server_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let place = words(&place(folder.path()));
    let mut command = vec!["provider", "--base-url", &served.url];
    command.extend(place.iter().map(String::as_str));
    let output = run(&command);
    assert!(output.status.success());
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let token = text.trim().rsplit('#').next().expect("a token");
    let birch = set_up(&served.url, token, "Birch Care", "birch").await;
    assert_eq!(birch.get("/v1/me").await.ok()["provider"], "Birch Care");
}

#[tokio::test]
async fn after_a_restore_the_epoch_is_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let before = boss.pull(0, "").await.server_epoch;
    let place = words(&place(folder.path()));
    let command: Vec<&str> = ["restored"].into_iter().chain(place.iter().map(String::as_str)).collect();
    says(&run(&command), "in use by another server");
    served.told_to_stop();
    assert!(run(&command).status.success());
    let again = Served::start_again(folder.path());
    let mut boss = boss;
    boss.url = again.url.clone();
    assert_ne!(boss.pull(0, "").await.server_epoch, before);
}

#[test]
fn what_stops_it_from_starting_is_one_sentence_and_code_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").expect("written");
    let under_a_file = file.join("data");
    says(&run(&["serve", "--data", under_a_file.to_str().expect("a path")]), "cannot be written");

    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let data = folder.path().join("data");
    let data = data.to_str().expect("a path");
    says(&run(&["serve", "--data", data, "--port", &port]), "already taken");

    let newer = folder.path().join("newer");
    fs::create_dir(&newer).expect("made");
    fs::copy(Path::new(data).join("noticed.db"), newer.join("noticed.db")).expect("a database");
    let pragma = tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let pool =
            sqlx::SqlitePool::connect(&format!("sqlite:{}", newer.join("noticed.db").display())).await?;
        sqlx::query("PRAGMA user_version = 999").execute(&pool).await?;
        pool.close().await;
        Ok::<(), sqlx::Error>(())
    });
    pragma.expect("a newer database");
    says(&run(&["serve", "--data", newer.to_str().expect("a path")]), "newer version");

    let broken = folder.path().join("broken");
    fs::create_dir(&broken).expect("made");
    fs::write(broken.join("noticed.db"), "this is not a database, ".repeat(500)).expect("written");
    says(&run(&["serve", "--data", broken.to_str().expect("a path")]), "cannot be used");

    says(&run(&["serve", "--port", "many"]), "--port cannot be many");
    says(
        &run(&["serve", "--data", data, "--tls-cert", "/none.pem", "--tls-key", "/none.pem"]),
        "HTTPS cannot be used",
    );
    says(&run(&["dance"]), "no command named dance");
    assert!(run(&["--help"]).status.success());
}

#[test]
fn two_servers_never_share_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let _served = Served::start_in(folder.path());
    says(
        &run(&["serve", "--data", folder.path().to_str().expect("a path"), "--port", "0"]),
        "in use by another server",
    );
}

#[tokio::test]
async fn the_log_names_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(PROGRAM)
        .args(["serve", "--port", "0"])
        .args(words(&place(folder.path())))
        .env("NOTICED_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut errors = child.stderr.take().expect("piped");
    let logged = std::thread::spawn(move || {
        let mut text = String::new();
        errors.read_to_string(&mut text).map(|_| text)
    });
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let url =
        lines.next().expect("ready").replace("Noticed is ready at ", "").replace("localhost", "127.0.0.1");
    let link = lines.nth(1).expect("a link");
    let token = link.split('#').nth(1).expect("a token");
    let mut boss: Phone = set_up(&url, token, "Willow Care Secret", "elm").await;
    let event = boss.report("record-secret");
    accepted(&boss.push_one(&event).await);
    boss.sign_in("boss", "wrong-secret-password").await.map(drop).expect_err("wrong");
    boss.pull_all().await;
    Served { child, url, link: None }.told_to_stop();
    let logged = logged.join().expect("read").expect("text");
    assert!(logged.contains("\"route\":\"/v1/push\""), "there is a log: {logged}");
    let cookie =
        boss.cookie.as_deref().and_then(|cookie| cookie.split('=').nth(1)).expect("a cookie").to_owned();
    for secret in ["Willow", "record-secret", "wrong-secret", "Took out 5 mg", "\"Bo\"", token, &cookie] {
        assert!(!logged.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn https_from_certificate_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a certificate");
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    fs::write(&certificate, made.cert.pem()).expect("written");
    fs::write(&key, made.signing_key.serialize_pem()).expect("written");
    let names =
        ["--tls-cert", certificate.to_str().expect("a path"), "--tls-key", key.to_str().expect("a path")];
    let served = Served::start(&folder.path().join("data"), &names);
    let address = served.url.strip_prefix("https://").expect("https").to_owned();
    assert!(served.link.as_ref().expect("a link").starts_with("https://localhost:"));
    let reply = over_tls(&address, made.cert.der().clone()).await;
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
    assert!(reply.to_lowercase().contains("strict-transport-security"), "{reply}");
}

async fn over_tls(address: &str, root: tokio_rustls::rustls::pki_types::CertificateDer<'static>) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_rustls::{TlsConnector, rustls};
    let mut roots = rustls::RootCertStore::empty();
    roots.add(root).expect("a root");
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.expect("versions").with_root_certificates(roots).with_no_client_auth();
    let stream = tokio::net::TcpStream::connect(address).await.expect("connected");
    let connector = TlsConnector::from(std::sync::Arc::new(config));
    let mut stream =
        connector.connect("localhost".try_into().expect("a name"), stream).await.expect("shaken hands");
    let ask = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(ask.as_bytes()).await.expect("written");
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.map(drop).unwrap_or_default();
    reply
}
