//! The numbers. Only live records count: neither withdrawn nor duplicate.

use super::{
    Line,
    narrative::{
        ALL_MEDICINES, AUDITS_IN_TIME, BETTER_CAME_BACK, DECIDED, DECIDED_OF, DECIDED_WITH_REASON,
        NO_HARM_TOO, OPEN_MEDICINES,
    },
};
use crate::Pack;
use domain::{
    audits::{self, AuditState},
    category::medication::PIR_CATEGORY,
    learning,
    measures::{self, Scope, What},
    record::{Kind, Record},
    vocabulary::BODY,
};

pub(super) fn lines(pack: &Pack<'_>) -> Vec<Line> {
    let records: Vec<&Record> = pack.records().into_iter().filter(|record| record.state.is_live()).collect();
    let mut lines = Vec::new();
    medicines(&records, &mut lines);
    events(pack, &records, &mut lines);
    bodies(&records, &mut lines);
    learning(pack, &records, &mut lines);
    lines
}

fn line(section: &'static str, id: &str, label: &str, value: usize, definition: &str) -> Line {
    Line {
        section,
        id: id.to_owned(),
        label: label.to_owned(),
        value: Some(value as f64),
        definition: definition.to_owned(),
    }
}

fn count(records: &[&Record], holds: impl Fn(&Record) -> bool) -> usize {
    records.iter().filter(|record| holds(record)).count()
}

/// Did not reach a person, or nothing had happened yet.
fn is_near(record: &Record) -> bool {
    matches!(record.kind, Kind::Hazard | Kind::NearMiss)
}

fn medicines(records: &[&Record], lines: &mut Vec<Line>) {
    const SECTION: &str = "Medicine errors";
    let mut reached_all = 0;
    for code in PIR_CATEGORY.codes {
        let of_type = |record: &Record| record.national().pir == Some(code.code);
        let reached = count(records, |record| of_type(record) && !is_near(record));
        let near = count(records, |record| of_type(record) && is_near(record));
        reached_all += reached;
        lines.push(line(
            SECTION,
            &format!("medicines_{}_reached", code.code),
            &format!("{}: reached a person", code.label),
            reached,
            "Medicine records of this type of the return that reached a person, or where that is not settled yet.",
        ));
        lines.push(line(
            SECTION,
            &format!("medicines_{}_near_miss", code.code),
            &format!("{}: caught in time", code.label),
            near,
            "Medicine near misses and dangers of this type. The return may not ask for them; they show what was caught.",
        ));
    }
    lines.push(line(
        SECTION,
        ALL_MEDICINES,
        "All medicine errors that reached a person",
        reached_all,
        "Sum of the types above, without those that were caught in time.",
    ));
    lines.push(line(
        SECTION,
        OPEN_MEDICINES,
        "Medicine records of no type yet",
        count(records, |record| record.facts.national().pir.is_some() && record.national().pir.is_none()),
        "Quick records: nobody has said yet what it was, so they stand in none of the lines above.",
    ));
}

fn events(pack: &Pack<'_>, records: &[&Record], lines: &mut Vec<Line>) {
    const SECTION: &str = "What happened";
    let selection = pack.selection;
    let scope = Scope { site: selection.site.as_deref(), category: selection.category.as_deref() };
    let near = measures::count(pack.register, &scope, What::NearMiss, selection.from, selection.to);
    lines.push(line(
        SECTION,
        "near_misses",
        "Near misses",
        near as usize,
        "Records that count as near misses, by the date when they happened. Behaviour counts once a shift lead has confirmed it.",
    ));
    let directory = pack.register.directory();
    let both = count(records, |record| {
        record.kind == Kind::NoHarmIncident && record.counts_as_near_miss(&directory.settings(&record.site))
    });
    lines.push(line(
        SECTION,
        NO_HARM_TOO,
        "Of these near misses, reached somebody, no harm",
        both,
        "Counted above and in the next number too, where a site counts what did no harm as a near miss.",
    ));
    let kinds = [
        (
            Kind::NoHarmIncident,
            "no_harm",
            "Reached somebody, no harm",
            "It reached a person and did no harm.",
        ),
        (
            Kind::Incident,
            "incidents",
            "Incidents with harm",
            "It reached a person and did harm, even a little.",
        ),
        (
            Kind::RestrictivePractice,
            "restrictive_practice",
            "Somebody was held or restricted",
            "Behaviour records in which somebody was held, blocked or restricted in any way.",
        ),
        (
            Kind::Unclassified,
            "not_settled",
            "Not settled yet",
            "It is not known yet whether it reached somebody or did harm.",
        ),
    ];
    for (kind, id, label, definition) in kinds {
        lines.push(line(SECTION, id, label, count(records, |record| record.kind == kind), definition));
    }
    lines.push(line(
        SECTION,
        "imported",
        "Of these, brought in from an older list",
        count(records, |record| record.imported.is_some()),
        "Past incidents that were imported already finished. Nobody decided in Noticed who must be told of them.",
    ));
}

