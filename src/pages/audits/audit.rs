//! One audit: its records and findings, or with `?record=` the questions about one of them; with `?reopen=` too, the
//! form that opens that record again.

use super::{by, calendar::categories, look::Look, overview::Overview, reopen::ReopenPage};
use crate::{
    pages::address::address,
    routes,
    state::{App, use_app},
    text::audits as text,
    ui::{EmptyState, Kind, LinkButton, Page},
};
use domain::{
    audits::Audit,
    category::CategorySpec,
    ids::{EventId, RecordId, SiteId},
    sight::Viewer,
};
use markup::prelude::*;
use std::sync::Arc;

/// An audit that is open on a page, with what the pages about it share.
#[derive(Clone, PartialEq)]
pub struct Shown {
    pub id: EventId,
    pub site: SiteId,
    pub spec: &'static str,
    pub audit: Arc<Audit>,
}

impl Shown {
    pub fn spec(&self) -> Option<&'static CategorySpec> {
        domain::category::find(self.spec)
    }

    pub fn title(&self) -> String {
        self.spec().map(|spec| text::title(spec, self.audit.period)).unwrap_or_default()
    }

    pub fn number(&self, record: &RecordId) -> usize {
        self.audit.sample.iter().position(|id| id == record).map_or(0, |index| index + 1)
    }

    /// Items of a record that have an answer.
    pub fn answered(&self, record: &RecordId) -> usize {
        let items = domain::vocabulary::AUDIT_ITEM.codes.iter();
        items.filter(|item| self.audit.answer(record, item.code).is_some()).count()
    }

    /// "Farah N., Registered Manager".
    pub fn by(&self, app: App, author: &domain::event::Author) -> String {
        by(app, author, &self.site)
    }
}

#[component]
pub fn AuditPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let id = Memo::new(move |_| EventId::from(address.read().of.as_str()));
    let record = Memo::new(move |_| address.read().query.get("record").map(RecordId::from));
    let reopen = Memo::new(move |_| address.read().query.get("reopen"));
    let audit = Memo::new(move |_| shown(app, &id.read()));
    // The page stands while answers arrive, so that what is typed stays.
    let is_known = Memo::new(move |_| audit.read().is_some());
    live(move || {
        let known = is_known.get().then(|| audit.get_untracked()).flatten();
        let Some(first) = known else { return view! { <NotHere /> } };
        let audit = Memo::new(move |last: Option<&Shown>| {
            audit.get().or_else(|| last.cloned()).unwrap_or_else(|| first.clone())
        });
        let record = record.get().filter(|record| audit.read_untracked().audit.sample.contains(record));
        match (record, reopen.get()) {
            (Some(record), Some(item)) => view! { <ReopenPage audit record item /> },
            (Some(record), None) => view! { <Look audit record /> },
            (None, _) => view! { <Overview audit /> },
        }
    })
}

/// The audit, where this person may see it. Tracked.
fn shown(app: App, id: &EventId) -> Option<Shown> {
    let register = app.register.read();
    let audit = register.audit_by_id(id)?;
    let site = register.site_of_audit(id)?.clone();
    let me = app.me()?;
    let directory = app.directory.read();
    let viewer = Viewer { staff: &me.staff, directory: &directory, date: app.today() };
    let roles = viewer.roles(&site);
    let is_theirs = categories(roles).any(|spec| spec.id == audit.category);
    let is_provider =
        directory.sites.keys().any(|site| viewer.roles(site).has(domain::roles::Role::Provider));
    (viewer.sees_site(&site) && (is_theirs || is_provider)).then(|| Shown {
        id: id.clone(),
        site,
        spec: audit.category,
        audit: Arc::new(audit.clone()),
    })
}

#[component]
fn NotHere() -> impl IntoView {
    view! {
        <Page title="Audit not here" heading="This audit is not here" back=routes::AUDITS back_label=text::AUDITS.to_owned()>
            <EmptyState title=text::NOT_HERE icon="clipboard-check">
                <LinkButton href=routes::AUDITS kind=Kind::Secondary>"Go to the audits"</LinkButton>
            </EmptyState>
        </Page>
    }
}
