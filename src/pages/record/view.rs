//! Everything about one record below its title, for the record page and the pane beside the inbox.

use super::{
    Facts, Header, Next,
    actions::ActionsPart,
    bodies::BodiesPart,
    copy::CopyPart,
    decisions::DecisionsPart,
    history::HistoryPart,
    improvement::ImprovementPart,
    keeping::{self, HeldTag, KeepingPart},
    links::LinksPart,
    looks::LooksPart,
    messages::MessagesPart,
    more::MorePart,
    outages::OutagesPart,
    seen,
};
use crate::{
    pages::{alerts::RecordAlerts, my_reports::NameOpened},
    state::use_app,
};
use domain::ids::RecordId;
use markup::prelude::*;

#[component]
pub fn RecordView(id: RecordId) -> impl IntoView {
    let app = use_app();
    let record = Memo::new(move |_| seen(app, &id));
    if let Some(record) = untrack(|| record.get()) {
        app.looked_at(&record);
    }
    let holds =
        untrack(|| record.get()).map_or_else(keeping::Holds::default, |record| keeping::holds(app, &record));
    live(move || {
        record.get().map(|record| {
            view! {
                <Header record=record.clone() more=move || view! { <HeldTag holds /> } />
                <NameOpened app record=record.id.clone() />
                <Next record=record.clone() />
                <div class="record-columns">
                    <div class="stack">
                        <Facts record=record.clone() />
                        <DecisionsPart record=record.clone() />
                        <BodiesPart record=record.clone() />
                        <ActionsPart record=record.clone() />
                        <OutagesPart record=record.clone() />
                        <ImprovementPart record=record.clone() />
                    </div>
                    <div class="stack">
                        <RecordAlerts record=record.clone() />
                        <MessagesPart record=record.clone() />
                        <CopyPart record=record.clone() />
                        <LinksPart record=record.clone() />
                        <MorePart record=record.clone() />
                        <KeepingPart record=record.clone() holds />
                        <LooksPart record=record.clone() />
                        <HistoryPart record holds />
                    </div>
                </div>
            }
        })
    })
}
