//! Every oversight of the sites that this person may read: to sign, running, signed.

use super::{marked::marks, sites};
use crate::{
    pages::oversee::{
        late,
        waiting::{self, Oversight},
    },
    routes,
    state::use_app,
    text::{audits as text, oversee::OVERSEE},
    ui::{Card, Details, EmptyState, Page, StatusTag},
};
use domain::{
    ids::SiteId,
    roles::{Role, Roles},
};
use markup::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let app = use_app();
    let all = sites(app);
    let several = all.len() > 1;
    let parts = all
        .iter()
        .map(|(site, name)| view! { <OfSite site=site.clone() name=several.then(|| name.clone()) /> })
        .collect_view();
    let site = (!several).then(|| app.site().map(|site| app.site_name(&site))).flatten().unwrap_or_default();
    view! {
        <Page
            title=text::OVERSIGHT
            heading=text::OVERSIGHT
            caption=site
            back=routes::OVERSEE
            back_label=OVERSEE.to_owned()
            wide=true
        >
            <p class="lede">"The provider reads what each site did with its near misses, asks, and signs."</p>
            <ToSign sites=all />
            {parts}
        </Page>
    }
}

/// Of all sites together, the one that has waited longest first.
#[component]
fn ToSign(sites: Vec<(SiteId, String)>) -> impl IntoView {
    let app = use_app();
    let several = sites.len() > 1;
    let lines = Memo::new(move |_| {
        let (register, now) = (app.register.read(), app.now.get());
        let lines = |(site, _): &(SiteId, String)| waiting::oversights(&register, site, now);
        let mut lines: Vec<Oversight> =
            sites.iter().flat_map(lines).filter(|line| line.stand.waits()).collect();
        lines.sort_by_key(|line| line.period.last());
        lines
    });
    let begun = {
        let directory = app.directory.read_untracked();
        directory.sites.values().any(|site| !site.retired && site.live_from.is_some())
    };
    view! {
        <section class="stack">
            <h2>"To sign" " " <span class="number muted">{move || lines.read().len()}</span></h2>
            {move || {
                let none = if begun { "No period that is over waits to be signed." } else { "Nothing is to be signed yet." };
                lines.read().is_empty().then(|| view! { <p class="muted">{none}</p> })
            }}
            {move || view! { <Lines lines=lines.get() names_site=several /> }}
        </section>
    }
}

#[component]
fn OfSite(site: SiteId, name: Option<String>) -> impl IntoView {
    let app = use_app();
    let of = site.clone();
    let lines = Memo::new(move |_| waiting::oversights(&app.register.read(), &of, app.now.get()));
    let which = move |which: fn(&Oversight) -> bool| -> Vec<Oversight> {
        lines.read().iter().filter(|line| which(line)).cloned().collect()
    };
    let has_begun =
        app.directory.read_untracked().sites.get(&site).is_some_and(|site| site.live_from.is_some());
    let empty = (!has_begun).then(|| view! { <NotBegun site=site.clone() /> });
    let running = move || {
        let lines = which(Oversight::is_running);
        view! {
            <h3>"Running now" " " <span class="number muted">{lines.len()}</span></h3>
            <Lines lines />
        }
    };
    let late = live(move || {
        let slots = late::late(&app.register.read(), &site, app.now.get());
        if slots.is_empty() {
            return Node::Nothing;
        }
        let number = slots.len();
        let card = |slot| view! { <li>{late::card(slot, app.today(), 3)}</li> };
        let cards = slots.iter().map(card).collect_view();
        view! {
            <div class="stack">
                <h3>"Late audits" " " <span class="number muted">{number}</span></h3>
                <ul class="cards">{cards}</ul>
            </div>
        }
    });
    let signed = move || {
        let lines = which(Oversight::is_signed);
        if lines.is_empty() {
            return view! { <p class="muted">"No oversight is signed yet."</p> };
        }
        // What waits for this person is not hidden behind a line.
        let open = lines.iter().any(|line| !marks(app, line).is_empty());
        view! { <Details summary=format!("Signed: {}", lines.len()) open><Lines lines /></Details> }
    };
    view! {
        <section class="stack oversight-site">
            <h2>{name.unwrap_or_else(|| "What is to be read".to_owned())}</h2>
            {empty}
            {late}
            {running}
            {signed}
        </section>
    }
}

/// What is missing before the first oversight, and who sets it.
#[component]
fn NotBegun(site: SiteId) -> impl IntoView {
    let app = use_app();
    let sets_date = untrack(|| {
        super::roles_at(app, &site).meets(Roles::of(&[Role::Administrator, Role::RegisteredManager]))
            && app.site().as_ref() == Some(&site)
    });
    let way = match sets_date {
        true => {
            let href = format!("{}?edit={site}", routes::admin("sites"));
            view! { <p><a href=href>"Set the first day with Noticed"</a></p> }
        }
        false => view! {
            <p>"Ask the Registered Manager or an administrator to set the first day with Noticed. It stands under Manage, Sites."</p>
        },
    };
    view! {
        <EmptyState title="No oversight is expected at this site yet." icon="landmark">
            <p>"Each period that is over stands here, for the provider to read and sign. Periods count from the first day of the site with Noticed, and that day is not set."</p>
            {way}
        </EmptyState>
    }
}

#[component]
fn Lines(lines: Vec<Oversight>, #[prop(optional)] names_site: bool) -> impl IntoView {
    let cards = lines.into_iter().map(|line| view! { <Line line names_site /> }).collect_view();
    view! { <ul class="cards oversight-cards">{cards}</ul> }
}

#[component]
fn Line(line: Oversight, names_site: bool) -> impl IntoView {
    let app = use_app();
    let title = text::oversight_title(line.spec, line.period);
    let href = routes::oversight(&line.site, line.spec.id, &line.period.to_string());
    let (status, label) = (line.stand.status(), line.stand.words().replace("To open", "To sign"));
    let detail = match line.is_running() {
        true => String::new(),
        false => line.stand.detail(app.today()),
    };
    let site = names_site.then(|| {
        let name = app.site_name(&line.site);
        view! { <p class="card__meta">{name}</p> }
    });
    let waits = marks(app, &line)
        .into_iter()
        .map(|(status, label)| view! { <StatusTag status label /> })
        .collect_view();
    view! {
        <li>
            <Card title href icon=line.spec.icon tone=line.spec.id>
                {site}
                <p class="cluster">
                    <StatusTag status label />
                    <span class="card__meta">{detail}</span>
                    {waits}
                </p>
            </Card>
        </li>
    }
}
