//! The register as a file: without people, unless somebody writes why they are needed.

use super::{csv, lines::Line};
use crate::{
    pages::evidence::{REASON, ReasonField, why_named},
    state::{App, use_app},
    text::evidence as text,
    ui::{Button, Buttons, Details, ErrorSummary, FieldError, Form, Kind, Notice, Tone},
};
use markup::prelude::*;

#[component]
pub fn SaveAndPrint(found: Memo<Vec<Line>>, on_print: Callback<()>) -> impl IntoView {
    let app = use_app();
    // Who sees codes only has neither names nor words to save.
    let may_name = move || app.evidence_rights().is_none_or(|rights| !rights.coded_only);
    view! {
        <Buttons>
            <Button kind=Kind::Secondary icon="download" on_press=move |()| save(app, found, None)>"Save as CSV"</Button>
            <Button kind=Kind::Secondary icon="printer" on_press=on_print>"Print"</Button>
        </Buttons>
        <p class="small muted no-print">"The file has roles for staff, and no words that they wrote."</p>
        {move || may_name().then(|| view! { <WithPeople found /> })}
    }
}

/// Names and reasons, once it is written why they are needed.
#[component]
fn WithPeople(found: Memo<Vec<Line>>) -> impl IntoView {
    let app = use_app();
    let typed = RwSignal::new(String::new());
    let errors = RwSignal::new(Vec::<FieldError>::new());
    let error = Signal::derive(move || errors.read().first().map(|error| error.message.clone()));
    let submit = move |()| {
        let reason = typed.get_untracked();
        if reason.trim().is_empty() {
            return errors.set(vec![FieldError::new(REASON, text::WHY_NAMES)]);
        }
        errors.set(Vec::new());
        save(app, found, Some(why_named(app, &reason)));
    };
    view! {
        <Details summary="Save it with people">
            <Form on_submit=Callback::new(submit)>
                <ErrorSummary errors />
                <Notice tone=Tone::Warning title="This file names staff">
                    <p>
                        "It has their names and the reasons that they wrote. Keep it as safe as care records, and delete it when you are done."
                    </p>
                </Notice>
                <ReasonField label=text::REASON hint=text::FILE_REASON_HINT value=typed error />
                <Buttons>
                    <Button kind=Kind::Secondary icon="download">"Save with people"</Button>
                </Buttons>
            </Form>
        </Details>
    }
}

/// What is shown, in the order of arrival.
fn save(app: App, found: Memo<Vec<Line>>, why: Option<String>) {
    let mut lines = found.get_untracked();
    lines.sort_by_key(|line| line.number);
    let text = csv::text(&lines, &app.directory.read_untracked(), why.as_deref());
    let people = if why.is_some() { "-with-people" } else { "" };
    if why.is_some() {
        app.took_along(lines.iter().map(|line| &*line.record));
    }
    let name = format!("decisions-{}{people}.csv", untrack(|| app.today()));
    if let Err(problem) = app.save_csv(&name, &text) {
        app.notices.warn(problem.sentence);
    }
}
