//! Packed bodies: never more than the limit, whatever they unpack to, and what was packed comes out as it went in.
#![no_main]

use flate2::{Compression, Crc, Decompress, FlushDecompress, Status, write::GzEncoder};
use fuzzed::unpack::{Refused, unpack};
use libfuzzer_sys::fuzz_target;
use std::io::Write;

const LIMIT: usize = 64 * 1024;
/// Ten bytes before what is packed: no name, no time.
const HEAD: [u8; 10] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];

fuzz_target!(|body: &[u8]| {
    if let Ok(plain) = unpack(body, LIMIT) {
        assert!(plain.len() <= LIMIT);
    }
    drop(unpack(body, 1));
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(body).expect("memory");
    let packed = packer.finish().expect("memory");
    assert_eq!(unpack(&packed, body.len()).as_deref(), Ok(body));
    assert_eq!(body.is_empty(), unpack(&packed, body.len().saturating_sub(1)) != Err(Refused::TooLarge));
    as_if_packed(body);
});

/// The input as the packed part, with the right sum behind it: changes get past the sum.
fn as_if_packed(body: &[u8]) {
    let mut reader = Decompress::new(false);
    let mut plain = Vec::with_capacity(2 * LIMIT);
    if !matches!(reader.decompress_vec(body, &mut plain, FlushDecompress::Finish), Ok(Status::StreamEnd)) {
        return;
    }
    let used = usize::try_from(reader.total_in()).unwrap_or(usize::MAX).min(body.len());
    let mut crc = Crc::new();
    crc.update(&plain);
    let end = [crc.sum().to_le_bytes(), crc.amount().to_le_bytes()].concat();
    let whole = unpack(&[&HEAD, &body[..used], &end].concat(), LIMIT);
    match plain.len() {
        0..=LIMIT => assert_eq!(whole.as_ref(), Ok(&plain)),
        _ => assert_eq!(whole, Err(Refused::TooLarge)),
    }
}
