//! What belongs to a person stays with that person.

use crate::places::{open, place, shelf_of};
use noticed_app::browser::shelf::{Found, Page, Shelf};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn drafts_come_back_after_reopening_and_only_to_their_person() {
    let place = place("drafts");
    let shelf = shelf_of(&open(&place).await, "ada").await;
    shelf.save_draft("ada/1", &"first words").await.expect("saved");
    shelf.save_draft("ada/1", &"more words").await.expect("saved again");
    shelf.save_draft("adam/1", &"another person").await.expect("saved");
    let reopened = shelf_of(&open(&place).await, "ada").await;
    assert_eq!(reopened.drafts::<String>("ada").await, Ok(found(&["more words"])));
    reopened.remove_draft("ada/1").await.expect("removed");
    assert_eq!(reopened.drafts::<String>("ada").await, Ok(found(&[])));
    let of_another = reopened.drafts::<String>("adam").await;
    assert_eq!(of_another, Ok(Found { locked: 1, ..found(&[]) }), "it opens to that person only");
    let theirs = shelf_of(&open(&place).await, "adam").await;
    assert_eq!(theirs.drafts::<String>("adam").await, Ok(found(&["another person"])));
}

#[wasm_bindgen_test]
async fn a_draft_that_cannot_be_read_is_counted_and_stays() {
    let shelf = shelf_of(&open(&place("unreadable-draft")).await, "ada").await;
    shelf.save_draft("ada/1", &"first words").await.expect("saved");
    shelf.save_draft("ada/2", &7).await.expect("saved");
    assert_eq!(shelf.drafts::<String>("ada").await, Ok(Found { unreadable: 1, ..found(&["first words"]) }));
    assert_eq!(shelf.drafts::<u8>("ada").await, Ok(Found { rows: vec![7], unreadable: 1, locked: 0 }));
}

fn found(words: &[&str]) -> Found<String> {
    Found { rows: words.iter().map(|words| (*words).to_owned()).collect(), ..Found::default() }
}

#[wasm_bindgen_test]
async fn pages_and_how_far_they_reach_change_together() {
    let shelf = shelf_of(&open(&place("pages")).await, "ada").await;
    let page = |number, rows: &str| Page { number, rows: rows.to_owned() };
    let save = async |pages: &[Page], replace, reached: &u32| {
        shelf.save_pages("ada", pages, replace, ("cursor/ada", reached)).await.expect("saved");
    };
    save(&[page(0, "[1]"), page(1, "[2]")], false, &2).await;
    shelf.save_pages("adam", &[page(0, "[9]")], false, ("cursor/adam", &9)).await.expect("saved");
    assert_eq!(rows(&shelf, "ada").await, ["[1]", "[2]"]);
    save(&[page(0, "[3]")], true, &3).await;
    assert_eq!(rows(&shelf, "ada").await, ["[3]"], "the older pages are replaced");
    assert_eq!(shelf.note::<u32>("cursor/ada").await, Ok(Some(3)));

    shelf.set_pages_aside("ada", 7).await.expect("set aside");
    save(&[], true, &0).await;
    assert_eq!(rows(&shelf, "ada").await, [""; 0]);
    assert_eq!(
        rows(&shelf, "aside-7/ada").await,
        ["[3]"],
        "rows of a restored server stay for a look by hand"
    );

    shelf.drop_pages("adam", "cursor/adam").await.expect("dropped");
    assert_eq!(rows(&shelf, "adam").await, [""; 0]);
    assert_eq!(shelf.note::<u32>("cursor/adam").await, Ok(None));
}

async fn rows(shelf: &Shelf, person: &str) -> Vec<String> {
    let pages = shelf.pages(person).await.expect("pages can be read");
    assert_eq!(pages.unreadable, 0);
    pages.rows.into_iter().map(|page| page.rows).collect()
}
