//! The three ways to deal with an alert, or with all alerts of a card at once: set it aside, let it wait, or link it
//! to an action.

use super::{actions, subject::Subject};
use crate::{
    pages::record::form::{Ask, Begun, Entry, Fields, Look, ask, beside_field, date_answer},
    routes,
    state::{App, Kind, use_app},
    text::{
        alerts::settling::{self, Words},
        common::day,
    },
    ui::{self, Bound, Button, Buttons, ErrorSummary, FieldError, Form, LinkButton, Page, Select},
};
use domain::{
    patterns::{Alert, LONGEST_REASON},
    time::{add_days, parse_date, start_of},
};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value};

static REASON: [Ask; 1] = [ask("reason", "Why is this not a pattern?", Look::Words)
    .hint("Everybody who sees the alert can read it")
    .at_most(LONGEST_REASON)
    .needed()];
static UNTIL: [Ask; 1] =
    [ask("until", "Until when?", Look::Date).hint("From tomorrow, and at most 28 days").needed()];

#[component]
pub fn DismissPage(subject: Subject) -> impl IntoView {
    let entry = entry_of(&subject, "dismiss", Map::new());
    let says = settling::dismiss(subject.alerts.len());
    view! {
        <AlertForm subject entry says verb="dismiss_alert">
            <Fields asks=REASON.to_vec() entry />
        </AlertForm>
    }
}

#[component]
pub fn SnoozePage(subject: Subject) -> impl IntoView {
    let app = use_app();
    let week = add_days(untrack(|| app.today()), 7);
    let start = [("until".to_owned(), date_answer(week))].into_iter().collect();
    let entry = entry_of(&subject, "snooze", start);
    let says = settling::snooze(subject.alerts.len());
    view! {
        <AlertForm subject entry says verb="snooze_alert">
            <Fields asks=UNTIL.to_vec() entry />
        </AlertForm>
    }
}

#[component]
pub fn LinkPage(subject: Subject) -> impl IntoView {
    let app = use_app();
    let entry = entry_of(&subject, "link", Map::new());
    let alerts = subject.alerts.clone();
    let options =
        Signal::derive(move || actions::to_link(&alerts, &app.register.read(), &app.directory.read()));
    let value: Bound<String> = entry.text("action");
    let has_any = Memo::new(move |_| !options.read().is_empty());
    live(move || {
        let says = settling::link(subject.alerts.len());
        if !has_any.get() {
            let (back, start) = (subject.address.clone(), subject.form("start"));
            return view! {
                <Page title=says.title.clone() heading=says.title back=back>
                    <p>"There is no action at this site yet. Start one on a record first, then link the alert to it."</p>
                    <Buttons>
                        <LinkButton href=start>"Start an action"</LinkButton>
                    </Buttons>
                </Page>
            };
        }
        let subject = subject.clone();
        view! {
            <AlertForm subject entry says verb="link_alert">
                <Select id="action" label="Which action?" options value error=entry.error("action") />
            </AlertForm>
        }
    })
}

fn entry_of(subject: &Subject, form: &str, start: Map<String, Value>) -> Entry {
    let site = subject.alerts.first().map(|alert| alert.site.clone()).unwrap_or_default();
    Entry::open(use_app(), format!("{}/{form}", subject.key), site, None, start)
}

/// The page of one form: the alerts in words, the question, the button. Each alert gets an event of its own; all of
/// them are written when the button is pressed, or none.
#[component]
fn AlertForm(
    subject: Subject,
    entry: Entry,
    says: Words,
    verb: &'static str,
    children: Children,
) -> impl IntoView {
    let app = use_app();
    let Subject { alerts, headline, address: back, name: back_label, .. } = subject;
    let Words { title, intro, button, done } = says;
    let navigate = use_navigate();
    let names: Vec<String> = alerts.iter().map(Alert::name).collect();
    let site = entry.site.get_value();
    // Where several were settled, their page is gone.
    let home = if names.len() > 1 { routes::ALERTS.to_owned() } else { back.clone() };
    let submit = move |()| {
        let Some(with) = fields_of(verb, entry) else { return };
        if names.len() > 1 && untrack(|| is_any_settled(app, &site, &names)) {
            return entry.errors.set(vec![FieldError::new("main", settling::CHANGED)]);
        }
        let with_name = |name: &String| {
            let mut with = with.clone();
            with.insert("alert".to_owned(), name.clone().into());
            with
        };
        let all = names.iter().map(with_name).collect();
        let (navigate, home, done) = (navigate.clone(), home.clone(), done.clone());
        entry.send_all(verb, all, beside_field, move |_| {
            app.notices.show(Kind::Success, done);
            navigate(&home, Default::default());
        });
    };
    view! {
        <Page title=title.clone() heading=title back=back.clone() back_label has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <Begun entry />
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

fn is_any_settled(app: App, site: &str, names: &[String]) -> bool {
    let register = app.register.read();
    names.iter().any(|name| register.alert(site, name).is_none_or(Alert::is_settled))
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
