//! The files of a pack as one zip file, and out of it again. The same files give the same bytes.

use super::{File, Problem};
use flate2::{Compression, bufread::DeflateDecoder, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveWriter};
use std::io::{Read, Write};

/// More than this unpacked is no pack of ours: somebody wants to fill the memory.
const MOST_BYTES: u64 = 512 * 1024 * 1024;
const MOST_FILES: usize = 200;

pub fn write(files: &[File]) -> Vec<u8> {
    match try_write(files) {
        Ok(bytes) => bytes,
        Err(error) => unreachable!("a list in memory does not take a byte: {error}"),
    }
}

fn try_write(files: &[File]) -> Result<Vec<u8>, rawzip::Error> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for file in files {
        let (mut entry, config) =
            archive.new_file(&file.name).compression_method(CompressionMethod::DEFLATE).start()?;
        let encoder = DeflateEncoder::new(&mut entry, Compression::default());
        let mut writer = config.wrap(encoder);
        writer.write_all(&file.bytes)?;
        let (encoder, descriptor) = writer.finish()?;
        encoder.finish()?;
        entry.finish(descriptor)?;
    }
    archive.finish()?;
    Ok(out)
}

/// # Errors  It is no zip file, it is damaged, or it is too large.
pub fn read(bytes: &[u8]) -> Result<Vec<File>, Problem> {
    let damaged = |error: rawzip::Error| Problem::Damaged(error.to_string());
    let archive = ZipArchive::from_slice(bytes).map_err(|_| Problem::NotAZip)?;
    let mut files: Vec<File> = Vec::new();
    let mut left = MOST_BYTES;
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        let path = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        if entry.is_dir() {
            continue;
        }
        if files.len() == MOST_FILES || entry.uncompressed_size_hint() > left {
            return Err(Problem::TooLarge);
        }
        let local = archive.get_entry(entry.wayfinder()).map_err(damaged)?;
        let mut unpacked = Vec::new();
        let unreadable = |_: std::io::Error| Problem::Unreadable(path.clone());
        match entry.compression_method() {
            CompressionMethod::STORE => {
                local
                    .verifying_reader(local.data())
                    .take(left + 1)
                    .read_to_end(&mut unpacked)
                    .map_err(unreadable)?;
            }
            CompressionMethod::DEFLATE => {
                let decoder = DeflateDecoder::new(local.data());
                local
                    .verifying_reader(decoder)
                    .take(left + 1)
                    .read_to_end(&mut unpacked)
                    .map_err(unreadable)?;
            }
            _ => return Err(Problem::Unreadable(path)),
        }
        let size = unpacked.len() as u64;
        if size > left {
            return Err(Problem::TooLarge);
        }
        left -= size;
        files.push(File { name: path, bytes: unpacked });
    }
    Ok(files)
}
