//! The key with which the server signs checkpoints: a file in the data folder that only its owner reads.

use p256::ecdsa::{
    Signature, SigningKey, VerifyingKey,
    signature::{Signer, Verifier},
};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};
use sync::base64url;

pub const FILE: &str = "checkpoint.key";

#[derive(Clone)]
pub struct ServerKey(SigningKey);

impl ServerKey {
    /// The key of this folder; made when there is none.
    /// # Errors  the file cannot be read or written, or holds no key.
    pub fn of_folder(folder: &Path) -> io::Result<ServerKey> {
        let file = folder.join(FILE);
        if let Some(key) = read(&file)? {
            return Ok(key);
        }
        let mut bytes = [0; 32];
        // Of 2^256 numbers all but one in 2^32 are keys.
        let key = loop {
            getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
            if let Ok(key) = SigningKey::from_slice(&bytes) {
                break ServerKey(key);
            }
        };
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&file);
        match made {
            Ok(mut made) => {
                made.write_all(base64url::encode(&bytes).as_bytes())?;
                made.sync_all()?;
                Ok(key)
            }
            // Another process was first.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                read(&file)?.ok_or_else(|| io::Error::other("the key vanished"))
            }
            Err(error) => Err(error),
        }
    }

    /// The key of this folder, if there is one.
    /// # Errors  the file cannot be read, or holds no key.
    pub fn there(folder: &Path) -> io::Result<Option<ServerKey>> {
        read(&folder.join(FILE))
    }

    /// The public half: a P-256 point, uncompressed, in base64url.
    pub fn public(&self) -> String {
        base64url::encode(self.0.verifying_key().to_sec1_point(false).as_bytes())
    }

    /// ECDSA with SHA-256 over the text; r and s in base64url.
    pub fn sign(&self, text: &str) -> String {
        let signature: Signature = self.0.sign(text.as_bytes());
        base64url::encode(&signature.to_bytes())
    }
}

/// Did the owner of this public key sign this text?
pub fn signed(public: &str, text: &str, sig: &str) -> bool {
    let key = base64url::decode(public).and_then(|bytes| VerifyingKey::from_sec1_bytes(&bytes).ok());
    let sig = base64url::decode(sig).and_then(|bytes| Signature::from_slice(&bytes).ok());
    key.zip(sig).is_some_and(|(key, sig)| key.verify(text.as_bytes(), &sig).is_ok())
}

fn read(file: &Path) -> io::Result<Option<ServerKey>> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let key = base64url::decode(text.trim()).and_then(|bytes| SigningKey::from_slice(&bytes).ok());
    key.map(|key| Some(ServerKey(key))).ok_or_else(|| io::Error::other(format!("{FILE} holds no key")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_key_is_made_once_and_read_by_its_owner_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let key = ServerKey::of_folder(folder.path()).expect("made");
        let again = ServerKey::of_folder(folder.path()).expect("read");
        assert_eq!(key.public(), again.public());
        let mode = fs::metadata(folder.path().join(FILE)).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let sig = key.sign("words");
        assert!(signed(&key.public(), "words", &sig));
        assert!(!signed(&key.public(), "other words", &sig));
        let other = ServerKey::of_folder(tempfile::tempdir().expect("a folder").path()).expect("made");
        assert!(!signed(&other.public(), "words", &sig));
    }

    #[test]
    fn a_damaged_key_is_never_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(FILE), "nonsense").expect("written");
        assert!(ServerKey::of_folder(folder.path()).is_err());
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).expect("there"), "nonsense");
    }
}
