//! Two builds of the app in one folder: the page starts the small one, and names the whole one for those who need it.
//! See docs/decisions/017.

use super::size::attribute;
use anyhow::{Context, Result};
use std::{env, fs, path::Path};

/// Names the folder of the whole app while the small one is built.
pub const FOLDER: &str = "NOTICED_WHOLE";

/// Puts the whole app beside the small one in `staging` and names it in the page. Gives the names of its files;
/// none where no whole app was built.
pub fn put_beside(staging: &Path) -> Result<Vec<String>> {
    let Some(folder) = env::var_os(FOLDER) else { return Ok(Vec::new()) };
    let folder = Path::new(&folder);
    let whole = named(&fs::read_to_string(folder.join("index.html")).context("the whole app is not built")?)?;
    for file in [&whole.script, &whole.wasm] {
        fs::copy(folder.join(file), staging.join(file)).with_context(|| format!("copy {file}"))?;
    }
    let page = staging.join("index.html");
    let text = fs::read_to_string(&page)?;
    fs::write(&page, with_name(&text, &whole)?)?;
    Ok(vec![whole.script, whole.wasm])
}

/// Files of one build, as its page names them.
#[derive(Debug, PartialEq, Eq)]
struct Build {
    script: String,
    wasm: String,
    integrity: String,
}

fn named(page: &str) -> Result<Build> {
    let tags = || page.split('<').filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    let link = |name: &'static str, value: &'static str| {
        tags()
            .find(|tag| tag.starts_with("link ") && attribute(tag, name) == Some(value))
            .with_context(|| format!("the page of the whole app has no link with {name}={value}"))
    };
    let (script, wasm) = (link("rel", "modulepreload")?, link("as", "fetch")?);
    let file = |tag| attribute(tag, "href").map(|href| href.trim_start_matches('/').to_owned());
    Ok(Build {
        script: file(script).context("the script has no address")?,
        wasm: file(wasm).context("the app has no address")?,
        integrity: attribute(wasm, "integrity").unwrap_or_default().to_owned(),
    })
}

/// Read by style/boot.js and src/browser/bundle.rs.
fn with_name(page: &str, whole: &Build) -> Result<String> {
    let Build { script, wasm, integrity } = whole;
    let (head, rest) = page.split_once("</head>").context("the page has no head")?;
    let name = format!(
        "<meta name=\"noticed-whole\" data-js=\"/{script}\" data-wasm=\"/{wasm}\" data-integrity=\"{integrity}\" />"
    );
    Ok(format!("{head}{name}</head>{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><link rel=\"modulepreload\" href=\"/a-1.js\" crossorigin integrity=\"sha384-x\">\
        <link rel=\"preload\" href=\"/a-1_bg.wasm\" crossorigin integrity=\"sha384-y\" as=\"fetch\"></head></html>";

    #[test]
    fn a_page_names_its_build_and_another_one() {
        let whole = named(PAGE).expect("both links");
        assert_eq!((&*whole.script, &*whole.wasm, &*whole.integrity), ("a-1.js", "a-1_bg.wasm", "sha384-y"));
        let page = with_name("<head></head><body>", &whole).expect("a head");
        assert!(page.contains("data-wasm=\"/a-1_bg.wasm\"") && page.ends_with("/></head><body>"));
        assert!(named("<head></head>").is_err());
    }
}
