//! Every refusal of the server: a status, a stable code, and one plain sentence that says what to do.
//! Refusals about near misses come from `domain`; these are about doors, devices and requests.

use crate::store::StoreError;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::refusal::Refusal;
use serde::Serialize;
use sync::{
    rescue::RescueError,
    stamp,
    wipe::WipeOrder,
    wire::{CONTENT_TYPE, NO_ROLE_NOW},
};

macro_rules! reasons {
    ($($variant:ident $status:literal $code:literal $sentence:literal)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Why { $($variant,)* }

        impl Why {
            pub const ALL: &'static [Why] = &[$(Why::$variant,)*];

            pub fn code(self) -> &'static str {
                match self { $(Why::$variant => $code,)* }
            }

            pub fn sentence(self) -> &'static str {
                match self { $(Why::$variant => $sentence,)* }
            }

            fn status(self) -> u16 {
                match self { $(Why::$variant => $status,)* }
            }
        }
    };
}

reasons! {
    NotFound 404 "not_found" "There is nothing at this address."
    MethodNotAllowed 405 "method_not_allowed" "This address does not take that kind of request."
    BadRequest 400 "bad_request" "The request could not be read. Update the app and try again."
    ProtocolUnknown 400 "protocol_unknown" "This app is newer than the server. Nothing is lost. Ask for the server to be updated."
    BadJson 400 "bad_json" "The request is not valid JSON of the expected form. Update the app and try again."
    NotJson 415 "not_json" "The request must be JSON."
    UnknownEncoding 415 "unknown_encoding" "The request is packed in a way this server does not know. Use gzip or none."
    TooLarge 413 "too_large" "This is too much at once. Send it in smaller parts."
    TooSlow 408 "too_slow" "The request took too long to arrive. Try again."
    TooMany 429 "too_many_tries" "There were too many tries. Wait a few minutes, then try again."
    OtherOrigin 403 "other_origin" "This request came from another website, so it was not done."
    DeviceMissing 403 "device_missing" "The request does not say which device it comes from. Open the app again."
    DeviceUnknown 403 "device_unknown" "This device is not set up here. Ask your manager for an invite code."
    DeviceRevoked 403 "device_revoked" "This device was removed by a manager. What it still sends is kept. Ask for a new invite code."
    SignInFirst 401 "sign_in_first" "Sign in first."
    SessionOver 401 "session_over" "You were signed out because it has been a while. Sign in again."
    NoRoleNow 403 "no_role_now" "You have no role at any site today. Ask your manager to give you one."
    NotAllowed 403 "not_allowed" "Your role does not allow this. Ask an administrator or the Registered Manager."
    NotOfSite 403 "not_of_site" "You do not manage this site. Ask an administrator or the Registered Manager of the site."
    WrongPassword 401 "wrong_password" "The sign-in name or the password is not right. Check both and try again."
    WrongCurrent 422 "wrong_current" "The password you have now is not right. Check it and try again."
    PasskeysNotHere 409 "passkeys_not_here" "Passkeys do not work at the address of this service: they need a name, and https. If you had one, ask your manager for a new invite code."
    PasskeyOver 410 "passkey_over" "That took longer than 5 minutes. Start again."
    PasskeyRefused 401 "passkey_refused" "This passkey could not be checked. Sign in again, or ask your manager for a new invite code."
    PasskeyNotAdded 422 "passkey_not_added" "This passkey could not be added. Try again, or use another one."
    PasskeyKnown 409 "passkey_known" "This passkey is here already. Use another one."
    PasskeysFull 409 "passkeys_full" "You have 10 passkeys. Remove one, then add the new one."
    PasskeyNotFound 404 "passkey_not_found" "This passkey is not on your list any more."
    WrongProof 401 "wrong_proof" "This device could not prove who it is. Ask your manager for a new invite code."
    ProofOver 410 "proof_over" "This came too late or a second time. Try again. If that does not help, check the date and time of this device."
    PasswordWeak 422 "password_weak" "Choose a password with at least 10 characters that is not easy to guess."
    SetUpUnknown 403 "set_up_unknown" "This set-up link is not right or has been replaced. Start the server again to get a new one."
    SetUpUsed 409 "set_up_used" "This set-up link was already used. Sign in, or ask the administrator for an invite code."
    InviteUnknown 404 "invite_unknown" "This invite code is not right. Check each letter, or ask your manager for a new code."
    InviteUsed 410 "invite_used" "This invite code was already used. Ask your manager for a new code."
    InviteOver 410 "invite_over" "This invite code is too old. Ask your manager for a new code."
    StaffUnknown 404 "staff_unknown" "This person is not on the staff list. Add them first."
    StaffEnded 409 "staff_ended" "This person has no role now. Give them a role first."
    SiteUnknown 404 "site_unknown" "This site is not on the list. Add it first."
    DeviceNotFound 404 "device_not_found" "This device is not on the list."
    NotKeptApart 404 "not_kept_apart" "This entry is not on your list any more. Open the list again."
    NameNotSealed 409 "name_not_sealed" "The name of this reporter is not sealed, so there is nothing to open."
    NobodyKnown 409 "nobody_known" "Nobody knows who made this report, so there is no name to show."
    WordsGone 409 "words_gone" "The words of this record are gone already, so there is nothing left to hold. Codes, dates and steps stay in any case."
    LinkNotFound 404 "link_not_found" "This link is not on the list."
    PartElsewhere 409 "part_elsewhere" "This part does not go on from what is here. The app asks where to go on, and sends it again."
    PartDiffers 409 "part_differs" "This part was changed on its way. The app sends it again."
    PhotoTooLarge 413 "photo_too_large" "This photo is too large. Update the app and take it again."
    NotAPhoto 422 "not_a_photo" "This is not a JPEG photo, so it was not kept. Take it again."
    PhotoCarries 422 "photo_carries" "This photo says more than the picture, perhaps where it was taken, so it was not kept. Update the app and take it again."
    PhotoNotHere 404 "photo_not_here" "This photo is not here, or you may not see it. It may still be on the phone that took it."
    MissingField 422 "missing_field" "Something that is needed is missing. Fill it in and try again."
    BadValue 422 "bad_value" "One of the values does not fit. Check it and try again."
    BadKey 422 "bad_key" "The key of this device could not be read. Open the app again."
    RowsRefused 422 "rows_refused" "Some rows have a problem, so nothing was saved. Correct them and try again."
    NotYourEvent 403 "not_your_event" "Only the person who is signed in on this device can check this."
    KeyReused 409 "id_reused" "This was already sent with other words. Record it again as a new entry."
    RescueRefused 422 "rescue_file_refused" "This is not a rescue file of Noticed."
    RescueOfAnother 422 "rescue_file_of_another" "This file is for another care provider or another server. Take it to the one that the device belongs to."
    LetterKeptApart 409 "letter_kept_apart" "A manager removed this device, so this report was kept apart. The Registered Manager can read it."
    NotSaved 503 "not_saved" "The server could not save this now. Nothing is lost on this device. Try again in a minute."
    Broken 500 "server_failed" "The server has a problem. Nothing is lost on this device. Try again in a minute."
}

