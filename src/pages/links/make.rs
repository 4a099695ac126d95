//! Makes a read-only link: for whom, what it shows, and when it ends.

use super::ShownOnce;
use crate::{
    pages::{
        evidence::{FRAMEWORK, FrameworkChoice},
        record::form::{Ask, Entry, Fields, Look, Source, ask},
    },
    routes,
    state::{MadeLink, NewLink, use_app},
    text::{
        common,
        evidence::{CATEGORIES_HINT, CHOOSE_FRAMEWORK},
        links as text,
    },
    ui::{Button, Buttons, ErrorSummary, FieldError, Form, Kind, LinkButton, Page, Panel},
};
use chrono::NaiveDate;
use domain::{
    ids::SiteId,
    time::take_days,
    vocabulary::{CATEGORY, CodeList, code},
};
use evidence::framework::{self, shelf};
use leptos::task::spawn_local;
use markup::prelude::*;
use serde_json::{Map, Value, json};

pub static PACKS: CodeList = CodeList {
    name: "pack",
    codes: &[
        code("inspector", "Evidence for an inspection"),
        code("commissioner", "Report for the commissioner"),
    ],
};

static DAYS: CodeList =
    CodeList { name: "days", codes: &[code("7", "7 days"), code("30", "30 days"), code("90", "90 days")] };

static FIRST: [Ask; 2] = [
    ask("reader", "Who is it for?", Look::Line)
        .hint("It stands on every page, for example: Inspector of the regulator")
        .needed(),
    ask("kind", "What do they read?", Look::One(&PACKS)).needed(),
];
/// After what it is laid out by.
static THEN: [Ask; 5] = [
    ask("sites", "Which sites?", Look::PickMany(Source::Site)).needed(),
    ask("categories", "Which categories?", Look::Many(&CATEGORY)).hint(CATEGORIES_HINT),
    ask("from", "First day", Look::Date).needed(),
    ask("to", "Last day", Look::Date).needed(),
    ask("days", "The link ends after", Look::One(&DAYS)).needed(),
];

#[component]
pub fn MakePage() -> impl IntoView {
    let made = RwSignal::new(None::<MadeLink>);
    live(move || match made.get() {
        Some(link) => view! { <Made link /> },
        None => view! { <Asking made /> },
    })
}

#[component]
fn Asking(made: RwSignal<Option<MadeLink>>) -> impl IntoView {
    let app = use_app();
    let site = untrack(|| app.site()).unwrap_or_default();
    let entry = Entry::open(app, "links/new".to_owned(), site.clone(), None, start(&site, app.today()));
    let submit = move |()| {
        let asks: Vec<Ask> = FIRST.iter().chain(&THEN).copied().collect();
        let Some(answers) = entry.read(&asks) else { return };
        if let Some(words) = too_long(&answers) {
            return entry.errors.set(vec![FieldError::new("reader", words)]);
        }
        let framework = untrack(|| entry.code(FRAMEWORK));
        let Some(link) = link(&answers, &framework) else { return };
        // It may have been taken away since the form was opened.
        let is_there = |id: &String| shelf::offer(&app.directory.read_untracked(), id).is_some();
        if !link.framework.iter().all(is_there) {
            return entry.errors.set(vec![FieldError::new(FRAMEWORK, CHOOSE_FRAMEWORK)]);
        }
        entry.errors.set(Vec::new());
        entry.busy.set(true);
        spawn_local(async move {
            let result = app.outside.make_link(&link).await;
            if entry.busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(link) => {
                    entry.forget();
                    made.set(Some(link));
                }
                Err(problem) => {
                    let is_here =
                        |field: &String| field == FRAMEWORK || asks.iter().any(|ask| ask.name == field);
                    let at = problem.field.filter(is_here);
                    entry
                        .errors
                        .set(vec![FieldError::new(at.unwrap_or_else(|| "from".into()), problem.sentence)]);
                }
            }
        });
    };
    let is_inspection = Memo::new(move |_| entry.code("kind") == "inspector");
    view! {
        <Page title=text::MAKE heading=text::MAKE back=routes::LINKS has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <p>{text::LINKS_WORDS}</p>
            <Form on_submit=submit>
                <Fields asks=FIRST.to_vec() entry />
                {move || {
                    is_inspection.get().then(|| {
                        view! { <FrameworkChoice value=entry.one(FRAMEWORK) error=entry.error(FRAMEWORK) /> }
                    })
                }}
                <Fields asks=THEN.to_vec() entry />
                <Buttons>
                    <Button busy=entry.busy>{text::MAKE}</Button>
                </Buttons>
            </Form>
        </Page>
    }
}

