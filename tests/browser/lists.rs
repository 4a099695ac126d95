//! Rows that leave a list.

use leptos::{mount::mount_to, task::tick};
use markup::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_row_that_left_reads_its_signals_no_more() {
    let rows = RwSignal::new(vec!["a", "b"]);
    let place = document().create_element("div").expect("an element");
    document().body().expect("a body").append_child(&place).expect("a place");
    let list = move || {
        view! {
            <ul>
                <For each=move || rows.get() key=|row| *row let:row>
                    {numbered(row, rows)}
                </For>
            </ul>
        }
    };
    mount_to(place.clone().unchecked_into(), list).forget();
    assert_eq!(place.text_content().as_deref(), Some("a of 2b of 2"));
    rows.set(vec!["b"]);
    tick().await;
    rows.set(vec!["b", "c"]);
    tick().await;
    assert_eq!(place.text_content().as_deref(), Some("b of 2c of 2"));
}

/// A row with a signal of its own, read by a view inside a view: both are told in the moment in which the row leaves.
fn numbered(row: &'static str, rows: RwSignal<Vec<&'static str>>) -> Node {
    let of = Signal::derive(move || format!(" of {}", rows.read().len()));
    view! { <li>{row} {move || view! { <b>{move || of.get()}</b> }}</li> }
}
