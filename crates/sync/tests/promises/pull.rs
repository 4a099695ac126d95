//! Pages, scopes, restored servers, and servers that are not believed.

use crate::support::OURS;
use serde_json::{Value, json};
use sync::{
    Hash,
    pull::{Cursor, Doubt, Earlier, Page, Pulled, read},
    receipt::Failure,
    wire::ServerHead,
};

fn row(seq: u64) -> Value {
    let event = json!({ "id": format!("event-{seq}"), "do": "add_note", "site": "willow-house", "record": "record-1",
        "by": "ada", "device": "phone-b", "device_time": "2026-11-23T12:00:00Z" });
    let judgement = json!({ "seq": seq, "received_at": "2026-11-23T12:00:01Z", "offset_ms": 0,
        "corrected_at": "2026-11-23T12:00:00Z", "version": seq, "result": "applied" });
    json!({ "event": event, "judgement": judgement })
}

fn page(rows: impl IntoIterator<Item = u64>, head: u64) -> Value {
    let rows: Vec<Value> = rows.into_iter().map(row).collect();
    let next = rows.last().map_or(head, |row| row["judgement"]["seq"].as_u64().expect("seq"));
    json!({ "server_epoch": "epoch-1", "server_time": "2026-11-23T12:00:02Z", "scope": "all", "reset": false,
        "rows": rows, "next": next, "more": next < head, "head": chain_at(head), "directory_version": 3 })
}

fn chain_at(seq: u64) -> ServerHead {
    ServerHead { seq, chain: Hash::of(&[&seq.to_be_bytes()]) }
}

fn with(mut reply: Value, changes: Value) -> Value {
    for (field, value) in changes.as_object().expect("changes") {
        reply[field] = value.clone();
    }
    reply
}

fn answer(cursor: &Cursor, reply: &Value) -> Pulled {
    read(cursor, "ask-1", 200, OURS, reply.to_string().as_bytes())
}

fn taken(cursor: &Cursor, reply: &Value) -> Page {
    match answer(cursor, reply) {
        Pulled::Page(page) => page,
        other => panic!("no page: {other:?}"),
    }
}

fn at_ten() -> Cursor {
    taken(&Cursor::default(), &with(page(1..=10, 10), json!({ "reset": true }))).cursor
}

#[test]
fn f56_pages_follow_one_another_and_until_the_last_it_is_filling() {
    let first = taken(&Cursor::default(), &with(page(1..=4, 6), json!({ "reset": true })));
    assert_eq!((first.rows.len(), first.more, first.cursor.filling), (4, true, true));
    assert_eq!(
        (first.cursor.query("ask-1").cursor, first.cursor.query("ask-1").scope),
        (4, "all".to_owned())
    );
    assert!(first.directory_changed && !first.offer_again);
    let second = taken(&first.cursor, &page(5..=6, 6));
    assert_eq!((second.rows.len(), second.more, second.cursor.filling), (2, false, false));
    assert_eq!((second.earlier, second.directory_changed), (Earlier::Keep, false));
    let third = taken(&second.cursor, &page([], 6));
    assert_eq!(third.cursor, second.cursor);
}

#[test]
fn a_later_page_does_not_count_as_filling_again() {
    let page = taken(&at_ten(), &page([12], 14));
    assert!(page.more && !page.cursor.filling);
}

#[test]
fn f57_another_scope_replaces_what_was_pulled() {
    let reply =
        with(page([2, 5], 10), json!({ "reset": true, "scope": "site-2", "next": 10, "more": false }));
    let page = taken(&at_ten(), &reply);
    assert_eq!(
        (page.earlier, page.cursor.scope.as_str(), page.offer_again),
        (Earlier::Replace, "site-2", false)
    );
    let unannounced = with(page_after_ten(), json!({ "scope": "site-2" }));
    assert_eq!(answer(&at_ten(), &unannounced), Pulled::Failed(Failure::Mismatch));
}

fn page_after_ten() -> Value {
    page(11..=12, 12)
}

