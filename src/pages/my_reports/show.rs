//! Which of a long list of reports are wanted. It stands in the address, so that it is still there after a look at one.

use crate::{
    text::capture::reports as text,
    ui::{Bound, Choice, Select},
};
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use markup::prelude::*;

/// Up to so many are looked through faster than a choice is made.
pub const FEW: usize = 8;
const SHOW: &str = "show";

/// Reports by how far they came. Each is in one group, by its `StatusTag`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Nobody has begun to change anything, or the reporter is asked.
    Waits,
    Acts,
    Over,
}

impl Group {
    const ALL: [Group; 3] = [Group::Waits, Group::Acts, Group::Over];

    /// `status`: the key of the tag of the report.
    pub fn of(status: &str) -> Group {
        match status {
            "action-open" => Group::Acts,
            "learned" | "withdrawn" | "closed" => Group::Over,
            _ => Group::Waits,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Group::Waits => "waiting",
            Group::Acts => "action",
            Group::Over => "over",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Group::Waits => text::SHOW_WAITS,
            Group::Acts => text::SHOW_ACTS,
            Group::Over => text::SHOW_OVER,
        }
    }

    fn from_code(code: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.code() == code)
    }
}

/// What the address asks for; none: all of them.
pub fn use_wanted() -> Memo<Option<Group>> {
    let query = use_query_map();
    Memo::new(move |_| query.read().get_str(SHOW).and_then(Group::from_code))
}

/// The address with what is wanted kept in it.
pub fn keeping(address: &str, wanted: Option<Group>) -> String {
    wanted.map_or_else(|| address.to_owned(), |group| format!("{address}?{SHOW}={}", group.code()))
}

#[component]
pub fn Show(wanted: Memo<Option<Group>>) -> impl IntoView {
    let here = use_location();
    let navigate = StoredValue::new(use_navigate());
    let options = Group::ALL.map(|group| Choice::new(group.code(), group.label())).to_vec();
    let value = Bound::new(
        move || wanted.get().map(Group::code).unwrap_or_default().to_owned(),
        move |code: String| {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            let address = keeping(&here.pathname.read_untracked(), Group::from_code(&code));
            navigate.with_value(|navigate| navigate(&address, options));
        },
    );
    view! {
        <form role="search" aria-label=text::SHOW_FORM on:submit=|event| event.prevent_default()>
            <Select id=SHOW label=text::SHOW options empty=text::SHOW_ALL value />
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use domain::register::Register;
    use serde_json::json;

    #[test]
    fn a_report_is_in_the_group_that_its_tag_names() {
        let mut register = Register::default();
        let mut group = |verb: &str, with| {
            Sent { verb, record: "r1", with, ..Sent::default() }.arrives(&mut register);
            Group::of(text::status(register.record("r1").expect("the record"), true).0)
        };
        let report = json!({"category": "environment", "happened": "nothing_yet", "hazard": "hoist"});
        assert_eq!(group("report", report), Group::Waits);
        let back = json!({"question": "Which hoist?"});
        assert_eq!(group("return_for_correction", back), Group::Waits, "an answer is needed");
        assert_eq!(group("withdraw", json!({"reason": "Twice"})), Group::Over);
        assert_eq!(Group::of("action-open"), Group::Acts);
        assert_eq!(Group::of("learned"), Group::Over);
    }

    #[test]
    fn what_is_wanted_survives_the_address() {
        for group in Group::ALL {
            let address = keeping("/reports", Some(group));
            let code = address.strip_prefix("/reports?show=").expect("it stands in the query");
            assert_eq!(Group::from_code(code), Some(group));
        }
        assert_eq!(keeping("/reports", None), "/reports");
        assert_eq!(Group::from_code("nonsense"), None, "then all are shown");
    }
}
