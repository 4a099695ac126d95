//! What a reporter can still do: add something, take it back.

use crate::{
    pages::capture::Trouble,
    state::{App, Kind as News, Problem, Written},
    text::capture::reports as text,
    ui::{Button, Details, ErrorSummary, FieldError, Form, Kind, TextArea},
};
use domain::ids::RecordId;
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, Value, json};

/// Writes as the reporter: by name, or from this device for a report without a name.
pub async fn write(app: App, verb: &'static str, record: RecordId, with: Value) -> Result<Written, Problem> {
    let with: Map<String, Value> = with.as_object().cloned().unwrap_or_default();
    if untrack(|| app.letters.holds(&record)) {
        app.letters.write(verb, record, with).await
    } else {
        app.write(verb, Some(record), with).await
    }
}

/// One box, one button: what is said, and what becomes of it.
#[component]
pub fn Say(
    app: App,
    /// Unique on the page.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(into)] hint: String,
    button: &'static str,
    missing: &'static str,
    /// Shown when it is saved.
    done: &'static str,
    #[prop(optional)] kind: Kind,
    /// The event that the words make.
    make: Callback<String, (&'static str, Value)>,
    record: RecordId,
) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let field = id.clone();
    let save = move |()| {
        let said = words.read_untracked().trim().to_owned();
        if said.is_empty() {
            return errors.set(vec![FieldError::new(field.clone(), missing)]);
        }
        errors.set(Vec::new());
        busy.set(true);
        let (record, (verb, with)) = (record.clone(), make.run(said));
        spawn_local(async move {
            match write(app, verb, record, with).await {
                Ok(_) => {
                    words.try_set(String::new());
                    app.notices.show(News::Success, done);
                    problem.try_set(None);
                }
                Err(found) => drop(problem.try_set(Some(found))),
            }
            busy.try_set(false);
        });
    };
    let error = Signal::derive(move || errors.read().first().map(|error| error.message.clone()));
    view! {
        <Form on_submit=save>
            <ErrorSummary errors />
            <Trouble problem />
            <TextArea id label hint value=words error rows=3 />
            <Button kind busy>
                {button}
            </Button>
        </Form>
    }
}

#[component]
pub fn AddNote(app: App, record: RecordId) -> impl IntoView {
    view! {
        <section class="stack">
            <h2>{text::ADD}</h2>
            <Say
                app
                id="add"
                label=text::ADD_LABEL
                hint=text::ADD_HINT
                button=text::ADD_BUTTON
                missing=text::ADD_MISSING
                done=text::ADDED
                kind=Kind::Secondary
                make=Callback::new(|said: String| ("add_note", json!({ "text": said })))
                record
            />
        </section>
    }
}

/// Only while the rules allow it to the reporter.
#[component]
pub fn TakeBack(app: App, record: RecordId) -> impl IntoView {
    let id = StoredValue::new(record);
    let allowed = Memo::new(move |_| {
        let record = id.get_value();
        let with = json!({ "reason": text::TAKE_BACK });
        let mine = app.me().is_some() && app.register.read().record(&record).is_some();
        mine && app.check("withdraw", Some(record), with.as_object().cloned().unwrap_or_default()).is_ok()
    });
    live(move || {
        allowed.get().then(|| {
            view! {
                <Details summary=text::TAKE_BACK>
                    <Say
                        app
                        id="take-back"
                        label=text::TAKE_BACK_LABEL
                        hint=text::TAKE_BACK_HINT
                        button=text::TAKE_BACK_BUTTON
                        missing=text::TAKE_BACK_MISSING
                        done=text::TAKEN_BACK
                        kind=Kind::Danger
                        make=Callback::new(|said: String| ("withdraw", json!({ "reason": said })))
                        record=id.get_value()
                    />
                </Details>
            }
        })
    })
}
