//! Code lists of a site: roles, states, destinations, alerts, audits.

use crate::vocabulary::{CodeList, code};

pub static ROLE: CodeList = CodeList {
    name: "role",
    codes: &[
        code("reporter", "Care staff").with(&[("staff", "true")]),
        code("senior", "Senior").with(&[("staff", "true")]),
        code("shift_lead", "Shift lead").with(&[("staff", "true")]),
        code("registered_manager", "Registered Manager").with(&[("staff", "true")]),
        code("medication_lead", "Medicines lead").with(&[("staff", "true")]),
        code("maintenance_lead", "Maintenance lead").with(&[("staff", "true")]),
        code("behaviour_lead", "Behaviour lead").with(&[("staff", "true")]),
        code("deputy_manager", "Deputy manager").with(&[("staff", "true")]),
        code("provider", "Provider").with(&[("staff", "true")]),
        code("administrator", "System administrator").with(&[("staff", "true")]),
        code("inspector", "Inspector"),
        code("commissioner", "Commissioner"),
    ],
};

pub static STEP: CodeList = CodeList {
    name: "step",
    codes: &[
        code("1", "Tell us"),
        code("2", "How bad could it be?"),
        code("3", "Who must be told?"),
        code("4", "Put it right"),
        code("5", "Did it work?"),
    ],
};

pub static STATE: CodeList = CodeList {
    name: "state",
    codes: &[
        code("awaiting_risk_review", "Waiting for a senior").with(&[("step", "2")]),
        code("awaiting_notification_decision", "Waiting for the manager").with(&[("step", "3")]),
        code("awaiting_action", "Waiting for action").with(&[("step", "4")]),
        code("awaiting_outcome", "Waiting to see if it worked").with(&[("step", "5")]),
        code("closed", "Finished"),
        code("returned", "Back with a question").with(&[("step", "1")]),
        code("withdrawn", "Taken back"),
        code("duplicate", "Same as another report"),
    ],
};

pub static DESTINATION: CodeList = CodeList {
    name: "destination",
    codes: &[
        code("medication_incident_form", "Medication incident form"),
        code("medication_log", "Medication log"),
        code("medication_audit_file", "Medication audit file"),
        code("maintenance_log", "Maintenance log"),
        code("near_miss_form", "Near miss form"),
        code("incident_log", "Incident log"),
        code("maintenance_system", "Maintenance system"),
        code("daily_record", "Daily record"),
        code("care_planning_system", "Care planning system"),
        code("governance_system", "Governance system"),
        code("governance_report", "Governance report"),
        code("service_improvement_plan", "Service improvement plan"),
        code("supervision_records", "Supervision records"),
    ],
};

pub static MARK: CodeList = CodeList {
    name: "mark",
    codes: &[
        code("stepped_in", "Did another role's step"),
        code("self_review", "Checked own work"),
        code("delegate", "Acting for the manager"),
        code("late_sync", "Arrived late"),
        code("clock_skew", "Device clock wrong"),
    ],
};

pub static URGENT_REASON: CodeList = CodeList {
    name: "urgent_reason",
    codes: &[
        code("incident", "Someone was harmed"),
        code("restrictive_practice", "Someone was held or restricted"),
        code("concern_very", "Reporter is very worried"),
        code("band_extreme", "Extreme risk"),
        code("police_called", "Police called"),
        code("answer_death", "A death"),
        code("answer_abuse", "Possible abuse"),
        code("answer_police", "Police"),
    ],
};

