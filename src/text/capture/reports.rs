//! Words of My reports: where a report stands, what was done, and what the reporter can do.

use super::{DETAILS_REASON, role_name, your};
use crate::text::common::{due, moment, short_day, when};
use domain::{
    category::CategorySpec,
    event::{Event, Outcome, Received},
    pathway::State,
    record::Record,
    time::Instant,
    vocabulary,
};

pub const TITLE: &str = "My reports";
pub const NONE: &str = "You have no reports yet";
pub const NONE_OF_READERS: &str = "You have no reports here";
pub const NONE_WORDS: &str = "What you record stands here, with what changed because of it.";
pub const RECORD_NOW: &str = "Record a near miss";
pub const SHOW: &str = "Show";
pub const SHOW_FORM: &str = "Choose which of my reports";
pub const SHOW_ALL: &str = "All my reports";
pub const SHOW_WAITS: &str = "New, in review or answer needed";
pub const SHOW_ACTS: &str = "Action open or being checked";
pub const SHOW_OVER: &str = "Learned, taken back or joined";
pub const SHOW_NONE: &str = "None of your reports is there now.";
pub const CHOOSE: &str = "Choose a report";
pub const CHOOSE_WORDS: &str = "Its story opens here.";
pub const FEEDBACK: &str = "What changed";
pub const THANKS: &str = "Thank you for noticing.";
pub const YOU_NOTICED: &str = "You noticed";
pub const SO_WE: &str = "So we:";
pub const SOMEBODY: &str = "Your manager";
pub const ANSWER_NEEDED: &str = "Answer needed";
/// Of a question that was asked before the report was closed.
pub const MAY_BE_ANSWERED: &str = "You can still answer this";
pub const NOBODY_WAITS: &str = "This report is finished, and nobody waits for an answer. Answer if it helps.";
pub const ASKED_BY: &str = "asks you";
pub const YOUR_ANSWER: &str = "Your answer";
pub const SEND_ANSWER: &str = "Send the answer";
pub const ANSWER_MISSING: &str = "Write your answer";
pub const ANSWERED: &str = "Your answer is saved.";
pub const RETURNED: &str = "Your report came back with a question";
pub const RESUBMIT: &str = "Send it again";
pub const RESUBMITTED: &str = "Your report is on its way again.";
pub const WHAT_I_SAID: &str = "What you said";
pub const STORY: &str = "What happened so far";
pub const ADD: &str = "Add something";
pub const ADD_LABEL: &str = "What do you want to add?";
pub const ADD_HINT: &str = "Do not write names";
pub const ADD_BUTTON: &str = "Add it";
pub const ADD_MISSING: &str = "Write what you want to add";
pub const ADDED: &str = "Added.";
pub const TAKE_BACK: &str = "Take this report back";
pub const TAKE_BACK_LABEL: &str = "Why do you take it back?";
pub const TAKE_BACK_HINT: &str = "It stays in the list, marked as taken back";
pub const TAKE_BACK_BUTTON: &str = "Take it back";
pub const TAKE_BACK_MISSING: &str = "Say why you take it back";
pub const TAKEN_BACK: &str = "Your report is taken back.";
pub const NOT_HERE: &str = "This report is not on this phone";
pub const NOT_HERE_WORDS: &str = "It may not have arrived yet, or it belongs to somebody else.";
pub const WITHOUT_NAME: &str = "Without your name";
pub const WITHOUT_NAME_WORDS: &str = "Sent from this phone without your name. Only this phone can add to it.";
pub const APART: &str = "Kept apart";
pub const DEALT_WITH: &str = "Dealt with";
pub const ASK_MANAGER: &str = "What was done stays with the managers. Ask yours if you want to know.";
pub const LETTER_REFUSED: &str = "This report was not accepted";
pub const ONLY_HERE: &str = "Only on this phone until it is sent.";
pub const CONTINUE_DETAILS: &str = "Add the details";
pub const DETAILS_WORDS: &str = "You made a quick record. Your senior needs to know more.";
pub const YOU: &str = "you";
pub const NAME_SEALED: &str = "Your name is sealed.";
pub const NAME_NOT_OPENED: &str = "Your name is sealed. Nobody has opened it.";
pub const NAME_NOT_KNOWN: &str =
    "Your name is sealed. You need a connection to read whether somebody has opened it.";
pub const NAME_OPENED: &str = "Your name was opened";

/// Before the reason that the manager gave.
pub fn name_shown(manager: &str, at: Instant) -> String {
    format!("Your name was shown to the Registered Manager, {manager}, at {}, because:", moment(at))
}

/// Of a report that was kept apart. "The Registered Manager dealt with it 10 minutes ago."
pub fn dealt_with(at: Instant, now: Instant) -> String {
    format!("The Registered Manager dealt with it {}.", when(at, now.max(at)))
}

/// The status as one word with its key for `StatusTag`.
pub fn status(record: &Record, is_sent: bool) -> (&'static str, &'static str) {
    match record.state {
        _ if !is_sent => ("waiting", "Waiting to send"),
        State::Returned => ("due", ANSWER_NEEDED),
        state if state.is_live() && record.pressing_questions().next().is_some() => ("due", ANSWER_NEEDED),
        State::AwaitingRiskReview if record.needs_details() => ("new", "New: details needed"),
        State::AwaitingRiskReview => ("new", "New"),
        State::AwaitingNotificationDecision => ("in-review", "In review"),
        State::AwaitingAction if record.actions.is_empty() => ("in-review", "In review"),
        State::AwaitingAction => ("action-open", "Action open"),
        State::AwaitingOutcome => ("action-open", "Being checked"),
        State::Closed => ("learned", "Learned"),
        State::Withdrawn => ("withdrawn", "Taken back"),
        State::Duplicate => ("closed", "Joined with another report"),
    }
}

