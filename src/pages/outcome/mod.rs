//! Step 5: did it work? Before and after, evidence, a verdict; then the end of the record.

mod again;
mod close;
mod counted;
mod counts;
mod doubt;

use super::{
    inbox,
    record::{
        Part, StepPage,
        form::{Ask, Entry, Fields, Look, Source, ask, beside_field},
        known, opened_form, record_id,
    },
};
use crate::{
    routes,
    state::{Kind, use_app},
    text::review::{decision::rows, steps},
    ui::{self, Button, Buttons, Dialog, Form, LinkButton, SummaryList, SummaryRow},
};
use close::ClosePage;
use counts::Counts;
use domain::{record::Record, vocabulary as list};
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

const MEASURE: Ask = ask("measure", "What did you count?", Look::Line).needed();
const BEFORE: Ask = ask("baseline.count", "How many before?", Look::Number).needed();
const DAYS_BEFORE: Ask = ask("baseline.per", "In how many days before?", Look::Number);
const ALL_BEFORE: Ask = ask("baseline.per", "Out of how many before?", Look::Number);
const AFTER: Ask = ask("value.count", "How many after?", Look::Number).needed();
const DAYS_AFTER: Ask = ask("value.per", "In how many days after?", Look::Number);
const ALL_AFTER: Ask = ask("value.per", "Out of how many after?", Look::Number);
const UNIT: Ask =
    ask("unit", "Count by", Look::One(&list::MEASURE_UNIT)).under("Count by something other than days");
const RESULT: [Ask; 4] = [
    ask("review", "When did you look?", Look::One(&list::REVIEW_POINT)).needed(),
    ask("verdict", "Did it work?", Look::One(&list::VERDICT)).needed(),
    ask("evidence", "How do you know?", Look::Evidence).hint("Select all that apply"),
    ask("note", "Note", Look::Words),
];
const SUPERVISION: [Ask; 3] = [
    ask("supervision.staff", "With whom?", Look::Pick(Source::Staff)).under("Supervision"),
    ask("supervision.date", "When?", Look::Date).under("Supervision"),
    ask("supervision.result", "What came of it?", Look::Line).under("Supervision"),
];

/// `?do=close` opens the end of the record.
#[component]
pub fn OutcomePage() -> impl IntoView {
    let id = record_id();
    let opened = opened_form();
    live(move || {
        let id = id.get();
        match opened.get() {
            Some((form, _)) if form == "close" => known(id, |record| view! { <ClosePage record /> }),
            _ => known(id, |record| view! { <Outcome record /> }),
        }
    })
}

