//! The list of the inbox: count and oldest on top, then the lines in their groups.

use super::{
    address,
    attention::{Attention, DealtWith},
    inbox,
    row::Row,
    waiting::{Group, Waiting},
};
use crate::{
    pages::{apart::use_apart, oversee::waiting::use_work},
    routes,
    state::use_app,
    text::{
        audits::AUDITS_HINT,
        common::{FILLING, count, when},
        review::due::elapsed,
    },
    ui::{Button, Card, EmptyState, Kind, before_print},
};
use domain::ids::RecordId;
use markup::prelude::*;
use std::time::Duration;

/// A list is drawn in pieces of this size, so that thousands of open records stay quick.
const PIECE: usize = 50;
/// What a screen holds stands there first, and the rest of the first piece a moment later.
const AT_ONCE: usize = 12;

#[component]
pub fn List(lines: Memo<Vec<Waiting>>, open: Memo<Option<RecordId>>, all: Memo<bool>) -> impl IntoView {
    let app = use_app();
    let shown = RwSignal::new(AT_ONCE);
    before_print(move || shown.set(usize::MAX));
    let rest = move || {
        shown.try_update(|shown| *shown = PIECE.max(*shown));
    };
    set_timeout(rest, Duration::from_millis(1));
    let wanted = Memo::new(move |_| {
        let lines = lines.read();
        lines.iter().filter(|line| line.mine || all.get()).cloned().collect::<Vec<_>>()
    });
    let total = move || wanted.read().len();
    let filling = move || app.sync.filling.get();
    let head = move || {
        let lines = wanted.read();
        let oldest = lines.iter().map(|line| line.since).min().filter(|_| !filling())?;
        Some(format!("{} waiting, oldest {}", lines.len(), elapsed(oldest, app.now.get())))
    };
    let others = Memo::new(move |_| lines.read().iter().filter(|line| !line.mine).count());
    let toggle = move || match (all.get(), others.get()) {
        (true, _) => Some((inbox(false), "Show only mine".to_owned())),
        (false, 0) => None,
        (false, _) if filling() => Some((inbox(true), "Show what others own".to_owned())),
        (false, more) => Some((inbox(true), format!("Show {} that others own", count(more, "more", "more")))),
    };
    let heading = move || match open.read().is_some() {
        true => view! { <h2 class="inbox-heading">"Inbox"</h2> },
        false => view! { <h1 class="page__heading" tabindex="-1">"Inbox"</h1> },
    };
    let (work, apart) = (use_work(), use_apart());
    view! {
        <div class="inbox stack">
            {heading}
            <p class="muted number">{head}</p>
            {move || toggle().map(|(href, words)| view! { <p class="no-print"><a href=href>{words}</a></p> })}
            {move || (filling() && total() > 0).then(|| view! { <p class="muted">{FILLING}</p> })}
            <FromProvider />
            <AuditsToDo />
            {move || {
                (total() == 0 && apart.mine() == 0 && work.questions() == 0 && work.audits().is_none())
                    .then(|| {
                        let title = if filling() { FILLING } else { "Nothing waiting." };
                        view! {
                            <EmptyState title=title>
                                <p>"Reports that wait for you, questions and late steps stand here. When somebody records a near miss, it comes by itself."</p>
                                <p><a class="lone" href=routes::ACTIONS>"See all actions"</a></p>
                            </EmptyState>
                        }
                    })
            }}
            {Group::ALL
                .map(|group| {
                    view! {
                        <Lines wanted group shown open all />
                        // Somebody was thanked for these: only what is urgent stands above them.
                        {(group == Group::MayBeIncident).then(|| view! { <Attention /> })}
                    }
                })}
            {move || {
                let more = total().saturating_sub(shown.get());
                (more > 0)
                    .then(|| {
                        let words = format!("Show {} more", more.min(PIECE));
                        view! {
                            <Button
                                kind=Kind::Secondary
                                on_press=Callback::new(move |()| shown.update(|shown| *shown = shown.saturating_add(PIECE)))
                            >
                                {words}
                            </Button>
                        }
                    })
            }}
            <DealtWith />
        </div>
    }
}

/// Questions of the provider, which wait beside the records.
#[component]
fn FromProvider() -> impl IntoView {
    let app = use_app();
    let work = use_work();
    live(move || {
        let asked = work.asked();
        (!asked.is_empty()).then(|| {
            let total = asked.len();
            let lines: Vec<Node> = asked
                .into_iter()
                .map(|asked| {
                    let at = asked.question.at;
                    let when = move || format!("Asked {}", when(at, app.now.get()));
                    view! {
                        <li>
                            <Card title=asked.question.text.clone() href=asked.address(app.now.get_untracked()) icon="message-circle">
                                <p class="card__meta">{when}</p>
                            </Card>
                        </li>
                    }
                })
                .collect();
            view! {
                <section class="stack">
                    <h2 class="inbox-group">"From the provider" " " <span class="number muted">{total}</span></h2>
                    <ul class="cards">{lines}</ul>
                </section>
            }
        })
    })
}

/// Audits that this person can do something about: one line, and the way to them.
#[component]
fn AuditsToDo() -> impl IntoView {
    let (app, work) = (use_app(), use_work());
    live(move || {
        let words = work.audits().filter(|_| !app.sync.filling.get())?;
        Some(view! {
            <ul class="cards">
                <li>
                    <Card title=words href=routes::AUDITS icon="clipboard-check" level=2>
                        <p class="inbox-task">{AUDITS_HINT}</p>
                    </Card>
                </li>
            </ul>
        })
    })
}

/// One group, as far as it falls into what is shown.
#[component]
fn Lines(
    wanted: Memo<Vec<Waiting>>,
    group: Group,
    shown: RwSignal<usize>,
    open: Memo<Option<RecordId>>,
    all: Memo<bool>,
) -> impl IntoView {
    let mine = Memo::new(move |_| {
        let lines = wanted.read();
        let shown = lines.iter().take(shown.get());
        shown.filter(|line| line.group == group).cloned().collect::<Vec<_>>()
    });
    let app = use_app();
    let total = move || {
        let total = wanted.read().iter().filter(|line| line.group == group).count();
        (!app.sync.filling.get()).then_some(total)
    };
    let is_empty = Memo::new(move |_| mine.read().is_empty());
    live(move || {
        (!is_empty.get()).then(|| {
            view! {
                <section class="stack">
                    <h2 class="inbox-group">{group.label()} " " <span class="number muted">{total}</span></h2>
                    <ul class="cards">
                        <For
                            each=move || mine.get()
                            key=|line| (line.record.clone(), line.task.clone(), line.version, line.overdue)
                            let:line
                        >
                            <li>
                                <Row
                                    href=Signal::derive({
                                        let id = line.record.clone();
                                        move || address(&id, all.get())
                                    })
                                    line
                                    open
                                />
                            </li>
                        </For>
                    </ul>
                </section>
            }
        })
    })
}
