//! One entry that is kept apart: what it is, why, from whom, and what can be done about it.

use super::again;
use crate::{
    pages::capture::use_go,
    routes,
    state::{AttentionItem, use_app},
    text::review::{
        kept as text,
        record::{lower_first, reference, title},
    },
    ui::{Button, Buttons, Card, Kind, LinkButton, Spoken, StatusTag},
};
use domain::{ids::RecordId, record::Facts};
use leptos::task::spawn_local;
use markup::prelude::*;

/// `acts`: with what can be done about it. `level`: of its title in the page. `dealt`: what was done.
#[component]
pub fn Kept(item: AttentionItem, acts: bool, level: u8, #[prop(optional)] dealt: String) -> impl IntoView {
    let app = use_app();
    let at = item.written_at.unwrap_or(item.received_at);
    let shown = text::shown(
        item.verb.as_deref(),
        item.with.as_ref(),
        &item.reason,
        at,
        &app.directory.read_untracked(),
    );
    let at = text::moment(at, item.is_in_confidence());
    let from: Vec<String> =
        [again::author(&item), item.device_label.clone(), Some(at)].into_iter().flatten().collect();
    let from = format!("From {}", from.join(", "));
    let said = item.with.as_ref().and_then(|with| with.get("text")?.as_str().map(str::to_owned));
    let record = item.record.as_ref().and_then(|id| {
        Some((untrack(|| app.with_record(id, |record, _| title(record)))?, routes::record(id)))
    });
    let repeated = untrack(|| again::repeated_by(&item, &app.register.read()));
    let is_report = again::form_of(&item).is_some();
    let step = (acts && !is_report && record.is_some())
        .then(|| view! { <p>"Open the record, and do this step again if it is still needed."</p> });
    // The list is of all sites that this person manages, whichever is shown.
    let site = item.site.as_ref().filter(|_| untrack(|| app.sites().len() > 1));
    let site = site.map(|site| untrack(|| app.site_name(site)));
    let about: Vec<String> = shown.about.into_iter().chain(site).collect();
    let about = (!about.is_empty()).then(|| view! { <p class="card__meta">{about.join(" \u{b7} ")}</p> });
    let tag =
        shown.may_be_incident.then(|| view! { <StatusTag status="urgent" label="May be an incident" /> " " });
    let outcome =
        (shown.may_be_incident || shown.outcome.is_some()).then(|| view! { <p>{tag} {shown.outcome}</p> });
    let of = format!("{}, {}", shown.title, lower_first(&from));
    let again = repeated.clone().map(|id| {
        let words = format!("Recorded again as {}", reference(&id));
        view! { <p><a class="lone" href=routes::record(&id)>{words}</a></p> }
    });
    let sentence = item.sentence.clone();
    view! {
        <Card title=shown.title icon=shown.icon tone=shown.tone.unwrap_or_default() level>
            {about}
            {outcome}
            {said.map(|said| view! { <blockquote class="quote">{said}</blockquote> })}
            <p>{sentence}</p>
            <p class="card__meta">{from}</p>
            {record.map(|(title, href)| view! { <p><a class="lone" href=href>{title}</a></p> })}
            {again}
            {step}
            {(!dealt.is_empty()).then(|| view! { <p>{dealt}</p> })}
            {acts.then(|| view! { <Acts item of is_report repeated /> })}
        </Card>
    }
}

/// A report of somebody who was or may have been harmed, held or restricted.
pub fn may_be_incident(item: &AttentionItem) -> bool {
    let facts = item.with.as_ref().filter(|_| again::form_of(item).is_some());
    facts.is_some_and(|with| text::may_be_incident(&Facts::new(with.clone(), item.received_at)))
}

/// `of`: tells the buttons of several entries apart for those who only hear them. `repeated`: the report that does.
#[component]
fn Acts(item: AttentionItem, of: String, is_report: bool, repeated: Option<RecordId>) -> impl IntoView {
    let app = use_app();
    let go = use_go();
    let is_repeated = repeated.is_some();
    // A service of before has no name for it.
    let mark = (!item.id.is_empty()).then(|| {
        let (href, of) = (routes::apart(&item.kind, &item.id), of.clone());
        let kind = if is_repeated { Kind::Secondary } else { Kind::Quiet };
        view! { <LinkButton href kind><Spoken words="Mark as dealt with" of /></LinkButton> }
    });
    let item = StoredValue::new(item);
    let record = Callback::new(move |()| {
        spawn_local(async move {
            match again::begin(app, item.get_value()).await {
                Ok(href) => go.to(&href),
                Err(problem) => app.notices.warn(problem.sentence),
            }
        });
    });
    let again = (is_report && !is_repeated).then(|| {
        view! { <Button kind=Kind::Secondary on_press=record><Spoken words="Record it again" of /></Button> }
    });
    view! { <Buttons>{again} {mark}</Buttons> }
}
