//! The decision register: every decision about who must be told, in the order of arrival, with changes and rivals.

mod csv;
mod filters;
mod find;
mod lines;
mod row;
mod save;
mod shown;

use crate::{
    pages::{
        address::address,
        oversee::{NotYours, sections::READERS},
    },
    routes,
    state::{App, use_app},
    text::{
        common::{FILLING, count},
        review::{body, people},
    },
    ui::{Button, Buttons, EmptyState, Kind, LinkButton, Notice, Page, Table, before_print},
};
use domain::sight::Viewer;
use filters::Filters;
use find::FindRecord;
use lines::{Line, Wanted, lines};
use markup::prelude::*;
use row::{HEADS, Row};
use save::SaveAndPrint;
use shown::shown as chosen;

pub const TITLE: &str = "Decision register";
/// The table is drawn in pieces of this size.
const PIECE: usize = 50;

#[component]
pub fn DecisionsPage() -> impl IntoView {
    let app = use_app();
    let reads = Memo::new(move |_| app.roles().meets(READERS));
    live(move || match reads.get() {
        true => view! { <Decisions /> },
        false => view! { <NotYours heading=TITLE /> },
    })
}

#[component]
fn Decisions() -> impl IntoView {
    let app = use_app();
    let address = address();
    let wanted = Memo::new(move |_| Wanted::read(&address.read().query));
    let all = Memo::new(move |_| all_lines(app));
    let found = Memo::new(move |_| wanted.read().of(&all.read()));
    let shown = RwSignal::new(PIECE);
    before_print(move || shown.set(usize::MAX));
    let piece = Memo::new(move |_| found.read().iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let site = Signal::derive(move || app.site().map(|site| app.site_name(&site)).unwrap_or_default());
    let summary = move || {
        let found = found.read();
        let untold = found.iter().filter(|line| !line.untold().is_empty()).count();
        let total = count(found.len(), "decision", "decisions");
        match untold {
            0 => format!("{total}. Nobody waits to be told."),
            untold => format!("{total}. In {untold} somebody must still be told."),
        }
    };
    let chosen_words = move || {
        let wanted = wanted.read();
        let lines = all.read();
        let by =
            lines.iter().find(|line| line.decision().is_some_and(|decision| decision.by.code() == wanted.by));
        let by = by.and_then(|line| Some((line.decision()?, &line.record.site)));
        let by = by.map(|(decision, site)| people::author(&decision.by, &app.directory.read(), site));
        chosen(&wanted, &by.unwrap_or_default()).map(|words| view! { <p class="print-only">{words}</p> })
    };
    let asks = RwSignal::new(false);
    let now = move || {
        asks.set(false);
        shown.set(usize::MAX);
        // After the whole table is drawn.
        set_timeout(move || app.print(), std::time::Duration::from_millis(100));
    };
    let print = move |()| match found.read_untracked().len() {
        0..=PIECE => now(),
        _ => asks.set(true),
    };
    let before_paper = move || {
        let number = found.read().len();
        (asks.get() && number > PIECE).then(|| {
            view! {
                <Notice title=format!("{number} decisions are about {} pages of paper", pages(number))>
                    <p>"The filters that you chose say what is printed. With more of them there are fewer pages."</p>
                    <Buttons>
                        <Button kind=Kind::Secondary icon="printer" on_press=move |()| now()>
                            {format!("Print {number} decisions")}
                        </Button>
                        <Button kind=Kind::Quiet on_press=move |()| asks.set(false)>"Do not print"</Button>
                    </Buttons>
                </Notice>
            }
        })
    };
    let more = move || found.read().len().saturating_sub(shown.get());
    view! {
        <Page title=TITLE heading=TITLE caption=site back=routes::OVERSEE back_label=crate::text::oversee::OVERSEE wide=true>
            <p class="lede">
                "Every decision about who must be told, with its reasons. Nothing is ever taken away: a changed decision stands beside the one before."
            </p>
            <FindRecord />
            <Filters wanted all />
            {move || match (all.read().is_empty(), found.read().is_empty()) {
                (true, _) if app.sync.filling.get() => view! { <EmptyState title=FILLING /> },
                (true, _) => view! { <NothingYet /> },
                (false, true) => {
                    view! {
                        <EmptyState title="No decision fits these filters." icon="filter">
                            <LinkButton href=routes::DECISIONS kind=Kind::Secondary>"Show all decisions"</LinkButton>
                        </EmptyState>
                    }
                }
                (false, false) => {
                    view! {
                        {chosen_words}
                        <p role="status" class="number">{summary}</p>
                        <SaveAndPrint found on_print=Callback::new(print) />
                        {before_paper}
                        <div class="decision-register">
                            <Table caption="Decisions" hide_caption=true heads=HEADS.map(str::to_owned).to_vec()>
                                <For
                                    each=move || piece.get()
                                    key=|line| (line.id.clone(), line.record.version)
                                    let:line
                                >
                                    <Row line />
                                </For>
                            </Table>
                        </div>
                    }
                }
            }}
            {move || {
                (more() > 0)
                    .then(|| {
                        let words = format!("Show {} more", more().min(PIECE));
                        let press = move |()| shown.update(|shown| *shown = shown.saturating_add(PIECE));
                        view! { <Button kind=Kind::Secondary on_press=Callback::new(press)>{words}</Button> }
                    })
            }}
            <p class="small muted">{body::caveat()}</p>
        </Page>
    }
}

/// As many fit a page of A4, with their reasons, more or less.
const ON_A_PAGE: usize = 10;

fn pages(decisions: usize) -> usize {
    decisions.div_ceil(ON_A_PAGE)
}

/// Nothing was decided yet.
#[component]
fn NothingYet() -> impl IntoView {
    let only_reads = use_app().roles().only_reads();
    let inbox = (!only_reads).then(|| {
        view! { <LinkButton href=routes::INBOX kind=Kind::Secondary>"See what waits in the inbox"</LinkButton> }
    });
    view! {
        <EmptyState title="No decisions yet." icon="clipboard-check">
            <p>
                "When the Registered Manager decides who must be told about a near miss, the decision stands here with its reasons."
            </p>
            {inbox}
        </EmptyState>
    }
}

/// Tracked.
fn all_lines(app: App) -> Vec<Line> {
    let (Some(me), Some(site)) = (app.me(), app.site()) else { return Vec::new() };
    let register = app.register.read();
    let directory = app.directory.read();
    let viewer = Viewer { staff: &me.staff, directory: &directory, date: app.today() };
    lines(&register, &viewer, &site)
}
