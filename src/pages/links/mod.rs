//! Read-only links for people outside: which there are, how often each was opened, and a way to end one.
//! `?new=1` makes one.

mod make;
mod once;

use crate::{
    pages::oversee::NotYours,
    routes,
    state::{LinkRow, use_app},
    text::{common, links as text},
    ui::{self, Button, Buttons, Cell, Dialog, EmptyState, LinkButton, Notice, Page, StatusTag, Table, Tone},
};
use domain::{roles::Roles, vocabulary::CATEGORY};
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use make::MakePage;
use markup::prelude::*;
pub use once::ShownOnce;

#[component]
pub fn LinksPage() -> impl IntoView {
    let app = use_app();
    let query = use_query_map();
    let is_new = Memo::new(move |_| query.read().get("new").is_some());
    live(move || {
        if !app.roles().meets(Roles::GIVES_LINKS) {
            return view! { <NotYours heading=text::LINKS words="The Registered Manager and the provider give links." /> };
        }
        if is_new.get() {
            view! { <MakePage /> }
        } else {
            view! { <ListPage /> }
        }
    })
}

#[component]
fn ListPage() -> impl IntoView {
    let app = use_app();
    let links = LocalResource::new(move || async move { app.outside.links().await });
    let chosen = RwSignal::new(None::<LinkRow>);
    let sure = RwSignal::new(false);
    let end = move |()| {
        sure.set(false);
        let Some(link) = chosen.get_untracked() else { return };
        spawn_local(async move {
            match app.outside.end_link(&link.id).await {
                Ok(()) => app
                    .notices
                    .show(crate::state::Kind::Success, format!("The link for {} has ended.", link.reader)),
                Err(problem) => app.notices.warn(problem.sentence),
            }
            links.refetch();
        });
    };
    let list = move || match links.get() {
        None => view! { <p class="muted">"Looking."</p> },
        Some(Err(problem)) => {
            let words = problem.sentence;
            view! { <Notice tone=Tone::Warning><p>{words}</p><p>{text::NEEDS_SERVER}</p></Notice> }
        }
        Some(Ok(rows)) if rows.is_empty() => view! {
            <EmptyState title=text::NO_LINKS icon="link">
                <p>{text::NO_LINKS_WORDS}</p>
                <LinkButton href=new_link() icon="plus">{text::MAKE}</LinkButton>
            </EmptyState>
        },
        Some(Ok(rows)) => {
            let heads = ["For", "Shows", "Ends", "Opened", "End it"].map(str::to_owned).to_vec();
            let rows = rows.into_iter().map(|link| view! { <Line link chosen sure /> }).collect_view();
            view! { <Table caption=text::LINKS hide_caption=true heads>{rows}</Table> }
        }
    };
    // Where there is no link yet, the button stands in the empty list.
    let make = move || {
        let is_empty = links.with(|links| matches!(links, Some(Ok(rows)) if rows.is_empty()));
        (!is_empty).then(|| {
            view! {
                <Buttons>
                    <LinkButton href=new_link() icon="plus">{text::MAKE}</LinkButton>
                </Buttons>
            }
        })
    };
    let whose = move || chosen.read().as_ref().map(|link| link.reader.clone()).unwrap_or_default();
    view! {
        <Page title=text::LINKS heading=text::LINKS back=routes::OVERSEE back_label=crate::text::oversee::OVERSEE wide=true>
            <p class="lede">{text::LINKS_WORDS}</p>
            {make}
            {list}
            <Dialog open=sure id="end-link" title=text::END_SURE>
                <p>{whose}</p>
                <p>{text::END_WORDS}</p>
                <Buttons>
                    <Button kind=ui::Kind::Danger on_press=Callback::new(end)>{text::END}</Button>
                    <Button kind=ui::Kind::Quiet on_press=Callback::new(move |()| sure.set(false))>"Cancel"</Button>
                </Buttons>
            </Dialog>
        </Page>
    }
}

fn new_link() -> String {
    format!("{}?new=1", routes::LINKS)
}

#[component]
fn Line(link: LinkRow, chosen: RwSignal<Option<LinkRow>>, sure: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let kind = make::PACKS.label(&link.shows.kind).to_owned();
    let sites: Vec<String> = link.shows.sites.iter().map(|site| app.site_name(site)).collect();
    let categories: Vec<&str> = link.shows.categories.iter().map(|code| CATEGORY.label(code)).collect();
    let categories = if categories.is_empty() { "All categories".to_owned() } else { categories.join(", ") };
    let shows = format!(
        "{kind}. {}. {categories}. {} to {}.",
        sites.join(", "),
        common::day(link.shows.from),
        common::day(link.shows.to)
    );
    let laid_out = link.laid_out.clone().map(|by| {
        let since = by.since.unwrap_or_default();
        view! { <p class="small muted">{format!("Laid out by {}, version {}. {since}", by.title, by.version)}</p> }
    });
    let opened = match (link.views, link.last_view) {
        (0, _) | (_, None) => "Not yet".to_owned(),
        (1, Some(last)) => format!("Once, {}", common::moment(last)),
        (times, Some(last)) => format!("{times} times, last {}", common::moment(last)),
    };
    let is_over = link.expires_at <= app.now.get_untracked();
    let ends = common::moment(link.expires_at);
    let reader = link.reader.clone();
    let of = format!(" the link for {reader}");
    let act = match (link.ended_at, is_over) {
        (None, false) if link.maker_left => {
            view! { <StatusTag status="withdrawn" label=text::maker_left(&link.made_by) /> }
        }
        (Some(at), _) => {
            view! { <StatusTag status="withdrawn" label=format!("Ended {}", common::moment(at)) /> }
        }
        (None, true) => view! { <StatusTag status="other" label="Over" /> },
        (None, false) => {
            let ask = move |()| {
                chosen.set(Some(link.clone()));
                sure.set(true);
            };
            view! {
                <Button kind=ui::Kind::Quiet on_press=Callback::new(ask)>
                    {text::END} <span class="visually-hidden">{of}</span>
                </Button>
            }
        }
    };
    view! {
        <tr role="row">
            <Cell head="For" names_row=true>{reader}</Cell>
            <Cell head="Shows">{shows} {laid_out}</Cell>
            <Cell head="Ends">{ends}</Cell>
            <Cell head="Opened">{opened}</Cell>
            <Cell head="End it">{act}</Cell>
        </tr>
    }
}
