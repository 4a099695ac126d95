//! A provider with two homes and any number of records, told through the same path as in life: judge, take.
//! Every word that somebody types holds `SECRET`, so that a test can say where typed words went.

use chrono::Duration;
use domain::{
    decide::{Arrival, judge},
    directory::{Asset, Directory, Person, Place, Site, Staff},
    event::{Author, Event, Outcome, Received, WordsGone},
    notification,
    register::Register,
    roles::Role,
    sight,
    time::{Instant, parse_date, parse_instant},
};
use evidence::{PackKind, Request, framework};
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub const HOMES: [&str; 2] = ["meadow-house", "oakview"];
/// In every text that is not written for sharing.
pub const SECRET: &str = "Zebedee";
/// In texts that are written for sharing.
pub const SHARED: &str = "Thank you, the sheet was changed";

pub fn at(text: &str) -> Instant {
    parse_instant(text).unwrap_or_else(|| panic!("{text}"))
}

pub fn now() -> Instant {
    at("2026-10-05T10:00+01:00")
}

fn directory() -> Directory {
    let mut directory = Directory { provider: "Meadow & Oak <Care>".into(), ..Directory::default() };
    for home in HOMES {
        let name = if home == HOMES[0] { "Meadow House" } else { "Oakview" };
        let site = Site {
            name: name.into(),
            units: vec!["ground".into()],
            live_from: parse_date("2026-06-01"),
            ..Site::default()
        };
        directory.sites.insert(home.into(), site);
        for role in Role::ALL {
            let staff = Staff {
                name: format!("{SECRET} {}", role.code()),
                roles: [(home.into(), vec![role])].into(),
                ..Staff::default()
            };
            directory.staff.insert(staff_of(role.code(), home).into(), staff);
        }
        for room in 1..=9 {
            let place = Place { site: home.into(), name: format!("Room {room}"), ..Place::default() };
            directory.places.insert(format!("{home}-room-{room}"), place);
            let person =
                Person { site: home.into(), place: format!("{home}-room-{room}"), ..Person::default() };
            directory.people.insert(format!("P-{home}-{room}").into(), person);
        }
        let lounge = Place { site: home.into(), name: "Lounge".into(), ..Place::default() };
        directory.places.insert(format!("{home}-lounge"), lounge);
        let hoist = Asset { site: home.into(), name: "Hoist 3".into(), ..Asset::default() };
        directory.assets.insert(format!("{home}-hoist"), hoist);
    }
    directory
}

pub fn staff_of(role: &str, home: &str) -> String {
    format!("{role}-{home}")
}

pub struct Life {
    pub register: Register,
    seq: u64,
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

impl Life {
    /// The register after the words of these records were disposed of, as a manager's device pulls it.
    pub fn disposed(&self, gone: &[&str], words_gone: WordsGone) -> Register {
        let whole = &self.register;
        let mut register = Register::new(whole.shared_directory());
        let mut events: Vec<_> =
            whole.records().flat_map(|record| &record.events).chain(whole.site_events()).collect();
        events.sort_by_key(|received| received.judgement.seq);
        for received in events {
            let mut received = (**received).clone();
            if received.event.record.as_ref().is_some_and(|record| gone.contains(&record.as_str())) {
                received.event.with = sight::coded_fields(&received.event, whole);
                if received.event.by != Author::Anonymous {
                    received.event.by = Author::Hidden;
                }
                received.event.device = "hidden".into();
                received.judgement.words_gone = Some(words_gone);
            }
            register.take(Arc::new(received));
        }
        register.settle(now());
        register
    }

    /// So many records over the summer of 2026, most of them through all five steps.
    pub fn of(records: usize) -> Life {
        let mut life = Life { register: Register::new(Arc::new(directory())), seq: 0 };
        let mut dice = Dice(41);
        let start = at("2026-06-02T07:00+01:00");
        let minutes = 100 * 24 * 60;
        let mut log: Vec<(Instant, Event)> = Vec::new();
        for number in 0..records {
            let when = start + Duration::minutes((number * minutes / records.max(1)) as i64);
            write(&mut log, number, when, &mut dice);
        }
        log.sort_by_key(|(when, _)| *when);
        for (when, event) in log {
            life.arrive(event, when);
        }
        life.govern();
        life.register.settle(now());
        life
    }

    /// Takes an event as the server does; it must fit.
    pub fn arrive(&mut self, mut event: Event, when: Instant) {
        event.seen =
            event.record.as_ref().and_then(|id| self.register.record(id)).map_or(0, |known| known.version);
        if event.verb == "assess_notification" {
            self.answer(&mut event);
        }
        self.take(event, when, Outcome::Applied);
    }

    pub fn take(&mut self, event: Event, when: Instant, expected: Outcome) {
        self.seq += 1;
        self.register.settle_before(when);
        let token_for = event.record.clone().filter(|_| event.by == Author::Anonymous);
        let arrival = Arrival { seq: self.seq, received_at: when, offset_ms: 0, token_for, online: false };
        let judgement = judge(&self.register, &event, &arrival);
        assert_eq!(judgement.result, expected, "{event:?}: {:?}", judgement.code);
        self.register.take(Arc::new(Received { event, judgement }));
    }