/// "Next: your senior looks at it, by 8pm today."
pub fn next(record: &Record, spec: &CategorySpec, due_at: Option<Instant>, now: Instant) -> Option<String> {
    let step = record.state.step()?;
    if step == 1 {
        return None;
    }
    let by = due_at.map(|at| format!(", {}", due(at, now))).unwrap_or_default();
    let who = your(spec.owner(step));
    let does = match step {
        2 => "looks at it",
        3 => "decides who must be told",
        4 => "plans what to change",
        _ => "checks if it worked",
    };
    Some(format!("Next: {} {does}{by}.", uncapitalised(&who)))
}

/// One event of a record as a sentence in the past tense, as its reporter reads it.
/// `None` for what a reporter need not see.
pub fn happened(record: &Record, received: &Received, mine: bool) -> Option<Told> {
    let Received { event, judgement } = received;
    if judgement.result == Outcome::SetAside {
        return None;
    }
    let action = || event.text("action").and_then(|id| record.action(id)).map(|action| action.text.clone());
    let named = |title: &str| action().map_or_else(|| title.to_owned(), |words| format!("{title}: {words}"));
    let (mark, title) = match event.verb.as_str() {
        "report" => ("report", if mine { "You reported it".to_owned() } else { "Reported".to_owned() }),
        "import_past" => ("report", "Brought in from an older list".to_owned()),
        "amend" if event.text("reason") == Some(DETAILS_REASON) => ("report", "Details added".to_owned()),
        "amend" => ("report", "Facts corrected".to_owned()),
        "resubmit" => ("report", "Sent again with an answer".to_owned()),
        "add_note" => ("message", "Note added".to_owned()),
        "ask" => ("message", "A question was asked".to_owned()),
        "answer" => ("message", "The question was answered".to_owned()),
        "return_for_correction" => ("review", "Sent back with a question".to_owned()),
        "review_risk" => ("review", "Review done".to_owned()),
        "assess_notification" => ("decide", "Manager decided".to_owned()),
        "revise_notification" => ("decide", "Manager changed the decision".to_owned()),
        "plan_action" => ("act", titled("Action started", event.text("text"))),
        "complete_action" => ("act", named("Action done")),
        "verify_action" if event.text("result") == Some("fixed") => ("act", named("Checked and right")),
        "verify_action" => ("act", named("Checked, not right yet")),
        "finish_actions" => ("act", "All actions done".to_owned()),
        "no_action_needed" => ("act", titled("No action needed", event.text("reason"))),
        "record_outcome" => ("outcome", titled("Checked if it worked", verdict(event))),
        "tell_reporter" => ("outcome", "Message to you".to_owned()),
        "close" => ("outcome", "Closed: something was learned".to_owned()),
        "reopen" => ("review", titled("Opened again", event.text("reason"))),
        "withdraw" => ("alert", titled("Taken back", event.text("reason"))),
        "mark_duplicate" => ("alert", "Joined with another report".to_owned()),
        _ => return None,
    };
    let is_message = event.verb == "tell_reporter";
    Some(Told { mark, title, words: words(event), is_message })
}

/// "You noticed wrong dose or amount."
pub fn noticed(title: &str) -> String {
    format!("{YOU_NOTICED} {}.", uncapitalised(title))
}

/// "Amara N. says:"
pub fn says(name: Option<&str>) -> String {
    format!("{} says:", name.unwrap_or(SOMEBODY))
}

/// One line of the story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Key for the look of the line.
    pub mark: &'static str,
    pub title: String,
    /// What somebody wrote with it.
    pub words: Option<String>,
    /// Written for the reporter.
    pub is_message: bool,
}

fn words(event: &Event) -> Option<String> {
    let field = match event.verb.as_str() {
        "add_note" | "ask" | "answer" | "tell_reporter" | "resubmit" => "text",
        "return_for_correction" => "question",
        "review_risk" => "interim",
        "complete_action" | "verify_action" | "record_outcome" | "finish_actions" => "note",
        _ => return None,
    };
    event.text(field).map(str::to_owned)
}

fn verdict(event: &Event) -> Option<&'static str> {
    let code = event.text("verdict")?;
    vocabulary::VERDICT.find(code).map(|known| known.label)
}

fn titled(title: &str, words: Option<&str>) -> String {
    words.map_or_else(|| title.to_owned(), |words| format!("{title}: {words}"))
}

/// What was done because of a report, when nobody wrote a message yet.
pub fn done_so_far(record: &Record) -> Vec<String> {
    let done = |action: &domain::record::Action| {
        let done = action.done.as_ref()?;
        Some(format!("{} ({})", action.text, short_day(done.on)))
    };
    record.actions.iter().filter_map(done).collect()
}

/// "by you", "by Amara N.", or nothing for a hidden name.
pub fn by(name: Option<&str>, mine: bool) -> Option<String> {
    if mine { Some(format!("by {YOU}")) } else { name.map(|name| format!("by {name}")) }
}

/// The reporter's senior in the middle of a sentence.
pub fn uncapitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// "The senior asks you:".
pub fn asks(who: Option<&str>, spec: Option<&CategorySpec>) -> String {
    let role = spec.map_or("senior", |spec| role_name(spec.pathway.reviewer));
    who.map_or_else(|| format!("Your {role} {ASKED_BY}:"), |who| format!("{who} {ASKED_BY}:"))
}

/// "10 minutes ago", "Yesterday at 2:05pm".
pub fn capitalised_when(at: Instant, now: Instant) -> String {
    super::capitalised(&when(at, now.max(at)))
}
