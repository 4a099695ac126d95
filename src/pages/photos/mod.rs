//! Photos: added to a report that is being written, added later, and shown on a record.

mod add;
mod large;
mod late;
mod of_record;

pub use add::AddPhotos;
pub use late::LatePhotos;
pub use of_record::{PhotosOf, photos_of};
