//! Words about photos.

use crate::text::common::count;
use domain::{category::CategorySpec, photo::MOST};
use serde_json::{Map, Value};

pub const PHOTOS: &str = "Photos";
pub const ADD: &str = "Add photos (optional)";
pub const RULE: &str = "Do not photograph faces, or papers with names.";
pub const TAKE: &str = "Take a photo";
pub const CHOOSE: &str = "Choose a photo";
pub const ADDING: &str = "Adding the photo";
pub const ADDED: &str = "Photo added";
pub const REMOVE: &str = "Remove";
pub const REMOVED: &str = "Photo removed";
pub const LARGE: &str = "Show large";
pub const CLOSE: &str = "Close";
pub const NO_PICTURE: &str = "This photo is not here now. It is shown when there is signal, or when it has arrived from the phone that took it.";
pub const NAMELESS: &str = "A report without your name goes without photos, because sending them could show whose phone took them. When you save it, they are deleted from this phone.";
pub const LATE: &str = "Add a photo";
pub const LATE_WORDS: &str = "Everybody who sees this record can see the photos.";
pub const LATE_LABEL: &str = "What do the photos show?";
pub const LATE_HINT: &str = "Do not write names";
pub const LATE_SAVE: &str = "Save the photos";
pub const LATE_DONE: &str = "The photos are saved.";
pub const LATE_NONE: &str = "Add a photo first";
pub const LATE_DEFAULT: &str = "Photos added.";

pub fn full() -> String {
    format!("{MOST} photos are the most for one report.")
}

/// "Photo 1 of wet floor, added by you".
pub fn label(number: usize, subject: &str, by: &str) -> String {
    format!("Photo {number} of {subject}, added by {by}")
}

/// "wet floor"; "this report" while nobody has said what it is.
pub fn subject(spec: Option<&CategorySpec>, answers: &Map<String, Value>) -> String {
    let code = |spec: &CategorySpec| answers.get(spec.subtype)?.as_str().filter(|code| *code != "other");
    let known = spec.and_then(|spec| Some(spec.subtypes.find(code(spec)?)?.label));
    known.map_or_else(|| "this report".to_owned(), crate::text::review::record::lower_first)
}

/// "2 photos".
pub fn some(number: usize) -> String {
    count(number, "photo", "photos")
}

/// "2 photos wait for Wi-Fi or signal".
pub fn wait(number: usize) -> String {
    let wait = if number == 1 { "waits" } else { "wait" };
    format!("{} {wait} for Wi-Fi or signal", some(number))
}

pub const WORDS_SENT: &str = "The words are sent, photos are not yet";

/// On the page after saving: what becomes of the photos.
pub fn after_saving(number: usize) -> String {
    let (they, stay) = if number == 1 { ("It is", "stays") } else { ("They are", "stay") };
    format!("{}. {they} sent after the words and {stay} on this device until then.", wait(number))
}

pub fn refused(number: usize) -> String {
    format!(
        "The service did not take {}. The words are kept. Take the photo again if it is still needed.",
        some(number)
    )
}
