//! Names of things. Every id is text made elsewhere; the domain never makes one.
//! Shared text, so that a register can be copied without copying its names.

use serde::{Deserialize, Serialize, de::Visitor};
use std::{borrow::Borrow, fmt, ops::Deref, sync::Arc};

/// Letters and numbers of the reference that people say to each other.
pub const REFERENCE: usize = 6;

/// Ids of staff who came in by a pass begin so; the server gives them.
pub const BY_A_PASS: &str = "agency-";

/// The last letters of the id of a record: the first ones are the time and look alike.
pub fn reference(id: &str, letters: usize) -> String {
    let all: Vec<char> = id.chars().filter(char::is_ascii_alphanumeric).collect();
    all[all.len().saturating_sub(letters)..].iter().collect::<String>().to_uppercase()
}

/// Puts ids in the same order everywhere, which tells nothing of when they were made: their end is random, and the start
/// is the day.
pub fn in_no_order(id: &str) -> String {
    id.chars().rev().collect()
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(text: impl Into<String>) -> Self {
                Self::from(text.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Arc::from(text))
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(Arc::from(text))
            }
        }

        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
                input.deserialize_str(Text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    )*};
}

/// Reads a text straight into its shared form.
struct Text;

impl Visitor<'_> for Text {
    type Value = Arc<str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    fn visit_str<E>(self, text: &str) -> Result<Arc<str>, E> {
        Ok(Arc::from(text))
    }
}

id! {
    /// One event, made on the device that wrote it.
    EventId,
    /// One near miss record.
    RecordId,
    /// One home, branch or service of a provider.
    SiteId,
    /// One member of staff; a code, not a name.
    StaffId,
    /// One phone, tablet or browser.
    DeviceId,
    /// The code of a person who is supported; never a name.
    PersonCode,
}
