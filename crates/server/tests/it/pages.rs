//! The built app as it is served: packed siblings, caching, headers, and never a page in place of a file.

use crate::harness::{House, Running, config};
use reqwest::{Method, Response};
use std::fs;

const INDEX: &str =
    "<!doctype html><title>Noticed</title><script>start();</script><script src=\"/a.js\"></script>";

async fn built() -> (Running, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let dist = folder.path().join("dist");
    fs::create_dir_all(dist.join("icons")).expect("made");
    let write = |name: &str, words: &str| fs::write(dist.join(name), words).expect("written");
    write("index.html", INDEX);
    write("sw.js", "self");
    write("manifest.webmanifest", "{}");
    write("rescue.html", "<script>rescue();</script>");
    write("icons/icon.svg", "<svg/>");
    write("app-1a2b3c4d5e6f7a8b_bg.wasm", "wasm");
    write("app-1a2b3c4d5e6f7a8b_bg.wasm.br", "br");
    write("app-1a2b3c4d5e6f7a8b_bg.wasm.gz", "gz");
    let server = Running::start(config(&folder.path().join("data"), &dist)).await;
    (server, folder)
}

async fn ask(server: &Running, method: Method, path: &str, header: Option<(&str, &str)>) -> Response {
    let mut request = crate::harness::client().request(method, format!("{}{path}", server.url));
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    request.send().await.expect("an answer")
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("text"))
}

