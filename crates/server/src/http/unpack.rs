//! Unpacks a body with a limit. Knows nothing else of the server, so that the fuzzer can build it alone (`fuzz/`).

use flate2::read::MultiGzDecoder;
use std::io::Read;

/// Why a packed body is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not gzip, cut short, or damaged.
    Damaged,
    /// It holds more than the limit.
    TooLarge,
}

/// Unpacks gzip, and stops as soon as it is more than the limit, in bytes.
/// # Errors  why it is not taken.
pub fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::with_capacity(packed.len().saturating_mul(4).min(limit));
    let one_more = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(packed).take(one_more).read_to_end(&mut bytes).map_err(|_| Refused::Damaged)?;
    if bytes.len() > limit { Err(Refused::TooLarge) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    #[test]
    fn unpacking_stops_at_the_limit() {
        let packed = gzip(&vec![b' '; 10_000_000]);
        assert!(packed.len() < 20_000);
        assert_eq!(unpack(&packed, 65_536), Err(Refused::TooLarge));
        assert_eq!(unpack(&gzip(b"{}"), 2).expect("small"), b"{}");
        assert_eq!(unpack(b"not gzip", 100), Err(Refused::Damaged));
    }
}