/// What a caller reads instead of an answer.
#[derive(Debug)]
pub struct AppError {
    status: StatusCode,
    body: ErrorBody,
    retry_after_s: Option<u64>,
}

#[derive(Debug, Serialize)]
struct ErrorBody {
    code: String,
    sentence: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    rows: Box<[RowProblem]>,
    /// For a device that was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    wipe: Option<Box<WipeOrder>>,
}

/// What is wrong with one row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// Counted from 1.
    pub row: usize,
    pub field: String,
    pub sentence: String,
}

impl AppError {
    /// Nobody is signed in, or no longer.
    pub fn wants_sign_in(&self) -> bool {
        [Why::SignInFirst, Why::SessionOver].iter().any(|why| why.code() == self.body.code)
    }

    /// Somebody is signed in who may do nothing any more.
    pub fn has_no_role(&self) -> bool {
        self.body.code == Why::NoRoleNow.code()
    }

    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.body.field = Some(field.into());
        self
    }

    /// Another sentence for the same code.
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.body.sentence = sentence.into();
        self
    }

    pub fn with_order(mut self, order: Option<WipeOrder>) -> Self {
        self.body.wipe = order.map(Box::new);
        self
    }

    /// This device, or whoever was on it, is no longer let in.
    pub fn may_be_a_removal(&self) -> bool {
        self.wants_sign_in() || self.body.code == Why::DeviceRevoked.code()
    }

    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    pub fn rows(rows: Vec<RowProblem>) -> Self {
        let mut error = AppError::from(Why::RowsRefused);
        error.body.rows = rows.into();
        error
    }

    pub fn code(&self) -> &str {
        &self.body.code
    }

    /// The request is at fault, and would be refused again.
    pub fn is_about_the_request(&self) -> bool {
        self.status.is_client_error()
    }

    pub fn sentence(&self) -> &str {
        &self.body.sentence
    }
}

impl From<Why> for AppError {
    fn from(why: Why) -> Self {
        let status = StatusCode::from_u16(why.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = ErrorBody {
            code: why.code().into(),
            sentence: why.sentence().into(),
            field: None,
            rows: Box::default(),
            wipe: None,
        };
        Self { status, body, retry_after_s: None }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        let body = ErrorBody {
            code: refusal.code.as_str().into(),
            sentence: refusal.code.sentence().into(),
            field: refusal.field,
            rows: Box::default(),
            wipe: None,
        };
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, body, retry_after_s: None }
    }
}

impl From<RescueError> for AppError {
    fn from(error: RescueError) -> Self {
        AppError::from(Why::RescueRefused).saying(error.to_string())
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        AppError::from(Why::NotSaved).retry_after(30)
    }
}

/// A task of the server was cut off.
impl From<tokio::task::JoinError> for AppError {
    fn from(error: tokio::task::JoinError) -> Self {
        tracing::error!(%error, "a task failed");
        Why::Broken.into()
    }
}

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut text = serde_json::to_string(&self.body).unwrap_or_default();
        if self.body.code == NO_ROLE_NOW {
            // The device takes something away when it reads this.
            text = stamp::stamped(text);
        }
        let mut response = (self.status, [(header::CONTENT_TYPE, CONTENT_TYPE)], text).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_reason_has_its_own_code_a_sentence_and_an_error_status() {
        let codes: BTreeSet<_> = Why::ALL.iter().map(|why| why.code()).collect();
        assert_eq!(codes.len(), Why::ALL.len());
        for why in Why::ALL {
            assert!(why.sentence().ends_with('.'), "{why:?}");
            assert!((400..600).contains(&why.status()), "{why:?}");
            for word in ["please", "sorry", "oops", "n't", "'re"] {
                assert!(!why.sentence().to_lowercase().contains(word), "{why:?} says {word}");
            }
        }
    }
}
