//! Views as data: what changes is drawn again, and what is the same stays on the page.

use leptos::{mount::mount_to, task::tick};
use markup::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

/// A place of its own on the page for one test. The view stays until the page is closed.
fn show(view: impl FnOnce() -> Node + 'static) -> Element {
    let place = document().create_element("div").expect("an element");
    document().body().expect("a body").append_child(&place).expect("a place");
    mount_to(place.clone().unchecked_into::<HtmlElement>(), view).forget();
    place
}

fn find(place: &Element, what: &str) -> Element {
    place.query_selector(what).expect("a selector").expect("an element")
}

fn words(place: &Element) -> String {
    place.text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn words_and_attributes_follow_their_signals() {
    let name = RwSignal::new("one".to_owned());
    let open = RwSignal::new(false);
    let place = show(move || {
        view! {
            <p class="fixed" title=move || name.get() hidden=move || !open.get() aria-label={None::<String>}>
                "Name: " {name} <b>"!"</b>
            </p>
        }
    });
    let paragraph = find(&place, "p");
    assert_eq!(paragraph.outer_html(), "<p class=\"fixed\" title=\"one\" hidden=\"\">Name: one<b>!</b></p>");
    name.set("two".to_owned());
    open.set(true);
    tick().await;
    assert_eq!(paragraph.outer_html(), "<p class=\"fixed\" title=\"two\">Name: two<b>!</b></p>");
    assert!(paragraph.is_same_node(Some(&find(&place, "p"))));
}

#[wasm_bindgen_test]
async fn an_element_that_is_drawn_again_keeps_its_focus_and_hears_the_new_handler() {
    let round = RwSignal::new(1);
    let heard = RwSignal::new(Vec::new());
    let place = show(move || {
        live(move || {
            let now = round.get();
            view! { <button on:click=move |_| heard.update(|heard| heard.push(now))>{now}</button> }
        })
    });
    let button: HtmlElement = find(&place, "button").unchecked_into();
    button.focus().expect("focus");
    button.click();
    round.set(2);
    tick().await;
    assert!(document().active_element().expect("focus").is_same_node(Some(&button)));
    assert_eq!(words(&place), "2");
    button.click();
    assert_eq!(heard.get_untracked(), vec![1, 2]);
}

#[wasm_bindgen_test]
async fn another_element_takes_the_place_of_the_old_one() {
    let done = RwSignal::new(false);
    let place = show(move || {
        view! {
            <div>
                "before "
                {move || if done.get() { view! { <b>"done"</b> } } else { view! { <i>"open"</i> } }}
                " after"
            </div>
        }
    });
    assert_eq!(find(&place, "div").inner_html(), "before <i>open</i> after");
    done.set(true);
    tick().await;
    assert_eq!(find(&place, "div").inner_html(), "before <b>done</b> after");
}

#[wasm_bindgen_test]
async fn a_list_grows_and_shrinks_where_it_stands() {
    let rows = RwSignal::new(vec!["a", "b"]);
    let place = show(move || {
        let each = move || rows.get().into_iter().map(|row| view! { <li>{row}</li> }).collect::<Vec<_>>();
        view! { <ul>{each}<li>"end"</li></ul> }
    });
    let first = find(&place, "li");
    for (next, shown) in
        [(vec!["a", "b", "c"], "abcend"), (vec!["a"], "aend"), (vec![], "end"), (vec!["x"], "xend")]
    {
        rows.set(next);
        tick().await;
        assert_eq!(words(&place), shown);
        if shown.starts_with('a') {
            assert!(first.is_same_node(Some(&find(&place, "li"))));
        }
    }
}

#[wasm_bindgen_test]
async fn something_appears_where_nothing_was() {
    let note = RwSignal::new(None::<&str>);
    let place = show(move || {
        view! { <div>{move || note.get().map(|note| view! { <em>{note}</em> })}<hr/></div> }
    });
    note.set(Some("here"));
    tick().await;
    assert!(find(&place, "div").inner_html().starts_with("<em>here</em>"));
    note.set(None);
    tick().await;
    assert_eq!(words(&place), "");
}

#[wasm_bindgen_test]
async fn properties_are_set_when_the_page_has_drawn() {
    let value = RwSignal::new("b".to_owned());
    let place = show(move || {
        view! {
            <select prop:value=value>
                <option value="a">"A"</option>
                <option value="b">"B"</option>
            </select>
            <input type="checkbox" prop:checked=move || value.get() == "a" />
        }
    });
    tick().await;
    let select: web_sys::HtmlSelectElement = find(&place, "select").unchecked_into();
    let tick_box: web_sys::HtmlInputElement = find(&place, "input").unchecked_into();
    assert_eq!((select.value(), tick_box.checked()), ("b".to_owned(), false));
    value.set("a".to_owned());
    tick().await;
    assert_eq!((select.value(), tick_box.checked()), ("a".to_owned(), true));
}

#[wasm_bindgen_test]
async fn what_is_taken_off_the_page_no_longer_follows() {
    let shown = RwSignal::new(true);
    let name = RwSignal::new(1);
    let drawn = StoredValue::new(0);
    let place = show(move || {
        live(move || {
            shown.get().then(|| {
                view! { <p>{move || { drawn.update_value(|drawn| *drawn += 1); name.get() }}</p> }
            })
        })
    });
    shown.set(false);
    tick().await;
    name.set(2);
    tick().await;
    assert_eq!((words(&place), drawn.get_value()), (String::new(), 1));
}

#[wasm_bindgen_test]
async fn drawings_are_drawings() {
    let place = show(move || view! { <p><svg viewBox="0 0 24 24"><path d="M0 0"></path></svg></p> });
    assert_eq!(find(&place, "path").namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"));
}
