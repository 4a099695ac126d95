//! Before anybody says that it got better: the open alert that the same thing happened again after the actions.

use crate::{
    pages::alerts::line::sees,
    routes,
    state::App,
    text::alerts::alert::headline,
    ui::{Notice, Tone},
};
use domain::{
    patterns::{Alert, Rule},
    record::Record,
    register::Register,
};
use markup::prelude::*;

/// For those who see the alert. Not tracked: what is typed stays when news arrives.
pub fn came_back(app: App, record: &Record) -> Option<Node> {
    let (register, directory) = (app.register.read_untracked(), app.directory.read_untracked());
    let alert = open(&register, record).filter(|alert| sees(alert, untrack(|| app.roles())))?;
    let words = format!("{}. Nobody has dealt with that alert yet.", headline(alert, &register, &directory));
    let href = routes::alert(&alert.name());
    Some(view! {
        <Notice tone=Tone::Warning title="It happened again">
            <p>{words}</p>
            <p><a href=href>"Look at the alert"</a></p>
        </Notice>
    })
}

/// The newest alert that this record came back, unless it is settled.
fn open<'a>(register: &'a Register, record: &Record) -> Option<&'a Alert> {
    let name = format!("{}|{}", Rule::RecurrenceAfterClose.code(), record.id);
    register.alert(&record.site, &name).filter(|alert| !alert.is_settled())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use serde_json::{Value, json};

    #[test]
    fn an_open_alert_that_it_came_back_is_found_until_it_is_settled() {
        let mut register = Register::default();
        let does = |register: &mut Register, verb: &str, record: &str, at: &str, with: Value| {
            Sent { verb, record, at, with, ..Sent::default() }.arrives(register);
        };
        let hoist =
            json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist", "asset": "H7"});
        let risk = json!({"potential_most_likely": 2, "potential_worst": 3, "likelihood": 2});
        let none = json!({"answers": {"police": "n"}, "outcome": "not_notifiable", "reason": "Stopped"});
        does(&mut register, "report", "first", "2026-06-01T09:00Z", hoist.clone());
        does(&mut register, "review_risk", "first", "2026-06-01T10:00Z", risk);
        does(&mut register, "assess_notification", "first", "2026-06-01T11:00Z", none);
        does(&mut register, "no_action_needed", "first", "2026-06-02T09:00Z", json!({"reason": "New hoist"}));
        let found =
            |register: &Register| open(register, register.record("first").expect("it")).map(Alert::name);
        assert_eq!(found(&register), None);

        does(&mut register, "report", "again", "2026-06-20T09:00Z", hoist);
        let name = "recurrence_after_close|first";
        assert_eq!(found(&register).as_deref(), Some(name));
        let aside = json!({"alert": name, "reason": "Another hoist"});
        does(&mut register, "dismiss_alert", "", "2026-06-21T09:00Z", aside);
        assert_eq!(found(&register), None);
    }
}
