//! Audits that are late at a site: the provider is told of them from the first day, also where one was opened and left.
//! Source: model.md section 9, which shows an audit to the provider once it is overdue.

use crate::{
    pages::{
        audits::calendar::{self, Slot},
        desk::Line,
    },
    routes,
    text::{audits as text, common::relative_day},
    ui::{Card, StatusTag},
};
use chrono::NaiveDate;
use domain::{
    ids::SiteId,
    register::Register,
    roles::{Role, Roles},
    time::{Instant, days_between, london_date},
};
use markup::prelude::*;
use std::collections::BTreeMap;

/// Up to here each site is a line of Home; more are one line together.
const SITES: usize = 3;

/// How many are late at a site, and the one that was due first.
#[derive(Clone, Debug, PartialEq)]
pub struct LateAudits {
    pub number: usize,
    pub days: i64,
    site: String,
    title: String,
}

/// Every audit of a site that is late, the earliest due first.
pub fn late(register: &Register, site: &str, now: Instant) -> Vec<Slot> {
    let waiting = calendar::waiting(register, site, Roles::of(&[Role::Provider]), now);
    waiting.into_iter().filter(|slot| slot.stand.is_late()).collect()
}

impl LateAudits {
    /// None where no audit is late.
    pub fn of(register: &Register, site: &SiteId, now: Instant) -> Option<LateAudits> {
        let slots = late(register, site, now);
        let first = slots.first()?;
        let name = register.directory().sites.get(site).map(|site| site.name.clone());
        Some(LateAudits {
            number: slots.len(),
            days: days_between(first.due, london_date(now)),
            site: name.filter(|name| !name.is_empty()).unwrap_or_else(|| site.to_string()),
            title: text::title(first.spec, first.period),
        })
    }
}

/// Lines of Home: where, what and how late. Each opens its list.
pub fn lines(late: &BTreeMap<SiteId, LateAudits>) -> Vec<Line> {
    let icon = "clipboard-check";
    if late.len() > SITES {
        let number = late.values().map(|late| late.number).sum();
        let Some(oldest) = late.values().max_by_key(|late| late.days) else { return Vec::new() };
        let words = text::late_at_sites(number, late.len(), &oldest.site, &oldest.title, oldest.days);
        return vec![Line { words, href: routes::PROVIDER.to_owned(), icon }];
    }
    let line = |(site, late): (&SiteId, &LateAudits)| Line {
        words: text::late_at(&late.site, late.number, &late.title, late.days),
        href: super::waiting::provider_list(site, "audits"),
        icon,
    };
    late.iter().map(line).collect()
}

/// One audit as a card; it opens once it was opened.
pub fn card(slot: &Slot, today: NaiveDate, level: u8) -> Node {
    let (status, label) = (slot.stand.status(), slot.stand.words());
    let detail = slot.stand.detail(today);
    let due = format!("Was due {}", relative_day(slot.due, today));
    // What was missed says so by itself.
    let due = (!detail.starts_with(&due)).then(|| view! { <p class="card__meta">{due}</p> });
    let name = text::title(slot.spec, slot.period);
    let (icon, tone) = (slot.spec.icon, slot.spec.id);
    let body = view! {
        <p class="cluster"><StatusTag status label /> <span class="card__meta">{detail}</span></p>
        {due}
    };
    match slot.audit.as_ref().map(routes::audit) {
        Some(href) => view! { <Card title=name href icon tone level>{body}</Card> },
        None => view! { <Card title=name icon tone level>{body}</Card> },
    }
}
