//! What was done, and how strong it was.

use super::{Part, Teller, risk::factors};
use crate::{
    doc::{Block, Cell, Table},
    framework::matching::is_changed,
    labels::{action_kind, offered},
    words,
};
use domain::{
    record::{Action, DecisionBody, Record},
    vocabulary::{ACTION_KIND, CONTROL_STRENGTH, EVIDENCE_SOURCE},
};

/// The strongest action that was done.
pub(crate) fn strongest(record: &Record) -> Option<&Action> {
    let rank = |action: &&Action| {
        let place = CONTROL_STRENGTH.position(&action.strength).unwrap_or(usize::MAX);
        (place, action.planned_at)
    };
    record.actions.iter().filter(|action| action.done.is_some()).min_by_key(rank)
}

pub(super) fn in_short(teller: &Teller<'_>) -> String {
    let record = teller.record;
    let done = record.actions.iter().filter(|action| action.done.is_some()).count();
    match strongest(record) {
        Some(action) => format!(
            "Done: {done} of {}. The strongest is {}.",
            words::count(record.actions.len(), "action", "actions"),
            called(teller, action),
        ),
        None if !record.actions.is_empty() => {
            format!(
                "{} planned, none done yet.",
                words::upper_first(&words::count(record.actions.len(), "action", "actions"))
            )
        }
        None => match record.action_decision().map(|decision| &decision.body) {
            Some(DecisionBody::NoAction { .. }) => "It was decided that no action was needed.".into(),
            _ => "No action is planned yet.".into(),
        },
    }
}

pub(super) fn part(teller: &Teller<'_>) -> Part {
    let record = teller.record;
    let mut blocks = Vec::new();
    if record.actions.is_empty() {
        blocks.push(Block::Para(in_short(teller)));
    } else {
        blocks.push(Block::Para(strength_sentence(teller)));
        let done = record.actions.iter().filter(|action| action.done.is_some());
        let said: Vec<String> = done.map(|action| done_sentence(teller, action)).collect();
        if !said.is_empty() {
            blocks.push(Block::List(said));
        }
        blocks.push(table(teller));
    }
    if let Some(decision) = record.action_decision() {
        let who = words::doer(&teller.cast.author_in(&decision.by, record));
        let when = words::moment(decision.at);
        match &decision.body {
            DecisionBody::Finished(finished) => {
                blocks.push(Block::Para(format!("{who} finished this step at {when}.")));
                if !finished.factors.is_empty() {
                    blocks.push(Block::Para(format!("What played a part: {}.", factors(&finished.factors))));
                }
                blocks.extend(plan(teller, &finished.plan).map(Block::Para));
                for (name, text) in [("Audit sample", &finished.audit_sample), ("Note", &finished.note)] {
                    blocks.extend(teller.free(text).map(|text| Block::Para(format!("{name}: {text}"))));
                }
            }
            DecisionBody::NoAction { reason, .. } => {
                blocks.push(Block::Para(format!("{who} decided at {when} that no action was needed.")));
                blocks.extend(teller.free(reason).map(|text| Block::Para(format!("Reason: {text}"))));
            }
            _ => {}
        }
    }
    Part { key: "actions", title: "What was done, and how strong it was", blocks }
}

fn strength_sentence(teller: &Teller<'_>) -> String {
    let record = teller.record;
    let Some(action) = strongest(record) else { return "No action is done yet.".into() };
    let code = CONTROL_STRENGTH.find(&action.strength);
    let help = code.map(|code| code.help).unwrap_or_default();
    let weak = if record.is_weak_only() { " Every action that was done is of the weaker kind." } else { "" };
    format!("The strongest is {}. {help}{weak}", action_kind(action))
}

/// "a stronger action that puts it right: \u{201c}Fit a new brake\u{201d}", as far as its words may be told.
fn called(teller: &Teller<'_>, action: &Action) -> String {
    let kind = action_kind(action);
    said(teller, action).map_or(kind.clone(), |text| format!("{kind}: \u{201c}{text}\u{201d}"))
}

