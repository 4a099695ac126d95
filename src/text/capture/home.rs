//! Words of Home beside the tiles.

use crate::text::common::count;

pub const ANSWER_A_QUESTION: &str = "Somebody asks you about your report";
pub const FINISH_DRAFT: &str = "Finish your draft";
pub const LATEST: &str = "Your latest reports";
pub const NOTHING: &str = "Nothing waits for you.";

pub fn all_drafts(number: usize) -> String {
    count(number, "draft to finish", "drafts to finish")
}

pub fn waiting(number: usize) -> String {
    count(number, "task waits for you", "tasks wait for you")
}

pub fn alerts(number: usize) -> String {
    count(number, "alert needs you", "alerts need you")
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
