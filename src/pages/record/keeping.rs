//! How long a record is kept, and a legal hold: for the Registered Manager.

use super::{Part, may::manages};
use crate::{
    pages::capture::{Trouble, error_of, say_beside},
    routes,
    state::{App, Hold, Kind as NoticeKind, Problem, use_app},
    text::{
        common,
        review::{
            gone,
            record::{lower_first, title},
        },
    },
    ui::{
        Button, Buttons, EmptyState, ErrorSummary, FieldError, Form, Kind, LinkButton, Page, StatusTag,
        TextArea, TimelineItem,
    },
};
use domain::{record::Record, time::Instant};
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use std::sync::Arc;

const REASON: &str = "hold-reason";
/// As many characters as the service takes.
const LONGEST: usize = 500;
/// The forms, as the address names them.
pub const HOLD: &str = "hold";
pub const END_HOLD: &str = "end-hold";

/// What the service knows of the holds of a record, the latest first; `None` until it has answered, and for everybody but
/// the manager, who is not asked about it.
pub type Holds = RwSignal<Option<Result<Vec<Hold>, String>>>;

/// Asks for them when the record opens.
pub fn holds(app: App, record: &Record) -> Holds {
    let found = Holds::new(None);
    if manages(app, record) && record.words_gone().is_none() {
        let id = record.id.clone();
        spawn_local(async move {
            let answer = app.admin.holds(&id).await.map_err(|problem| problem.sentence);
            found.try_set(Some(answer));
        });
    }
    found
}

fn is_held(holds: Holds) -> bool {
    matches!(&*holds.read(), Some(Ok(all)) if all.iter().any(|hold| hold.lifted_at.is_none()))
}

/// Among the tags of a record.
#[component]
pub fn HeldTag(holds: Holds) -> impl IntoView {
    live(move || is_held(holds).then(|| view! { <StatusTag status="until" label="On legal hold" /> }))
}

#[component]
pub fn KeepingPart(record: Arc<Record>, holds: Holds) -> impl IntoView {
    let app = use_app();
    if !manages(app, &record) {
        return Node::Nothing;
    }
    if record.words_gone().is_some() {
        return view! {
            <Part title="How long it is kept">
                <p>{format!("{}. Codes, dates and steps stay.", gone::WORDS)}</p>
            </Part>
        };
    }
    live(move || {
        let held = is_held(holds);
        let here = routes::record(&record.id);
        let act = match (&*holds.read(), held) {
            (Some(Ok(_)), true) => vec![("End the legal hold", format!("{here}?do={END_HOLD}"))],
            (Some(Ok(_)), false) => vec![("Put on legal hold", format!("{here}?do={HOLD}"))],
            _ => Vec::new(),
        };
        let about = match &*holds.read() {
            None => view! { <p class="muted">"Looking for legal holds"</p> },
            Some(Err(words)) => {
                let words = format!("Whether it is on legal hold is not known here. {words}");
                view! { <p class="muted">{words}</p> }
            }
            Some(Ok(all)) => {
                let lines: Vec<Node> =
                    all.iter().flat_map(told).map(|words| view! { <li>{words}</li> }).collect();
                (!lines.is_empty()).then(|| view! { <ul>{lines}</ul> }).into_node()
            }
        };
        let kept = kept(&record, held);
        view! {
            <Part title="How long it is kept" acts=act>
                <p>{kept}</p>
                {about}
            </Part>
        }
    })
}

/// "Near miss: its words are kept until 26 October 2036."
fn kept(record: &Record, held: bool) -> String {
    let class = record.retention();
    let kept = match record.kept_until() {
        Some(until) => format!("{}: its words are kept until {}.", class.name, common::day(until)),
        None => format!("{}: its words are kept for {} years after it ends.", class.name, class.years),
    };
    match held {
        true => format!(
            "On legal hold: its words are kept until the hold ends. From then on: {}",
            lower_first(&kept)
        ),
        false => kept,
    }
}

/// One or two sentences about a hold.
fn told(hold: &Hold) -> Vec<String> {
    let mut told = vec![format!(
        "{} put it on legal hold at {}: {}",
        hold.set_by,
        common::moment(hold.set_at),
        hold.reason
    )];
    if let (Some(at), Some(by), Some(why)) = (hold.lifted_at, &hold.lifted_by, &hold.lift_reason) {
        told.push(format!("{by} ended the hold at {}: {why}", common::moment(at)));
    }
    told
}

