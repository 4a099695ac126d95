//! `cargo xtask size [--json]`: what a first visit costs, beside the budgets. Builds the app where it is not built yet.
//! Fails over budget.

use super::pack::{self, files};
use crate::{paths, words::say};
use anyhow::{Context, Result};
use serde_json::json;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

const KB: usize = 1024;
const WASM_BUDGET: usize = 350 * KB;
const VISIT_BUDGET: usize = 450 * KB;
const REQUEST_BUDGET: usize = 8;

/// What the first page of a new visitor asks for.
struct Visit {
    /// Name and size in brotli.
    files: Vec<(String, usize)>,
    off_origin: BTreeSet<String>,
    /// The whole app in brotli, for those with a task beyond reporting; not part of a first visit.
    whole: Option<usize>,
}

pub fn run(json_wanted: bool) -> Result<ExitCode> {
    let dist = paths::dist();
    if !dist.join("index.html").is_file() {
        super::build::app()?;
    }
    let visit = visit(&dist)?;
    let wasm =
        visit.files.iter().filter(|(name, _)| name.ends_with(".wasm")).map(|(_, size)| size).sum::<usize>();
    let total = visit.files.iter().map(|(_, size)| size).sum::<usize>();
    let requests = visit.files.len();
    let fits = wasm <= WASM_BUDGET
        && total <= VISIT_BUDGET
        && requests <= REQUEST_BUDGET
        && visit.off_origin.is_empty();
    if json_wanted {
        let files: Vec<_> =
            visit.files.iter().map(|(name, size)| json!({"file": name, "brotli": size})).collect();
        let report = json!({
            "app_wasm_brotli": {"bytes": wasm, "budget": WASM_BUDGET},
            "first_visit_brotli": {"bytes": total, "budget": VISIT_BUDGET},
            "requests": {"count": requests, "budget": REQUEST_BUDGET},
            "whole_app_brotli": visit.whole,
            "off_origin": {"found": visit.off_origin, "budget": 0},
            "files": files,
            "ok": fits,
        });
        say(&serde_json::to_string_pretty(&report)?);
    } else {
        for (name, size) in &visit.files {
            say(&format!("{size:>9}  {name}"));
        }
        say(&format!("app wasm     {wasm} of {WASM_BUDGET} bytes (brotli)"));
        say(&format!("first visit  {total} of {VISIT_BUDGET} bytes (brotli)"));
        if let Some(whole) = visit.whole {
            say(&format!("whole app    {whole} bytes (brotli), later, where a desk needs it"));
        }
        say(&format!("requests     {requests} of {REQUEST_BUDGET}"));
        say(&format!("off-origin   {} of 0 {:?}", visit.off_origin.len(), visit.off_origin));
    }
    Ok(if fits { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The page, what it names, what those name, and the service worker.
fn visit(dist: &Path) -> Result<Visit> {
    let page = fs::read_to_string(dist.join("index.html"))
        .context("the app is not built: `cargo xtask run` or `trunk build --release` builds it")?;
    let mut wanted: BTreeSet<PathBuf> = BTreeSet::from([dist.join("index.html"), dist.join("sw.js")]);
    wanted.extend(named_by_page(&page).iter().map(|name| dist.join(name.trim_start_matches('/'))));
    // The glue of wasm-bindgen may import snippets.
    wanted.extend(
        files(dist)?.into_iter().filter(|path| path.components().any(|part| part.as_os_str() == "snippets")),
    );
    let mut visit = Visit { files: Vec::new(), off_origin: BTreeSet::new(), whole: whole(&page, dist)? };
    for path in wanted.into_iter().filter(|path| path.is_file()) {
        let bytes = fs::read(&path)?;
        visit.off_origin.extend(addresses(&path, &bytes));
        let name = path.strip_prefix(dist)?.to_string_lossy().into_owned();
        let size = packed_size(&path, &bytes)?;
        visit.files.push((name, size));
    }
    visit.files.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    Ok(visit)
}

fn whole(page: &str, dist: &Path) -> Result<Option<usize>> {
    let named = page.split('<').find(|tag| tag.starts_with("meta name=\"noticed-whole\""));
    let Some(file) = named.and_then(|tag| attribute(tag, "data-wasm")) else { return Ok(None) };
    let path = dist.join(file.trim_start_matches('/'));
    packed_size(&path, &fs::read(&path)?).map(Some)
}

/// Of the packed copy beside the file, where there is one.
fn packed_size(path: &Path, bytes: &[u8]) -> Result<usize> {
    let mut packed = path.as_os_str().to_owned();
    packed.push(".br");
    match fs::metadata(Path::new(&packed)) {
        Ok(copy) => Ok(usize::try_from(copy.len())?),
        Err(_) => Ok(pack::brotli(bytes)?.len().min(bytes.len())),
    }
}

/// Files that a browser asks for on its own: styles, scripts, preloads, the manifest, one icon.
fn named_by_page(page: &str) -> Vec<String> {
    let mut named = Vec::new();
    for tag in page.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        let name = tag.split_whitespace().next().unwrap_or_default();
        let asked_for = match name {
            "link" => !["apple-touch-icon", "canonical"].contains(&attribute(tag, "rel").unwrap_or_default()),
            "script" | "img" | "source" => true,
            _ => false,
        };
        let address = attribute(tag, "href").or_else(|| attribute(tag, "src"));
        named.extend(address.filter(|_| asked_for).map(str::to_owned));
    }
    named
}

pub(super) fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}="))? + name.len() + 2;
    let value = &tag[start..];
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split_whitespace().next(),
    }
}

/// Addresses of other servers that a page or a style sheet would fetch from.
fn addresses(path: &Path, bytes: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(bytes);
    let is_foreign = |address: &&str| address.starts_with("http") || address.starts_with("//");
    match path.extension().and_then(|end| end.to_str()) {
        Some("html") => {
            named_by_page(&text).iter().map(String::as_str).filter(is_foreign).map(str::to_owned).collect()
        }
        Some("css") => {
            let urls = text.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
            urls.map(|url| url.trim_matches(['"', '\''])).filter(is_foreign).map(str::to_owned).collect()
        }
        _ => BTreeSet::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_what_a_browser_fetches() {
        let page = "<link rel=\"stylesheet\" href=\"/a.css\"><link rel=apple-touch-icon href=/t.png>\
            <script>let x = 1 < 2;</script><a href=\"https://elsewhere\">x</a><link rel=\"icon\" href='/i.svg'>";
        assert_eq!(named_by_page(page), ["/a.css", "/i.svg"]);
    }

    #[test]
    fn an_address_elsewhere_is_found() {
        let found =
            addresses(Path::new("a.css"), b"a{background:url('https://x/y.png')} b{background:url(/z.png)}");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["https://x/y.png"]);
    }
}
