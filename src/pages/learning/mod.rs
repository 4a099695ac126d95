//! What became of each change: the measure, two looks at it, and whether it came back. `?show=` and `?category=` choose.

mod card;
mod down;
mod tell;

pub use card::Looks;
pub use down::DownPage;
pub use tell::{StoryPage, may_tell};

use super::{
    address::address,
    oversee::{NotYours, sections::READERS},
    record::seen,
};
use crate::{
    routes,
    state::{App, use_app},
    text::{common::FILLING, learning as text, review::record::title},
    ui::{Button, Cell, EmptyState, Kind, Page, Table, before_print},
};
use card::Card;
use domain::{
    category::CATEGORIES,
    ids::RecordId,
    learning::{Improvement, Standing},
    record::Record,
    sight::Viewer,
};
use markup::prelude::*;
use std::sync::Arc;

/// A list is drawn in pieces of this size.
const PIECE: usize = 12;
/// No more than this go to paper whole: three to a page, a list of a year would be hundreds of pages.
const WHOLE_ON_PAPER: usize = 24;
/// Of a longer list so many go to paper, each in one row: the most pressing, on some seven pages.
const ROWS_ON_PAPER: usize = 100;

#[derive(Clone, PartialEq)]
struct Line {
    record: RecordId,
    version: u32,
    category: String,
    standing: Standing,
}

#[component]
pub fn LearningPage() -> impl IntoView {
    let app = use_app();
    live(move || {
        if app.roles().meets(READERS) {
            view! { <Improvements /> }
        } else {
            view! { <NotYours heading=text::LEARNING_HEADING /> }
        }
    })
}