/// Typed words where they may be told, else words that the app offered and nobody changed.
fn said(teller: &Teller<'_>, action: &Action) -> Option<String> {
    teller.free(&action.text).or_else(|| teller.shared(offered(action)?))
}

/// What was done, by whom, when, and what shows it.
fn done_sentence(teller: &Teller<'_>, action: &Action) -> String {
    let mut sentence = format!("{}.", words::upper_first(&called(teller, action)));
    let owner = teller.cast.owner(action, teller.record);
    sentence.push_str(&format!(" Owner: {owner}."));
    if let Some(done) = &action.done {
        sentence.push_str(&format!(" Done on {}.", words::day(done.on)));
        if !done.evidence.is_empty() {
            sentence.push_str(&format!(" Evidence: {}.", labels(&done.evidence)));
        }
    }
    sentence
}

fn table(teller: &Teller<'_>) -> Block {
    let identified = teller.cast.tells_words() && !teller.coded_only;
    let is_told = teller.record.actions.iter().any(|action| said(teller, action).is_some());
    let what = if is_told { "Action" } else { "Kind of action" };
    let mut table = Table::new(
        if identified {
            "Actions"
        } else {
            "Actions. Words that somebody typed are left out; words that the app offered stand"
        },
        &[
            (what, 4),
            ("Strength", 2),
            ("Owner", 3),
            ("Due", 2),
            ("Done", 2),
            ("Checked by", 3),
            ("Evidence", 3),
        ],
    );
    for action in &teller.record.actions {
        let kind = ACTION_KIND.label(&action.kind);
        let text = said(teller, action)
            .map_or_else(|| kind.to_owned(), |text| format!("{text} ({})", kind.to_lowercase()));
        let late = action.late_days().filter(|days| *days > 0);
        let done = match (&action.done, late) {
            (Some(done), Some(days)) => {
                format!("{}, {} late", words::short_day(done.on), words::count(days as usize, "day", "days"))
            }
            (Some(done), None) => words::short_day(done.on),
            (None, _) => "Not done".to_owned(),
        };
        let evidence = action.done.as_ref().map(|done| labels(&done.evidence)).unwrap_or_default();
        let checked = action
            .verified
            .as_ref()
            .map_or_else(|| "-".to_owned(), |check| teller.cast.author_in(&check.by, teller.record));
        table.row([
            Cell::from(text),
            Cell::from(CONTROL_STRENGTH.label(&action.strength)),
            Cell::from(teller.cast.owner(action, teller.record)),
            Cell::from(words::short_day(action.due)),
            Cell::from(done),
            Cell::from(checked),
            Cell::from(if evidence.is_empty() { "-".to_owned() } else { evidence }),
        ]);
    }
    Block::Table(table)
}

pub(super) fn labels(codes: &[String]) -> String {
    let labels: Vec<&str> = codes.iter().map(|code| EVIDENCE_SOURCE.label(code)).collect();
    labels.join(", ")
}

/// What changed in a support plan, without its words.
fn plan(teller: &Teller<'_>, plan: &serde_json::Map<String, serde_json::Value>) -> Option<String> {
    let text = |name: &str| plan.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let yes = |name: &str| plan.get(name).and_then(serde_json::Value::as_bool);
    let section = teller.free(text("section")).map(|section| format!(", section {section}"));
    let changed = domain::time::parse_date(text("changed"));
    let on = changed.map(|date| format!(" on {}", words::day(date))).unwrap_or_default();
    let mut sentence = match is_changed(plan) {
        true => format!(" The support plan was changed{}{on}.", section.unwrap_or_default()),
        false => String::new(),
    };
    for (name, said) in [
        ("person_involved", " The person took part."),
        ("family_told", " The family was told."),
        ("stomp_flag", " Medicine for mood or behaviour must be reviewed (STOMP)."),
    ] {
        if yes(name) == Some(true) {
            sentence.push_str(said);
        }
    }
    (!sentence.is_empty()).then(|| sentence.trim_start().to_owned())
}
