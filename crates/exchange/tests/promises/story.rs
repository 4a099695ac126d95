//! Some weeks in two homes, told through the same path as in life: decide, judge, take.

use chrono::Duration;
use domain::{
    decide::{Arrival, Moment, decide, judge},
    directory::{Asset, Directory, Person, Place, Site, Staff},
    event::{Author, Event, Outcome, Received},
    ids::{DeviceId, EventId},
    notification,
    record::Record,
    register::Register,
    roles::Role,
    time::{Instant, parse_date, parse_instant},
};
use exchange::Selection;
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub const MEADOW: &str = "meadow-house";
pub const OAK: &str = "oakview";
/// Stands in every file with people.
pub const WHY: &str = "The coroner asked (Registered Manager, 10 August 2026)";

pub fn at(text: &str) -> Instant {
    parse_instant(text).unwrap_or_else(|| panic!("{text}"))
}

pub fn directory() -> Directory {
    let mut directory = Directory { provider: "Meadow Care".into(), ..Directory::default() };
    for site in [MEADOW, OAK] {
        let entry = Site {
            name: site.to_uppercase(),
            units: vec!["ground".into(), "first".into()],
            live_from: parse_date("2026-05-01"),
            ..Site::default()
        };
        directory.sites.insert(site.into(), entry);
        for role in Role::ALL {
            let who = format!("{}-{site}", role.code());
            let roles = [(site.into(), vec![role])].into();
            directory.staff.insert(who.as_str().into(), Staff { roles, ..Staff::default() });
        }
    }
    let place = |name: &str| Place { site: MEADOW.into(), name: name.into(), ..Place::default() };
    directory.places.insert("lounge".into(), place("Lounge"));
    directory.places.insert("room-12".into(), place("Room 12"));
    directory
        .people
        .insert("P-7".into(), Person { site: MEADOW.into(), place: "room-12".into(), ..Person::default() });
    directory.people.insert("P-9".into(), Person { site: MEADOW.into(), ..Person::default() });
    let hoist = Asset { site: MEADOW.into(), name: "Hoist 3".into(), ..Asset::default() };
    directory.assets.insert("hoist-3".into(), hoist);
    directory
}

pub struct Story {
    pub register: Register,
    seq: u64,
}

impl Story {
    pub fn new() -> Self {
        Self { register: Register::new(Arc::new(directory())), seq: 0 }
    }

    /// Writes and receives an event at one moment. `by` is a role of Meadow House.
    pub fn does(&mut self, by: &str, when: Instant, verb: &str, record: &str, with: Value) -> EventId {
        self.does_at(MEADOW, &format!("{by}-{MEADOW}"), when, verb, record, with)
    }

    pub fn does_at(
        &mut self,
        site: &str,
        by: &str,
        when: Instant,
        verb: &str,
        record: &str,
        with: Value,
    ) -> EventId {
        self.seq += 1;
        let event = Event {
            id: EventId::new(format!("e{}", self.seq)),
            verb: verb.to_owned(),
            site: site.into(),
            record: (!record.is_empty()).then(|| record.into()),
            by: Author::from(by),
            device: DeviceId::new(format!("{by}-phone")),
            with: with.as_object().cloned().unwrap_or_default().into(),
            seen: self.register.record(record).map_or(0, |record| record.version),
            device_time: when,
            offset_ms: Some(0),
        };
        let moment = Moment { corrected_at: when, token_for: None };
        let event = decide(&self.register, event, &moment)
            .unwrap_or_else(|refusal| panic!("{verb} of {record}: {refusal:?}"));
        self.register.settle_before(when);
        let arrival =
            Arrival { seq: self.seq, received_at: when, offset_ms: 0, token_for: None, online: false };
        let judgement = judge(&self.register, &event, &arrival);
        assert_eq!(judgement.result, Outcome::Applied, "{verb} of {record}: {:?}", judgement.code);
        let id = event.id.clone();
        self.register.take(Arc::new(Received { event, judgement }));
        id
    }

    pub fn record(&self, id: &str) -> &Record {
        self.register.record(id).unwrap_or_else(|| panic!("{id}"))
    }

    /// Answers no to everything but `yes`, and decides each body that is suggested.
    pub fn assessment(&self, record: &str, yes: &[&str], outcome: &str) -> Value {
        let record = self.record(record);
        let questions = record.spec().into_iter().flat_map(notification::questions_for);
        let answers: Map<String, Value> = questions
            .map(|asked| {
                let answer = if yes.contains(&asked.id.as_str()) { "y" } else { "n" };
                (asked.id.clone(), json!(answer))
            })
            .collect();
        let needed = outcome == "notify_now";
        let mut bodies =
            json!({"council_safeguarding": {"needed": needed, "reason": "Looked at the threshold"}});
        for body in ["cqc", "police", "duty_of_candour"] {
            bodies[body] = json!({"needed": false, "reason": "Looked at"});
        }
        json!({"answers": answers, "outcome": outcome, "reason": "=Caught in time", "bodies": bodies})
    }
}

