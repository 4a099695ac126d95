//! Decrypts a rescue file with the provider's private key. The format: `sync::rescue`.

use p256::{PublicKey, SecretKey};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use sha2::Sha256;
use sync::rescue::{INFO, Locked, RescueError};

const KEY_BYTES: usize = 32;

/// The JSON inside.
/// # Errors  `Damaged` when the file was changed, or is not for this key.
pub fn unlock(locked: &Locked<'_>, key: &SecretKey) -> Result<Vec<u8>, RescueError> {
    let point = PublicKey::from_sec1_bytes(locked.point).map_err(|_| RescueError::Damaged)?;
    let mut secret = [0; KEY_BYTES];
    key.diffie_hellman(&point)
        .extract::<Sha256>(Some(locked.head))
        .expand(INFO, &mut secret)
        .map_err(|_| RescueError::Damaged)?;
    let opener = UnboundKey::new(&AES_256_GCM, &secret).map_err(|_| RescueError::Damaged)?;
    let mut bytes = locked.sealed.to_vec();
    let nonce = Nonce::assume_unique_for_key(locked.nonce);
    let plain = LessSafeKey::new(opener)
        .open_in_place(nonce, Aad::from(locked.head), &mut bytes)
        .map_err(|_| RescueError::Damaged)?
        .len();
    bytes.truncate(plain);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rescue::key::point;
    use p256::elliptic_curve::Generate;
    use sync::rescue::{HEAD_BYTES, MAGIC, VERSION, key_id};

    /// As `public/rescue.js` does it, with the same pieces.
    fn locked_for(provider: &SecretKey, json: &[u8]) -> Vec<u8> {
        let own = SecretKey::generate();
        let mut file = MAGIC.to_vec();
        file.push(VERSION);
        file.extend(key_id(&point(provider)).as_bytes());
        file.extend(point(&own));
        file.extend([7; 12]);
        let mut secret = [0; KEY_BYTES];
        let shared = own.diffie_hellman(&provider.public_key());
        shared.extract::<Sha256>(Some(&file)).expand(INFO, &mut secret).expect("32 bytes");
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &secret).expect("32 bytes"));
        let mut sealed = json.to_vec();
        let nonce = Nonce::assume_unique_for_key([7; 12]);
        key.seal_in_place_append_tag(nonce, Aad::from(&file), &mut sealed).expect("short");
        file.extend(sealed);
        file
    }

    #[test]
    fn a_file_opens_with_its_key_and_with_no_other() {
        let key = SecretKey::generate();
        let file = locked_for(&key, b"{}");
        let locked = Locked::read(&file).expect("whole");
        assert_eq!(locked.key, key_id(&point(&key)));
        assert_eq!(unlock(&locked, &key), Ok(b"{}".to_vec()));
        assert_eq!(unlock(&locked, &SecretKey::generate()), Err(RescueError::Damaged));
    }

    #[test]
    fn a_file_that_was_changed_anywhere_does_not_open() {
        let key = SecretKey::generate();
        let file = locked_for(&key, b"{\"noticed_rescue\":1}");
        for at in (MAGIC.len() + 1..file.len()).filter(|at| *at < HEAD_BYTES || at % 3 == 0) {
            let mut changed = file.clone();
            changed[at] ^= 1;
            let locked = Locked::read(&changed).expect("the same size");
            assert_eq!(unlock(&locked, &key), Err(RescueError::Damaged), "byte {at}");
        }
    }
}
