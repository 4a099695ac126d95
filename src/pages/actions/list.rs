//! The list: what is late and open first, a piece at a time; what is done stands behind a line with its number.

use super::lines::{Group, Line};
use crate::{
    pages::record::ActionCard,
    routes,
    state::use_app,
    text::common::grouped,
    ui::{Button, Details, Kind, before_print, lead_to},
};
use domain::ids::EventId;
use markup::prelude::*;

/// A list is drawn in pieces of this size.
const PIECE: usize = 20;

/// `wanted` is in the order of its groups.
#[component]
pub(super) fn Open(wanted: Memo<Vec<Line>>) -> impl IntoView {
    let open = Memo::new(move |_| {
        wanted.read().iter().filter(|line| line.group != Group::DoneThisMonth).cloned().collect::<Vec<_>>()
    });
    let shown = RwSignal::new(PIECE);
    before_print(move || shown.set(usize::MAX));
    let filling = use_app().sync.filling;
    let counts = Memo::new(move |_| Group::OPEN.map(|group| (group, of(&open.read(), group))));
    // The groups further down are not drawn yet: their numbers stand on top.
    let sum = move || {
        let is_longer = !filling.get() && open.read().len() > PIECE;
        is_longer.then(|| view! { <p class="muted number">{summed(counts.get())}</p> })
    };
    let groups = Group::OPEN.map(|group| {
        let lines = Memo::new(move |_| {
            let open = open.read();
            open.iter().take(shown.get()).filter(|line| line.group == group).cloned().collect::<Vec<_>>()
        });
        let total = move || (!filling.get()).then(|| of(&open.read(), group));
        let is_empty = Memo::new(move |_| lines.read().is_empty());
        live(move || {
            (!is_empty.get()).then(|| {
                view! {
                    <section class="stack">
                        <h2>{group.label()} " " <span class="number muted">{total}</span></h2>
                        <Cards lines />
                    </section>
                }
            })
        })
    });
    view! {
        {sum}
        {groups}
        <More lines=open shown />
    }
}

/// What is done waits for nobody.
#[component]
pub(super) fn Done(wanted: Memo<Vec<Line>>) -> impl IntoView {
    let done = Memo::new(move |_| {
        wanted.read().iter().filter(|line| line.group == Group::DoneThisMonth).cloned().collect::<Vec<_>>()
    });
    let shown = RwSignal::new(PIECE);
    before_print(move || shown.set(usize::MAX));
    let lines = Memo::new(move |_| done.read().iter().take(shown.get()).cloned().collect::<Vec<_>>());
    let filling = use_app().sync.filling;
    let is_empty = Memo::new(move |_| done.read().is_empty());
    live(move || {
        (!is_empty.get()).then(|| {
            let label = Group::DoneThisMonth.label();
            let summary = Signal::derive(move || match filling.get() {
                true => label.to_owned(),
                false => format!("{label}: {}", grouped(done.read().len())),
            });
            view! {
                <Details summary>
                    <Cards lines />
                    <More lines=done shown />
                </Details>
            }
        })
    })
}

/// Shows the next piece, and takes whoever pressed to the first line of it.
#[component]
fn More(lines: Memo<Vec<Line>>, shown: RwSignal<usize>) -> impl IntoView {
    move || {
        let words = more_words(lines.read().len(), shown.get())?;
        let press = Callback::new(move |()| {
            let first = lines.read_untracked().get(shown.get_untracked()).map(|line| id_of(&line.action));
            shown.update(|shown| *shown = shown.saturating_add(PIECE));
            first.into_iter().for_each(lead_to);
        });
        Some(view! { <Button kind=Kind::Secondary on_press=press>{words}</Button> })
    }
}

#[component]
fn Cards(lines: Memo<Vec<Line>>) -> impl IntoView {
    let card = |line: Line| {
        let action = line.record.action(&line.action).cloned();
        action.map(|action| {
            view! { <ActionCard record=line.record.clone() action back=routes::ACTIONS on_list=true /> }
        })
    };
    view! {
        <ul class="cards">
            <For each=move || lines.get() key=|line| (line.action.clone(), line.record.version) let:line>
                <li id=id_of(&line.action) tabindex="-1">{card(line)}</li>
            </For>
        </ul>
    }
}

fn id_of(action: &EventId) -> String {
    format!("action-{action}")
}

fn of(lines: &[Line], group: Group) -> usize {
    lines.iter().filter(|line| line.group == group).count()
}

/// "Overdue: 27. This week: 3. Later: 22."
fn summed(counts: [(Group, usize); 3]) -> String {
    let there = counts.into_iter().filter(|(_, count)| *count > 0);
    let said: Vec<String> =
        there.map(|(group, count)| format!("{}: {}.", group.label(), grouped(count))).collect();
    said.join(" ")
}

/// "Show 20 more"; none where every one of `total` is shown.
fn more_words(total: usize, shown: usize) -> Option<String> {
    let more = total.saturating_sub(shown);
    (more > 0).then(|| format!("Show {} more", more.min(PIECE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_of_a_long_list_can_be_reached_and_is_counted() {
        let mut shown = PIECE;
        let mut said = Vec::new();
        while let Some(words) = more_words(52, shown) {
            said.push(words);
            shown += PIECE;
        }
        assert_eq!(said, ["Show 20 more", "Show 12 more"]);
        assert_eq!(more_words(20, PIECE), None);
        assert_eq!(more_words(52, usize::MAX), None);
        let counts = [(Group::Overdue, 27), (Group::ThisWeek, 0), (Group::Later, 25)];
        assert_eq!(summed(counts), "Overdue: 27. Later: 25.");
    }
}
