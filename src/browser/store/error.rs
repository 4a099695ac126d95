//! Why the device's own store could not do something.

use indexed_db_futures::error::{DomException, Error, OpenDbError, UnexpectedDataError};
use sync::LogError;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// No room left on the device.
    Full,
    /// The connection is closed, or another tab holds the store.
    Closed(String),
    /// A newer version of the app made the store; it can be read and added to, not changed.
    Newer,
    /// Something in the store cannot be read, or a part of it is gone.
    Damaged(String),
    /// Another tab wrote this place of the chain first.
    Taken,
    /// It never answered: whether the last write is there is not known.
    Silent,
    /// This browser keeps nothing, for example in a private window.
    Unsupported,
    Failed(String),
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => exception.into(),
            // The browser aborts by itself only when it cannot write.
            Error::MissingData(UnexpectedDataError::TransactionAborted) => StoreError::Full,
            Error::Serialisation(error) => StoreError::Damaged(error.to_string()),
            other => StoreError::Failed(other.to_string()),
        }
    }
}

impl From<DomException> for StoreError {
    fn from(exception: DomException) -> Self {
        let message = exception.message();
        match exception {
            DomException::InvalidStateError(_) | DomException::TransactionInactiveError(_) => {
                StoreError::Closed(message)
            }
            DomException::ConstraintError(_) => StoreError::Taken,
            DomException::NotFoundError(_) => StoreError::Damaged(message),
            DomException::Other(other) => match other.name().as_str() {
                "QuotaExceededError" => StoreError::Full,
                "VersionError" => StoreError::Newer,
                "SecurityError" => StoreError::Unsupported,
                _ => StoreError::Failed(message),
            },
            _ => StoreError::Failed(message),
        }
    }
}

impl From<OpenDbError> for StoreError {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(error) => error.into(),
            OpenDbError::NullFactory | OpenDbError::UnsupportedEnvironment => StoreError::Unsupported,
            OpenDbError::VersionZero => StoreError::Failed(error.to_string()),
        }
    }
}

impl From<StoreError> for LogError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => LogError::Full,
            StoreError::Closed(why) => LogError::Unavailable(why),
            StoreError::Damaged(why) => LogError::Damaged(why),
            StoreError::Failed(why) => LogError::Failed(why),
            StoreError::Newer => LogError::Unavailable("made by a newer version".into()),
            StoreError::Silent => LogError::Unavailable("no answer".into()),
            StoreError::Taken => LogError::Failed("another tab wrote first".into()),
            StoreError::Unsupported => LogError::Unavailable("this browser keeps nothing".into()),
        }
    }
}
