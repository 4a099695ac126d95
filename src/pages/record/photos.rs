//! Adds photos to a record that is reported already.

use crate::{
    pages::photos::LatePhotos,
    state::use_app,
    text::{capture::photos as text, review::record::title},
    ui::{Kind, LinkButton, Page},
};
use domain::record::Record;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn PhotosPage(record: Arc<Record>, #[prop(into)] back: String) -> impl IntoView {
    let app = use_app();
    let navigate = use_navigate();
    let subject = text::subject(record.spec(), &record.facts.fields);
    let then = back.clone();
    let done = Callback::new(move |()| navigate(&then, Default::default()));
    view! {
        <Page title=text::LATE heading=text::LATE caption=title(&record) back=back.clone() back_label="The record">
            <p>{text::LATE_WORDS}</p>
            <LatePhotos app record=record.id.clone() subject then=done />
            <LinkButton href=back kind=Kind::Quiet>"Cancel"</LinkButton>
        </Page>
    }
}
