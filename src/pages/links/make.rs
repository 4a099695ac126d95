//! Makes a read-only link: for whom, what it shows, and when it ends.

use crate::{
    pages::record::form::{Ask, Entry, Fields, Look, Source, ask},
    routes,
    state::{MadeLink, NewLink, use_app},
    text::{common, links as text},
    ui::{Button, Buttons, ErrorSummary, FieldError, Form, Kind, LinkButton, Page, Panel},
};
use chrono::NaiveDate;
use domain::{
    ids::SiteId,
    time::take_days,
    vocabulary::{CodeList, code},
};
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

/// Codes of the frameworks that the server has.
static FRAMEWORKS: CodeList = CodeList {
    name: "framework",
    codes: &[
        code("quality-statements", "Quality statements"),
        code("key-lines-of-enquiry-draft-2026", "Key lines of enquiry 2026 (draft)"),
    ],
};

const ASKS: [Ask; 7] = [
    ask("reader", "Who is it for?", Look::Line)
        .hint("It stands on every page, for example: Inspector of the regulator")
        .needed(),
    ask("kind", "What do they read?", Look::One(&PACKS)).needed(),
    ask("framework", "Laid out by", Look::One(&FRAMEWORKS)).hint("Only for an inspection"),
    ask("sites", "Which sites?", Look::PickMany(Source::Site)).needed(),
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
        let Some(answers) = entry.read(&ASKS) else { return };
        let Some(link) = link(&answers) else { return };
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
                    let at = problem.field.filter(|field| ASKS.iter().any(|ask| ask.name == field));
                    entry
                        .errors
                        .set(vec![FieldError::new(at.unwrap_or_else(|| "from".into()), problem.sentence)]);
                }
            }
        });
    };
    view! {
        <Page title=text::MAKE heading=text::MAKE back=routes::LINKS has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <p>{text::LINKS_WORDS}</p>
            <Form on_submit=submit>
                <Fields asks=ASKS.to_vec() entry />
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
    start.insert("framework".into(), "quality-statements".into());
    start.insert("sites".into(), json!([site]));
    start.insert("from".into(), parts(take_days(today, 364)));
    start.insert("to".into(), parts(today));
    start.insert("days".into(), "30".into());
    start
}

fn link(answers: &Map<String, Value>) -> Option<NewLink> {
    let text = |name: &str| answers.get(name).and_then(Value::as_str);
    let kind = text("kind")?.to_owned();
    let sites = answers.get("sites")?.as_array()?.iter().filter_map(Value::as_str).map(SiteId::from);
    Some(NewLink {
        reader: text("reader")?.to_owned(),
        days: text("days")?.parse().ok()?,
        framework: text("framework").filter(|_| kind == "inspector").map(str::to_owned),
        kind,
        sites: sites.collect(),
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
            <p class="break-anywhere"><code>{link.link}</code></p>
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
    fn the_frameworks_are_those_that_packs_know() {
        for code in FRAMEWORKS.codes {
            assert!(evidence::framework::find(code.code).is_some(), "{}", code.code);
        }
        for code in PACKS.codes {
            assert!(evidence::PackKind::from_code(code.code).is_some(), "{}", code.code);
        }
    }

    #[test]
    fn a_commissioner_reads_by_no_framework() {
        let mut answers = Map::new();
        for (name, value) in [("reader", "A"), ("kind", "commissioner"), ("framework", "quality-statements")]
        {
            answers.insert(name.into(), value.into());
        }
        answers.insert("sites".into(), json!(["elm"]));
        for (name, value) in [("days", "7"), ("from", "2026-01-01"), ("to", "2026-02-01")] {
            answers.insert(name.into(), value.into());
        }
        let link = link(&answers).expect("all there");
        assert_eq!((link.framework, link.days, link.sites.len()), (None, 7, 1));
    }
}
