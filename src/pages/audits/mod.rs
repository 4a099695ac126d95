//! Audits: the year at a glance, the next thing to do first, and the form of each audit.
//! `?year=` shows another year.

mod audit;
pub mod calendar;
mod finding;
mod grid;
mod item;
mod link;
mod list;
mod look;
mod next;
mod overview;
mod reopen;
mod sign;
mod signed;
mod story;

pub use audit::AuditPage;

use super::{
    address::address,
    oversee::{NotYours, sections::READERS},
};
use crate::{
    routes,
    state::{App, use_app},
    text::{audits as text, common::FILLING, oversee::OVERSEE, review::people},
    ui::{Details, EmptyState, Page},
};
use calendar::{Slot, categories};
use domain::{category::CategorySpec, event::Author, ids::SiteId, roles::Role};
use grid::Grid;
use list::Lines;
use markup::prelude::*;
use next::{Next, Others};

#[component]
pub fn AuditsPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let wanted = Memo::new(move |_| address.read().query.get("year").and_then(|year| year.parse().ok()));
    live(move || {
        let roles = app.roles();
        let Some(site) = app.site().filter(|_| roles.meets(READERS)) else {
            return view! { <NotYours heading=text::AUDITS /> };
        };
        view! { <Calendar site wanted=wanted.get() /> }
    })
}

#[component]
fn Calendar(site: SiteId, wanted: Option<i32>) -> impl IntoView {
    let app = use_app();
    let roles = app.roles();
    let name = app.site_name(&site);
    let of = site.clone();
    let slots = Memo::new(move |_| {
        let (register, now) = (app.register.read(), app.now.get());
        (
            calendar::shared_out(calendar::waiting(&register, &of, roles, now), roles),
            calendar::running(&register, &of, roles, now),
            calendar::signed(&register, &of, roles, now),
        )
    });
    let waiting = Memo::new(move |_| slots.read().0.0.clone());
    let for_manager = Memo::new(move |_| slots.read().0.1.clone());
    let (title, none) = match calendar::only_answers(roles) {
        true => (text::TO_ANSWER, "No audit waits for your answers."),
        false => (text::TO_DO, "Every audit that is over is signed."),
    };
    let running = Memo::new(move |_| slots.read().1.clone());
    let signed = Memo::new(move |_| slots.read().2.clone());
    let has_begun =
        app.directory.read_untracked().sites.get(&site).is_some_and(|site| site.live_from.is_some());
    let filling = move || app.sync.filling.get().then(|| view! { <p class="muted">{FILLING}</p> });
    let empty = (!has_begun).then(|| {
        view! {
            <EmptyState title="No audit is expected at this site yet." icon="calendar-check">
                <p>"Audits are expected once the site has a date from which it uses Noticed. The Registered Manager or an administrator sets it under Manage, Sites. An audit can be opened before that."</p>
            </EmptyState>
        }
    });
    let (next_site, grid_site) = (site.clone(), site.clone());
    view! {
        <Page
            title=text::AUDITS
            heading=text::AUDITS
            caption=name
            back=routes::OVERSEE
            back_label=OVERSEE.to_owned()
            wide=true
        >
            {filling}
            {empty}
            {move || {
                let site = next_site.clone();
                let first = waiting.read().first().cloned().or_else(|| for_manager.read().first().cloned());
                first.map(|slot| view! { <Next site slot /> })
            }}
            <div class="audit-year">
                <div class="stack audit-year__list">
                    <Lines title slots=waiting site=site.clone() empty=none />
                    <Lines title=text::FOR_THE_MANAGER slots=for_manager site=site.clone() empty="" />
                    <Lines title="Running now" slots=running site=site.clone() empty="" />
                    <Lines title="Signed" slots=signed site=site.clone() empty="No audit is signed yet." />
                </div>
                <Grid site=grid_site wanted />
            </div>
            <Others site=site.clone() />
            <HowOften site />
        </Page>
    }
}

/// The brief's own pace, and who leads.
#[component]
fn HowOften(site: SiteId) -> impl IntoView {
    let app = use_app();
    let lines = categories(app.roles())
        .map(|spec: &'static CategorySpec| view! { <li>{text::cadence(spec)}</li> })
        .collect_view();
    let leads = format!(
        "{} leads each audit and signs it. The deputy may answer the questions. The provider signs the oversight.",
        manager(app, &site)
    );
    view! {
        <Details summary="How often, and who leads">
            <ul class="steps">{lines}</ul>
            <p>{leads}</p>
            <p>{text::MISSED}</p>
        </Details>
    }
}

/// "The Registered Manager (Farah N.)".
fn manager(app: App, site: &SiteId) -> String {
    let directory = app.directory.read_untracked();
    let today = app.today();
    let holds = |id: &&domain::ids::StaffId| directory.held(id, site, today).own.has(Role::RegisteredManager);
    let names: Vec<String> =
        directory.staff.keys().filter(holds).map(|id| directory.staff_name(id).to_owned()).collect();
    match names.is_empty() {
        true => "The Registered Manager".to_owned(),
        false => format!("The Registered Manager ({})", text::names(&names)),
    }
}

/// "Farah N., Registered Manager".
fn by(app: App, author: &Author, site: &SiteId) -> String {
    people::author(author, &app.directory.read_untracked(), site)
}

/// Where an audit opens: its form, or nothing while nobody opened it.
fn href(slot: &Slot) -> Option<String> {
    slot.audit.as_ref().map(routes::audit)
}
