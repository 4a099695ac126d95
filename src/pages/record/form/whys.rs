//! Why did it happen, and why that? One line after the other, until the answer is about how the work is set up.

use super::{Ask, Entry, typed::texts};
use crate::{
    text::review::strength::is_about_the_work,
    ui::{Bound, Group, TextField},
};
use markup::prelude::*;
use serde_json::Value;

const MOST: usize = 5;

pub fn show(ask: Ask, entry: Entry) -> Node {
    let name = ask.name;
    let lines = Memo::new(move |_| entry.answers.with(|answers| texts(answers.get(name))));
    // One line more than there are, until the cause is reached.
    let shown = Memo::new(move |_| {
        let lines = lines.get();
        let filled = lines.iter().take_while(|line| !line.trim().is_empty()).count();
        (filled + 1).clamp(1, MOST).max(lines.len().min(MOST))
    });
    let reached = move || {
        let lines = lines.get();
        let last = lines.iter().rev().find(|line| !line.trim().is_empty());
        last.filter(|line| is_about_the_work(line))
            .map(|_| "This is about how the work is set up. You can stop here, and change that.")
    };
    let boxes = move || (0..shown.get()).map(|index| line(name, index, lines, entry)).collect_view();
    view! {
        <Group id=format!("{name}-all") legend=ask.words() hint=ask.hint error=entry.error(name)>
            <div class="whys">{boxes}</div>
            <p class="muted" aria-live="polite">{reached}</p>
        </Group>
    }
}

fn line(name: &'static str, index: usize, lines: Memo<Vec<String>>, entry: Entry) -> Node {
    let id = if index == 0 { name.to_owned() } else { format!("{name}-{}", index + 1) };
    let label =
        if index == 0 { "1. Why did it happen?".to_owned() } else { format!("{}. Why was that?", index + 1) };
    let get = move || lines.read().get(index).cloned().unwrap_or_default();
    let set = move |text: String| {
        let mut all = lines.get_untracked();
        all.resize(all.len().max(index + 1), String::new());
        if let Some(line) = all.get_mut(index) {
            *line = text;
        }
        while all.last().is_some_and(String::is_empty) {
            all.pop();
        }
        entry.set(name, Value::from(all));
    };
    view! { <TextField id label value=Bound::new(get, set) spellcheck=true /> }
}
