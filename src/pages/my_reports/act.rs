//! What a reporter can still do: add something, take it back.

use crate::{
    pages::capture::Trouble,
    state::{App, Kind as News, Problem, Written},
    text::capture::reports as text,
    ui::{Bound, Button, Details, ErrorSummary, FieldError, Form, Kind, TextArea},
};
use domain::ids::RecordId;
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, Value, json};

/// What is typed, as it is kept.
const SAID: &str = "text";

/// Writes as the reporter: by name, or from this device for a report without a name.
pub async fn write(app: App, verb: &'static str, record: RecordId, with: Value) -> Result<Written, Problem> {
    let with: Map<String, Value> = with.as_object().cloned().unwrap_or_default();
    if untrack(|| app.letters.holds(&record)) {
        app.letters.write(verb, record, with.into()).await
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
    let key = StoredValue::new(format!("say/{record}/{id}"));
    let before = app.kept_form(&key.read_value());
    let before = before.and_then(|kept| kept.get(SAID)?.as_str().map(str::to_owned)).unwrap_or_default();
    let words = RwSignal::new(before);
    let typed = Bound::new(
        move || words.get(),
        move |said: String| {
            let kept = Map::from_iter([(SAID.to_owned(), Value::from(said.as_str()))]);
            key.with_value(|key| match said.trim().is_empty() {
                true => app.forget_form(key),
                false => app.keep_form(key, &kept),
            });
            words.set(said);
        },
    );
    hold_while_typed(app, words);
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
        let (record, (verb, with), kept_as) = (record.clone(), make.run(said), key.get_value());
        spawn_local(async move {
            match write(app, verb, record, with).await {
                Ok(_) => {
                    app.forget_form(&kept_as);
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
            <TextArea id label hint value=typed error rows=3 />
            <Button kind busy>
                {button}
            </Button>
        </Form>
    }
}

/// A new version of the app waits while there are words in the box.
fn hold_while_typed(app: App, words: RwSignal<String>) {
    let has_words = Memo::new(move |_| !words.read().trim().is_empty());
    let held = StoredValue::new_local(None);
    Effect::new(move |_| held.set_value(has_words.get().then(|| app.editing())));
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