#[tokio::test]
async fn packed_files_go_to_those_who_can_unpack_them() {
    let (server, _folder) = built().await;
    let wasm = "/app-1a2b3c4d5e6f7a8b_bg.wasm";
    let check = async |accept: &str, encoding: &str, body: &str| {
        let response = ask(&server, Method::GET, wasm, Some(("accept-encoding", accept))).await;
        assert_eq!(header(&response, "content-type"), "application/wasm");
        assert_eq!(header(&response, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header(&response, "vary"), "accept-encoding");
        assert_eq!(header(&response, "content-encoding"), encoding);
        assert_eq!(response.text().await.expect("a body"), body);
    };
    check("gzip, deflate, br", "br", "br").await;
    check("gzip", "gzip", "gz").await;
    check("br;q=0, gzip", "gzip", "gz").await;
    check("identity", "", "wasm").await;
}

#[tokio::test]
async fn a_withdrawn_app_is_taken_away_by_its_own_worker_and_nothing_else_changes() {
    let (server, folder) = built().await;
    assert_eq!(ask(&server, Method::GET, "/sw.js", None).await.text().await.expect("a body"), "self");
    server.stop().await;
    let mut config = config(&folder.path().join("data"), &folder.path().join("dist"));
    config.withdraw = true;
    let server = Running::start(config).await;
    let worker = ask(&server, Method::GET, "/sw.js", Some(("accept-encoding", "br"))).await;
    assert_eq!(header(&worker, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(header(&worker, "cache-control"), "no-cache");
    let worker = worker.text().await.expect("a body");
    assert!(worker.contains("registration.unregister()") && worker.contains("caches.delete"));
    for never in ["indexedDB", "localStorage", "fetch", "clients.claim"] {
        assert!(!worker.contains(never), "{never}");
    }
    let page = ask(&server, Method::GET, "/", None).await.text().await.expect("a body");
    assert_eq!(page, INDEX);
}

#[tokio::test]
async fn addresses_get_the_page_and_files_never_do() {
    let (server, _folder) = built().await;
    for path in ["/", "/new/medication/reached?draft=1", "/records/abc", "/admin", "/set-up"] {
        let response = ask(&server, Method::GET, path, None).await;
        assert_eq!(
            (response.status().as_u16(), header(&response, "cache-control")),
            (200, "no-cache"),
            "{path}"
        );
        assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
        assert_eq!(response.text().await.expect("a body"), INDEX);
    }
    for path in
        ["/gone-1a2b3c4d5e6f7a8b.js", "/icons/none.png", "/../Cargo.toml", "/..%2fnoticed.db", "/new/x.html"]
    {
        let response = ask(&server, Method::GET, path, None).await;
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(header(&response, "content-type"), "text/plain; charset=utf-8", "{path}");
    }
    for path in ["/sw.js", "/manifest.webmanifest", "/rescue.html", "/icons/icon.svg"] {
        let response = ask(&server, Method::GET, path, None).await;
        assert_eq!(
            (response.status().as_u16(), header(&response, "cache-control")),
            (200, "no-cache"),
            "{path}"
        );
        let etag = header(&response, "etag").to_owned();
        let known = ask(&server, Method::GET, path, Some(("if-none-match", &etag))).await;
        assert_eq!(known.status(), 304, "{path}");
    }
    let head = ask(&server, Method::HEAD, "/", None).await;
    assert_eq!(
        (head.status().as_u16(), header(&head, "content-length")),
        (200, INDEX.len().to_string().as_str())
    );
    assert_eq!(ask(&server, Method::POST, "/", None).await.status(), 405);
}

#[tokio::test]
async fn pages_that_work_without_the_app_have_a_short_address() {
    let (server, _folder) = built().await;
    let response = ask(&server, Method::GET, "/rescue", None).await;
    assert_eq!(response.text().await.expect("a body"), "<script>rescue();</script>");
}

#[tokio::test]
async fn f22_a_page_that_is_still_open_gets_the_files_of_its_own_build() {
    let (server, folder) = built().await;
    server.stop().await;
    let (data, dist) = (folder.path().join("data"), folder.path().join("dist"));
    for next in ["app-22222222222222aa_bg.wasm", "app-33333333333333aa_bg.wasm"] {
        fs::remove_dir_all(&dist).expect("replaced");
        fs::create_dir_all(&dist).expect("made");
        fs::write(dist.join("index.html"), "new").expect("written");
        fs::write(dist.join(next), "new wasm").expect("written");
        let server = Running::start(config(&data, &dist)).await;
        let old =
            ask(&server, Method::GET, "/app-1a2b3c4d5e6f7a8b_bg.wasm", Some(("accept-encoding", "br"))).await;
        assert_eq!(
            (old.status().as_u16(), header(&old, "content-type")),
            (200, "application/wasm"),
            "{next}"
        );
        assert_eq!(header(&old, "cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(header(&old, "content-encoding"), "br");
        assert_eq!(old.text().await.expect("a body"), "br");
        let unknown = ask(&server, Method::GET, "/app-44444444444444aa_bg.wasm", None).await;
        assert_eq!(
            (unknown.status().as_u16(), header(&unknown, "content-type")),
            (404, "text/plain; charset=utf-8")
        );
        // What has no hash in its name is only what the new build has.
        assert_eq!(ask(&server, Method::GET, "/builds.json", None).await.status(), 404);
        assert_eq!(ask(&server, Method::GET, "/sw.js", None).await.status(), 404);
        server.stop().await;
    }
}

#[tokio::test]
async fn every_reply_carries_the_security_headers() {
    let (server, _folder) = built().await;
    for path in ["/", "/sw.js", "/none.js", "/healthz", "/v1/me", "/v1/none"] {
        let response = ask(&server, Method::GET, path, None).await;
        let policy = header(&response, "content-security-policy").to_owned();
        for part in [
            "default-src 'none'",
            "frame-ancestors 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "script-src 'self' 'wasm-unsafe-eval' 'sha256-",
            "style-src 'self'",
            "connect-src 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types default nm-sw",
        ] {
            assert!(policy.contains(part), "{path}: no {part} in {policy}");
        }
        assert_eq!(policy.matches("'sha256-").count(), 2, "both inline scripts: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("upgrade-insecure"), "{policy}");
        assert_eq!(header(&response, "cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(header(&response, "cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer", "{path}");
        assert!(header(&response, "permissions-policy").contains("geolocation=()"), "{path}");
        assert_eq!(header(&response, "strict-transport-security"), "", "not on plain http");
    }
}

#[tokio::test]
async fn behind_https_the_cookie_and_the_headers_are_stricter() {
    let house = House::with(|config| config.base_url = Some("https://noticed.example".into())).await;
    let cookie = house.boss.cookie.as_ref().expect("a cookie");
    assert!(cookie.starts_with("__Host-noticed="), "{cookie}");
    let response = ask(&house.server, Method::GET, "/healthz", None).await;
    assert!(header(&response, "strict-transport-security").starts_with("max-age="));
    assert!(header(&response, "content-security-policy").contains("upgrade-insecure-requests"));
}

#[tokio::test]
async fn long_replies_are_packed_for_those_who_ask() {
    let house = House::open().await;
    let ask = house.boss.request(Method::GET, "/v1/directory").header("accept-encoding", "gzip");
    let response = ask.send().await.expect("an answer");
    assert_eq!(header(&response, "content-encoding"), "gzip");
    let packed = response.bytes().await.expect("a body");
    let mut plain = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&packed[..]), &mut plain).expect("gzip");
    assert!(plain.contains("Willow Care"));
}
