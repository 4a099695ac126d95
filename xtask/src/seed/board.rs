//! Stories on the team board: a record that got better is told by whoever looked at it, in words of its own, and one is
//! taken down again.

use super::{
    play::{Play, Task},
    words::one_in,
};
use anyhow::{Context, Result};
use chrono::Duration;
use domain::{
    learning::is_better,
    pathway::State,
    record::{Record, Reporter},
    roles::Role,
    time::Instant,
};
use serde::Deserialize;
use serde_json::json;

/// What can be told once, of the first record that it fits.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tale {
    pub(super) site: String,
    /// Of this thread of the long story.
    #[serde(default)]
    pub(super) thread: Option<String>,
    /// Or of this subtype, where this was done.
    #[serde(default)]
    pub(super) subtype: Option<String>,
    #[serde(default)]
    pub(super) action: Option<String>,
    /// Month of the long story.
    pub(super) from_month: i64,
    /// The reporter agreed to be named, where they gave their name.
    #[serde(default)]
    named: bool,
    /// It got better, and it still happens.
    #[serde(default)]
    still: bool,
    noticed: String,
    changed: String,
    different: String,
    #[serde(default)]
    down: Option<Down>,
}

/// Taken down again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Down {
    after_days: i64,
    reason: String,
}

pub fn tales() -> Result<Vec<Tale>> {
    serde_json::from_str(include_str!("words/board.json")).context("read the tales of the board")
}

/// After a result was recorded or the record was closed: is there something to tell?
pub fn tell(play: &mut Play, id: &str, at: Instant) -> Result<()> {
    let Some(record) = play.register.shared_record(id) else { return Ok(()) };
    let Some(number) = play.tales.iter().position(|tale| tale.fits(&record, play, at)) else { return Ok(()) };
    let role = if one_in(3, &[id]) { Role::RegisteredManager } else { Role::DeputyManager };
    let (Some(by), Some(outcome)) = (play.holder(&record.site, role), record.outcome()) else {
        return Ok(());
    };
    let tale = &play.tales[number];
    let said = tale
        .different
        .replace("{before}", &times(outcome.baseline.count))
        .replace("{after}", &times(outcome.value.count));
    let mut with = json!({
        "record": record.id,
        "noticed": tale.noticed,
        "changed": tale.changed,
        "different": upper_first(&said),
        "consent": "no_name",
    });
    if let Reporter::Named(who) = &record.reporter
        && tale.named
    {
        with["consent"] = json!("reporter_named");
        with["credit"] = json!(who);
    }
    let down = tale.down.as_ref().map(|down| (down.after_days, down.reason.clone()));
    let Some(story) = play.write("share_story", &by, &record.site, None, with, at, 0)? else { return Ok(()) };
    play.tales.remove(number);
    if let Some((after_days, reason)) = down {
        let (site, with) = (record.site.to_string(), json!({"story": story, "reason": reason}));
        let task = Task::Act { verb: "unshare_story", by, site, record: None, with };
        play.add(at + Duration::days(after_days), task);
    }
    Ok(())
}

impl Tale {
    fn fits(&self, record: &Record, play: &Play, at: Instant) -> bool {
        let year = play.year.as_ref();
        let done =
            |text: &str| record.actions.iter().any(|action| action.text == text && action.done.is_some());
        let is_about = match (&self.thread, &self.action) {
            (Some(name), _) => year
                .and_then(|year| year.thread_of(record))
                .is_some_and(|thread| thread.name == *name && done(&thread.after.0)),
            (None, action) => {
                self.subtype.as_deref() == record.facts.subtype() && action.as_deref().is_some_and(done)
            }
        };
        let far_fewer = record.outcome().is_some_and(|outcome| {
            matches!(outcome.verdict.as_str(), "improved" | "sustained")
                // Worth a place on the wall: half of it is gone, or more.
                && outcome.value.count * 2.0 <= outcome.baseline.count
        });
        *record.site == *self.site
            && is_about
            && matches!(record.state, State::AwaitingOutcome | State::Closed)
            && year.is_none_or(|year| year.month(at) >= self.from_month)
            && far_fewer
            && (self.still || is_better(record, &play.register))
    }
}

/// "not once", "once", "twice", "5 times".
fn times(count: f64) -> String {
    match count {
        count if count < 0.5 => "not once".to_owned(),
        count if count < 1.5 => "once".to_owned(),
        count if count < 2.5 => "twice".to_owned(),
        count => format!("{count:.0} times"),
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
