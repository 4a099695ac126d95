//! One list: its entries in a table, with ways to add, import and change.

use super::{
    first_steps::{Codes, invite},
    lists::ListSpec,
    values::{Listed, entries, in_words, is_elsewhere, works_at},
};
use crate::{
    routes,
    state::use_app,
    text::common::count,
    ui::{Buttons, Cell, EmptyState, Kind, LinkButton, Page, StatusTag, Table},
};
use markup::prelude::*;

#[component]
pub fn ListPage(list: &'static ListSpec) -> impl IntoView {
    let app = use_app();
    let here = routes::admin(list.section);
    let (new, import) = (format!("{here}?new=1"), format!("{here}?import=1"));
    let site = move || app.site().unwrap_or_default();
    let rows = Memo::new(move |_| entries(list, &app.directory.read(), &site()));
    let caption = Signal::derive(move || app.site_name(&site()));
    let total = move || {
        let (rows, site) = (rows.read(), site());
        let (away, here): (Vec<_>, Vec<_>) =
            rows.iter().filter(|entry| !entry.retired).partition(|entry| is_elsewhere(list, entry, &site));
        let here = count(here.len(), "entry", "entries");
        match away.len() {
            0 => here,
            away => format!("{here} at this site, {away} at other sites only"),
        }
    };
    let table = move || {
        if rows.read().is_empty() {
            return view! {
                <EmptyState title="Nothing here yet." icon=list.icon>
                    <p>{format!("Add the first {}, or import a list from a CSV file.", list.one)}</p>
                </EmptyState>
            };
        }
        let rest = list.columns.iter().filter(|(_, field)| *field != "name").map(|(label, _)| *label);
        let invite = (list.kind == "staff").then_some("Invite");
        let heads: Vec<String> =
            [first_head(list)].into_iter().chain(rest).chain(invite).map(str::to_owned).collect();
        let part = |caption: &'static str, hide_caption: bool, entries: Vec<Listed>| {
            (!entries.is_empty()).then(|| {
                let (heads, site) = (heads.clone(), site().to_string());
                let rows = entries
                    .into_iter()
                    .map(|entry| view! { <EntryRow list entry site=site.clone() /> })
                    .collect_view();
                view! { <Table caption hide_caption heads>{rows}</Table> }
            })
        };
        let at = site();
        let (away, here): (Vec<_>, Vec<_>) =
            rows.get().into_iter().partition(|entry| is_elsewhere(list, entry, &at));
        let here = part(list.title, true, here);
        let away = part("At other sites only", false, away);
        view! { <div class="stack">{here} {away}</div> }
    };
    let pass = (list.kind == "staff").then(|| {
        view! { <LinkButton href=routes::PASS kind=Kind::Secondary>{crate::text::pass::TITLE}</LinkButton> }
    });
    view! {
        <Page title=list.title heading=list.title caption back=routes::ADMIN back_label="Manage" wide=true>
            <p class="lede">{list.intro}</p>
            <Buttons>
                <LinkButton href=new icon="plus">{format!("Add a {}", list.one)}</LinkButton>
                <LinkButton href=import kind=Kind::Secondary>"Import a CSV file"</LinkButton>
                {pass}
            </Buttons>
            {(list.kind == "staff").then(|| view! { <Codes /> })}
            <p class="muted number">{total}</p>
            {table}
        </Page>
    }
}

#[component]
fn EntryRow(list: &'static ListSpec, entry: Listed, site: String) -> impl IntoView {
    let app = use_app();
    let directory = app.directory.read_untracked();
    let here = routes::admin(list.section);
    let edit = format!("{here}?edit={}", entry.id);
    let name = entry.name();
    let code =
        (name != entry.id).then(|| view! { <br /> <span class="small muted">{entry.id.clone()}</span> });
    let invite = (list.kind == "staff").then(|| {
        let (href, of) = (invite(&entry.id), format!(" {name}"));
        view! {
            <Cell head="Invite">
                <a href=href>"Invite" <span class="visually-hidden">{of}</span></a>
            </Cell>
        }
    });
    let cells = list
        .columns
        .iter()
        .filter(|(_, field)| *field != "name")
        .filter_map(|(label, field)| Some((*label, list.field(field)?)))
        .map(|(label, ask)| {
            let words = in_words(ask, &entry, &directory, &site);
            match ask.name == "roles" && words.is_empty() {
                true => {
                    let words = match works_at(&entry, &directory).join(", ") {
                        none if none.is_empty() => "None at any site".to_owned(),
                        sites => format!("None here. Works at {sites}"),
                    };
                    view! { <Cell head=label><span class="muted">{words}</span></Cell> }
                }
                false => view! { <Cell head=label>{words}</Cell> },
            }
        })
        .collect_view();
    let retired = entry.retired.then(|| view! { " " <StatusTag status="withdrawn" label="Retired" /> });
    view! {
        <tr role="row">
            <Cell head=first_head(list) names_row=true>
                <a href=edit>{name}</a>
                {code}
                {retired}
            </Cell>
            {cells}
            {invite}
        </tr>
    }
}

/// People you support have a code and no name.
fn first_head(list: &ListSpec) -> &'static str {
    if list.field("name").is_some() { "Name" } else { "Code" }
}
