//! What arrived and could not be used: a registered manager records it again, or says what was done about it.
//! `/apart` shows what was dealt with; what is not stands in the inbox.

mod again;
mod kept;
mod mark;
mod waiting;

pub use kept::{Kept, may_be_incident};
pub use mark::MarkPage;
pub use waiting::{Apart, Found, use_apart};

use crate::{
    pages::record::way_back,
    routes,
    state::{App, AttentionItem, Problem, use_app},
    text::common,
    ui::{EmptyState, Kind, LinkButton, Notice, Page, Tone},
};
use domain::roles::Role;
use markup::prelude::*;

const TITLE: &str = "Dealt with";

#[component]
pub fn DealtPage() -> impl IntoView {
    let app = use_app();
    if !is_for(app) {
        return view! { <NotYours title=TITLE /> };
    }
    let found = LocalResource::new(move || async move { app.dealt_with().await });
    view! {
        <Page title=TITLE heading=TITLE back=routes::INBOX back_label="Inbox">
            <p>"These arrived and could not be used. Somebody said what was done. Nothing was deleted."</p>
            {move || shown(found.get())}
        </Page>
    }
}

/// The service tells it to nobody else, so nobody else asks.
fn is_for(app: App) -> bool {
    untrack(|| app.roles().has(Role::RegisteredManager))
}

#[component]
fn NotYours(title: &'static str) -> impl IntoView {
    let (back, label) = way_back(use_app());
    view! {
        <Page title heading=title back back_label=label>
            <EmptyState title="The Registered Manager deals with what could not be used." icon="lock">
                <LinkButton href=back kind=Kind::Secondary>{format!("Go to {label}")}</LinkButton>
            </EmptyState>
        </Page>
    }
}

fn shown(found: Option<Result<Vec<AttentionItem>, Problem>>) -> Node {
    match found {
        None => view! { <p class="muted">"Looking."</p> },
        Some(Err(problem)) => needs_service(problem),
        Some(Ok(items)) if items.is_empty() => {
            view! {
                <EmptyState title="Nothing yet." icon="check">
                    <p>"When you mark something in the inbox as dealt with, it stands here."</p>
                </EmptyState>
            }
        }
        Some(Ok(items)) => {
            let lines = items.into_iter().map(|item| {
                let dealt = item.dealt.as_ref().map(|dealt| {
                    format!("Dealt with by {}, {}: {}", dealt.by_name, common::moment(dealt.at), dealt.said)
                });
                view! { <li><Kept item acts=false level=2 dealt=dealt.unwrap_or_default() /></li> }
            });
            let lines = lines.collect_view();
            view! { <ul class="cards">{lines}</ul> }
        }
    }
}

/// Why the service could not be asked, and that nothing of this lies on the device.
fn needs_service(problem: Problem) -> Node {
    view! {
        <Notice tone=Tone::Warning alert=true>
            <p>{problem.sentence}</p>
            <p>"What is kept apart lies at the service, so this page works with a connection only."</p>
        </Notice>
    }
}
