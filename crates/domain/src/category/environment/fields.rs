//! Step 1 fields of environmental near misses.

use super::{HAZARD, MADE_SAFE};
use crate::fields::{Field, Kind, ListOf, optional, required};

pub const FIELDS: &[Field] = &[
    required("hazard", Kind::Code(&HAZARD)),
    optional("made_safe", Kind::Code(&MADE_SAFE)),
    optional("asset", Kind::Listed(ListOf::Assets)),
    optional("exam_due", Kind::Date),
];
