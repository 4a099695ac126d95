//! Passwords: argon2id, off the request threads, a few at a time. What is easy to guess is refused when it is chosen:
//! common passwords, keyboard runs, dates, and the names that everybody here knows. No kind of sign is asked for.

use super::easy::easy;
use crate::error::{AppError, Why};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use std::sync::{Arc, OnceLock};
use tokio::sync::Semaphore;

const SHORTEST: usize = 10;
const LONGEST: usize = 200;
/// Each one takes 19 MiB for a moment.
const AT_ONCE: usize = 4;

/// Checked for unknown names, so that both answers take as long. Made once in the life of a process.
static NOBODYS: OnceLock<String> = OnceLock::new();

#[derive(Clone, Debug)]
pub struct Passwords {
    turn: Arc<Semaphore>,
    nobodys: &'static str,
    /// How many were compared with a hash.
    #[cfg(test)]
    compared: Arc<std::sync::atomic::AtomicU64>,
}

impl Passwords {
    pub fn new() -> Result<Self, AppError> {
        let nobodys = match NOBODYS.get() {
            Some(hash) => hash,
            None => {
                let hash = hashed("nobody has this password")?;
                NOBODYS.get_or_init(|| hash)
            }
        };
        Ok(Self {
            turn: Arc::new(Semaphore::new(AT_ONCE)),
            nobodys,
            #[cfg(test)]
            compared: Arc::default(),
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
        let hash = known.unwrap_or_else(|| self.nobodys.to_owned());
        #[cfg(test)]
        let compared = self.compared.clone();
        let fits = tokio::task::spawn_blocking(move || {
            PasswordHash::new(&hash).is_ok_and(|hash| {
                #[cfg(test)]
                compared.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
            })
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
    let weak = AppError::from(Why::PasswordWeak).field("password");
    if password.chars().count() < SHORTEST {
        return Err(weak);
    }
    easy(password, known).map_or(Ok(()), |why| Err(weak.saying(why.sentence())))
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

    /// By the work that is done, not by a clock: the same number of hashes, of the same cost.
    #[tokio::test]
    async fn a_name_that_nobody_has_is_compared_too() {
        let passwords = Passwords::new().expect("hashes");
        let known = passwords.hash("green kettle on the hob".into()).await.expect("a hash");
        for (n, account) in [Some(known.clone()), None].into_iter().enumerate() {
            let right = passwords.is_right("not the password".into(), account).await.expect("compared");
            assert!(!right);
            assert_eq!(passwords.compared.load(std::sync::atomic::Ordering::Relaxed), n as u64 + 1);
        }
        let cost = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(&known), cost(passwords.nobodys));
        assert!(!passwords.is_right("nobody has this password".into(), None).await.expect("compared"));
    }

    #[test]
    fn hashes_are_argon2id() {
        assert!(hashed("green kettle").expect("hash").starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}
