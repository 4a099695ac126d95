//! What belongs to a person stays with that person.

use crate::places::{open, place, shelf_of};
use domain::time::Instant;
use noticed_app::browser::{
    shelf::{Found, Mended, Page, Shelf},
    store::{Op, schema},
};
use std::collections::BTreeSet;
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

    shelf.set_pages_aside("ada", at(7), "s1").await.expect("set aside");
    save(&[], true, &0).await;
    assert_eq!(rows(&shelf, "ada").await, [""; 0]);
    assert_eq!(
        rows(&shelf, "aside-7-s1/ada").await,
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

/// Seconds since 1970.
fn at(seconds: i64) -> Instant {
    Instant::from_timestamp(seconds, 0).expect("an instant")
}

const DAY: i64 = 24 * 60 * 60;

/// Pages of ada that were set aside twice, and once of adam.
async fn with_aside(name: &str) -> (Shelf, Shelf) {
    let store = open(&place(name)).await;
    let (adam, ada) = (shelf_of(&store, "adam").await, shelf_of(&store, "ada").await);
    for (shelf, person, seconds, scope) in
        [(&adam, "adam", DAY, "s1"), (&ada, "ada", DAY, "s1"), (&ada, "ada", 9 * DAY, "s2")]
    {
        let pages = [Page { number: 0, rows: format!("[\"{person} {seconds}\"]") }];
        shelf.save_pages(person, &pages, true, (&format!("cursor/{person}"), &1)).await.expect("saved");
        shelf.set_pages_aside(person, at(seconds), scope).await.expect("set aside");
    }
    assert_eq!((aside(&ada, "ada", DAY, "s1").await, aside(&ada, "ada", 9 * DAY, "s2").await), (1, 1));
    (ada, adam)
}

/// How many pages are set aside at this place, opened or not.
async fn aside(shelf: &Shelf, person: &str, seconds: i64, scope: &str) -> usize {
    let found = shelf.pages(&format!("aside-{seconds}-{scope}/{person}")).await.expect("pages can be read");
    found.rows.len() + found.locked + found.unreadable
}

#[wasm_bindgen_test]
async fn f51_pages_that_were_set_aside_are_gone_after_30_days_by_the_clock_of_the_server() {
    let (ada, _) = with_aside("aside-old").await;
    ada.drop_old_aside(at(31 * DAY)).await.expect("looked");
    assert_eq!(aside(&ada, "ada", DAY, "s1").await, 1, "30 days to the second");
    ada.drop_old_aside(at(31 * DAY + 1)).await.expect("dropped");
    assert_eq!(aside(&ada, "ada", DAY, "s1").await + aside(&ada, "adam", DAY, "s1").await, 0, "of whomever");
    assert_eq!(aside(&ada, "ada", 9 * DAY, "s2").await, 1);
    assert_eq!(rows(&ada, "ada").await.len(), 1, "pages of today stay");
}

#[wasm_bindgen_test]
async fn f57_pages_that_were_set_aside_go_when_their_reader_sees_something_else() {
    let (ada, _) = with_aside("aside-scope").await;
    ada.drop_other_aside("ada", "s2").await.expect("dropped");
    assert_eq!((aside(&ada, "ada", DAY, "s1").await, aside(&ada, "ada", 9 * DAY, "s2").await), (0, 1));
    assert_eq!(aside(&ada, "adam", DAY, "s1").await, 1, "of the other person");
    ada.drop_pages("ada", "cursor/ada").await.expect("signed out");
    assert_eq!(aside(&ada, "ada", 9 * DAY, "s2").await, 0);
    assert_eq!(aside(&ada, "adam", DAY, "s1").await, 1);
}

#[wasm_bindgen_test]
async fn f08_a_letter_that_the_database_lost_comes_back_from_its_second_copy() {
    let name = place("letters");
    let store = open(&name).await;
    let shelf = shelf_of(&store, "ada").await;
    for (key, is_taken) in [("one", false), ("two", false), ("sent", true)] {
        shelf.save_letter(key, &format!("words of {key}"), None, is_taken).await.expect("saved");
    }
    let lost = ["one", "two", "sent"].map(|key| Op::delete(schema::LETTER, key));
    assert_eq!(shelf.mend_letters().await, Ok(Mended::default()), "nothing is gone");
    store.write(&lost).await.expect("lost without any error");
    let again = shelf_of(&open(&name).await, "ada").await;
    assert_eq!(again.mend_letters().await, Ok(Mended { back: 2, locked: 0 }), "not the one that was sent");
    assert_eq!(again.letters::<String>().await, Ok(found(&["words of one", "words of two"])));
    again.save_letter("one", &"sent", None, true).await.expect("sent");
    again.match_letter_copies(&BTreeSet::from(["two".to_owned()])).await.expect("matched");
    store.write(&lost).await.expect("lost again");
    assert_eq!(again.mend_letters().await, Ok(Mended { back: 1, locked: 0 }), "its receipt was written down");
}
