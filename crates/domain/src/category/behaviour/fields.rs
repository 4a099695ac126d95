//! Step 1 fields of behaviour near misses.

use super::{BEHAVIOUR_OUTCOME, BEHAVIOUR_TRIGGER, BEHAVIOUR_TYPE, EARLY_SIGN, RESTRICTIVE_TYPE, STRATEGY};
use crate::{
    fields::{Field, Kind, optional, required},
    vocabulary::HANDS_ON,
};

pub const FIELDS: &[Field] = &[
    required("hands_on", Kind::Code(&HANDS_ON)),
    required("behaviour_type", Kind::Code(&BEHAVIOUR_TYPE)),
    required("triggers", Kind::Codes(&BEHAVIOUR_TRIGGER)),
    optional("early_signs", Kind::Codes(&EARLY_SIGN)),
    optional("strategies", Kind::Codes(&STRATEGY)),
    optional("outcome", Kind::Code(&BEHAVIOUR_OUTCOME)),
    optional("restrictive_types", Kind::Codes(&RESTRICTIVE_TYPE)),
    optional("intensity", Kind::Whole { min: 1, max: 5 }),
    optional("duration_min", Kind::Whole { min: 0, max: i64::MAX }),
    optional("prn", Kind::Bool),
];
