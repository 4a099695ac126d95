//! Every oversight of the sites that this person may read: to sign, running, signed.

use super::sites;
use crate::{
    pages::oversee::{
        late,
        waiting::{self, Oversight},
    },
    routes,
    state::use_app,
    text::{audits as text, oversee::OVERSEE},
    ui::{Card, EmptyState, Page, StatusTag},
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
        .into_iter()
        .map(|(site, name)| view! { <OfSite site name=several.then_some(name) /> })
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
            {parts}
        </Page>
    }
}

#[component]
fn OfSite(site: SiteId, name: Option<String>) -> impl IntoView {
    let app = use_app();
    let of = site.clone();
    let lines = Memo::new(move |_| waiting::oversights(&app.register.read(), &of, app.now.get()));
    let has_begun =
        app.directory.read_untracked().sites.get(&site).is_some_and(|site| site.live_from.is_some());
    let cards = move |which: fn(&Oversight) -> bool| -> Vec<Node> {
        let lines = lines.read();
        lines.iter().filter(|line| which(line)).map(|line| view! { <Line line=line.clone() /> }).collect()
    };
    let group = move |title: &'static str, which: fn(&Oversight) -> bool, empty: &'static str| {
        move || {
            let cards = cards(which);
            let none = cards.is_empty().then(|| view! { <p class="muted">{empty}</p> });
            view! {
                <div class="stack">
                    <h3>{title} " " <span class="number muted">{cards.len()}</span></h3>
                    {none}
                    <ul class="cards">{cards}</ul>
                </div>
            }
        }
    };
    let sets_date = untrack(|| {
        super::roles_at(app, &site).meets(Roles::of(&[Role::Administrator, Role::RegisteredManager]))
            && app.site().as_ref() == Some(&site)
    });
    let empty = (!has_begun).then(|| {
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
    });
    let of = site.clone();
    let late = live(move || {
        let slots = late::late(&app.register.read(), &of, app.now.get());
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
    let all_signed = match has_begun {
        true => "No period that is over waits to be signed.",
        false => "Nothing is to be signed yet.",
    };
    view! {
        <section class="stack oversight-site">
            <h2>{name.unwrap_or_else(|| "What is to be read".to_owned())}</h2>
            {empty}
            {late}
            <div class="oversight-groups">
                {group("To sign", |line| line.stand.waits(), all_signed)}
                {group("Running now", |line| line.is_running(), "Nothing runs now.")}
                {group("Signed", |line| line.is_signed(), "No oversight is signed yet.")}
            </div>
        </section>
    }
}

#[component]
fn Line(line: Oversight) -> impl IntoView {
    let app = use_app();
    let title = text::oversight_title(line.spec, line.period);
    let href = routes::oversight(&line.site, line.spec.id, &line.period.to_string());
    let (status, label) = (line.stand.status(), line.stand.words().replace("To open", "To sign"));
    let detail = match line.is_running() {
        true => String::new(),
        false => line.stand.detail(app.today()),
    };
    view! {
        <li>
            <Card title href icon=line.spec.icon tone=line.spec.id>
                <p class="cluster">
                    <StatusTag status label />
                    <span class="card__meta">{detail}</span>
                </p>
            </Card>
        </li>
    }
}
