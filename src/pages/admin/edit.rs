//! Adds, changes or retires one entry of a list.

use super::{
    ends::{Ends, RetireSure},
    lists::ListSpec,
    proof::Proof,
    values::{Listed, change, entries, follow_ups, in_boxes, is_taken},
};
use crate::{
    pages::record::form::{Ask, Begun, Entry, Fields},
    routes,
    state::{EndedLink, Kind, Refused, use_app},
    text::review::errors::of_field,
    ui::{ErrorSummary, FieldError, Form, Notice, Page},
};
use chrono::NaiveDate;
use domain::{directory::Site, time::parse_date};
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value, json};

#[component]
pub fn EditPage(list: &'static ListSpec, id: Option<String>) -> impl IntoView {
    let app = use_app();
    let site = untrack(|| app.site()).unwrap_or_default();
    let here = routes::admin(list.section);
    let before: Option<Listed> = id.and_then(|id| {
        let known = entries(list, &app.directory.read_untracked(), &site);
        known.into_iter().find(|entry| entry.id == id)
    });
    let start = before.as_ref().map_or_else(Map::new, |entry| in_boxes(list, entry, &site));
    let name = before.as_ref().map(|entry| entry.id.clone());
    let key = format!("admin/{}/{}", list.section, name.clone().unwrap_or_default());
    let entry = Entry::open(app, key, site.clone(), None, start);
    let title = match &before {
        Some(entry) => format!("Change {}", entry.name()),
        None => format!("Add a {}", list.one),
    };
    // The code of an entry never changes: everything else refers to it.
    let code = name.is_none().then_some(list.code);
    let asks: Vec<Ask> = code.into_iter().chain(list.fields.iter().copied()).collect();
    let retired = before.as_ref().is_some_and(|entry| entry.retired);
    let has_left = before.as_ref().is_some_and(|entry| has_left(list, entry, untrack(|| app.today())));
    let can_retire = before.is_some() && !retired && !has_left;
    let called = before.as_ref().map(Listed::name).unwrap_or_default();
    let navigate = use_navigate();
    let home = here.clone();
    let proof = Proof::new(false);
    let save = move |changes: Vec<Value>, words: String| {
        if entry.busy.get_untracked() {
            return;
        }
        let secret = match proof.given() {
            Ok(secret) => secret,
            Err(missing) => return entry.errors.set(vec![missing]),
        };
        entry.busy.set(true);
        entry.errors.set(Vec::new());
        let (navigate, home) = (navigate.clone(), home.clone());
        spawn_local(async move {
            let result = app.admin.change(changes, secret.as_deref()).await;
            if entry.busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(ended) => {
                    entry.forget();
                    app.notices.show(Kind::Success, EndedLink::told_after(&words, &ended));
                    navigate(&home, Default::default());
                }
                Err(refused) => entry.errors.set(errors(refused, list, proof)),
            }
        });
    };
    let (to_send, saved, at) = (asks.clone(), before, site);
    let submit = {
        let save = save.clone();
        move |()| {
            let Some(answers) = entry.read(&to_send) else { return };
            if saved.is_none() && is_taken(list, &answers, &app.directory.read_untracked()) {
                entry.errors.set(vec![FieldError::new("id", TAKEN)]);
                return;
            }
            if let Some(wrong) = first_day_wrong(list, &answers, untrack(|| app.today())) {
                entry.errors.set(vec![wrong]);
                return;
            }
            let mut changes = vec![change(list, saved.as_ref(), &answers, &at)];
            changes.extend(follow_ups(list, &answers, &app.directory.read_untracked()));
            save(changes, "Saved.".to_owned());
        }
    };
    let sure = RwSignal::new(false);
    let gone = name.unwrap_or_default();
    let question = format!("Retire {called}?");
    let retire = move |()| {
        sure.set(false);
        let done = format!("{called} is retired. Old records keep what they say.");
        save(vec![json!({ "kind": list.kind, "id": gone, "value": null })], done);
    };
    let (leave, list_of) = (use_navigate(), here.clone());
    let cancel = move |()| {
        entry.forget();
        leave(&list_of, Default::default());
    };
    view! {
        <Page title=title.clone() heading=title caption=list.title back=here back_label=list.title has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <Begun entry />
            {retired
                .then(|| {
                    view! {
                        <Notice>
                            <p>{format!("This {} is retired. Save it to use it again.", list.one)}</p>
                        </Notice>
                    }
                })}
            <Form on_submit=submit>
                <Fields asks entry />
                {proof.field(entry)}
                <Ends entry one=list.one on_cancel=Callback::new(cancel) can_retire sure />
            </Form>
            <RetireSure sure title=question words=then(list) on_retire=Callback::new(retire) />
        </Page>
    }
}

