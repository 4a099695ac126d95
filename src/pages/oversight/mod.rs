//! The provider's oversight of one site: what is to be read, and one page per category and period.
//! `?site=`, `?category=` and `?period=` open one.

mod detail;
mod list;
mod marked;
mod numbers;
mod pictures;
mod questions;
mod sign;

use super::{
    address::address,
    oversee::{NotYours, sections::MANAGERS},
};
use crate::{
    state::{App, use_app},
    text::audits as text,
};
use detail::Detail;
pub use detail::Records;
use domain::{
    audits::Period,
    category::{self, CategorySpec},
    ids::SiteId,
    record::Record,
    roles::{
        Role::{Commissioner, Inspector, Provider},
        Roles,
    },
};
use list::List;
use markup::prelude::*;

/// Who signs, who is overseen, and who may look.
pub const READERS: Roles = MANAGERS.with(Provider).with(Inspector).with(Commissioner);

/// One oversight.
#[derive(Clone)]
pub struct Subject {
    pub site: SiteId,
    pub spec: &'static CategorySpec,
    pub period: Period,
}

impl PartialEq for Subject {
    fn eq(&self, other: &Subject) -> bool {
        (&self.site, self.spec.id, self.period) == (&other.site, other.spec.id, other.period)
    }
}

impl Subject {
    /// Whether a record is of this site and category, whenever it happened.
    fn is_of(&self, record: &Record) -> bool {
        record.site == self.site && record.facts.category() == self.spec.id
    }

    fn parse(site: Option<String>, category: Option<String>, period: Option<String>) -> Option<Subject> {
        let spec = category::find(&category?)?;
        let period = Period::parse_as(spec.oversight, &period?)?;
        Some(Subject { site: site?.as_str().into(), spec, period })
    }
}

#[component]
pub fn OversightPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let subject = Memo::new(move |_| {
        let query = &address.read().query;
        Subject::parse(query.get("site"), query.get("category"), query.get("period"))
    });
    live(move || match subject.get() {
        Some(subject) if roles_at(app, &subject.site).meets(READERS) => view! { <Detail subject /> },
        _ if sites(app).is_empty() => view! { <NotYours heading=text::OVERSIGHT /> },
        _ => view! { <List /> },
    })
}

/// The roles of this person at a site; a provider of one site is provider of all. Tracked.
pub fn roles_at(app: App, site: &SiteId) -> Roles {
    let Some(me) = app.me() else { return Roles::NONE };
    let (directory, today) = (app.directory.read(), app.today());
    let held = directory.held(&me.staff, site, today).all();
    let is_provider =
        directory.sites.keys().any(|site| directory.held(&me.staff, site, today).all().has(Provider));
    if is_provider { held.with(Provider) } else { held }
}

/// Sites whose oversight this person may read, by name. Tracked.
pub fn sites(app: App) -> Vec<(SiteId, String)> {
    let directory = app.directory.read();
    let theirs =
        directory.sites.iter().filter(|(id, site)| !site.retired && roles_at(app, id).meets(READERS));
    let mut sites: Vec<(SiteId, String)> = theirs.map(|(id, _)| (id.clone(), app.site_name(id))).collect();
    sites.sort_by(|one, other| one.1.cmp(&other.1));
    sites
}