/// The last twelve months of the chosen site, for a month.
fn start(site: &SiteId, today: NaiveDate) -> Map<String, Value> {
    let parts = |date: NaiveDate| json!({ "day": date.format("%-d").to_string(), "month": date.format("%-m").to_string(), "year": date.format("%Y").to_string() });
    let mut start = Map::new();
    start.insert("kind".into(), "inspector".into());
    start.insert(FRAMEWORK.into(), framework::quality_statements().id.as_str().into());
    start.insert("sites".into(), json!([site]));
    start.insert("from".into(), parts(take_days(today, 364)));
    start.insert("to".into(), parts(today));
    start.insert("days".into(), "30".into());
    start
}

/// A commissioner reads by no framework.
/// As long as the server takes it, for a line on every page of the pack.
const LONGEST_READER: usize = 80;

fn too_long(answers: &Map<String, Value>) -> Option<String> {
    let letters = answers.get("reader").and_then(Value::as_str).unwrap_or_default().trim().chars().count();
    (letters > LONGEST_READER)
        .then(|| format!("Who is it for? Type {LONGEST_READER} letters or fewer. There are {letters} now"))
}

fn link(answers: &Map<String, Value>, framework: &str) -> Option<NewLink> {
    let text = |name: &str| answers.get(name).and_then(Value::as_str);
    let kind = text("kind")?.to_owned();
    let sites = answers.get("sites")?.as_array()?.iter().filter_map(Value::as_str).map(SiteId::from);
    let categories = answers.get("categories").and_then(Value::as_array).into_iter().flatten();
    let categories = categories.filter_map(Value::as_str).map(str::to_owned);
    Some(NewLink {
        reader: text("reader")?.to_owned(),
        days: text("days")?.parse().ok()?,
        framework: (kind == "inspector").then(|| framework.to_owned()),
        kind,
        sites: sites.collect(),
        categories: categories.collect(),
        from: text("from")?.parse().ok()?,
        to: text("to")?.parse().ok()?,
    })
}

#[component]
fn Made(link: MadeLink) -> impl IntoView {
    let until = format!("It ends {}.", common::moment(link.expires_at));
    view! {
        <Page title=text::MADE back=routes::LINKS>
            <Panel title=text::MADE>
                <p>{until}</p>
            </Panel>
            <p>{text::MADE_WORDS}</p>
            <ShownOnce what="Link" address=link.link />
            <Buttons>
                <LinkButton href=routes::LINKS kind=Kind::Secondary>"Back to the links"</LinkButton>
            </Buttons>
        </Page>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_are_those_that_packs_know() {
        for code in PACKS.codes {
            assert!(evidence::PackKind::from_code(code.code).is_some(), "{}", code.code);
        }
    }

    #[test]
    fn a_long_reader_is_told_how_long_it_may_be() {
        let of = |letters: usize| Map::from_iter([("reader".to_owned(), Value::from("x".repeat(letters)))]);
        assert_eq!(too_long(&of(LONGEST_READER)), None);
        let words = "Who is it for? Type 80 letters or fewer. There are 300 now";
        assert_eq!(too_long(&of(300)).as_deref(), Some(words));
    }

    #[test]
    fn a_commissioner_reads_by_no_framework() {
        let mut answers = Map::new();
        for (name, value) in [("reader", "A"), ("kind", "commissioner")] {
            answers.insert(name.into(), value.into());
        }
        answers.insert("sites".into(), json!(["elm"]));
        for (name, value) in [("days", "7"), ("from", "2026-01-01"), ("to", "2026-02-01")] {
            answers.insert(name.into(), value.into());
        }
        let link = link(&answers, "ours").expect("all there");
        assert_eq!((link.framework, link.days, link.sites.len()), (None, 7, 1));
        assert!(link.categories.is_empty(), "all of them");
        answers.insert("kind".into(), "inspector".into());
        let inspector = super::link(&answers, "ours").expect("all there");
        assert_eq!(inspector.framework.as_deref(), Some("ours"));
        answers.insert("categories".into(), json!(["medication"]));
        assert_eq!(super::link(&answers, "ours").expect("all there").categories, ["medication"]);
    }
}
