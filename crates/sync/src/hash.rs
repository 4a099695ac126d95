//! SHA-256 of the frozen event bytes, and of the rows that chain them. Hex wherever people or JSON see it.

use serde::{
    Deserialize, Serialize,
    de::{Error, Visitor},
};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// 32 bytes that stand for one event, or for everything up to one event.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

/// Not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits")]
pub struct NotAHash;

impl Hash {
    /// What the first event of a device has as `prev`, and an empty log as its chain.
    pub const ZERO: Hash = Hash([0; 32]);

    /// The hash of an event: its frozen bytes, behind a prefix that no other use of SHA-256 here shares.
    pub fn of_event(bytes: &str) -> Hash {
        Hash::of(&[b"nm.event.v1", bytes.as_bytes()])
    }

    /// SHA-256 of the parts, one after the other. The caller keeps the parts apart.
    pub fn of(parts: &[&[u8]]) -> Hash {
        let mut sha = Sha256::new();
        for part in parts {
            sha.update(part);
        }
        Hash(sha.finalize().into())
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Hash {
        Hash(bytes)
    }

    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        out.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Hash {
    type Err = NotAHash;

    /// Lower case only: one hash has one spelling.
    fn from_str(text: &str) -> Result<Hash, NotAHash> {
        let digits: &[u8; 64] = text.as_bytes().try_into().map_err(|_| NotAHash)?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Hash(bytes))
    }
}

impl Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        struct Digits;

        impl Visitor<'_> for Digits {
            type Value = Hash;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&NotAHash, out)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Hash, E> {
                text.parse().map_err(E::custom)
            }
        }

        input.deserialize_str(Digits)
    }
}

fn digit(letter: u8) -> Result<u8, NotAHash> {
    match letter {
        b'0'..=b'9' => Ok(letter - b'0'),
        b'a'..=b'f' => Ok(letter - b'a' + 10),
        _ => Err(NotAHash),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_reads_back_from_its_text() {
        let hash = Hash::of_event("{}");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(
            Hash::of(&[b"abc"]).to_string(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn anything_else_is_not_a_hash() {
        let check = |text: &str| assert_eq!(text.parse::<Hash>(), Err(NotAHash), "{text}");
        check("");
        check(&"a".repeat(63));
        check(&"A".repeat(64));
        check(&"é".repeat(32));
        check(&"g".repeat(64));
    }
}
