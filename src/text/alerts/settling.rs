//! Words of the forms that settle an alert, or several at once. With several, the number stands wherever one decides.

use crate::text::common::count;

/// What a form says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub title: String,
    pub intro: String,
    pub button: String,
    /// When it is saved.
    pub done: String,
}

/// Somebody was faster with one of several. Nothing half-done is written.
pub const CHANGED: &str = "One of these alerts was settled after this page was opened. Nothing is saved. Go back: what is left stands there";

const FOR_EVER: &str = "This cannot be undone. A new report of the same kind raises a new alert.";

pub fn dismiss(number: usize) -> Words {
    match number {
        ..=1 => Words {
            title: "Set this alert aside".into(),
            intro: format!("It leaves the list of what needs somebody. {FOR_EVER}"),
            button: "Set aside".into(),
            done: "The alert is set aside.".into(),
        },
        _ => Words {
            title: format!("Set these {} aside", alerts(number)),
            intro: format!("{} They leave the list of what needs somebody. {FOR_EVER}", settles(number)),
            button: format!("Set {} aside", alerts(number)),
            done: format!("{} are set aside.", alerts(number)),
        },
    }
}

pub fn link(number: usize) -> Words {
    match number {
        ..=1 => Words {
            title: "Link to an action".into(),
            intro: format!("Choose the action that puts this right. The alert is then settled. {FOR_EVER}"),
            button: "Link to this action".into(),
            done: "The alert is linked to the action.".into(),
        },
        _ => Words {
            title: format!("Link these {} to an action", alerts(number)),
            intro: format!("Choose the action that puts all of this right. {} {FOR_EVER}", settles(number)),
            button: format!("Link {} to this action", alerts(number)),
            done: format!("{} are linked to the action.", alerts(number)),
        },
    }
}

pub fn snooze(number: usize) -> Words {
    match number {
        ..=1 => Words {
            title: "Let this alert wait".into(),
            intro: "Until that date nobody is asked about it. New reports of the same kind are added to it, and nobody is told. On that date it needs somebody again.".into(),
            button: "Let it wait".into(),
            done: "The alert waits.".into(),
        },
        _ => Words {
            title: format!("Let these {} wait", alerts(number)),
            intro: format!(
                "This lets {} wait. Until that date nobody is asked about them. New reports of the same kind are added to them, and nobody is told. On that date they need somebody again.",
                alerts(number)
            ),
            button: format!("Let {} wait", alerts(number)),
            done: format!("{} wait.", alerts(number)),
        },
    }
}

/// "This settles 4 alerts, each with the same decision."
fn settles(number: usize) -> String {
    format!("This settles {}, each with the same decision.", alerts(number))
}

fn alerts(number: usize) -> String {
    count(number, "alert", "alerts")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_several_alerts_the_number_stands_where_one_decides() {
        for words in [dismiss(4), link(4), snooze(4)] {
            for text in [&words.title, &words.intro, &words.button, &words.done] {
                assert!(text.contains("4 alerts"), "{text}");
            }
        }
        assert!(dismiss(4).intro.starts_with("This settles 4 alerts"));
        for words in [dismiss(1), link(1), snooze(1)] {
            let all = format!("{words:?}");
            assert!(!all.contains("alerts") && !all.contains('1'), "{all}");
        }
    }
}
