//! All sites of a provider side by side. `?site=` and `?list=` open the list behind a number.

mod facts;
mod funnel;
mod lists;
mod phones;
mod table;
mod times;

use super::{
    address::address,
    oversee::NotYours,
    oversight::{roles_at, sites},
};
use crate::{
    routes,
    state::{App, use_app},
    text::{common::FILLING, measures::counted_by, oversee::OVERSEE, provider as text},
    ui::{Page, PrintButton},
};
use domain::{ids::SiteId, measures::category_per, roles::Role};
use facts::{SiteFacts, of_site};
use funnel::Funnel;
use lists::ListPage;
use markup::prelude::*;
use table::Sites;
use times::Times;

/// The address of the list behind a number of a site.
fn list(site: &SiteId, list: &str) -> String {
    format!("{}?site={site}&list={list}", routes::PROVIDER)
}

/// The list of the near misses that go with what is divided by, a code of `denominator`; of all of them without one.
fn near_misses_list(per: Option<&str>) -> &'static str {
    match per.and_then(category_per) {
        None => "near_misses",
        Some(_) => "near_misses_medication",
    }
}

#[component]
pub fn ProviderPage() -> impl IntoView {
    let app = use_app();
    let address = address();
    let wanted = Memo::new(move |_| {
        let query = &address.read().query;
        Some((SiteId::from(query.get("site")?.as_str()), query.get("list")?))
    });
    live(move || {
        let mine = of_provider(app);
        if mine.is_empty() {
            return view! { <NotYours heading=text::ALL_SITES words="The provider sees all sites side by side here." /> };
        }
        match wanted.get() {
            Some((site, list)) if mine.iter().any(|(id, _)| *id == site) => view! { <ListPage site list /> },
            _ => view! { <SideBySide /> },
        }
    })
}

/// Sites of which this person is the provider, by name. Tracked.
fn of_provider(app: App) -> Vec<(SiteId, String)> {
    sites(app).into_iter().filter(|(site, _)| roles_at(app, site).has(Role::Provider)).collect()
}

#[component]
fn SideBySide() -> impl IntoView {
    let app = use_app();
    let facts = Memo::new(move |_| {
        let (register, now) = (app.register.read(), app.now.get());
        let sites = of_provider(app).into_iter();
        sites.map(|(site, name)| of_site(&register, &site, name, now)).collect::<Vec<SiteFacts>>()
    });
    let filling = move || app.sync.filling.get().then(|| view! { <p class="muted">{FILLING}</p> });
    view! {
        <Page
            title=text::ALL_SITES
            heading=text::ALL_SITES
            caption=app.directory.read_untracked().provider.clone()
            back=routes::OVERSEE
            back_label=OVERSEE.to_owned()
            wide=true
        >
            <p class="lede">"What waits, what is late and how long each step takes, at every site."</p>
            {filling}
            <Sites facts />
            <p class="small muted">{text::FAIR} " " {counted_by()}</p>
            <Times facts />
            <Funnel facts />
            <p><PrintButton>"Print this page"</PrintButton></p>
        </Page>
    }
}
