//! Rows that leave a list.

use leptos::{mount::mount_to, task::tick};
use markup::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_row_that_left_reads_its_signals_no_more() {
    let last = RwSignal::new(2);
    let lost = StoredValue::new(0);
    let rows = Memo::new(move |_| (1..=last.get()).collect::<Vec<u32>>());
    let place = document().create_element("div").expect("an element");
    document().body().expect("a body").append_child(&place).expect("a place");
    let list = move || {
        view! {
            <ul>
                <For each=move || rows.get() key=|row| *row let:row>
                    {numbered(row, last, lost)}
                </For>
            </ul>
        }
    };
    mount_to(place.clone().unchecked_into(), list).forget();
    // Now everything listens, the list before its rows.
    tick().await;
    last.set(1);
    tick().await;
    last.set(2);
    tick().await;
    assert_eq!(place.text_content().as_deref(), Some("1 of 22 of 2"));
    assert_eq!(lost.get_value(), 0);
}

/// A row with a signal of its own, read by a view inside a view: both are told in the moment in which the row leaves.
fn numbered(row: u32, last: RwSignal<u32>, lost: StoredValue<u32>) -> Node {
    let of = Signal::derive(move || format!(" of {}", last.get()));
    let words = move || {
        let words = of.try_get();
        if words.is_none() {
            lost.update_value(|lost| *lost += 1);
        }
        words
    };
    view! { <li>{row} {move || view! { <b>{words}</b> }}</li> }
}