/// Three records of Meadow House, one of each category and each further on than the next, and one of Oakview.
pub fn told() -> Story {
    let mut story = Story::new();
    let minute = Duration::minutes(1);
    let day = at("2026-06-11T09:00+01:00");
    story.does(
        "reporter",
        day,
        "report",
        "r-med",
        json!({"category": "medication", "happened": "something_happened", "reached": "no",
            "error_type": "wrong_dose", "stage": "administration", "risk_group": "insulin", "medicine": "-Insulin \"fast\"",
            "occurred_at": "2026-06-11T08:29:00+01:00", "unit": "ground", "location": "room-12", "people": ["P-7"],
            "text": "=2+2, he said\r\nand it was caught", "concern": "fairly", "caught_by": "second_checker",
            "defence": "two_person_rule", "immediate_actions": ["Put back", "@checked"], "shift": "early"}),
    );
    story.does(
        "senior",
        day + minute * 30,
        "review_risk",
        "r-med",
        json!({"potential_most_likely": 3, "potential_worst": 4, "likelihood": 3, "factors": ["workload_and_staffing"],
            "note": "Two rounds at once"}),
    );
    let decision = story.assessment("r-med", &["abuse"], "notify_now");
    let mut decision = decision;
    decision["bodies"]["cqc"] = json!({"needed": true, "reason": "Asked to"});
    story.does("registered_manager", day + minute * 60, "assess_notification", "r-med", decision);
    story.does(
        "registered_manager",
        day + minute * 90,
        "record_sent",
        "r-med",
        json!({"body": "cqc", "sent_at": "2026-06-11T10:20:00+01:00", "reference": "REF-1", "how": "form"}),
    );
    story.does(
        "registered_manager",
        day + minute * 91,
        "record_sent",
        "r-med",
        json!({"body": "council_safeguarding", "sent_at": "2026-06-11T10:25:00+01:00"}),
    );
    let action = story.does(
        "medication_lead",
        day + minute * 120,
        "plan_action",
        "r-med",
        json!({"text": "Move the round, or \"split\" it", "owner": "senior-meadow-house", "due": "2026-06-20",
            "strength": "stronger", "kind": "preventive"}),
    );
    story.does(
        "senior",
        day + Duration::days(10),
        "complete_action",
        "r-med",
        json!({"action": action, "evidence": ["mar_chart"], "note": "Done"}),
    );
    story.does(
        "medication_lead",
        day + Duration::days(11),
        "finish_actions",
        "r-med",
        json!({"factors": ["task"]}),
    );
    story.does(
        "deputy_manager",
        day + Duration::days(25),
        "record_outcome",
        "r-med",
        json!({"measure": "Near misses of the round", "baseline": {"count": 4, "per": 30, "unit": "days"},
            "value": {"count": 1, "per": 30, "unit": "days"}, "review": "28d", "verdict": "improved",
            "evidence": ["mar_chart", "feedback_staff"]}),
    );
    story.does("deputy_manager", day + Duration::days(26), "close", "r-med", json!({}));
    story.does(
        "deputy_manager",
        day + Duration::days(26),
        "tell_reporter",
        "r-med",
        json!({"text": "Thank you"}),
    );

    let evening = at("2026-07-03T21:30+01:00");
    story.does(
        "maintenance_lead",
        evening,
        "report",
        "r-env",
        json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist", "made_safe": "removed_from_use",
            "asset": "hoist-3", "location": "lounge", "exam_due": "2026-06-23", "identity": "confidential",
            "text": "Strap is worn"}),
    );
    story.does(
        "senior",
        evening + minute * 30,
        "review_risk",
        "r-env",
        json!({"potential_most_likely": 4, "potential_worst": 5, "likelihood": 3}),
    );
    let decision = story.assessment("r-env", &[], "potential_risk_monitor");
    story.does("registered_manager", evening + minute * 50, "assess_notification", "r-env", decision);
    story.does(
        "maintenance_lead",
        evening + minute * 70,
        "plan_action",
        "r-env",
        json!({"text": "New strap", "owner": "maintenance_lead-meadow-house", "due": "2026-07-24",
            "strength": "intermediate"}),
    );
    story.does(
        "shift_lead",
        at("2026-07-20T14:00+01:00"),
        "report",
        "r-beh",
        json!({"category": "behaviour", "happened": "something_happened", "reached": "no", "hands_on": "no",
            "behaviour_type": "throwing", "triggers": ["noise", "tired"], "early_signs": ["pacing"],
            "strategies": ["gave_space"], "outcome": "settled_with_support", "intensity": 2, "duration_min": 10,
            "prn": false, "people": ["P-9", "P-7"], "location": "Typed by hand", "agency_present": true}),
    );
    story.does_at(
        OAK,
        "reporter-oakview",
        at("2026-07-21T14:00+01:00"),
        "report",
        "r-oak",
        json!({"category": "medication", "happened": "something_happened", "reached": "yes", "harm": "none",
            "error_type": "mar_gap", "defence": "luck"}),
    );
    let audit = story.does(
        "registered_manager",
        at("2026-08-03T10:00+01:00"),
        "open_audit",
        "",
        json!({"category": "medication", "period": "2026-07"}),
    );
    for item in domain::vocabulary::AUDIT_ITEM.codes {
        let (answer, note) = if item.code == "feedback_given" { ("n", "Nobody did") } else { ("y", "Seen") };
        story.does(
            "registered_manager",
            at("2026-08-03T10:05+01:00"),
            "answer_audit",
            "",
            json!({"audit": audit, "record": "r-med", "item": item.code, "answer": answer, "note": note}),
        );
    }
    story.does(
        "registered_manager",
        at("2026-08-03T10:30+01:00"),
        "sign_audit",
        "",
        json!({"audit": audit, "summary": "One gap"}),
    );
    story.does(
        "registered_manager",
        at("2026-08-03T11:00+01:00"),
        "record_denominator",
        "",
        json!({"measure": "occupied_bed_days", "month": "2026-06", "value": 840}),
    );
    story.register.settle(now());
    story
}

pub fn now() -> Instant {
    at("2026-08-10T12:00+01:00")
}

/// All of the summer.
pub fn summer(identified: bool) -> Selection {
    Selection {
        site: None,
        category: None,
        from: parse_date("2026-06-01").expect("date"),
        to: parse_date("2026-08-31").expect("date"),
        identified,
        why: identified.then(|| WHY.to_owned()),
        now: now(),
    }
}