#[component]
fn Improvements() -> impl IntoView {
    let app = use_app();
    let address = address();
    let chosen =
        move |name: &'static str| Memo::new(move |_| address.read().query.get(name).unwrap_or_default());
    let (show, category) = (chosen("show"), chosen("category"));
    let all = Memo::new(move |_| lines(app));
    // The board is for those who work here.
    let only_reads = Memo::new(move |_| app.roles().only_reads());
    let shown = RwSignal::new(PIECE);
    let of_category = move |line: &Line| category.read().is_empty() || line.category == *category.read();
    let wanted = Memo::new(move |_| {
        let fits = |line: &&Line| {
            (show.read().is_empty() || line.standing.code() == *show.read()) && of_category(line)
        };
        all.read().iter().filter(fits).cloned().collect::<Vec<_>>()
    });
    let in_short = RwSignal::new(false);
    before_print(move || {
        let many = untrack(|| wanted.read().len()) > WHOLE_ON_PAPER;
        in_short.set(many);
        if !many {
            shown.set(usize::MAX);
        }
    });
    let piece = Memo::new(move |_| wanted.read().iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let empty = move || {
        wanted.read().is_empty().then(|| match (app.sync.filling.get(), all.read().is_empty()) {
            (true, _) => view! { <EmptyState title=FILLING icon="trending-up" /> },
            (_, true) => view! {
                <EmptyState title=text::LEARNING_EMPTY icon="trending-up">
                    <p>{text::LEARNING_EMPTY_WORDS}</p>
                    {(!only_reads.get()).then(|| view! { <p><a href=routes::INBOX>"Go to the inbox"</a></p> })}
                </EmptyState>
            },
            _ => view! {
                <EmptyState title=text::NONE_CHOSEN icon="trending-up">
                    <p><a href=routes::LEARNING>"Show all changes"</a></p>
                </EmptyState>
            },
        })
    };
    let more = move || {
        let left = wanted.read().len().saturating_sub(shown.get());
        (left > 0).then(|| {
            let words = format!("Show {} more", left.min(PIECE));
            let press = Callback::new(move |()| shown.update(|shown| *shown = shown.saturating_add(PIECE)));
            view! { <Button kind=Kind::Secondary on_press=press>{words}</Button> }
        })
    };
    let site = move || app.site().map(|site| app.site_name(&site)).unwrap_or_default();
    let counted = move |standing: Option<Standing>| {
        let lines = all.read();
        let fits =
            |line: &&Line| of_category(line) && standing.is_none_or(|standing| line.standing == standing);
        lines.iter().filter(fits).count()
    };
    let standings = move || {
        let link = |standing: Option<Standing>| {
            let code = standing.map(Standing::code).unwrap_or_default();
            let words = standing.map_or("All", |standing| text::standing(standing).1);
            let number = counted(standing);
            let current = *show.read() == code;
            (number > 0 || current)
                .then(|| choice(format!("{words} ({number})"), code, &category.get(), current))
        };
        let links = [None].into_iter().chain(Standing::ALL.map(Some)).filter_map(link).collect::<Vec<_>>();
        view! { <ul class="filters__row" aria-label="How it stands">{links}</ul> }
    };
    let categories = move || {
        let all =
            [("", "All kinds")].into_iter().chain(CATEGORIES.into_iter().map(|spec| (spec.id, spec.name)));
        let links = all.map(|(id, words)| choice(words.to_owned(), &show.get(), id, *category.read() == id));
        let links = links.collect::<Vec<_>>();
        view! { <ul class="filters__row" aria-label="Kind of near miss">{links}</ul> }
    };
    view! {
        <Page title=text::LEARNING heading=text::LEARNING_HEADING caption=Signal::derive(site) back=routes::OVERSEE back_label=crate::text::oversee::OVERSEE wide=true>
            <p class="lede">{text::LEARNING_WORDS}</p>
            {move || (!only_reads.get()).then(|| view! { <p class="no-print"><a class="lone" href=routes::BOARD>"See the team board"</a></p> })}
            {move || {
                let coded = app.evidence_rights().is_some_and(|rights| rights.coded_only);
                coded.then(|| view! { <p class="muted">{text::WITHOUT_PEOPLE}</p> })
            }}
            {move || (!all.read().is_empty()).then(|| view! { <nav class="filters no-print" aria-label="Choose what to see">{standings()} {categories()}</nav> })}
            {move || chosen_words(&show.read(), &category.read()).map(|words| view! { <p class="print-only">{words}</p> })}
            {empty}
            {move || in_short.get().then(|| view! { <InShort lines=wanted /> })}
            <ul class="improvements" class:no-print=in_short>
                <For each=move || piece.get() key=|line| (line.record.clone(), line.version, line.standing) let:line>
                    <li><Card id=line.record standing=line.standing /></li>
                </For>
            </ul>
            {more}
        </Page>
    }
}

/// What goes to paper of a long list: how many stand how, and the first of them in one row each.
#[component]
fn InShort(lines: Memo<Vec<Line>>) -> impl IntoView {
    let app = use_app();
    let rows = move || {
        let lines = lines.read();
        lines
            .iter()
            .take(ROWS_ON_PAPER)
            .filter_map(|line| Some((seen(app, &line.record)?, line.standing)))
            .map(row)
            .collect_view()
    };
    let words = move || {
        let all: Vec<Standing> = lines.read().iter().map(|line| line.standing).collect();
        text::in_short(&all, ROWS_ON_PAPER, WHOLE_ON_PAPER)
    };
    let heads = text::IN_SHORT_HEADS.map(str::to_owned).to_vec();
    view! {
        <div class="print-only in-short">
            <p>{words}</p>
            <Table caption=text::LEARNING heads hide_caption=true>{rows}</Table>
        </div>
    }
}

fn row((record, standing): (Arc<Record>, Standing)) -> Node {
    let [name, changed, stands] = text::IN_SHORT_HEADS;
    let (words, what) = (title(&record), card::what_we_changed(&record));
    view! {
        <tr role="row">
            <Cell head=name names_row=true>{words}</Cell>
            <Cell head=changed>{what}</Cell>
            <Cell head=stands>{text::standing(standing).1}</Cell>
        </tr>
    }
}

fn choice(words: String, show: &str, category: &str, current: bool) -> Node {
    let parts = [("show", show), ("category", category)];
    let query: Vec<String> = parts
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let href = if query.is_empty() {
        routes::LEARNING.to_owned()
    } else {
        format!("{}?{}", routes::LEARNING, query.join("&"))
    };
    let current = current.then_some("true");
    view! { <li><a class="filters__link" href=href aria-current=current>{words}</a></li> }
}

/// Every change that this person may see, the most pressing first, then the newest. Tracked.
fn lines(app: App) -> Vec<Line> {
    let (Some(me), Some(site)) = (app.me(), app.site()) else { return Vec::new() };
    let directory = app.directory.read();
    let today = app.today();
    let viewer = Viewer { staff: &me.staff, directory: &directory, date: today };
    let register = app.register.read();
    let mut changes: Vec<_> = register
        .of_site(&site)
        .filter(|record| record.outcome_since.is_some() && viewer.sees(record))
        .filter_map(|record| Improvement::of(record, &register))
        .map(|change| (change.standing(today), std::cmp::Reverse(change.changed_at), change.record))
        .collect();
    changes.sort_by_key(|(standing, changed_at, _)| (*standing, *changed_at));
    let line = |(standing, _, record): (Standing, _, &domain::record::Record)| Line {
        record: record.id.clone(),
        version: record.version,
        category: record.facts.category().to_owned(),
        standing,
    };
    changes.into_iter().map(line).collect()
}

/// What the links that are not on paper say of it: "Shown: Came back; Medicines".
fn chosen_words(show: &str, category: &str) -> Option<String> {
    let standing = Standing::ALL.into_iter().find(|standing| standing.code() == show);
    let standing = standing.map(|standing| text::standing(standing).1);
    let category = CATEGORIES.into_iter().find(|spec| spec.id == category).map(|spec| spec.name);
    let parts: Vec<&str> = [standing, category].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Shown: {}", parts.join("; ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_says_what_was_chosen() {
        assert_eq!(chosen_words("", ""), None);
        assert_eq!(chosen_words("came_back", "").as_deref(), Some("Shown: Came back"));
        let both = chosen_words(Standing::Better.code(), "medication");
        assert_eq!(both.as_deref(), Some("Shown: Better; Medicines"));
    }
}