pub static ALERT_RULE: CodeList = CodeList {
    name: "alert_rule",
    codes: &[
        code("same_type_same_place", "Same thing in the same place")
            .with(&[("threshold", "3"), ("days", "30")]),
        code("same_person", "Same person again").with(&[("threshold", "3"), ("days", "14")]),
        code("same_person_medication", "Same person and medicines again")
            .with(&[("threshold", "2"), ("days", "7")]),
        code("same_risk_group", "Same kind of medicine").with(&[
            ("threshold", "2"),
            ("days", "30"),
            ("days_insulin", "90"),
            ("days_anticoagulant", "90"),
            ("days_controlled_drug", "90"),
        ]),
        code("same_asset", "Same equipment").with(&[("threshold", "2"), ("days", "90")]),
        code("same_trigger_same_person", "Same trigger for the same person")
            .with(&[("threshold", "3"), ("days", "14")]),
        code("same_shift", "Same shift").with(&[("threshold", "4"), ("days", "28")]),
        code("same_factor", "Same cause").with(&[("threshold", "5"), ("days", "60")]),
        code("caught_by_luck", "Caught by luck").with(&[("threshold", "2"), ("days", "30")]),
        code("single_high_potential", "Could have been very bad"),
        code("recurrence_after_close", "It came back after we acted"),
        code("delayed_repair", "Repair is late"),
        code("lack_of_improvement", "It has not got better"),
        code("audit_finding", "An audit found a gap"),
        code("silence", "No reports for a while"),
        code("outage_24h", "Off for more than 24 hours"),
    ],
};

pub static ALERT_STATE: CodeList = CodeList {
    name: "alert_state",
    codes: &[
        code("open", "Needs you"),
        code("linked", "An action covers it"),
        code("dismissed", "Set aside with a reason"),
        code("snoozed", "Waiting"),
    ],
};

pub static ESCALATION: CodeList = CodeList {
    name: "escalation",
    codes: &[
        code("review_medication_processes", "Review how we handle medicines"),
        code("review_maintenance_processes", "Review how we handle repairs"),
        code("review_behaviour_strategies", "Review how we support behaviour"),
    ],
};

pub static DENOMINATOR: CodeList = CodeList {
    name: "denominator",
    codes: &[
        code("occupied_bed_days", "Occupied bed days"),
        code("care_hours", "Care hours"),
        code("administrations", "Doses given"),
    ],
};

pub static AUDIT_ITEM: CodeList = CodeList {
    name: "audit_item",
    codes: &[
        code("recorded_on_time", "Was it recorded and reviewed on time?"),
        code("decision_reasoned", "Does the decision give a reason?"),
        code("action_strong_enough", "Was the action strong enough?"),
        code("outcome_shown", "Is the result shown with evidence?"),
        code("feedback_given", "Was the reporter told?"),
    ],
};

pub static AUDIT_ANSWER: CodeList = CodeList {
    name: "audit_answer",
    codes: &[code("y", "Yes"), code("n", "No"), code("na", "Does not apply")],
};

pub static QUALITY_STATEMENT: CodeList = CodeList {
    name: "quality_statement",
    codes: &[
        code("safe_learning_culture", "Safe: learning culture"),
        code("safe_systems", "Safe: safe systems, pathways and transitions"),
        code("safe_safeguarding", "Safe: safeguarding"),
        code("safe_involving_people", "Safe: involving people to manage risks"),
        code("safe_environments", "Safe: safe environments"),
        code("safe_staffing", "Safe: safe and effective staffing"),
        code("safe_infection", "Safe: infection prevention and control"),
        code("safe_medicines", "Safe: medicines optimisation"),
        code("effective_outcomes", "Effective: monitoring and improving outcomes"),
        code("caring_immediate_needs", "Caring: responding to people's immediate needs"),
        code("caring_individuals", "Caring: treating people as individuals"),
        code("responsive_person_centred", "Responsive: person-centred care"),
        code("responsive_listening", "Responsive: listening to and involving people"),
        code("well_led_speak_up", "Well-led: freedom to speak up"),
        code("well_led_governance", "Well-led: governance, management and sustainability"),
        code("well_led_learning", "Well-led: learning, improvement and innovation"),
        code("well_led_culture", "Well-led: shared direction and culture"),
        code("well_led_partnerships", "Well-led: partnerships and communities"),
    ],
};
