//! Code lists of the steps 2, 4 and 5: risk, causes, actions, outcomes.

use crate::vocabulary::{CodeList, code};

pub static BAND: CodeList = CodeList {
    name: "band",
    codes: &[
        code("low", "Low"),
        code("moderate", "Moderate"),
        code("high", "High"),
        code("extreme", "Extreme"),
    ],
};

pub static FACTOR: CodeList = CodeList {
    name: "factor",
    codes: &[
        code("person", "The person or staff").with(&[("seips", "person")]),
        code("task", "The job itself").with(&[("seips", "task")]),
        code("tools_and_technology", "Tools and technology").with(&[("seips", "tools_and_technology")]),
        code("organisation", "How we organise work").with(&[("seips", "organisation")]),
        code("internal_environment", "The place").with(&[("seips", "internal_environment")]),
        code("external_environment", "Outside us").with(&[("seips", "external_environment")]),
        code("communication", "Passing on information")
            .with(&[("parent", "organisation"), ("seips", "organisation")]),
        code("policies_and_procedures", "Policies and procedures")
            .with(&[("parent", "organisation"), ("seips", "organisation")]),
        code("training", "Training").with(&[("parent", "organisation"), ("seips", "organisation")]),
        code("workload_and_staffing", "Workload and staffing")
            .with(&[("parent", "organisation"), ("seips", "organisation")]),
        code("supervision", "Support and supervision")
            .with(&[("parent", "organisation"), ("seips", "organisation")]),
        code("safety_culture", "How safe it feels to speak up")
            .with(&[("parent", "organisation"), ("seips", "organisation")]),
        code("team", "Teamwork").with(&[("parent", "person"), ("seips", "person")]),
        code("equipment_supplies", "Equipment and supplies")
            .with(&[("parent", "tools_and_technology"), ("seips", "tools_and_technology")]),
        code("equipment_design", "Design of equipment")
            .with(&[("parent", "tools_and_technology"), ("seips", "tools_and_technology")]),
        code("other_services", "Help from other services")
            .with(&[("parent", "external_environment"), ("seips", "external_environment")]),
        code("other", "Something else"),
    ],
};

pub static CONTROL_STRENGTH: CodeList = CodeList {
    name: "control_strength",
    codes: &[
        code("stronger", "Stronger")
            .helped("Changes the place, the equipment or the steps so it cannot happen easily."),
        code("intermediate", "In between").helped("Checklists, fewer distractions, more staff, read-back."),
        code("weaker", "Weaker").helped("Reminders, training, new rules, double checks."),
    ],
};

pub static ACTION_KIND: CodeList = CodeList {
    name: "action_kind",
    codes: &[
        code("immediate", "Straight away"),
        code("corrective", "Puts it right"),
        code("preventive", "Stops it next time"),
    ],
};

pub static VERIFY_RESULT: CodeList = CodeList {
    name: "verify_result",
    codes: &[code("fixed", "Checked and fixed"), code("not_fixed", "Not fixed yet")],
};

pub static REVIEW_POINT: CodeList = CodeList {
    name: "review_point",
    codes: &[code("28d", "At 28 days"), code("90d", "At 90 days"), code("other", "Another time")],
};

pub static VERDICT: CodeList = CodeList {
    name: "verdict",
    codes: &[
        code("sustained", "Better and it lasted"),
        code("improved", "Better"),
        code("no_change", "No change"),
        code("worse", "Worse"),
        code("too_early", "Too early to say"),
    ],
};

pub static MEASURE_UNIT: CodeList = CodeList {
    name: "measure_unit",
    codes: &[
        code("days", "Days"),
        code("items", "Items"),
        code("bed_days", "Occupied bed days"),
        code("hours", "Care hours"),
        code("administrations", "Doses given"),
    ],
};

pub static EVIDENCE_SOURCE: CodeList = CodeList {
    name: "evidence_source",
    codes: &[
        code("mar_chart", "MAR chart"),
        code("medication_audit", "Medicines audit"),
        code("maintenance_log", "Maintenance log"),
        code("behaviour_log", "Behaviour log"),
        code("audit", "Other audit"),
        code("feedback_person", "What the person says"),
        code("feedback_family", "What family say"),
        code("feedback_staff", "What staff say"),
        code("feedback_professional", "What a professional says"),
        code("staff_observation", "Watching practice"),
        code("staff_practice", "Change in practice"),
        code("supervision", "Supervision"),
        code("support_plan", "Care or support plan"),
        code("daily_record", "Daily record"),
        code("training_record", "Training record"),
        code("photo_document", "Photo or document"),
    ],
};

pub static LINK_KIND: CodeList = CodeList {
    name: "link_kind",
    codes: &[
        code("incident", "Incident"),
        code("complaint", "Complaint"),
        code("safeguarding", "Safeguarding reference"),
        code("risk_register", "Risk register"),
        code("mar", "MAR chart"),
        code("asset", "Equipment"),
        code("other", "Other"),
    ],
};
