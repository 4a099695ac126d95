//! What the pictures are made from: the index of what this person oversees, and what they chose to see.

use super::{
    behind::{Behind, Of},
    options::Options,
    wanted::{ALL_SITES, Wanted},
};
use crate::{
    pages::oversee::sections::READERS,
    state::{App, use_app},
    text::measures::{category_name, shown},
};
use chrono::NaiveDate;
use domain::{
    category::{CATEGORIES, CategorySpec},
    directory::Directory,
    ids::{SiteId, StaffId},
    measures::index::{By, Filter, Index, Which},
    register::Register,
    roles::{Role, Roles},
    time::Instant,
};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// Sees every record of a site.
const WHOLE_SITE: Roles = Roles::of(&[
    Role::RegisteredManager,
    Role::DeputyManager,
    Role::Provider,
    Role::Inspector,
    Role::Commissioner,
]);

/// The index made last; made again when the register, the person or the day is another.
#[derive(Clone, Copy)]
pub struct Indexed(StoredValue<Option<Made>>);

#[derive(Clone)]
struct Made {
    register: Arc<Register>,
    directory: Arc<Directory>,
    staff: StaffId,
    date: NaiveDate,
    index: Arc<Index>,
}

/// One moment of one person's view. Cheap to copy.
#[derive(Clone)]
pub struct Look {
    pub index: Arc<Index>,
    pub register: Arc<Register>,
    pub directory: Arc<Directory>,
    pub filter: Filter,
    pub wanted: Wanted,
    pub options: Options,
    pub site_words: String,
    pub now: Instant,
    pub today: NaiveDate,
    /// For somebody from outside who sees no names: small cells are hidden.
    pub coded: bool,
    /// Sites that this person may choose from, with their names.
    pub sites: Vec<(SiteId, String)>,
    /// Categories that this person may choose from; one alone is always chosen.
    pub categories: Vec<&'static CategorySpec>,
}

impl Indexed {
    pub fn provide() {
        provide_context(Self(StoredValue::new(None)));
    }

    fn index(
        self,
        register: &Arc<Register>,
        directory: &Arc<Directory>,
        staff: &StaffId,
        date: NaiveDate,
    ) -> Arc<Index> {
        let same = |made: &Made| {
            Arc::ptr_eq(&made.register, register)
                && Arc::ptr_eq(&made.directory, directory)
                && made.staff == *staff
                && made.date == date
        };
        if let Some(made) = self.0.get_value().filter(same) {
            return made.index;
        }
        let roles = roles_of(directory, staff, date);
        let index = Arc::new(Index::of(register, |record| {
            let roles = roles.get(&record.site).copied().unwrap_or(Roles::NONE);
            roles.meets(WHOLE_SITE) || record.spec().is_some_and(|spec| leads(roles, spec))
        }));
        let made = Made {
            register: register.clone(),
            directory: directory.clone(),
            staff: staff.clone(),
            date,
            index: index.clone(),
        };
        self.0.set_value(Some(made));
        index
    }
}

fn leads(roles: Roles, spec: &CategorySpec) -> bool {
    roles.has(spec.pathway.lead) || roles.has(spec.pathway.reviewer)
}

/// By site; a provider is one at every site.
fn roles_of(directory: &Directory, staff: &StaffId, date: NaiveDate) -> BTreeMap<SiteId, Roles> {
    let held = directory.sites.keys().map(|site| (site.clone(), directory.held(staff, site, date).all()));
    let mut roles: BTreeMap<SiteId, Roles> = held.collect();
    if roles.values().any(|roles| roles.has(Role::Provider)) {
        roles.values_mut().for_each(|roles| *roles = roles.with(Role::Provider));
    }
    roles
}

/// As things stand now; not tracked, so that a page stays while somebody reads it.
pub fn look(get: impl Fn(&str) -> Option<String>) -> Option<Look> {
    let app = use_app();
    let indexed: Indexed = expect_context();
    untrack(|| look_of(app, indexed, &get))
}

fn look_of(app: App, indexed: Indexed, get: &dyn Fn(&str) -> Option<String>) -> Option<Look> {
    let (me, today) = (app.me()?, app.today());
    let (register, directory) = (app.register.get(), app.directory.get());
    let roles = roles_of(&directory, &me.staff, today);
    let mine = roles.iter().filter(|(_, roles)| roles.meets(READERS));
    let sites: Vec<(SiteId, String)> = mine.map(|(site, _)| (site.clone(), app.site_name(site))).collect();
    let wanted = Wanted::read(get);
    let site = match wanted.site.as_str() {
        ALL_SITES if sites.len() > 1 => None,
        other => {
            let named = sites.iter().find(|(site, _)| **site == *other).map(|(site, _)| site.clone());
            let here = app.site().filter(|here| sites.iter().any(|(site, _)| site == here));
            Some(named.or(here).or_else(|| sites.first().map(|(site, _)| site.clone()))?)
        }
    };
    let about: Vec<Roles> = match &site {
        Some(site) => roles.get(site).copied().into_iter().collect(),
        None => roles.values().copied().collect(),
    };
    let may = |spec: &&CategorySpec| about.iter().any(|roles| roles.meets(WHOLE_SITE) || leads(*roles, spec));
    let categories: Vec<&'static CategorySpec> = CATEGORIES.into_iter().filter(may).collect();
    let category = match categories.as_slice() {
        [only] => Some(only.id.to_owned()),
        _ => Some(wanted.category.clone()).filter(|code| categories.iter().any(|spec| spec.id == code)),
    };
    let site_words = match &site {
        Some(site) => app.site_name(site),
        None => "all sites".into(),
    };
    let coded = about
        .iter()
        .all(|roles| roles.has(Role::Commissioner) && !roles.meets(Roles::STAFF.with(Role::Inspector)));
    let (from, to) = wanted.dates(today);
    Some(Look {
        index: indexed.index(&register, &directory, &me.staff, today),
        register,
        directory,
        filter: Filter { site, category, from, to },
        options: Options::read(get),
        wanted,
        site_words,
        now: app.now.get(),
        today,
        coded,
        sites,
        categories,
    })
}

impl Look {
    pub fn category_words(&self) -> String {
        category_name(self.filter.category.as_deref())
    }

    /// The chosen dates have not come yet.
    pub fn is_future(&self) -> bool {
        self.filter.from > self.today
    }

    /// " in medicines", or nothing.
    pub fn within(&self) -> String {
        match &self.filter.category {
            None => String::new(),
            Some(code) => format!(" in {}", category_name(Some(code)).to_lowercase()),
        }
    }

    /// "Shown: …" of these dates.
    pub fn shown(&self, from: NaiveDate, to: NaiveDate) -> String {
        shown(&self.site_words, &self.category_words(), from, to)
    }

    /// Address of the records of the chosen dates.
    pub fn records(&self, which: Which) -> String {
        self.records_of(which, &self.filter)
    }

    pub fn records_of(&self, which: Which, filter: &Filter) -> String {
        self.behind(Of::Records { which, group: None }, filter)
    }

    pub fn group(&self, which: Which, by: By, key: &str) -> String {
        self.behind(Of::Records { which, group: Some((by, key.to_owned())) }, &self.filter)
    }

    pub fn behind(&self, of: Of, filter: &Filter) -> String {
        Behind { of, filter: filter.clone() }.address()
    }
}