/// What happens when an entry is retired.
fn then(list: &ListSpec) -> String {
    let one = list.one;
    match list.kind {
        "staff" => format!(
            "Yesterday becomes the last day of this {one}, at every site. They can read nothing here any more. Old records keep their name. To take them back, change the last day."
        ),
        _ => format!(
            "This {one} is not offered any more. Old records keep it. To use it again, open it in this list and save it."
        ),
    }
}

/// Staff are not marked as retired: they have a last day.
fn has_left(list: &ListSpec, entry: &Listed, today: NaiveDate) -> bool {
    let last = entry.value.get("to").and_then(Value::as_str).and_then(parse_date);
    list.kind == "staff" && last.is_some_and(|last| last < today)
}

const TAKEN: &str = "This is on a list already. Change that entry, or choose another code";

/// A first day that nobody can mean, said before the service is asked.
fn first_day_wrong(list: &ListSpec, answers: &Map<String, Value>, today: NaiveDate) -> Option<FieldError> {
    const FIELD: &str = "live_from";
    let ask = list.field(FIELD)?;
    let live_from = answers.get(FIELD).and_then(Value::as_str).and_then(parse_date);
    let site = Site { live_from, ..Site::default() };
    (!site.begins_in_sight(today)).then(|| {
        let words = format!("check the year. The day must be from {} to one year from now", Site::FIRST_YEAR);
        FieldError::new(FIELD, of_field(ask.label, &words))
    })
}

/// The server's words beside the fields that they are about.
fn errors(refused: Refused, list: &ListSpec, proof: Proof) -> Vec<FieldError> {
    if let Some(asked) = proof.asked_by(&refused.problem) {
        return vec![asked];
    }
    if refused.rows.is_empty() {
        return vec![FieldError::new("name", refused.problem.sentence)];
    }
    refused.rows.into_iter().map(|row| of_setting(list, &row.field, row.sentence)).collect()
}

/// The server names a number of the settings by its code, as a CSV file does. Here it has a field with a label.
fn of_setting(list: &ListSpec, field: &str, sentence: String) -> FieldError {
    let named = sentence.split_once(' ').and_then(|(code, rest)| {
        let name = format!("{field}.{code}");
        let ask = list.fields.iter().find(|ask| ask.name == name)?;
        let what = rest.replacen("must be", "type", 1);
        let what = what.trim_end_matches('.');
        Some(FieldError::new(name, of_field(ask.label, what)))
    });
    named.unwrap_or_else(|| FieldError::new(field, sentence))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::admin::lists::LISTS;

    #[test]
    fn a_first_day_of_another_age_is_asked_about_beside_its_field() {
        let today = parse_date("2026-11-28").expect("a date");
        let told = |list: &ListSpec, day: &str| {
            let answers = [("live_from".to_owned(), day.into())].into_iter().collect();
            first_day_wrong(list, &answers, today).map(|error| (error.id, error.message))
        };
        let words = "First day with Noticed: check the year. The day must be from 1950 to one year from now";
        assert_eq!(told(&LISTS[0], "2099-06-01"), Some(("live_from".to_owned(), words.to_owned())));
        assert_eq!(told(&LISTS[0], "2026-06-01"), None);
        assert_eq!(told(&LISTS[1], "2099-06-01"), None, "places have none");
    }

    #[test]
    fn what_retiring_does_is_said_in_the_word_of_the_list() {
        assert_eq!(
            then(&LISTS[1]),
            "This place is not offered any more. Old records keep it. To use it again, open it in this list and save it."
        );
        let staff = LISTS.iter().find(|list| list.kind == "staff").expect("a list of staff");
        assert!(then(staff).starts_with("Yesterday becomes the last day of this member of staff,"));
        let today = parse_date("2026-11-28").expect("a date");
        let to = |last: Value| Listed { id: "ama".into(), value: json!({ "to": last }), retired: false };
        for (last, has) in [(json!("2026-11-27"), true), (json!("2026-11-28"), false), (Value::Null, false)] {
            assert_eq!(has_left(staff, &to(last.clone()), today), has, "{last}");
        }
    }

    #[test]
    fn a_setting_that_is_out_of_range_is_said_by_its_label_beside_its_field() {
        let sites = &LISTS[0];
        let told = |field, words: &str| {
            let error = of_setting(sites, field, words.to_owned());
            (error.id, error.message)
        };
        assert_eq!(
            told("settings", "step2_hours must be a whole number from 1 to 8760."),
            (
                "settings.step2_hours".to_owned(),
                "Hours to look at the risk: type a whole number from 1 to 8760".to_owned()
            )
        );
        let other = "No numbers can be set for the rule silence.";
        assert_eq!(told("settings", other), ("settings".to_owned(), other.to_owned()));
        let name = "The name is too long. Use at most 120 letters.";
        assert_eq!(told("name", name), ("name".to_owned(), name.to_owned()));
    }
}