/// What happened to the holds, for the timeline: when, and the entry. Tracked.
pub fn on_timeline(holds: Holds) -> Vec<(Instant, Node)> {
    let Some(Ok(all)) = &*holds.read() else { return Vec::new() };
    let item = |at: Instant, title: &str, by: &str, why: &str| {
        let (title, by, why) = (title.to_owned(), format!("by {by}"), why.to_owned());
        let when = common::moment(at);
        let node = view! {
            <TimelineItem title by when datetime=at.to_rfc3339() mark="decide">
                <p>{why}</p>
            </TimelineItem>
        };
        (at, node)
    };
    let items = |hold: &Hold| {
        let set = item(hold.set_at, "Put on legal hold", &hold.set_by, &hold.reason);
        let ended = match (hold.lifted_at, &hold.lifted_by, &hold.lift_reason) {
            (Some(at), Some(by), Some(why)) => Some(item(at, "Legal hold ended", by, why)),
            _ => None,
        };
        [set].into_iter().chain(ended)
    };
    all.iter().flat_map(items).collect()
}

/// The form: why it must be kept longer, or why the hold can end.
#[component]
pub fn HoldPage(
    record: Arc<Record>,
    #[prop(into)] back: String,
    /// Puts it on hold; otherwise ends one.
    puts: bool,
) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let reason = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let problem = RwSignal::new(None::<Problem>);
    let busy = RwSignal::new(false);
    let (heading, label, press, done) = match puts {
        true => (
            "Put on legal hold",
            "Why must it be kept longer?",
            "Put on legal hold",
            "The record is on legal hold.",
        ),
        false => {
            ("End the legal hold", "Why can the hold end?", "End the legal hold", "The legal hold has ended.")
        }
    };
    let caption = title(&record);
    if !manages(app, &record) || record.words_gone().is_some() {
        return view! {
            <Page title=heading heading caption back=back.clone() back_label="The record">
                <EmptyState title="There is nothing that you can hold here." icon="lock">
                    <p>"Only the Registered Manager of the site can put a record on legal hold, while it has its words."</p>
                    <LinkButton href=back kind=Kind::Secondary>"Back to the record"</LinkButton>
                </EmptyState>
            </Page>
        };
    }
    // An update of the app waits while this is written.
    StoredValue::new_local(app.editing());
    let (id, home) = (record.id.clone(), back.clone());
    let submit = move |()| {
        let words = reason.get_untracked();
        if words.trim().is_empty() {
            let missing = if puts {
                "Say in a few words why it must be kept longer"
            } else {
                "Say in a few words why the hold can end"
            };
            return errors.set(vec![FieldError::new(REASON, missing)]);
        }
        errors.set(Vec::new());
        problem.set(None);
        busy.set(true);
        let (id, navigate, home) = (id.clone(), navigate.clone(), home.clone());
        spawn_local(async move {
            match app.admin.hold(&id, puts, &words).await {
                Ok(_) => {
                    app.notices.show(NoticeKind::Success, done);
                    navigate(&home, Default::default());
                }
                Err(found) => {
                    say_beside(found, &[("reason", REASON)], errors, problem);
                    busy.try_set(false);
                }
            }
        });
    };
    let about = match puts {
        true => {
            "While a record is on legal hold its words are not taken out: not when its time is over, and not when a person asks to be forgotten."
        }
        false => "Once the hold has ended, its words are taken out when the time of the record is over.",
    };
    view! {
        <Page
            title=heading
            heading
            caption
            back=back.clone()
            back_label="The record"
            has_error=Signal::derive(move || !errors.read().is_empty())
        >
            <ErrorSummary errors />
            <Trouble problem />
            <p>{about}</p>
            <Form on_submit=submit>
                <TextArea
                    id=REASON
                    label
                    hint="Do not write names"
                    value=reason
                    error=error_of(errors, REASON)
                    limit=LONGEST
                />
                <Buttons>
                    <Button busy>{press}</Button>
                    <LinkButton href=back kind=Kind::Secondary>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Sent;
    use domain::{register::Register, time::parse_instant};
    use serde_json::json;

    #[test]
    fn a_hold_is_said_with_one_time_and_one_on() {
        let at = |text| parse_instant(text).expect("a time");
        let hold = Hold {
            set_at: at("2026-11-28T13:29Z"),
            set_by: "Farah Khan".into(),
            reason: "A claim is open.".into(),
            lifted_at: Some(at("2026-11-28T14:00Z")),
            lifted_by: Some("Farah Khan".into()),
            lift_reason: Some("It is settled.".into()),
        };
        assert_eq!(
            told(&hold),
            [
                "Farah Khan put it on legal hold at 1:29pm on 28 November 2026: A claim is open.",
                "Farah Khan ended the hold at 2pm on 28 November 2026: It is settled.",
            ]
        );
    }

    #[test]
    fn a_held_record_is_kept_until_the_hold_ends() {
        let mut register = Register::new(Arc::default());
        Sent { record: "r", with: json!({ "category": "environment" }), ..Sent::default() }
            .arrives(&mut register);
        let record = register.shared_record("r").expect("known");
        assert!(!kept(&record, false).contains("hold"));
        assert!(kept(&record, true).starts_with("On legal hold: its words are kept until the hold ends."));
    }
}
