//! Code lists of step 1, the report, that all categories share.

use crate::vocabulary::{CodeList, code};

pub static CATEGORY: CodeList = CodeList {
    name: "category",
    codes: &[
        code("medication", "Medicines").helped("Anything about medicines or medicine records."),
        code("environment", "Place or equipment")
            .helped("A hazard in the building, the home, a vehicle or equipment."),
        code("behaviour", "Distress or behaviour").helped("Someone was upset and it could have got worse."),
    ],
};

pub static KIND: CodeList = CodeList {
    name: "kind",
    codes: &[
        code("hazard", "A danger found before anything happened"),
        code("near_miss", "Near miss - it could have hurt someone but did not reach them"),
        code("no_harm_incident", "It reached someone but did no harm"),
        code("incident", "It reached someone and did harm"),
        code("restrictive_practice", "Someone was held, blocked or restricted"),
        code("unclassified", "Not sure yet - the reviewer will settle it"),
    ],
};

pub static HAPPENED: CodeList = CodeList {
    name: "happened",
    codes: &[
        code("nothing_yet", "Nothing has happened yet, but it could"),
        code("something_happened", "Something happened"),
    ],
};

pub static REACHED: CodeList = CodeList {
    name: "reached",
    codes: &[
        code("no", "No, it was stopped in time"),
        code("yes", "Yes, it reached a person"),
        code("unsure", "Not sure"),
    ],
};

pub static HARM: CodeList = CodeList {
    name: "harm",
    codes: &[
        code("none", "Nobody was harmed"),
        code("some", "Someone was harmed, even a little"),
        code("unsure", "Not sure"),
    ],
};

pub static HANDS_ON: CodeList = CodeList {
    name: "hands_on",
    codes: &[
        code("no", "Nobody was held or blocked"),
        code("yes", "Someone was held, blocked or restricted"),
    ],
};

pub static CONCERN: CodeList = CodeList {
    name: "concern",
    codes: &[
        code("very", "Very worried"),
        code("fairly", "Fairly worried"),
        code("not_very", "Not very worried"),
        code("not_at_all", "Not worried at all"),
    ],
};

pub static SHIFT: CodeList = CodeList {
    name: "shift",
    codes: &[
        code("early", "Early (7am to 2pm)"),
        code("late", "Late (2pm to 9pm)"),
        code("night", "Night (9pm to 7am)"),
    ],
};

pub static IDENTITY: CodeList = CodeList {
    name: "identity",
    codes: &[
        code("named", "Use my name"),
        code("confidential", "Keep my name sealed"),
        code("anonymous", "Do not store my name"),
    ],
};

pub static CAUGHT_BY: CodeList = CodeList {
    name: "caught_by",
    codes: &[
        code("givers_own_check", "The person giving it"),
        code("second_checker", "A second checker"),
        code("person_themself", "The person themself"),
        code("relative", "A relative or friend"),
        code("colleague", "Another member of staff"),
        code("next_shift", "The next shift"),
        code("mar_alert", "The MAR or eMAR"),
        code("stock_count", "A stock count"),
        code("audit", "An audit"),
        code("pharmacist", "The pharmacist"),
        code("gp_or_nurse", "The GP or nurse"),
        code("hospital", "The hospital"),
        code("pre_use_check", "A check before use"),
        code("routine_check", "A planned safety check"),
        code("chance", "By chance"),
    ],
};

pub static DEFENCE: CodeList = CodeList {
    name: "defence",
    codes: &[
        code("six_rights_check", "The six rights check"),
        code("mar_photo", "The photo on the MAR"),
        code("barcode", "Barcode"),
        code("two_person_rule", "Two-person rule"),
        code("allergy_flag", "Allergy flag"),
        code("protected_round", "Do-not-disturb round"),
        code("pack_colour", "Colour or look of the pack"),
        code("handover", "Handover"),
        code("persons_knowledge", "The person knew"),
        code("equipment_check", "Equipment check"),
        code("safety_device", "A safety device worked"),
        code("support_plan", "The support plan worked"),
        code("luck", "Luck"),
    ],
};

pub static OUTAGE_WHAT: CodeList = CodeList {
    name: "outage_what",
    codes: &[
        code("electricity", "Electricity").with(&[("group", "utility")]),
        code("gas", "Gas").with(&[("group", "utility")]),
        code("water", "Water").with(&[("group", "utility")]),
        code("sewerage", "Drains").with(&[("group", "utility")]),
        code("fire_alarm", "Fire alarm").with(&[("group", "safety_device")]),
        code("call_system", "Call bells").with(&[("group", "safety_device")]),
        code("other_safety_device", "Another safety device").with(&[("group", "safety_device")]),
    ],
};
