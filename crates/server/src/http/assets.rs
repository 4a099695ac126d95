//! The built app, read into memory once at start: no path of a request ever reaches the disk.
//! Files of earlier builds stay on the disk, and only names that were listed at start are looked for.

use super::{
    earlier_builds::{self, Earlier},
    headers::InlineHashes,
    reply::accepts,
};
use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::time::Instant;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, fs, io, path::Path};

const INDEX: &str = "index.html";
const WORKER: &str = "sw.js";
/// The worker that takes itself away.
const WITHDRAWN: &[u8] = include_bytes!("withdrawn.js");
const NOT_BUILT: &str = "The app is not built yet. Run `cargo xtask run`, or name its folder with --dist.\n";
const UNKNOWN: &str = "There is no such file.\n";
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");

#[derive(Debug, Default)]
pub struct Assets {
    files: HashMap<String, Asset>,
    earlier: Earlier,
    pub inline: InlineHashes,
}

#[derive(Clone, Debug)]
struct Asset {
    kind: &'static str,
    etag: HeaderValue,
    cache: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

impl Assets {
    /// Reads a folder. A folder that does not exist is an app that is not built yet.
    /// # Errors  when a file in it cannot be read.
    pub fn load(folder: &Path) -> io::Result<Assets> {
        let mut contents = HashMap::new();
        read_all(folder, &mut contents)?;
        let mut inline = InlineHashes::default();
        let mut pages: Vec<_> = contents.iter().filter(|(name, _)| name.ends_with(".html")).collect();
        pages.sort_by_key(|(name, _)| name.as_str());
        for (_, bytes) in pages {
            let page = String::from_utf8_lossy(bytes);
            inline.scripts.extend(hashes_of(&page, "script"));
            inline.styles.extend(hashes_of(&page, "style"));
        }
        let packed = |name: &String| name.ends_with(".br") || name.ends_with(".gz");
        let names: Vec<String> = contents.keys().filter(|name| !packed(name)).cloned().collect();
        let files = names
            .into_iter()
            .filter_map(|name| {
                let asset = Asset::of(&name, |name| contents.get(name).cloned())?;
                Some((name, asset))
            })
            .collect();
        Ok(Assets { files, earlier: Earlier::new(), inline })
    }

    /// Keeps the files of this build for pages that are still open when the next one comes, and finds those of the
    /// builds before it.
    /// # Errors  when the data folder cannot be read or written.
    pub fn remember(&mut self, data: &Path, dist: &Path, now: Instant) -> io::Result<()> {
        let hashed = self.files.iter().filter(|(name, _)| has_hash(name));
        let files = hashed.flat_map(|(name, asset)| {
            let packed = [("br", &asset.brotli), ("gz", &asset.gzip)];
            let copies = packed.into_iter().filter(|(_, bytes)| bytes.is_some());
            std::iter::once(name.clone()).chain(copies.map(move |(end, _)| format!("{name}.{end}")))
        });
        self.earlier = earlier_builds::remember(data, dist, files.collect(), now)?;
        Ok(())
    }

    /// Devices forget what they keep of the app, and load it from here.
    pub fn withdraw(&mut self) {
        let worker = Asset::of(WORKER, |name| (name == WORKER).then(|| Bytes::from_static(WITHDRAWN)));
        self.files.extend(worker.map(|worker| (WORKER.to_owned(), worker)));
    }

    /// The file of a path; the app's page for an address of the app; 404 in plain text for anything else.
    pub fn answer(&self, method: &Method, path: &str, headers: &HeaderMap) -> Response {
        let name = path.trim_start_matches('/');
        let is_address = !name.rsplit('/').next().unwrap_or_default().contains('.');
        let found = if is_address { self.page(name) } else { self.file(name) };
        match found {
            Some(_) if method != Method::GET && method != Method::HEAD => {
                (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response()
            }
            Some(asset) => asset.answer(headers),
            None if is_address => text(StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT),
            None => text(StatusCode::NOT_FOUND, UNKNOWN),
        }
    }
}

impl Assets {
    /// A page that works without the app is also found without the end of its name: `/rescue`.
    fn page(&self, name: &str) -> Option<Asset> {
        let own = self.files.get(&format!("{name}.html"));
        own.or_else(|| self.files.get(INDEX)).cloned()
    }

    fn file(&self, name: &str) -> Option<Asset> {
        self.files.get(name).cloned().or_else(|| {
            self.earlier.get(name)?;
            Asset::of(name, |name| fs::read(self.earlier.get(name)?).ok().map(Bytes::from))
        })
    }
}

impl Asset {
    fn of(name: &str, read: impl Fn(&str) -> Option<Bytes>) -> Option<Asset> {
        let plain = read(name)?;
        Some(Asset {
            kind: kind_of(name),
            etag: etag_of(&plain),
            cache: if has_hash(name) { FOR_EVER } else { ASK_EACH_TIME },
            brotli: read(&format!("{name}.br")),
            gzip: read(&format!("{name}.gz")),
            plain,
        })
    }

