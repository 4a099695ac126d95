//! One record of an audit: what it says beside each question.

use super::{audit::Shown, item::Item, overview::Progress, story};
use crate::{
    pages::record::seen,
    routes,
    state::use_app,
    text::{
        audits as text, common,
        review::record::{reporter, title},
    },
    ui::{Buttons, Kind, LinkButton, Notice, Page, StatusTag, Tone},
};
use domain::{ids::RecordId, vocabulary::AUDIT_ITEM};
use markup::prelude::*;

#[component]
pub fn Look(audit: Memo<Shown>, record: RecordId) -> impl IntoView {
    let app = use_app();
    let shown = audit.get_untracked();
    let overview = routes::audit(&shown.id);
    let number = shown.number(&record);
    let total = shown.audit.sample.len();
    let caption = format!("{} \u{b7} Record {number} of {total}", shown.title());
    let Some(known) = untrack(|| seen(app, &record)) else {
        return view! {
            <Page title=format!("Record {number}") heading="This record is not here" caption back=overview back_label="The audit">
                <Notice tone=Tone::Warning>
                    <p>"It has not arrived on this device yet. Wait until this device has updated, then try again."</p>
                </Notice>
            </Page>
        };
    };
    let directory = app.directory.read_untracked();
    let about = format!(
        "Happened {}. Reported by {}.",
        common::moment(known.facts.occurred_at()),
        reporter(&known, &directory)
    );
    let said = known.facts.code("text").map(|text| {
        let text = text.to_owned();
        view! { <blockquote class="quote">{text}</blockquote> }
    });
    let settings = directory.settings(&known.site);
    let items = AUDIT_ITEM
        .codes
        .iter()
        .map(|item| {
            let facts = story::facts(item.code, &known, &settings, &directory);
            view! { <Item audit record=known.clone() item facts /> }
        })
        .collect_view();
    let neighbour = |to: Option<usize>| {
        let id = to.and_then(|index| shown.audit.sample.get(index))?;
        Some(routes::audit_record(&shown.id, id))
    };
    let next = neighbour(Some(number)).map(|href| view! { <LinkButton href>"Next record"</LinkButton> });
    let is_last = next.is_none();
    let before = neighbour(number.checked_sub(2))
        .map(|href| view! { <LinkButton href kind=Kind::Quiet>"Record before"</LinkButton> });
    let kind = if is_last { Kind::Primary } else { Kind::Secondary };
    let why = text::why(&shown.audit.draw, &record);
    let of_record = record.clone();
    let items_of = AUDIT_ITEM.codes.len();
    let done = move || audit.read().answered(&of_record);
    view! {
        <Page
            title=format!("{} – {}", title(&known), shown.title())
            heading=title(&known)
            caption
            back=overview.clone()
            back_label="The audit"
            wide=true
        >
            <p class="cluster">
                <StatusTag status="neutral" label=format!("In the sample: {}", text::why_words(why)) />
                <span class="muted">{about}</span>
            </p>
            {said}
            <p><a href=routes::record(&record)>"See the whole record"</a></p>
            {move || view! { <Progress done=done() total=items_of /> }}
            {items}
            <Buttons>
                {next}
                <LinkButton href=overview kind>"Back to the audit"</LinkButton>
                {before}
            </Buttons>
        </Page>
    }
}
