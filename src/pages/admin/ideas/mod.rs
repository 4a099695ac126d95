//! Ideas for actions: `/admin/ideas`. The provider's own in a table, and below them those of the app.

mod edit;
mod rows;
mod shipped;

use crate::{
    routes,
    state::use_app,
    text::{common::count, ideas as text},
    ui::{Buttons, Cell, EmptyState, Kind, LinkButton, Page, StatusTag, Table},
};
use domain::{
    category,
    directory::{Directory, Idea},
    vocabulary::CONTROL_STRENGTH,
};
pub use edit::{IdeaPage, sites_of_new};
use markup::prelude::*;
pub use rows::{KIND, LEFT_OUT, SITES, STRENGTH, TEXT, complete};
use shipped::Shipped;

pub const SECTION: &str = "ideas";

/// One line of the table of own ideas.
#[derive(Clone, PartialEq)]
struct Shown {
    id: String,
    text: String,
    category: String,
    causes: String,
    strength: String,
    sites: String,
    retired: bool,
}

#[component]
pub fn IdeasPage() -> impl IntoView {
    let app = use_app();
    let here = routes::admin(SECTION);
    let rows = Memo::new(move |_| own(&app.directory.read()));
    let caption = Signal::derive(move || app.site().map(|site| app.site_name(&site)).unwrap_or_default());
    let several = move || app.directory.read().sites.len() > 1;
    let total = move || count(rows.read().iter().filter(|row| !row.retired).count(), "idea", "ideas");
    let table = move || {
        if rows.read().is_empty() {
            return view! {
                <EmptyState title=text::NONE_TITLE icon="lightbulb">
                    <p>{text::NONE_WORDS}</p>
                </EmptyState>
            };
        }
        let sites = several();
        let heads = ["Idea", "Category", "For", "Strength"].into_iter().chain(sites.then_some("Sites"));
        let heads = heads.map(str::to_owned).collect::<Vec<_>>();
        let lines = rows.get().into_iter().map(|row| view! { <Line row sites /> }).collect_view();
        view! {
            <p class="muted number">{total}</p>
            <Table caption=text::OWN hide_caption=true heads>{lines}</Table>
        }
    };
    let (new, import) = (format!("{here}?new=1"), format!("{here}?import=1"));
    view! {
        <Page title=text::TITLE heading=text::TITLE caption back=routes::ADMIN back_label="Manage" wide=true>
            <p class="lede">{text::LEDE}</p>
            <Buttons>
                <LinkButton href=new icon="plus">{text::ADD}</LinkButton>
                <LinkButton href=import kind=Kind::Secondary>{text::IMPORT}</LinkButton>
            </Buttons>
            <section class="stack" aria-labelledby="own">
                <h2 id="own">{text::OWN}</h2>
                {table}
            </section>
            <Shipped />
        </Page>
    }
}

/// Those in use first, by category and words.
fn own(directory: &Directory) -> Vec<Shown> {
    let shown = |(id, idea): (&String, &Idea)| {
        let spec = category::find(&idea.category);
        let of: Vec<&str> = idea.of.iter().map(String::as_str).collect();
        let name = |site: &domain::ids::SiteId| {
            let known = directory.sites.get(site).map(|site| site.name.as_str());
            known.filter(|name| !name.is_empty()).unwrap_or(site).to_owned()
        };
        Shown {
            id: id.clone(),
            text: idea.text.clone(),
            category: spec.map_or(idea.category.as_str(), |spec| spec.name).to_owned(),
            causes: text::causes(spec, &of),
            strength: CONTROL_STRENGTH.label(&idea.strength).to_owned(),
            sites: match idea.sites.as_slice() {
                [] => "All".to_owned(),
                sites => sites.iter().map(name).collect::<Vec<_>>().join(", "),
            },
            retired: idea.retired,
        }
    };
    let mut rows: Vec<Shown> = directory.ideas.iter().map(shown).collect();
    rows.sort_by_cached_key(|row| (row.retired, row.category.clone(), row.text.to_lowercase()));
    rows
}

#[component]
fn Line(row: Shown, sites: bool) -> impl IntoView {
    let edit = format!("{}?edit={}", routes::admin(SECTION), row.id);
    let retired = row.retired.then(|| view! { " " <StatusTag status="withdrawn" label="Retired" /> });
    view! {
        <tr role="row">
            <Cell head="Idea" names_row=true>
                <a href=edit>{row.text}</a>
                {retired}
            </Cell>
            <Cell head="Category">{row.category}</Cell>
            <Cell head="For">{row.causes}</Cell>
            <Cell head="Strength">{row.strength}</Cell>
            {sites.then(|| view! { <Cell head="Sites">{row.sites}</Cell> })}
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_ideas_are_shown_in_words_those_in_use_first() {
        let mut directory = Directory::default();
        let site = domain::directory::Site { name: "Elm House".into(), ..Default::default() };
        directory.sites.insert("elm".into(), site);
        let idea = |text: &str, category: &str, retired: bool| Idea {
            category: category.into(),
            text: text.into(),
            strength: "intermediate".into(),
            of: vec!["patch".into()],
            sites: vec!["elm".into()],
            retired,
            ..Idea::default()
        };
        directory.ideas.insert("1".into(), idea("Ended", "medication", true));
        directory.ideas.insert("2".into(), idea("b", "medication", false));
        directory.ideas.insert("3".into(), Idea { sites: vec![], ..idea("a", "medication", false) });
        directory.ideas.insert("4".into(), idea("Newer", "laundry", false));
        let rows = own(&directory);
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        assert_eq!(texts, ["a", "b", "Newer", "Ended"]);
        assert_eq!((rows[0].sites.as_str(), rows[1].sites.as_str()), ("All", "Elm House"));
        assert_eq!((rows[1].category.as_str(), rows[1].strength.as_str()), ("Medicines", "In between"));
        assert_eq!(rows[2].category, "laundry");
    }
}
