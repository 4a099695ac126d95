//! One entry that is kept apart: what it is, why, from whom, and what can be done about it.

use super::again;
use crate::{
    pages::capture::use_go,
    routes,
    state::{AttentionItem, use_app},
    text::{
        common,
        review::{
            history,
            record::{lower_first, title},
        },
    },
    ui::{Button, Buttons, Kind, LinkButton},
};
use leptos::task::spawn_local;
use markup::prelude::*;

/// `acts`: with what can be done about it.
#[component]
pub fn Kept(item: AttentionItem, acts: bool) -> impl IntoView {
    let app = use_app();
    let what = item.verb.as_ref().map(|verb| history::done(verb, &item.with.clone().unwrap_or_default()));
    let words = match what {
        Some(what) => format!("Kept but not used: {}. {}", lower_first(&what), item.sentence),
        None => item.sentence.clone(),
    };
    let at = common::moment(item.written_at.unwrap_or(item.received_at));
    let from: Vec<String> =
        [again::author(&item), item.device_label.clone(), Some(at)].into_iter().flatten().collect();
    let from = format!("From {}", from.join(", "));
    let text = item.with.as_ref().and_then(|with| with.get("text")?.as_str().map(str::to_owned));
    let record = item.record.as_ref().and_then(|id| {
        Some((untrack(|| app.with_record(id, |record, _| title(record)))?, routes::record(id)))
    });
    let again = again::form_of(&item).is_some();
    let step = (acts && !again && record.is_some())
        .then(|| view! { <p>"Open the record, and do this step again if it is still needed."</p> });
    view! {
        <p>{words}</p>
        <p class="small muted">{from.clone()}</p>
        {text.map(|text| view! { <blockquote class="quote">{text}</blockquote> })}
        {record.map(|(title, href)| view! { <p><a class="lone" href=href>{title}</a></p> })}
        {step}
        {acts.then(|| view! { <Acts item from again /> })}
    }
}

/// `from`: tells the buttons of several entries apart for those who only hear them.
#[component]
fn Acts(item: AttentionItem, from: String, again: bool) -> impl IntoView {
    let app = use_app();
    let go = use_go();
    // A service of before has no name for it.
    let mark = (!item.id.is_empty()).then(|| {
        let (href, hidden) = (routes::apart(&item.kind, &item.id), from.clone());
        view! {
            <LinkButton href kind=Kind::Quiet>
                "Mark as dealt with" <span class="visually-hidden">": "{hidden}</span>
            </LinkButton>
        }
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
    let again = again.then(|| {
        view! {
            <Button kind=Kind::Secondary on_press=record>
                "Record it again" <span class="visually-hidden">": "{from}</span>
            </Button>
        }
    });
    view! { <Buttons>{again} {mark}</Buttons> }
}
