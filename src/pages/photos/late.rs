//! Photos that come after the report: a note with photos.

use super::AddPhotos;
use crate::{
    pages::capture::Trouble,
    state::{App, Kind, Problem},
    text::capture::photos as text,
    ui::{Button, ErrorSummary, FieldError, Form, TextArea},
};
use domain::{ids::RecordId, photo};
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::Map;

const SHOWS: &str = "photos-show";

#[component]
pub fn LatePhotos(
    app: App,
    record: RecordId,
    #[prop(into)] subject: String,
    /// Run when they are saved.
    #[prop(into)]
    then: Callback<()>,
) -> impl IntoView {
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None::<Problem>));
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let key = StoredValue::new(format!("photos/{record}"));
    let before = app.kept_form(&key.read_value());
    let before = before.and_then(|kept| kept.get("text")?.as_str().map(str::to_owned)).unwrap_or_default();
    let words = RwSignal::new(before);
    let record = StoredValue::new(record);
    let kept = Callback::new(move |open: Callback<()>| {
        let typed = Map::from_iter([("text".to_owned(), words.get_untracked().into())]);
        key.with_value(|key| app.keep_form(key, &typed));
        open.run(());
    });
    let save = move |()| {
        let id = record.get_value();
        let said = words.get_untracked().trim().to_owned();
        let said = if said.is_empty() { text::LATE_DEFAULT.to_owned() } else { said };
        let with = app.photos.with(&id, Map::from_iter([("text".to_owned(), said.into())]));
        if !with.contains_key(photo::FIELD) {
            return errors.set(vec![FieldError::new("photos-title", text::LATE_NONE)]);
        }
        errors.set(Vec::new());
        busy.set(true);
        spawn_local(async move {
            match app.write("add_note", Some(id), with).await {
                Ok(_) => {
                    key.try_with_value(|key| app.forget_form(key));
                    app.notices.show(Kind::Success, text::LATE_DONE);
                    then.try_run(()).unwrap_or_default();
                }
                Err(found) => drop(problem.try_set(Some(found))),
            }
            busy.try_set(false);
        });
    };
    view! {
        <Form on_submit=save>
            <ErrorSummary errors />
            <Trouble problem />
            <AddPhotos app record=record.get_value() subject title=text::PHOTOS before=kept />
            <TextArea id=SHOWS label=text::LATE_LABEL hint=text::LATE_HINT value=words rows=2 />
            <Button busy>{text::LATE_SAVE}</Button>
        </Form>
    }
}