    /// No to everything but what the record itself says, and a reason for every body.
    fn answer(&self, event: &mut Event) {
        let Some(record) = event.record.as_ref().and_then(|id| self.register.record(id)) else { return };
        let questions = record.spec().into_iter().flat_map(notification::questions_for);
        let hurt = record.kind.code() == "incident";
        let answers: Map<String, Value> = questions
            .map(|asked| {
                let yes =
                    hurt && asked.id == "harm" || event.with.contains_key("tell") && asked.id == "abuse";
                (asked.id.clone(), json!(if yes { "y" } else { "n" }))
            })
            .collect();
        let tell = event.with.contains_key("tell");
        let bodies: Map<String, Value> = domain::vocabulary::BODY
            .codes
            .iter()
            .map(|body| {
                let needed = tell && matches!(body.code, "cqc" | "council_safeguarding");
                (body.code.to_owned(), json!({"needed": needed, "reason": format!("{SECRET} looked at it")}))
            })
            .collect();
        let outcome = if tell { "notify_now" } else { "potential_risk_monitor" };
        event.with = json!({"answers": answers, "outcome": outcome, "reason": format!("{SECRET} decided"),
            "bodies": bodies, "rules": "rules-2026-11", "wider_risk": SECRET})
        .as_object()
        .cloned()
        .unwrap_or_default()
        .into();
    }