#[test]
fn f51_a_restored_server_gets_own_events_again_and_the_old_rows_are_kept_aside() {
    let restored = with(page([], 4), json!({ "server_epoch": "epoch-2" }));
    let page = taken(&at_ten(), &restored);
    assert_eq!(
        (page.earlier, page.rows.len(), page.offer_again, page.more),
        (Earlier::SetAside, 0, true, true)
    );
    assert_eq!(page.rows_lost, 6);
    assert_eq!((page.cursor.next, page.cursor.filling), (0, true));
    assert_eq!(page.cursor.past_epochs, ["epoch-1"]);
    let refilled = self::page(1..=4, 4);
    let refilled = with(refilled, json!({ "server_epoch": "epoch-2", "reset": true }));
    assert_eq!(taken(&page.cursor, &refilled).rows.len(), 4);
}

#[test]
fn an_older_copy_of_the_server_is_not_believed() {
    let moved_on = at_ten().adopt("epoch-2").expect("a new epoch");
    let old_copy = with(page([], 50), json!({ "reset": true }));
    let Pulled::Doubted { doubt, cursor, offer_again } = answer(&moved_on, &old_copy) else {
        panic!("believed")
    };
    assert_eq!((doubt, offer_again), (Doubt::PastEpoch, false));
    assert_eq!(cursor, moved_on);
    assert_eq!(moved_on.adopt("epoch-1"), Err(Doubt::PastEpoch));
}

#[test]
fn f58_an_empty_or_shorter_server_deletes_nothing() {
    for (reply, theirs) in [(with(page([], 0), json!({ "reset": true })), 0), (page([], 9), 9)] {
        let Pulled::Doubted { doubt, cursor, offer_again } = answer(&at_ten(), &reply) else {
            panic!("believed")
        };
        assert_eq!((doubt, offer_again), (Doubt::Shorter { ours: 10, theirs }, true));
        assert_eq!(cursor, Cursor { doubted: true, ..at_ten() });
        assert!(
            matches!(answer(&cursor, &reply), Pulled::Doubted { offer_again: false, .. }),
            "offered once"
        );
    }
}

#[test]
fn a_rewritten_history_is_not_believed() {
    let rewritten = with(page([], 10), json!({ "head": { "seq": 10, "chain": Hash::ZERO } }));
    assert!(matches!(answer(&at_ten(), &rewritten), Pulled::Doubted { doubt: Doubt::Rewritten, .. }));
}

#[test]
fn f84_a_tail_that_was_cut_and_grew_again_is_told_by_its_witness() {
    assert_eq!(at_ten().query("ask-1").witness, Some(10));
    let grown = |chain: Hash| with(page([11], 12), json!({ "witness": { "seq": 10, "chain": chain } }));
    let honest = taken(&at_ten(), &grown(chain_at(10).chain));
    assert_eq!(honest.rows.len(), 1);
    let doubted = match answer(&at_ten(), &grown(Hash::ZERO)) {
        Pulled::Doubted { doubt: Doubt::Rewritten, cursor, offer_again: true } => cursor,
        other => panic!("believed: {other:?}"),
    };
    assert_eq!(doubted.next, 10, "nothing of it is adopted");
    let again = taken(&doubted, &grown(Hash::ZERO));
    assert_eq!((again.earlier, again.offer_again), (Earlier::SetAside, true), "told once, then pulled anew");
    let older_server = taken(&at_ten(), &page([11], 12));
    assert_eq!(older_server.rows.len(), 1, "a server that does not say is no reason to stop");
}

#[test]
fn after_a_doubt_everything_is_pulled_anew() {
    let doubting = Cursor { doubted: true, ..at_ten() };
    let page = taken(&doubting, &page(11..=12, 12));
    assert_eq!((page.earlier, page.rows.len(), page.cursor.next), (Earlier::SetAside, 0, 0));
    assert!(!page.cursor.doubted && page.cursor.past_epochs.is_empty());
}