    fn answer(&self, headers: &HeaderMap) -> Response {
        let known = headers.get(header::IF_NONE_MATCH);
        let same = |tag: &str| tag.trim().trim_start_matches("W/").as_bytes() == self.etag.as_bytes();
        let fresh = known.and_then(|tags| tags.to_str().ok()).is_some_and(|tags| tags.split(',').any(same));
        let mut response =
            if fresh { StatusCode::NOT_MODIFIED.into_response() } else { self.content(headers) };
        let reply = response.headers_mut();
        reply.insert(header::ETAG, self.etag.clone());
        reply.insert(header::CACHE_CONTROL, self.cache.clone());
        reply.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    }

    fn content(&self, headers: &HeaderMap) -> Response {
        let packed = |name, bytes: &Option<Bytes>| {
            bytes.clone().filter(|_| accepts(headers, name)).map(|bytes| (Some(name), bytes))
        };
        let (encoding, bytes) = packed("br", &self.brotli)
            .or_else(|| packed("gzip", &self.gzip))
            .unwrap_or_else(|| (None, self.plain.clone()));
        let mut response = ([(header::CONTENT_TYPE, self.kind)], bytes).into_response();
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

fn text(status: StatusCode, words: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, words).into_response()
}

fn read_all(top: &Path, contents: &mut HashMap<String, Bytes>) -> io::Result<()> {
    let paths = match earlier_builds::files_in(top) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    for path in paths {
        if let Some(name) = path.strip_prefix(top).ok().and_then(Path::to_str) {
            contents.insert(name.replace('\\', "/"), fs::read(&path)?.into());
        }
    }
    Ok(())
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn etag_of(bytes: &[u8]) -> HeaderValue {
    let digest = sync::Hash::of(&[bytes]).to_string();
    HeaderValue::from_str(&format!("\"{}\"", &digest[..32])).unwrap_or(HeaderValue::from_static("\"\""))
}

/// A name that changes with its content, such as `app-1a2b3c4d5e6f7a8b_bg.wasm`.
fn has_hash(name: &str) -> bool {
    let is_hash = |part: &str| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    };
    let file = name.rsplit('/').next().unwrap_or_default();
    file.split(['-', '_', '.']).skip(1).any(is_hash)
}

/// CSP sources for the inline elements of one kind.
fn hashes_of(page: &str, element: &str) -> Vec<String> {
    let (open, close) = (format!("<{element}"), format!("</{element}"));
    // ASCII lower case keeps every byte in its place.
    let lower = page.to_ascii_lowercase();
    let mut hashes = Vec::new();
    let mut from = 0;
    while let Some(start) = lower[from..].find(&open).map(|at| from + at) {
        let Some(inside) = lower[start..].find('>').map(|at| start + at + 1) else { break };
        let Some(end) = lower[inside..].find(&close).map(|at| inside + at) else { break };
        let is_inline = !lower[start..inside].contains(" src=");
        if is_inline && end > inside {
            let digest: [u8; 32] = Sha256::digest(&page.as_bytes()[inside..end]).into();
            hashes.push(format!("sha256-{}", base64(&digest)));
        }
        from = end;
    }
    hashes
}

/// Plain base64 with padding, as CSP wants it; 32 bytes always end in one sign.
fn base64(digest: &[u8; 32]) -> String {
    sync::base64url::encode(digest).replace('-', "+").replace('_', "/") + "="
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_hash_are_kept_for_ever() {
        let check = |name, expected| assert_eq!(has_hash(name), expected, "{name}");
        check("noticed-app-1a2b3c4d5e6f7a8b_bg.wasm", true);
        check("tokens-77d4a2f1b09c33de.css", true);
        check("index.html", false);
        check("sw.js", false);
        check("rescue.html", false);
        check("icon-512.png", false);
        check("deadbeef.js", false);
    }

    #[test]
    fn inline_scripts_are_hashed_as_they_stand() {
        let page = "<html><script>alert('x')</script><SCRIPT type=\"module\">\nlet a = 1;\n</SCRIPT>\
                    <script src=\"/a.js\"></script><style>b{}</style></html>";
        let scripts = hashes_of(page, "script");
        assert_eq!(scripts.len(), 2);
        // printf "alert('x')" | openssl dgst -sha256 -binary | base64
        assert_eq!(scripts[0], "sha256-JPoFjrDvGjII2ZQr0zVCLdwImped9XUzr7nzeL7Ser0=");
        assert_eq!(hashes_of(page, "style").len(), 1);
    }
}
