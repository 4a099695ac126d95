//! One record: what happened, what was decided, who must be told, what is done, and everything since.
//! `?do=` opens one of its small forms.

mod actions;
mod amend;
mod away;
mod bodies;
mod copy;
mod decisions;
mod doubt;
mod facts;
pub mod form;
pub mod forms;
mod header;
mod history;
mod improvement;
mod keeping;
mod known;
mod links;
mod looks;
pub mod may;
mod messages;
mod more;
mod next;
mod outages;
mod part;
mod photos;
mod reporter;
mod second;
mod share;
pub mod shared;
mod step;
mod verb_form;
mod view;

pub use actions::{ActionCard, ActionList};
pub use away::AwayView;
pub use decisions::{DecisionView, changed_by};
pub use facts::Facts;
pub use header::Header;
pub use known::{NOT_HERE, known, seen};
pub use next::Next;
pub use outages::OutagesPart;
pub use part::Part;
pub use second::SecondView;
pub use step::StepPage;
pub use verb_form::{VerbForm, VerbPage, entry_of, form_key};
pub use view::RecordView;

use super::{address::address, inbox::has_inbox};
use crate::{
    routes,
    state::{App, use_app},
    text::{oversee::OVERSEE, review::record::title},
    ui::Page,
};
use amend::AmendPage;
use copy::CqcFormPage;
use domain::{ids::RecordId, record::Record};
use markup::prelude::*;
use share::SharePage;
use std::sync::Arc;

#[component]
pub fn RecordPage() -> impl IntoView {
    let id = record_id();
    let opened = opened_form();
    live(move || match opened.get() {
        None => {
            let id = id.get();
            known(id.clone(), move |record| view! { <Whole id=id.clone() record /> })
        }
        Some((form, about)) => {
            let id = id.get();
            let back = routes::record(&id);
            known(id, move |record| form_page(&form, record, about.clone(), back.clone()))
        }
    })
}

/// The record that the address names.
pub fn record_id() -> Memo<RecordId> {
    let address = address();
    Memo::new(move |_| RecordId::from(address.read().of.clone()))
}

/// The small form that the address opens, and what it is about.
pub fn opened_form() -> Memo<Option<(String, Option<String>)>> {
    let address = address();
    Memo::new(move |_| {
        let address = address.read();
        Some((address.query.get("do")?, address.query.get("about")))
    })
}

/// The page of a small form of a record; the record itself when the form is not known.
pub fn form_page(form: &str, record: Arc<Record>, about: Option<String>, back: String) -> Node {
    match forms::find(form) {
        Some(spec) => view! { <VerbPage spec record about back /> },
        None if form == "share" => view! { <SharePage record about back /> },
        None if form == "cqc" => view! { <CqcFormPage record back /> },
        None if form == "photos" => view! { <photos::PhotosPage record back /> },
        None if form == "reporter" => view! { <reporter::ReporterPage record back /> },
        None if form == keeping::HOLD => view! { <keeping::HoldPage record back puts=true /> },
        None if form == keeping::END_HOLD => view! { <keeping::HoldPage record back puts=false /> },
        None if form == "amend" => view! { <AmendPage record back /> },
        None => {
            let id = record.id.clone();
            view! { <Whole id record /> }
        }
    }
}

/// Where a person comes from who opened a record: its address and its name. Who only reads has no inbox.
pub fn way_back(app: App) -> (&'static str, &'static str) {
    let roles = untrack(|| app.roles());
    match (has_inbox(roles), roles.only_reads()) {
        (true, _) => (routes::INBOX, "Inbox"),
        (false, true) => (routes::OVERSEE, OVERSEE),
        (false, false) => (routes::REPORTS, "My reports"),
    }
}

#[component]
fn Whole(id: RecordId, record: Arc<Record>) -> impl IntoView {
    let words = title(&record);
    let from_actions =
        address().read_untracked().query.get("from").is_some_and(|from| from == routes::FROM_ACTIONS);
    let (back, label) = if from_actions { (routes::ACTIONS, "Actions") } else { way_back(use_app()) };
    view! {
        <Page title=words.clone() heading=words back=back back_label=label wide=true>
            <RecordView id />
        </Page>
    }
}
