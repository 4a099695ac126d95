//! What went wrong underneath, in words: what happened and what to do.

use super::Problem;
use crate::browser::{
    http::{NoAnswer, Reply},
    json,
    keys::KeyError,
    pen::PenError,
    store::StoreError,
};
use domain::refusal::Code;
use serde::de::DeserializeOwned;
use sync::EnvelopeError;

pub const NO_SIGNAL: &str = "There is no connection now. Try again when you have signal.";

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Problem::new(match error {
            StoreError::Full => {
                "This phone has no room left, so nothing was saved. Delete photos or apps you do not need, then try again."
            }
            StoreError::Closed(_) => {
                "Noticed is open in another window. Close the other window, then try again."
            }
            StoreError::Newer => {
                "A newer version of Noticed was used on this phone. Close Noticed and open it again."
            }
            StoreError::Damaged(_) => {
                "Some data on this phone cannot be read, so nothing was saved. Tell your manager. Saved reports were not deleted."
            }
            StoreError::Silent => {
                "This phone did not answer, so this may not be saved. Your answers are kept. Wait a moment, then try again."
            }
            StoreError::Taken => "Another window saved at the same moment. Try again.",
            StoreError::Unsupported => {
                "This browser does not keep data, so nothing was saved. Open Noticed outside a private window."
            }
            StoreError::Failed(_) => {
                "This phone could not save. Try again. If it happens again, restart the phone."
            }
        })
    }
}

impl From<KeyError> for Problem {
    fn from(error: KeyError) -> Self {
        match error {
            KeyError::Store(error) => error.into(),
            KeyError::Crypto(_) => Problem::new(
                "This browser cannot sign reports, so nothing was saved. Use a newer browser, and an address that starts with https.",
            ),
            KeyError::NotKept => Problem::new(
                "This browser does not keep the key of this device. Open Noticed outside a private window.",
            ),
        }
    }
}

impl From<PenError> for Problem {
    fn from(error: PenError) -> Self {
        match error {
            PenError::Key(error) => error.into(),
            PenError::Envelope(error) => error.into(),
            PenError::Store(error) => error.into(),
        }
    }
}

impl From<EnvelopeError> for Problem {
    fn from(error: EnvelopeError) -> Self {
        Problem::new(match error {
            EnvelopeError::TooLong { .. } => {
                "There is too much text to save. Make it shorter, then save again."
            }
            EnvelopeError::Unreadable(_) | EnvelopeError::Newer(_) => "This could not be saved. Try again.",
        })
    }
}

impl From<NoAnswer> for Problem {
    fn from(_: NoAnswer) -> Self {
        Problem::new(NO_SIGNAL)
    }
}

impl From<sync::wire::Problem> for Problem {
    fn from(told: sync::wire::Problem) -> Self {
        let code = told.code.parse::<Code>().ok();
        let known = code.map(|code| code.sentence().to_owned());
        let sentence = Some(told.sentence).filter(|sentence| !sentence.is_empty()).or(known);
        Problem {
            sentence: sentence.unwrap_or_else(|| "This was not accepted.".to_owned()),
            code,
            field: told.field,
        }
    }
}

/// The body of a good reply, or what the server says is wrong.
pub fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, Problem> {
    if (200..300).contains(&reply.status) {
        return json::read(&reply.body).ok_or_else(not_ours);
    }
    Err(refused(reply))
}

/// What the server says is wrong.
pub fn refused(reply: &Reply) -> Problem {
    match json::read::<sync::wire::Problem>(&reply.body) {
        Some(told) => told.into(),
        None if reply.status == 429 => {
            Problem::new("There were too many tries. Wait a few minutes, then try again.")
        }
        None if reply.status >= 500 => {
            Problem::new("The service has a problem now. Try again in a few minutes.")
        }
        None => not_ours(),
    }
}

/// For example the sign-in page of a guest network.
pub fn not_ours() -> Problem {
    Problem::new(
        "Something else answered, perhaps the sign-in page of this Wi-Fi. Check the connection, then try again.",
    )
}