#[component]
fn Outcome(record: Arc<Record>) -> impl IntoView {
    let app = use_app();
    let last = last_questions(&record);
    let counts = [MEASURE, UNIT, BEFORE, DAYS_BEFORE, AFTER, DAYS_AFTER];
    let asks: Vec<Ask> = counts.into_iter().chain(last.clone()).collect();
    let key = format!("{}/record_outcome/{}", record.id, record.decisions.len());
    let start = counts::start(&record, &app.register.read_untracked(), app.instant());
    let entry = Entry::open(app, key, record.site.clone(), Some(record.id.clone()), start);
    let by_days = Memo::new(move |_| matches!(entry.code(UNIT.name).as_str(), "" | "days"));
    let navigate = use_navigate();
    let (to_send, id) = (StoredValue::new(asks), record.id.clone());
    // The question about what may not be right, while it is asked; and the one that was answered with yes.
    let (asked, agreed) = (RwSignal::new(None::<String>), StoredValue::new(None::<String>));
    let save = Callback::new(move |()| {
        let Some(with) = to_send.with_value(|asks| entry.read(asks)).map(spread_unit) else { return };
        let goes_back = matches!(with.get("verdict").and_then(Value::as_str), Some("no_change" | "worse"));
        let (navigate, id) = (navigate.clone(), id.clone());
        entry.send("record_outcome", with, beside_field, move |_| {
            let (words, next) = if goes_back {
                ("Saved. It goes back to be put right in another way.", inbox::after(app, &id))
            } else {
                (
                    "The result is saved. Now finish the record, or come back later.",
                    format!("{}?do=close", routes::step(&id, "outcome")),
                )
            };
            app.notices.show(Kind::Success, words);
            navigate(&next, Default::default());
        });
    });
    let judged = record.clone();
    let submit = move |()| {
        let by_days = by_days.get_untracked();
        let pers = if by_days { [DAYS_BEFORE, DAYS_AFTER] } else { [ALL_BEFORE, ALL_AFTER] };
        let Some(with) = to_send.with_value(|asks| entry.read(asks)) else {
            return entry.errors.update(|errors| counts::say_least(errors, pers, by_days));
        };
        let wrong = counts::out_of_nothing(&with, pers);
        if !wrong.is_empty() {
            return entry.errors.set(wrong);
        }
        // What is missing is said first, and the question is about what could be saved as it is.
        if !entry.passes("record_outcome", &spread_unit(with.clone()), beside_field) {
            return;
        }
        let passed = counts::days_passed(&judged, app.instant());
        match doubt::doubt(&with, passed).filter(|words| agreed.get_value().as_ref() != Some(words)) {
            Some(words) => asked.set(Some(words)),
            None => save.run(()),
        }
    };
    let yes = Callback::new(move |()| {
        agreed.set_value(asked.get_untracked());
        asked.set(None);
        save.run(());
    });
    let written = steps::destination(&record, 5, &app.directory.read_untracked());
    let close = format!("{}?do=close", routes::step(&record.id, "outcome"));
    let done = record.clone();
    let again = again::came_back(app, &record);
    let before = earlier(&record, &app.directory.read_untracked());
    view! {
        <StepPage
            record=record.clone()
            title="Did it work?"
            verb="record_outcome"
            errors=entry.errors
            beside=move || view! { <Done record=done.clone() /> }
        >
            {again}
            {before}
            <Form on_submit=submit>
                <Counts record entry />
                <Fields asks=vec![MEASURE] entry />
                <Fields asks=vec![UNIT] entry />
                <div class="split">
                    <div class="stack">
                        <Fields asks=vec![BEFORE] entry />
                        {move || {
                            let per = if by_days.get() { DAYS_BEFORE } else { ALL_BEFORE };
                            view! { <Fields asks=vec![per] entry /> }
                        }}
                    </div>
                    <div class="stack">
                        <Fields asks=vec![AFTER] entry />
                        {move || {
                            let per = if by_days.get() { DAYS_AFTER } else { ALL_AFTER };
                            view! { <Fields asks=vec![per] entry /> }
                        }}
                    </div>
                </div>
                <Fields asks=last entry />
                <p class="muted">{format!("Written in: {written}")}</p>
                <Buttons>
                    <Button busy=entry.busy>"Save the result"</Button>
                    <LinkButton href=close kind=ui::Kind::Secondary>"Finish the record"</LinkButton>
                </Buttons>
            </Form>
            {move || asked.get().map(|question| view! { <Doubt question asked yes /> })}
        </StepPage>
    }
}

/// Asked once before a result is saved that may not be right. Nothing that was typed goes away.
#[component]
fn Doubt(question: String, asked: RwSignal<Option<String>>, yes: Callback<()>) -> impl IntoView {
    let open = RwSignal::new(true);
    Effect::new(move |_| {
        if !open.get() {
            asked.try_set(None);
        }
    });
    let back = Callback::new(move |()| open.set(false));
    view! {
        <Dialog open id="doubt" title=question>
            <p>"If so, say why in the note: whoever reads it later sees both."</p>
            <Buttons>
                <Button on_press=yes>"Yes, save it"</Button>
                <Button kind=ui::Kind::Secondary on_press=back>"No, go back"</Button>
            </Buttons>
        </Dialog>
    }
}

/// Supervision is asked where step 5 is written in the supervision records.
fn last_questions(record: &Record) -> Vec<Ask> {
    let supervises = record.spec().is_some_and(|spec| spec.destinations(5).contains(&"supervision_records"));
    RESULT.into_iter().chain(SUPERVISION.into_iter().filter(|_| supervises)).collect()
}

/// Asked once, it is the unit of both counts.
fn spread_unit(mut with: Map<String, Value>) -> Map<String, Value> {
    let Some(unit) = with.remove("unit") else { return with };
    for group in ["baseline", "value"] {
        if let Some(group) = with.get_mut(group).and_then(Value::as_object_mut) {
            group.insert("unit".into(), unit.clone());
        }
    }
    with
}

/// What was done in step 4.
#[component]
fn Done(record: Arc<Record>) -> impl IntoView {
    let back = routes::record(&record.id);
    view! {
        <Part title="What was done">
            <crate::pages::record::ActionList record back />
        </Part>
    }
}

/// An outcome that was recorded before and left the record here.
pub(super) fn earlier(record: &Record, directory: &domain::directory::Directory) -> Option<Node> {
    let (decision, _) = record.current_outcome()?;
    let rows = rows(&decision.body, directory)
        .into_iter()
        .map(|(key, words)| view! { <SummaryRow key>{words}</SummaryRow> })
        .collect_view();
    Some(view! { <Part title="Result so far"><SummaryList>{rows}</SummaryList></Part> })
}
