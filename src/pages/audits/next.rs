//! The next thing to do, and the button that opens an audit.

use super::{
    calendar::{self, Slot},
    href,
};
use crate::{
    pages::record::may::may_at,
    routes,
    state::use_app,
    text::audits::{self as text, Stand},
    ui::{Button, Choice, Details, Kind, LinkButton, NextStep, Notice, Select, Tone},
};
use domain::ids::SiteId;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, json};

#[component]
pub fn Next(site: SiteId, slot: Slot) -> impl IntoView {
    let app = use_app();
    let detail = slot.stand.detail(app.today());
    let title = text::title(slot.spec, slot.period);
    let label = slot.stand.words();
    let act = match (href(&slot), &slot.stand) {
        (Some(href), Stand::InProgress { .. } | Stand::Late { .. }) => {
            let words =
                if may_at(app, &site, "answer_audit") { "Go on with the audit" } else { "See the audit" };
            view! { <LinkButton href icon="clipboard-check">{words}</LinkButton> }
        }
        _ => view! { <Open site slot=slot.clone() /> },
    };
    let overdue = slot.stand.is_late();
    let meta = [label, detail].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(". ");
    view! { <NextStep title=format!("Next: {title}") meta overdue>{act}</NextStep> }
}

/// Audits that nobody expects may be opened too, by the person who leads them.
#[component]
pub fn Others(site: SiteId) -> impl IntoView {
    let app = use_app();
    if !may_at(app, &site, "open_audit") {
        return Node::Nothing;
    }
    let slots = calendar::others(&app.register.read_untracked(), &site, app.roles(), app.now.get_untracked());
    if slots.is_empty() {
        return Node::Nothing;
    }
    let options: Vec<Choice> =
        slots.iter().map(|slot| Choice::new(slot.key(), text::title(slot.spec, slot.period))).collect();
    let chosen = RwSignal::new(String::new());
    let open = move || {
        let key = chosen.get();
        let slot = slots.iter().find(|slot| slot.key() == key).cloned()?;
        let site = site.clone();
        Some(view! { <Open site slot kind=Kind::Secondary /> })
    };
    view! {
        <Details summary="Open an audit that is not expected">
            <div class="stack">
                <p>"For a time before this site began with Noticed, if records of that time were finished here."</p>
                <Select id="other-audit" label="Which audit?" options value=chosen />
                {open}
            </div>
        </Details>
    }
}

/// Opens an audit, for the person who leads it; says who does for everybody else.
#[component]
pub fn Open(site: SiteId, slot: Slot, #[prop(optional)] kind: Kind) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    if !may_at(app, &site, "open_audit") {
        return view! { <p class="muted">"The Registered Manager opens it."</p> };
    }
    let name = text::title(slot.spec, slot.period);
    let open = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let with = json!({"category": slot.spec.id, "period": slot.period.to_string()});
        let with: Map<_, _> = with.as_object().cloned().unwrap_or_default();
        let (site, navigate) = (site.clone(), navigate.clone());
        spawn_local(async move {
            let opened = app.write_at(&site, "open_audit", with).await;
            if busy.try_set(false).is_some() {
                return;
            }
            match opened {
                Ok(written) => navigate(&routes::audit(&written.event), Default::default()),
                Err(problem) => trouble.set(Some(problem.sentence)),
            }
        });
    };
    view! {
        <div class="stack">
            <p>
                <Button kind on_press=Callback::new(open) busy icon="clipboard-check">
                    "Open the audit"
                    <span class="visually-hidden">{format!(": {name}")}</span>
                </Button>
            </p>
            {move || {
                trouble.get().map(|words| view! { <Notice tone=Tone::Error alert=true><p>{words}</p></Notice> })
            }}
        </div>
    }
}
