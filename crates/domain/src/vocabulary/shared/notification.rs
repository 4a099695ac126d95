//! Code lists of step 3: who must be told.

use crate::vocabulary::{CodeList, code};

pub static BODY: CodeList = CodeList {
    name: "body",
    codes: &[
        code("cqc", "Care Quality Commission"),
        code("council_safeguarding", "Council safeguarding"),
        code("police", "Police"),
        code("hse_riddor", "Health and Safety Executive (RIDDOR)"),
        code("mhra_yellow_card", "Yellow Card (MHRA)"),
        code("cd_accountable_officer", "Controlled drugs accountable officer"),
        code("commissioner", "Commissioner"),
        code("ico", "Information Commissioner"),
        code("ukhsa", "Health protection team (UKHSA)"),
        code("lfpse", "Learn from patient safety events"),
        code("duty_of_candour", "Duty of candour - tell the person"),
    ],
};

pub static QUESTION: CodeList = CodeList {
    name: "question",
    codes: &[
        code("death", "Did anyone die?").with(&[("asked", "medication environment behaviour")]),
        code("harm", "Did anything bad happen to anyone, even briefly?")
            .with(&[("asked", "medication environment behaviour")]),
        code("serious_injury", "Has a health professional said it did, or could have done, lasting harm?")
            .with(&[("asked", "medication environment behaviour")]),
        code("abuse", "Could it be abuse or neglect?").with(&[("asked", "medication environment behaviour")]),
        code("police", "Do the police know about it?").with(&[("asked", "medication environment behaviour")]),
        code("service_threat", "Could it stop the service running safely?")
            .with(&[("asked", "medication environment behaviour")]),
        code("worker_serious", "Was a worker badly hurt?")
            .with(&[("asked", "medication environment behaviour")]),
        code("worker_over_7_days", "Is a worker off for more than 7 days?")
            .with(&[("asked", "medication environment behaviour")]),
        code("data_loss", "Was private information lost or seen?")
            .with(&[("asked", "medication environment behaviour")]),
        code("contract", "Does the contract say we must tell?")
            .with(&[("asked", "medication environment behaviour")]),
        code("nhs_funded", "Was NHS care part of it?").with(&[("asked", "medication environment behaviour")]),
        code("controlled_drug", "Is a controlled drug involved?").with(&[("asked", "medication")]),
        code("product_fault", "Could the product, label or device be the cause?")
            .with(&[("asked", "medication environment")]),
        code("utility_24h", "Power, gas, water or drains off over 24 hours?")
            .with(&[("asked", "environment")]),
        code("safety_device_24h", "Alarm or safety device out over 24 hours?")
            .with(&[("asked", "environment")]),
        code("lifting_equipment", "Did part of a hoist or lift fail?")
            .helped("A sling alone does not count.")
            .with(&[("asked", "environment")]),
        code("electrical_fire", "Electrical fire or explosion?").with(&[("asked", "environment")]),
        code("sharp_or_agent", "Used needle or infected material?").with(&[("asked", "environment")]),
        code("infection_linked", "Two or more linked infections?").with(&[("asked", "environment")]),
        code("restraint", "Was anyone held, blocked or restricted?").with(&[("asked", "behaviour")]),
        code("detained_absence", "Was a detained person missing?").with(&[("asked", "behaviour")]),
    ],
};

pub static ANSWER: CodeList =
    CodeList { name: "answer", codes: &[code("y", "Yes"), code("n", "No"), code("unsure", "Not sure")] };

pub static NOTIFICATION_OUTCOME: CodeList = CodeList {
    name: "notification_outcome",
    codes: &[
        code("not_notifiable", "Nobody needs to be told"),
        code("potential_risk_monitor", "A risk to watch"),
        code("notify_now", "Tell them now"),
        code("already_notified", "Already told"),
        code("seek_advice", "Ask for advice first"),
    ],
};

pub static SUGGESTION: CodeList = CodeList {
    name: "suggestion",
    codes: &[code("needed", "Needed"), code("consider", "Think about it"), code("not_needed", "Not needed")],
};
