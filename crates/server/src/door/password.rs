//! Passwords: argon2id, off the request threads, a few at a time. What is easy to guess is refused when it is chosen:
//! common passwords, keyboard runs, dates, and the words that everybody here knows.

use super::easy;
use crate::error::{AppError, Why};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

const SHORTEST: usize = 10;
const LONGEST: usize = 200;
/// Each one takes 19 MiB for a moment.
const AT_ONCE: usize = 4;
#[derive(Clone, Debug)]
pub struct Passwords {
    turn: Arc<Semaphore>,
    /// Checked for unknown names, so that both answers take as long.
    nobodys: Arc<str>,
}

impl Passwords {
    pub fn new() -> Result<Self, AppError> {
        Ok(Self {
            turn: Arc::new(Semaphore::new(AT_ONCE)),
            nobodys: hashed("nobody has this password")?.into(),
        })
    }

    pub async fn hash(&self, password: String) -> Result<String, AppError> {
        let _turn = self.turn.acquire().await.map_err(|_| AppError::from(Why::Broken))?;
        tokio::task::spawn_blocking(move || hashed(&password)).await?
    }

    /// `None`: there is no such account; takes as long and says no.
    pub async fn is_right(&self, password: String, known: Option<String>) -> Result<bool, AppError> {
        let _turn = self.turn.acquire().await.map_err(|_| AppError::from(Why::Broken))?;
        let exists = known.is_some();
        let hash = known.unwrap_or_else(|| self.nobodys.to_string());
        let fits = tokio::task::spawn_blocking(move || {
            PasswordHash::new(&hash)
                .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        });
        Ok(fits.await? && exists)
    }
}

/// `known`: what everybody here knows and would try first: sign-in name, own name, provider, sites.
/// # Errors  `password_weak`, with a sentence that says what to choose.
pub fn must_be_strong(password: &str, known: &[&str]) -> Result<(), AppError> {
    if password.len() > LONGEST {
        let sentence = "This password is too long. Choose one with at most 200 characters.";
        return Err(AppError::from(Why::PasswordWeak).field("password").saying(sentence));
    }
    if password.chars().count() < SHORTEST || easy::is_easy(password, known) {
        return Err(AppError::from(Why::PasswordWeak).field("password"));
    }
    Ok(())
}

fn hashed(password: &str) -> Result<String, AppError> {
    match Argon2::default().hash_password(password.as_bytes()) {
        Ok(hash) => Ok(hash.to_string()),
        Err(error) => {
            tracing::error!(%error, "a password could not be hashed");
            Err(Why::Broken.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused() {
        let known = ["ada01", "Ada Example", "Willow Care", "Elm House"];
        let check = |password: &str, fine| {
            assert_eq!(must_be_strong(password, &known).is_ok(), fine, "{password}");
        };
        check("short", false);
        check("1234567890", false);
        check("aaaaaaaaaaaa", false);
        check("password123", false);
        check("P4ssw0rd2026", false);
        check("qwertyuiop12", false);
        check("Iloveyou1234", false);
        check("11/04/1984", false);
        check("ada01-is-here", false);
        check("WillowCare26", false);
        check("elmhouse2026", false);
        check("noticed2026!", false);
        check("green kettle on the hob", true);
        check("violet-kettle-42", true);
        check(&"long ".repeat(50), false);
    }

    #[test]
    fn hashes_are_argon2id() {
        assert!(hashed("green kettle").expect("hash").starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
