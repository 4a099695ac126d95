//! Actions to start from after a medication near miss. Stronger ones change the work, weaker ones ask people to try.

use crate::category::learning::{Template, template};

pub static TEMPLATES: &[Template] = &[
    template(
        &["wrong_person"],
        "stronger",
        "preventive",
        "Keep each person's medicines in their own locked cupboard in their own room",
    ),
    template(
        &["wrong_person"],
        "intermediate",
        "preventive",
        "Put a photo of the person, taken this year, at the front of each MAR",
    ),
    template(
        &["wrong_medicine", "wrong_strength", "wrong_mds_pack", "wrong_form"],
        "intermediate",
        "preventive",
        "Store medicines that look or sound alike on different shelves",
    ),
    template(
        &["wrong_medicine", "wrong_strength", "wrong_form", "label_mismatch"],
        "stronger",
        "preventive",
        "Ask the pharmacy to send one pack for each time of day, so there is nothing to pick from",
    ),
    template(
        &["wrong_dose", "wrong_strength", "mar_transcription", "new_not_on_mar"],
        "intermediate",
        "preventive",
        "Take dose changes only in writing: no change by phone without an email to read back",
    ),
    template(
        &["wrong_dose"],
        "intermediate",
        "preventive",
        "Keep a dose change sheet in front of the MAR until the new chart has come",
    ),
    template(
        &["wrong_time", "nearly_omitted", "omitted", "duplicate_dose"],
        "stronger",
        "preventive",
        "Ask the prescriber to move the dose to a round that already exists, or to stop a dose that is not needed",
    ),
    template(
        &["wrong_time", "nearly_omitted", "omitted"],
        "intermediate",
        "preventive",
        "Set an alarm on the round phone for medicines that must be on time",
    ),
    template(
        &["duplicate_dose", "mar_gap"],
        "intermediate",
        "preventive",
        "Sign the MAR at each person, before the next medicine is taken out",
    ),
    template(
        &["mar_gap", "prn_no_reason", "covert_no_record"],
        "intermediate",
        "corrective",
        "Check the MAR together at each handover and write what is missing at once",
    ),
    template(
        &["mar_transcription", "stopped_still_on_mar", "new_not_on_mar", "label_mismatch"],
        "stronger",
        "preventive",
        "Ask the pharmacy for printed MAR charts, so nothing is copied by hand",
    ),
    template(
        &["stopped_still_on_mar", "stock_kept", "expired"],
        "intermediate",
        "corrective",
        "Return stopped and old stock to the pharmacy on the same day, on one fixed day each week",
    ),
    template(
        &["storage_temperature"],
        "stronger",
        "corrective",
        "Fit a fridge thermometer that sounds an alarm outside 2 to 8 C",
    ),
    template(
        &["out_of_stock"],
        "intermediate",
        "preventive",
        "Order when 10 days are left, from a list that is checked on the same day each week",
    ),
    template(
        &["cd_balance", "key_security"],
        "stronger",
        "preventive",
        "Change to a key safe that records who opened it and when",
    ),
    template(
        &["allergy", "interaction"],
        "stronger",
        "preventive",
        "Ask the pharmacy to print the allergy on every label and chart",
    ),
    template(
        &["patch"],
        "intermediate",
        "preventive",
        "Use a body map for patches: where the old one was taken off and where the new one is",
    ),
    template(
        &["found_tablet", "refused_not_escalated", "wrong_technique", "wrong_route"],
        "intermediate",
        "corrective",
        "Stay with the person until the medicine is taken, and write it in their plan",
    ),
    template(
        &[],
        "intermediate",
        "preventive",
        "Protect the round: nobody calls or asks the person who gives medicines",
    ),
    template(&[], "intermediate", "corrective", "Ask the pharmacist to look at how we do this with us"),
    template(&[], "weaker", "immediate", "Tell every shift at handover for one week"),
    template(
        &[],
        "weaker",
        "preventive",
        "Watch one round with each person who gives medicines, and talk about it",
    ),
];
