//! Code lists of medication near misses. `pir` is the category of the CQC provider information return.

use crate::vocabulary::{CodeList, code};

pub static ERROR_TYPE: CodeList = CodeList {
    name: "error_type",
    codes: &[
        code("wrong_person", "Wrong person").with(&[("pir", "wrong_person")]),
        code("wrong_medicine", "Wrong medicine").with(&[("pir", "wrong_medicine")]),
        code("wrong_strength", "Wrong strength").with(&[("pir", "too_little_or_too_much")]),
        code("wrong_dose", "Wrong dose or amount").with(&[("pir", "too_little_or_too_much")]),
        code("wrong_form", "Wrong form (tablet, liquid)").with(&[("pir", "incorrect_manner")]),
        code("wrong_route", "Wrong way in (mouth, skin, eye)").with(&[("pir", "incorrect_manner")]),
        code("wrong_time", "Wrong time, or doses too close").with(&[("pir", "incorrect_manner")]),
        code("duplicate_dose", "Given or nearly given twice").with(&[("pir", "too_little_or_too_much")]),
        code("omitted", "Dose missed")
            .helped("A missed dose has always reached the person.")
            .with(&[("pir", "missed")]),
        code("nearly_omitted", "Dose nearly missed").with(&[("pir", "missed")]),
        code("refused_not_escalated", "Said no and nobody was told").with(&[("pir", "missed")]),
        code("stopped_still_on_mar", "Stopped but still on the MAR").with(&[("pir", "wrong_medicine")]),
        code("new_not_on_mar", "New but not on the MAR").with(&[("pir", "missed")]),
        code("mar_transcription", "Copied wrongly onto the MAR").with(&[("pir", "wrongly_recorded")]),
        code("mar_gap", "Gap in MAR signatures").with(&[("pir", "wrongly_recorded")]),
        code("label_mismatch", "Label and MAR do not match").with(&[("pir", "wrongly_recorded")]),
        code("expired", "Out of date").with(&[("pir", "incorrect_manner")]),
        code("stock_kept", "Old stock kept").with(&[("pir", "incorrect_manner")]),
        code("storage_temperature", "Stored wrongly or too warm").with(&[("pir", "incorrect_manner")]),
        code("allergy", "Allergy").with(&[("pir", "wrong_medicine")]),
        code("interaction", "Does not mix with another medicine or illness")
            .with(&[("pir", "wrong_medicine")]),
        code("out_of_stock", "Run out").with(&[("pir", "missed")]),
        code("wrong_technique", "Given in the wrong way").with(&[("pir", "incorrect_manner")]),
        code("prn_no_reason", "When-needed dose without reason or result")
            .with(&[("pir", "wrongly_recorded")]),
        code("cd_balance", "Controlled drug count wrong").with(&[("pir", "wrongly_recorded")]),
        code("patch", "Patch not removed or moved").with(&[("pir", "incorrect_manner")]),
        code("covert_no_record", "Hidden medicine without the right record")
            .with(&[("pir", "incorrect_manner")]),
        code("wrong_mds_pack", "Wrong tray or pack").with(&[("pir", "wrong_medicine")]),
        code("found_tablet", "Tablet found").with(&[("pir", "missed")]),
        code("key_security", "Keys or security").with(&[("pir", "incorrect_manner")]),
        code("other", "Something else").with(&[("pir", "incorrect_manner")]),
    ],
};

pub static MEDICATION_STAGE: CodeList = CodeList {
    name: "medication_stage",
    codes: &[
        code("prescribing", "Prescribing"),
        code("ordering", "Ordering or repeat"),
        code("dispensing", "Pharmacy making it up"),
        code("mds_packing", "Tray or blister packing"),
        code("receipt", "Booking it in"),
        code("storage", "Storage, with the fridge (2 to 8 C)"),
        code("preparation_selection", "Getting it ready"),
        code("administration", "Giving it"),
        code("self_administration", "Helping someone take their own"),
        code("recording", "Writing the medicine record (MAR)"),
        code("prn", "When-needed medicine (PRN)"),
        code("monitoring", "Checking the effect"),
        code("covert_or_crushing", "Hidden or crushed medicine"),
        code("disposal", "Return or disposal"),
        code("cd_register", "Controlled drug book"),
        code("transfer", "Hospital, respite, day care or leave"),
        code("home_visit", "Home visit handling"),
        code("other", "Something else"),
    ],
};

pub static RISK_GROUP: CodeList = CodeList {
    name: "risk_group",
    codes: &[
        code("insulin", "Insulin"),
        code("anticoagulant", "Blood thinner"),
        code("controlled_drug", "Controlled drug or strong painkiller"),
        code("methotrexate", "Methotrexate"),
        code("lithium", "Lithium"),
        code("digoxin", "Digoxin"),
        code("anti_epileptic", "Epilepsy medicine"),
        code("parkinsons", "Parkinson's medicine (time matters)"),
        code("psychotropic", "Medicine for mood or behaviour (STOMP)"),
        code("sedative", "Sleeping or calming medicine"),
        code("antibiotic", "Antibiotic"),
        code("patch_medicine", "Patch"),
        code("inhaler_oxygen", "Inhaler or oxygen"),
        code("thickener", "Thickener powder"),
        code("emollient", "Skin cream (fire risk)"),
        code("eye_drops", "Eye drops"),
        code("paracetamol", "Paracetamol"),
        code("other", "Another medicine"),
    ],
};

pub static PIR_CATEGORY: CodeList = CodeList {
    name: "pir_category",
    codes: &[
        code("missed", "Missed"),
        code("wrongly_recorded", "Wrongly recorded"),
        code("wrong_person", "Wrong person"),
        code("incorrect_manner", "Given in an incorrect manner"),
        code("wrong_medicine", "Wrong medicine"),
        code("too_little_or_too_much", "Too little or too much"),
    ],
};
