//! Words of Home beside the tiles.

use crate::text::common::count;

pub const ANSWER_A_QUESTION: &str = "Somebody asks you about your report";
pub const FINISH_DRAFT: &str = "Finish your draft";
pub const LATEST: &str = "Your latest reports";
pub const NOTHING: &str = "Nothing waits for you.";

pub const OTHER_SITES: &str = "At your other sites";

/// "At Meadow House", for people with several sites.
pub fn at(site: &str) -> String {
    format!("At {site}")
}

/// "Harbour Court: 5 tasks, 1 alert".
pub fn at_site(site: &str, tasks: usize, alerts: usize) -> String {
    let tasks = (tasks > 0).then(|| count(tasks, "task", "tasks"));
    let alerts = (alerts > 0).then(|| count(alerts, "alert", "alerts"));
    let waits: Vec<String> = tasks.into_iter().chain(alerts).collect();
    format!("{site}: {}", waits.join(", "))
}

/// Said when another site is shown.
pub fn now_at(site: &str) -> String {
    format!("You now see {site}.")
}

pub fn all_drafts(number: usize) -> String {
    count(number, "draft to finish", "drafts to finish")
}

pub fn waiting(number: usize) -> String {
    count(number, "task waits for you", "tasks wait for you")
}

pub fn actions(number: usize) -> String {
    count(number, "action to do", "actions to do")
}

pub fn questions(number: usize) -> String {
    count(number, "question to answer", "questions to answer")
}

pub fn to_send(number: usize) -> String {
    count(number, "entry waits to be sent", "entries wait to be sent")
}
