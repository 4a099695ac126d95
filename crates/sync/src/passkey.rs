//! What a passkey is called between app and service: neither of them shows its own id.

use crate::Hash;

/// From the id that a passkey has at its keeper.
pub fn name_of(credential: &[u8]) -> Hash {
    Hash::of(&[b"nm.passkey.v1\0", credential])
}