#[test]
fn a_person_can_decide_to_believe_after_all() {
    let believing = Cursor { doubted: true, ..at_ten() }.start_again();
    let short = with(page(1..=3, 3), json!({ "reset": true }));
    assert_eq!(taken(&believing, &short).rows.len(), 3);
}

#[test]
fn rows_that_this_version_cannot_read_are_kept_and_do_not_block() {
    let mut reply = page(11..=13, 13);
    reply["rows"][1]["judgement"]["result"] = json!("applied_twice");
    let page = taken(&at_ten(), &reply);
    assert_eq!((page.rows.len(), page.texts.len(), page.cursor.next), (2, 3, 13));
    assert_eq!(page.texts[1], reply["rows"][1].to_string(), "as the server wrote it, in its place");
}

#[test]
fn f53_an_answer_to_another_question_is_not_taken_for_this_ones() {
    let empty = Cursor::default().start_again();
    // From a moment when this device stood at row 10: behind it, and without it, rows would be missing for good.
    let old = with(page(11..=13, 13), json!({ "ask": "ask-0" }));
    assert_eq!(answer(&empty, &old), Pulled::Failed(Failure::Mismatch));
    let own = with(page(1..=3, 3), json!({ "reset": true, "ask": "ask-1" }));
    assert_eq!(taken(&empty, &own).rows.len(), 3);
}

#[test]
fn f53_a_page_that_does_not_fit_is_a_failure() {
    let check =
        |reply: Value| assert_eq!(answer(&at_ten(), &reply), Pulled::Failed(Failure::Mismatch), "{reply}");
    check(page([12, 11], 12));
    check(page([11, 11], 12));
    check(page([10, 11], 12));
    check(with(page([11, 12], 12), json!({ "next": 11 })));
    check(with(page([], 12), json!({ "next": 9 })));
    check(with(page([], 12), json!({ "next": 10, "more": true })));
    check(with(page([11], 12), json!({ "rows": [{}] })));
    check(with(page([11], 12), json!({ "head": null })));
}

#[test]
fn an_answer_that_is_not_ours_is_a_failure() {
    let body = page_after_ten().to_string();
    let check = |status, content_type, expected| {
        assert_eq!(read(&at_ten(), "ask-1", status, content_type, body.as_bytes()), Pulled::Failed(expected));
    };
    check(200, Some("text/html"), Failure::NotOurs);
    check(304, OURS, Failure::NotOurs);
    check(401, OURS, Failure::SignIn);
    check(500, OURS, Failure::Server(500));
    let cut = &body.as_bytes()[..body.len() / 2];
    assert_eq!(read(&at_ten(), "ask-1", 200, OURS, cut), Pulled::Failed(Failure::Mismatch));
}

#[test]
fn the_cursor_survives_a_restart() {
    let stored = serde_json::to_string(&at_ten()).expect("json");
    assert_eq!(serde_json::from_str::<Cursor>(&stored).expect("cursor"), at_ten());
}

#[test]
fn the_next_question_is_asked_early_only_where_the_answer_can_be_used() {
    let here = at_ten();
    let next = here.expected(20).expect("it knows what it may see");
    assert_eq!((next.next, &next.scope), (20, &here.scope));
    assert!(!next.asks_as(&here), "not before the page between them is here");
    let moved = Cursor { next: 20, head: chain_at(99), directory_version: 7, ..here.clone() };
    assert!(next.asks_as(&moved), "the log has grown meanwhile, and lists are newer");
    for other in [
        Cursor { scope: "another".into(), ..moved.clone() },
        Cursor { server_epoch: Some("another".into()), ..moved.clone() },
        Cursor { doubted: true, ..moved.clone() },
        Cursor { next: 19, ..moved },
    ] {
        assert!(!next.asks_as(&other), "{other:?}");
    }
    assert_eq!(here.expected(10), None, "no way forward");
    assert_eq!(Cursor::default().expected(20), None, "the first page says what may be seen");
    assert_eq!(Cursor { doubted: true, ..here }.expected(20), None);
}
