//! The program itself: what survives a kill, how it stops, and how it says that it cannot start.

use crate::{
    ground::{place, words},
    harness::set_up,
    phone::{Phone, accepted},
    program::{PROGRAM, Served, run, says},
};
use std::{
    fs,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

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

#[test]
fn other_machines_reach_it_only_by_https() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let serve = ["serve", "--host", "0.0.0.0", "--port", "0", "--data", data.to_str().expect("a path")];
    let output = run(&serve);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no HTTPS"), "{output:?}");
    assert!(!data.exists(), "nothing was begun");
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
