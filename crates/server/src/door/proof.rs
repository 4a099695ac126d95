//! Device signatures: P-256 with SHA-256, as WebCrypto makes them.

use p256::ecdsa::{Signature, VerifyingKey, signature::Verifier};
use sync::{Hash, base64url};

const POINT_BYTES: usize = 65;

/// The public key of a device.
#[derive(Clone, Debug)]
pub struct DeviceKey(VerifyingKey);

impl DeviceKey {
    /// From the uncompressed point.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        if bytes.len() != POINT_BYTES {
            return None;
        }
        VerifyingKey::from_sec1_bytes(bytes).ok().map(DeviceKey)
    }

    /// From base64url, as it travels.
    pub fn read(text: &str) -> Option<Vec<u8>> {
        base64url::decode(text).filter(|bytes| DeviceKey::of_bytes(bytes).is_some())
    }

    /// Did this device sign this event?
    pub fn signed_event(&self, hash: Hash, signature: &str) -> bool {
        self.signed(hash.as_bytes(), signature)
    }

    /// Did this device sign this text?
    pub fn signed_text(&self, text: &str, signature: &str) -> bool {
        // WebCrypto hashes what it signs: the digest itself may have been signed, as for events, or the text.
        self.signed(Hash::of(&[text.as_bytes()]).as_bytes(), signature)
            || self.signed(text.as_bytes(), signature)
    }

    fn signed(&self, message: &[u8], signature: &str) -> bool {
        let signature = base64url::decode(signature).and_then(|bytes| Signature::from_slice(&bytes).ok());
        signature.is_some_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}
