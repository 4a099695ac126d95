//! Rows of a list that may name somebody: looked at before they are read in, as words are before a report is saved.

use crate::{
    text::{
        capture::{MAY_NAME, may_name},
        common::count,
    },
    ui::{Bound, Checkboxes, Choice, Notice, Tone},
};
use domain::identifying::identifying;
use exchange::import::Ready;
use markup::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// Rows that are shown with what was found in them.
const SHOWN: usize = 5;
pub const LOOK_FIRST: &str = "Look at these rows, then say that you did.";

/// Rows with what in them looks like a name or a number of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Row of the file, and one line for each thing found.
    pub rows: Vec<(u32, Vec<String>)>,
}

impl Named {
    /// Looks at more rows, in their order.
    pub fn add(&mut self, rows: &[Ready]) {
        let found = |ready: &Ready| -> Vec<String> {
            let words = ready.with.values().flat_map(words);
            words.flat_map(identifying).map(|found| may_name(&found)).collect()
        };
        let looked = rows.iter().map(|ready| (ready.row, found(ready)));
        self.rows.extend(looked.filter(|(_, found)| !found.is_empty()));
    }
}

/// The words of a field with one value or several.
fn words(value: &Value) -> Vec<&str> {
    match value {
        Value::String(words) => vec![words],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Asks to look at the rows before they are read in.
#[component]
pub fn MayName(
    named: Arc<Named>,
    /// Holds something once the person said that they looked.
    has_looked: RwSignal<Vec<String>>,
    /// What is said when they did not.
    asked: RwSignal<Option<String>>,
) -> impl IntoView {
    let total = named.rows.len();
    let title = format!("{MAY_NAME}: {}", count(total, "row", "rows"));
    let lines = named
        .rows
        .iter()
        .take(SHOWN)
        .map(|(row, found)| view! { <li>{format!("Row {row}. {}", found.join("; "))}</li> })
        .collect_view();
    let more = total.saturating_sub(SHOWN);
    let more =
        (more > 0).then(|| view! { <li>{format!("And {}.", count(more, "other row", "other rows"))}</li> });
    let choice = vec![Choice::new("looked", "I have looked at these rows")];
    let value = Bound::new(
        move || has_looked.get(),
        move |chosen| {
            asked.set(None);
            has_looked.set(chosen);
        },
    );
    view! {
        <Notice tone=Tone::Warning title>
            <ul>{lines} {more}</ul>
            <p>
                "Use the code of the person, and no names. You can change your list and choose the file again, or keep the words if they are needed."
            </p>
            <Checkboxes
                id="names"
                legend="Before you read them in"
                options=choice
                value
                error=Signal::derive(move || asked.get())
            />
        </Notice>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Map, json};

    #[test]
    fn rows_that_name_somebody_are_found_before_they_are_read_in() {
        let ready = |row: u32, with: Value| Ready {
            row,
            kind: domain::record::Kind::NearMiss,
            with: with.as_object().cloned().unwrap_or_else(Map::new),
        };
        let rows = [
            ready(2, json!({"occurred_at": "2025-06-26T10:00:00Z", "text": "Two tablets left in the pot"})),
            ready(3, json!({"text": "Told Mrs Brown", "closed_note": "NHS 943 476 5919"})),
            ready(4, json!({"people": ["R-014", "Mr Smith"], "source_row": 4})),
        ];
        let mut named = Named::default();
        rows.chunks(2).for_each(|rows| named.add(rows));
        let found = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert_eq!(named.rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [3, 4]);
        let mut third = named.rows[0].1.clone();
        third.sort();
        assert_eq!(third, found(&["A name: Mrs Brown", "An NHS number: 943 476 5919"]));
        assert_eq!(named.rows[1].1, found(&["A name: Mr Smith"]));
    }
}
