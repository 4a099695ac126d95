//! Brotli and gzip copies beside the files of a folder, so the server never packs while somebody waits.

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

const KINDS: [&str; 9] = ["html", "js", "css", "wasm", "svg", "json", "webmanifest", "txt", "ico"];
/// The best that brotli does; the files are packed once and sent often.
const QUALITY: u32 = 11;
const WINDOW: u32 = 22;
const BUFFER: usize = 64 * 1024;

pub fn folder(folder: &Path) -> Result<()> {
    for path in files(folder)? {
        if path.extension().and_then(|end| end.to_str()).is_some_and(|end| KINDS.contains(&end)) {
            file(&path).with_context(|| format!("pack {}", path.display()))?;
        }
    }
    Ok(())
}

/// Every file below a folder, sorted.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), BUFFER, QUALITY, WINDOW);
    packed.write_all(bytes)?;
    Ok(packed.into_inner())
}

fn file(path: &Path) -> Result<()> {
    let bytes = fs::read(path)?;
    keep_if_smaller(path, "br", &bytes, &brotli(&bytes)?)?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&bytes)?;
    keep_if_smaller(path, "gz", &bytes, &gzip.finish()?)
}

fn keep_if_smaller(path: &Path, end: &str, plain: &[u8], packed: &[u8]) -> Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{end}"));
    if packed.len() < plain.len() {
        fs::write(name, packed)?;
    } else if Path::new(&name).exists() {
        fs::remove_file(name)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_text_is_smaller_and_unpacks_to_the_same() {
        let plain = "What did you notice? ".repeat(100).into_bytes();
        let packed = brotli(&plain).expect("packs");
        assert!(packed.len() < plain.len() / 10);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut back).expect("unpacks");
        assert_eq!(back, plain);
    }
}
