//! Pages of learning and oversight, each with its address. What a person may see there is judged by the page.

use super::guard::{Access, guarded};
use crate::pages::{
    alerts::{AlertPage, AlertsPage, AlertsTogetherPage, AlertsWeekPage},
    audits::{AuditPage, AuditsPage},
    calendar::CalendarPage,
    decisions::DecisionsPage,
    evidence::{CheckPackPage, EvidencePage},
    exchange::{ExchangePage, ImportPastPage},
    filling::{begun_whole, whole},
    learning::{DownPage, LearningPage, StoryPage},
    links::LinksPage,
    measures::{BehindPage, MeasurePage, MeasuresPage, MonthNumbersPage},
    oversee::OverseePage,
    oversight::OversightPage,
    provider::ProviderPage,
    rules::RulesPage,
    story::RecordStoryPage,
};
use leptos::prelude::*;
use leptos_router::{
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::Route,
    path,
};

#[component(transparent)]
pub fn OverseeRoutes() -> AnyNestedRoute {
    let person = Access::Person;
    view! {
        <Route path=path!("/learning") view=guarded(person, || whole(|| markup::view! { <LearningPage /> })) />
        <Route path=path!("/learning/:id/story") view=guarded(person, || begun_whole(|| markup::view! { <StoryPage /> })) />
        <Route path=path!("/learning/:id/down") view=guarded(person, || begun_whole(|| markup::view! { <DownPage /> })) />
        <Route path=path!("/decisions") view=guarded(person, || whole(|| markup::view! { <DecisionsPage /> })) />
        <Route path=path!("/exchange") view=guarded(person, || whole(|| markup::view! { <ExchangePage /> })) />
        <Route path=path!("/exchange/import") view=guarded(person, || begun_whole(|| markup::view! { <ImportPastPage /> })) />
        <Route path=path!("/oversee") view=guarded(person, || markup::view! { <OverseePage /> }) />
        <Route path=path!("/measures") view=guarded(person, || whole(|| markup::view! { <MeasuresPage /> })) />
        <Route path=path!("/measures/records") view=guarded(person, || whole(|| markup::view! { <BehindPage /> })) />
        <Route path=path!("/measures/numbers") view=guarded(person, || markup::view! { <MonthNumbersPage /> }) />
        <Route path=path!("/measures/:measure") view=guarded(person, || whole(|| markup::view! { <MeasurePage /> })) />
        <Route path=path!("/audits") view=guarded(person, || whole(|| markup::view! { <AuditsPage /> })) />
        <Route path=path!("/audits/:id") view=guarded(person, || begun_whole(|| markup::view! { <AuditPage /> })) />
        <Route path=path!("/oversight") view=guarded(person, || begun_whole(|| markup::view! { <OversightPage /> })) />
        <Route path=path!("/provider") view=guarded(person, || whole(|| markup::view! { <ProviderPage /> })) />
        <Route path=path!("/alerts") view=guarded(person, || whole(|| markup::view! { <AlertsPage /> })) />
        <Route path=path!("/alerts/week") view=guarded(person, || whole(|| markup::view! { <AlertsWeekPage /> })) />
        <Route path=path!("/alerts/together") view=guarded(person, || begun_whole(|| markup::view! { <AlertsTogetherPage /> })) />
        <Route path=path!("/alerts/:name") view=guarded(person, || markup::view! { <AlertPage /> }) />
        <Route path=path!("/rules") view=guarded(person, || markup::view! { <RulesPage /> }) />
        <Route path=path!("/evidence/links") view=guarded(person, || markup::view! { <LinksPage /> }) />
        <Route path=path!("/calendar") view=guarded(person, || whole(|| markup::view! { <CalendarPage /> })) />
        <Route path=path!("/evidence") view=guarded(person, || whole(|| markup::view! { <EvidencePage /> })) />
        <Route path=path!("/evidence/check") view=guarded(person, || markup::view! { <CheckPackPage /> }) />
        <Route path=path!("/records/:id/story") view=guarded(person, || markup::view! { <RecordStoryPage /> }) />
    }
    .into_inner()
    .into_any_nested_route()
}