    /// Audits of July and August, an oversight, and bed days.
    fn govern(&mut self) {
        let day = at("2026-09-04T10:00+01:00");
        for (index, home) in HOMES.into_iter().enumerate() {
            let manager = staff_of("registered_manager", home);
            for (step, period) in ["2026-07", "2026-08"].into_iter().enumerate() {
                let when = day + Duration::hours((index * 5 + step) as i64);
                let id = format!("audit-{home}-{period}");
                self.arrive(
                    event(
                        &id,
                        "open_audit",
                        home,
                        "",
                        &manager,
                        when,
                        json!({"category": "medication", "period": period}),
                    ),
                    when,
                );
                let sample =
                    self.register.audit_by_id(&id).map(|audit| audit.sample.clone()).unwrap_or_default();
                for record in &sample {
                    for item in domain::vocabulary::AUDIT_ITEM.codes {
                        let answer = if item.code == "feedback_given" { "n" } else { "y" };
                        let with = json!({"audit": id, "record": record, "item": item.code, "answer": answer, "note": SECRET});
                        let name = format!("{id}-{record}-{}", item.code);
                        self.arrive(event(&name, "answer_audit", home, "", &manager, when, with), when);
                    }
                }
                let with = json!({"audit": id, "summary": SHARED});
                self.arrive(event(&format!("{id}-sign"), "sign_audit", home, "", &manager, when, with), when);
            }
            for (month, days) in [("2026-06", 840), ("2026-07", 868), ("2026-08", 861), ("2026-09", 840)] {
                let with = json!({"measure": "occupied_bed_days", "month": month, "value": days});
                let name = format!("days-{home}-{month}");
                self.arrive(
                    event(&name, "record_denominator", home, "", &manager, day + Duration::hours(20), with),
                    day + Duration::hours(20),
                );
            }
        }
    }
}

pub fn event(id: &str, verb: &str, home: &str, record: &str, by: &str, when: Instant, with: Value) -> Event {
    Event {
        id: id.into(),
        verb: verb.to_owned(),
        site: home.into(),
        record: (!record.is_empty()).then(|| record.into()),
        by: Author::from(by),
        device: format!("phone-of-{by}").as_str().into(),
        with: with.as_object().cloned().unwrap_or_default().into(),
        seen: 0,
        device_time: when,
        offset_ms: Some(0),
    }
}

/// The events of one record.
fn write(log: &mut Vec<(Instant, Event)>, number: usize, when: Instant, dice: &mut Dice) {
    let home = HOMES[dice.roll(2)];
    let record = format!("record-{number:05}");
    let mut at = |verb: &str, role: &str, minutes: i64, with: Value| -> String {
        let moment = when + Duration::minutes(minutes);
        let id = format!("{record}-{}-{minutes}", verb.replace('_', "-"));
        let by = if role == "anonymous" { role.to_owned() } else { staff_of(role, home) };
        if moment < now() {
            log.push((moment, event(&id, verb, home, &record, &by, moment, with)));
        }
        id
    };
    let person = format!("P-{home}-{}", 1 + dice.roll(9));
    let place = if dice.roll(2) == 0 {
        format!("{home}-lounge")
    } else {
        format!("{home}-room-{}", 1 + dice.roll(9))
    };
    let identity = match dice.roll(12) {
        0 => "confidential",
        1 => "anonymous",
        _ => "named",
    };
    let common = json!({"happened": "something_happened", "reached": "no", "location": place, "people": [person],
        "text": format!("{SECRET} said \u{201c}this is not mine\u{201d} \u{2013} caught \u{2713} in time"),
        "concern": dice.of(&["fairly", "not_very"]), "identity": identity,
        "caught_by": dice.of(&["colleague", "second_checker", "chance", "pharmacist"])});
    let (own, lead) = match dice.roll(10) {
        0..5 => (
            json!({"category": "medication",
            "error_type": dice.of(&["wrong_dose", "expired", "found_tablet", "wrong_time", "label_mismatch"]),
            "stage": dice.of(&["administration", "receipt", "storage"]),
            "risk_group": dice.of(&["insulin", "antibiotic", "paracetamol"]), "medicine": SECRET}),
            "medication_lead",
        ),
        5..8 => (
            json!({"category": "environment", "hazard": dice.of(&["hoist", "lighting", "stairs", "hot_water"]),
            "made_safe": dice.of(&["repaired", "barrier"]), "asset": format!("{home}-hoist")}),
            "maintenance_lead",
        ),
        _ => (
            json!({"category": "behaviour", "hands_on": "no", "behaviour_type": "throwing",
            "triggers": [dice.of(&["noise", "unfamiliar_staff", "change_of_routine"])],
            "outcome": "settled_with_support"}),
            "behaviour_lead",
        ),
    };
    let mut with = common;
    if let (Some(all), Some(own)) = (with.as_object_mut(), own.as_object()) {
        all.extend(own.clone());
        if dice.roll(15) == 0 {
            all.insert("reached".into(), json!("yes"));
            all.insert("harm".into(), json!("some"));
        }
    }
    at("report", if identity == "anonymous" { "anonymous" } else { "reporter" }, 0, with);
    let reviewer = if lead == "behaviour_lead" { "shift_lead" } else { "senior" };
    at(
        "review_risk",
        reviewer,
        90,
        json!({"potential_most_likely": 1 + dice.roll(4), "potential_worst": 5,
        "likelihood": 1 + dice.roll(4), "factors": [dice.of(&["communication", "training", "workload_and_staffing"])],
        "confirms_near_miss": "y", "note": format!("{SECRET} on the slip")}),
    );
    let tell = dice.roll(12) == 0;
    at(
        "assess_notification",
        "registered_manager",
        400,
        if tell { json!({"tell": true}) } else { json!({}) },
    );
    if tell {
        for (body, minutes) in [("cqc", 430), ("council_safeguarding", 440)] {
            let sent = (when + Duration::minutes(minutes - 1)).to_rfc3339();
            at(
                "record_sent",
                "registered_manager",
                minutes,
                json!({"body": body, "sent_at": sent, "reference": SECRET, "how": "form"}),
            );
        }
    }
    let due = (domain::time::london_date(when) + Duration::days(8)).to_string();
    let action = at(
        "plan_action",
        lead,
        900,
        json!({"text": format!("{SECRET} changes the sheet"),
        "owner": staff_of(lead, home), "due": due, "strength": dice.of(&["stronger", "intermediate", "weaker"]), "kind": "preventive"}),
    );
    if dice.roll(10) == 0 {
        return;
    }
    let days = |number: i64| number * 24 * 60;
    at("complete_action", lead, days(6), json!({"action": action, "evidence": ["audit"], "note": SECRET}));
    at("verify_action", "senior", days(7), json!({"action": action, "result": "fixed", "note": SECRET}));
    at(
        "finish_actions",
        lead,
        days(7) + 60,
        json!({"factors": ["task"], "note": SECRET,
        "plan": {"section": SECRET, "changed": due, "person_involved": true}}),
    );
    at(
        "record_outcome",
        "deputy_manager",
        days(30),
        json!({"measure": format!("{SECRET} near misses"),
        "baseline": {"count": 4, "per": 30, "unit": "days"}, "value": {"count": 1, "per": 30, "unit": "days"},
        "review": "28d", "verdict": dice.of(&["improved", "sustained", "improved"]), "evidence": ["audit", "feedback_staff"],
        "supervision": {"staff": staff_of("reporter", home), "result": SECRET}, "note": SECRET}),
    );
    at("tell_reporter", "deputy_manager", days(30) + 5, json!({"text": SHARED}));
    at("close", "deputy_manager", days(30) + 10, json!({"weak_reason": SECRET, "reason": SECRET}));
}

/// The kinds of packs that hold no word that somebody typed, unless it is asked for.
pub fn plain_kinds() -> impl Iterator<Item = PackKind> {
    PackKind::ALL.into_iter().filter(|kind| !kind.is_about_one())
}

pub fn request(kind: PackKind) -> Request {
    Request {
        kind,
        sites: HOMES.iter().map(|home| (*home).into()).collect(),
        from: parse_date("2026-06-01").unwrap_or_default(),
        to: parse_date("2026-09-30").unwrap_or_default(),
        categories: Vec::new(),
        framework: framework::quality_statements().clone(),
        identified: None,
        made_at: now(),
        made_by: Role::RegisteredManager,
        staff: (kind == PackKind::SupervisionNote).then(|| staff_of("reporter", HOMES[0]).into()),
        person: kind.is_about_one().then(|| format!("P-{}-1", HOMES[0]).as_str().into()),
        examples: Vec::new(),
        words: Vec::new(),
    }
}
