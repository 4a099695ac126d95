//! Random tokens and codes. Only their hashes are stored, so a copy of the database opens no door.

use crate::error::{AppError, Why};
use sync::{Hash, base64url};

/// Without letters and digits that look alike: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
const LETTERS: &[u8; 24] = b"34679ACDEFGHJKMNPQRTVWXY";
const CODE_LENGTH: usize = 8;

/// 256 random bits as text.
pub fn token() -> Result<String, AppError> {
    Ok(base64url::encode(&bytes()?))
}

pub fn bytes() -> Result<[u8; 32], AppError> {
    let mut bytes = [0; 32];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// An invite code that a person can read out and type.
pub fn code() -> Result<String, AppError> {
    let mut code = String::with_capacity(CODE_LENGTH);
    while code.len() < CODE_LENGTH {
        let mut byte = [0];
        fill(&mut byte)?;
        // The last few values would make some letters likelier.
        let value = usize::from(byte[0]);
        if value < 256 - 256 % LETTERS.len() {
            code.push(char::from(LETTERS[value % LETTERS.len()]));
        }
    }
    Ok(code)
}

/// As typed: any case, with blanks or hyphens between.
pub fn tidy_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// What is stored; `purpose` keeps hashes of different doors apart.
pub fn hash(purpose: &str, secret: &str) -> Hash {
    Hash::of(&[b"nm.secret.v1\0", purpose.as_bytes(), b"\0", secret.as_bytes()])
}

/// Random bytes from the operating system.
pub fn fill(bytes: &mut [u8]) -> Result<(), AppError> {
    getrandom::fill(bytes).map_err(|error| {
        tracing::error!(%error, "no randomness");
        Why::Broken.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_no_look_alikes_and_read_back_as_typed() {
        for _ in 0..200 {
            let code = code().expect("randomness");
            assert_eq!(code.len(), 8);
            assert!(!code.contains(['0', 'O', '1', 'I', 'L', '2', 'Z', '5', 'S', '8', 'B', 'U']));
            let typed = format!(" {}-{} ", code[..4].to_lowercase(), &code[4..]);
            assert_eq!(tidy_code(&typed), code);
        }
        assert_ne!(hash("invite", "A"), hash("session", "A"));
    }
}
