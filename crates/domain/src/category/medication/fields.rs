//! Step 1 fields of medication near misses.

use super::{ERROR_TYPE, MEDICATION_STAGE, RISK_GROUP};
use crate::fields::{Field, Kind, optional, required};

pub const FIELDS: &[Field] = &[
    required("error_type", Kind::Code(&ERROR_TYPE)),
    optional("stage", Kind::Code(&MEDICATION_STAGE)),
    optional("risk_group", Kind::Code(&RISK_GROUP)),
    optional("medicine", Kind::Text),
    optional("mar_ref", Kind::Text),
];
