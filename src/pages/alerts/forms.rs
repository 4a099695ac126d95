//! The three ways to deal with an alert: set it aside, let it wait, or link it to an action.

use super::{actions, find::Found};
use crate::{
    pages::record::form::{Ask, Entry, Fields, Look, ask, beside_field, date_answer},
    state::{Kind, use_app},
    text::{alerts::alert as words, common::day},
    ui::{self, Bound, Button, Buttons, ErrorSummary, FieldError, Form, LinkButton, Page, Select},
};
use domain::time::{add_days, parse_date, start_of};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value};

static REASON: [Ask; 1] = [ask("reason", "Why is this not a pattern?", Look::Words)
    .hint("Everybody who sees the alert can read it")
    .needed()];
static UNTIL: [Ask; 1] =
    [ask("until", "Until when?", Look::Date).hint("From tomorrow, and at most 28 days").needed()];

#[component]
pub fn DismissPage(found: Found) -> impl IntoView {
    let entry = entry_of(&found, "dismiss", Map::new());
    let intro = "It leaves the list of what needs somebody. This cannot be undone. A new report of the same kind raises a new alert.";
    view! {
        <AlertForm found entry title="Set this alert aside" intro verb="dismiss_alert" button="Set aside" done="The alert is set aside.">
            <Fields asks=REASON.to_vec() entry />
        </AlertForm>
    }
}

#[component]
pub fn SnoozePage(found: Found) -> impl IntoView {
    let app = use_app();
    let week = add_days(untrack(|| app.today()), 7);
    let entry = entry_of(&found, "snooze", [("until".to_owned(), date_answer(week))].into_iter().collect());
    let intro = "Until that date nobody is asked about it. New reports of the same kind join it without a word. On that date it needs somebody again.";
    view! {
        <AlertForm found entry title="Let this alert wait" intro verb="snooze_alert" button="Let it wait" done="The alert waits.">
            <Fields asks=UNTIL.to_vec() entry />
        </AlertForm>
    }
}

#[component]
pub fn LinkPage(found: Found) -> impl IntoView {
    let app = use_app();
    let entry = entry_of(&found, "link", Map::new());
    let alert = found.alert.clone();
    let options =
        Signal::derive(move || actions::to_link(&alert, &app.register.read(), &app.directory.read()));
    let value: Bound<String> = entry.text("action");
    let here = found.address();
    let has_any = Memo::new(move |_| !options.read().is_empty());
    let intro = "Choose the action that puts this right. The alert is then settled. This cannot be undone. A new report of the same kind raises a new alert.";
    live(move || {
        if !has_any.get() {
            let back = here.clone();
            return view! {
                <Page title="Link to an action" heading="Link to an action" back=back.clone()>
                    <p>"There is no action at this site yet. Start one on a record first, then link the alert to it."</p>
                    <Buttons>
                        <LinkButton href=format!("{back}?do=start")>"Start an action"</LinkButton>
                    </Buttons>
                </Page>
            };
        }
        let found = found.clone();
        view! {
            <AlertForm found entry title="Link to an action" intro verb="link_alert" button="Link to this action" done="The alert is linked to the action.">
                <Select id="action" label="Which action?" options value error=entry.error("action") />
            </AlertForm>
        }
    })
}

fn entry_of(found: &Found, form: &str, start: Map<String, Value>) -> Entry {
    let alert = &found.alert;
    let key = format!("alert/{}/{}/{form}", alert.site, alert.name());
    Entry::open(use_app(), key, alert.site.clone(), None, start)
}

/// The page of one form: the alert in words, the question, the button.
#[component]
fn AlertForm(
    found: Found,
    entry: Entry,
    title: &'static str,
    intro: &'static str,
    verb: &'static str,
    button: &'static str,
    /// What is said when it is saved.
    done: &'static str,
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let back = found.address();
    let headline =
        words::headline(&found.alert, &app.register.read_untracked(), &app.directory.read_untracked());
    let navigate = use_navigate();
    let (name, home) = (found.alert.name(), back.clone());
    let submit = move |()| {
        let Some(mut with) = fields_of(verb, entry) else { return };
        with.insert("alert".to_owned(), name.clone().into());
        let (navigate, home) = (navigate.clone(), home.clone());
        entry.send(verb, with, beside_field, move |_| {
            app.notices.show(Kind::Success, done);
            navigate(&home, Default::default());
        });
    };
    view! {
        <Page title=title heading=title back=back.clone() back_label="Alert" has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <blockquote class="quote">{headline}</blockquote>
            <p>{intro}</p>
            <Form on_submit=submit>
                {children()}
                <Buttons>
                    <Button busy=entry.busy>{button}</Button>
                    <LinkButton href=back kind=ui::Kind::Quiet>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}

/// What the verb takes, or none after what is wrong stands beside its field.
fn fields_of(verb: &str, entry: Entry) -> Option<Map<String, Value>> {
    match verb {
        "dismiss_alert" => entry.read(&REASON),
        "snooze_alert" => {
            let mut with = entry.read(&UNTIL)?;
            let date = with.get("until").and_then(Value::as_str).and_then(parse_date)?;
            let today = untrack(|| entry.app.today());
            if date <= today || add_days(today, 28) < date {
                let words = format!("Choose a date from tomorrow to {}", day(add_days(today, 28)));
                entry.errors.set(vec![FieldError::new("until", words)]);
                return None;
            }
            with.insert("until".to_owned(), start_of(date).to_rfc3339().into());
            Some(with)
        }
        _ => entry.read(&[ask("action", "", Look::Line).needed()]),
    }
}