fn bodies(records: &[&Record], lines: &mut Vec<Line>) {
    const SECTION: &str = "Who was told";
    let here = |record: &Record| record.imported.is_none();
    let decided = |record: &Record| here(record) && record.notification().is_some();
    let reasoned = |record: &Record| {
        decided(record) && record.notification().is_some_and(|decision| !decision.reason.trim().is_empty())
    };
    for (id, label, value, definition) in [
        (
            DECIDED_OF,
            "Records about which it is decided who must be told",
            count(records, here),
            "All of these records, without those brought in from an older list.",
        ),
        (
            DECIDED,
            "Of these, decided",
            count(records, decided),
            "A decision about who must be told is in force.",
        ),
        (
            DECIDED_WITH_REASON,
            "Of these, with a written reason",
            count(records, reasoned),
            "The decision in force has a reason in words.",
        ),
    ] {
        lines.push(line(SECTION, id, label, value, definition));
    }
    for code in BODY.codes {
        let needed = count(records, |record| {
            record
                .notification()
                .is_some_and(|decision| decision.bodies.get(code.code).is_some_and(|body| body.needed))
        });
        let told = count(records, |record| record.is_sent(code.code));
        lines.push(line(
            SECTION,
            &format!("{}_needed", code.code),
            &format!("{}: had to be told", code.label),
            needed,
            "Records whose decision in force says that this body must be told.",
        ));
        lines.push(line(
            SECTION,
            &format!("{}_told", code.code),
            &format!("{}: was told", code.label),
            told,
            "Records for which it is written down that this body was told.",
        ));
    }
    let answers = [
        ("police", "answer_police", "Known to the police"),
        ("abuse", "answer_abuse", "Possible abuse or neglect"),
        ("death", "answer_death", "Deaths"),
        ("serious_injury", "answer_serious_injury", "Serious injuries"),
    ];
    for (question, id, label) in answers {
        let yes = count(records, |record| {
            record
                .notification()
                .is_some_and(|decision| decision.answers.get(question).is_some_and(|answer| answer == "y"))
        });
        lines.push(line(
            SECTION,
            id,
            label,
            yes,
            "Records whose decision in force answers this question with yes.",
        ));
    }
}

fn learning(pack: &Pack<'_>, records: &[&Record], lines: &mut Vec<Line>) {
    const SECTION: &str = "What was learned";
    let actions = || records.iter().flat_map(|record| &record.actions);
    let done = || actions().filter(|action| action.done.is_some());
    let better = |record: &Record| learning::is_better(record, pack.register);
    let came_back = |record: &Record| {
        let said = record.outcome().map(|outcome| outcome.verdict.as_str());
        matches!(said, Some("improved" | "sustained")) && !better(record)
    };
    let numbers = [
        ("actions_planned", "Actions planned", actions().count(), "Actions of these records."),
        ("actions_done", "Actions done", done().count(), "Of those, done by now."),
        (
            "actions_stronger",
            "Stronger actions done",
            done().filter(|action| action.strength == "stronger").count(),
            "Of those, actions that change the place, the equipment or the steps.",
        ),
        (
            "finished",
            "Records finished",
            count(records, |record| record.state == domain::pathway::State::Closed),
            "Records that went through all their steps or were closed with a reason, imported ones included.",
        ),
        (
            "better",
            "Shown to be better",
            count(records, better),
            "Records whose latest result says better, or better and it lasted, with evidence, and where nothing came back since.",
        ),
        (
            BETTER_CAME_BACK,
            "Looked better, then came back",
            count(records, came_back),
            "Records whose latest result says better, but where an alert that nobody set aside says that the same happened again after the change.",
        ),
        (
            "reporter_told",
            "Reporter told what came of it",
            count(records, |record| !record.told.is_empty()),
            "Records with a message to the reporter.",
        ),
        (
            "alerts",
            "Patterns noticed",
            pack.alerts().len(),
            "Alerts raised on these dates, set aside ones included.",
        ),
    ];
    lines.extend(
        numbers.into_iter().map(|(id, label, value, definition)| line(SECTION, id, label, value, definition)),
    );
    let now = pack.selection.now;
    let expected: Vec<_> = pack
        .sites()
        .flat_map(|site| audits::audits(pack.register, site, now))
        .filter(|audit| audit.is_expected && pack.meets(audit.period))
        .collect();
    let signed = expected.iter().filter(|audit| audit.state == AuditState::Signed).count();
    lines.push(line(
        SECTION,
        "audits_expected",
        "Audits expected",
        expected.len(),
        "Audits whose period lies in these dates, is over and began after the site went live.",
    ));
    lines.push(line(
        SECTION,
        "audits_signed",
        "Audits signed",
        signed,
        "Of those, signed by the Registered Manager.",
    ));
    lines.push(line(
        SECTION,
        AUDITS_IN_TIME,
        "Audits signed in time",
        expected.iter().filter(|audit| audit.is_signed_in_time()).count(),
        "Of those, signed on or before the day on which they were due.",
    ));
}
