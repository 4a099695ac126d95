//! Bodies of replies, as a phone reads them: a receipt only for what was sent, a page only for what was asked.
#![no_main]

use fuzzed::fixed;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use sync::{
    letter,
    pull::{self, Cursor, Pulled},
    receipt::{self, Settlement},
    stamp,
    wipe::WipeOrder,
    wire::{self, AnonymousRequest, CONTENT_TYPE, CheckReply, PushRequest},
};

static PUSHED: LazyLock<PushRequest> = LazyLock::new(|| fixed(include_str!("../fixed/push.json")));
static LETTER: LazyLock<AnonymousRequest> = LazyLock::new(|| fixed(include_str!("../fixed/letter.json")));
static CURSORS: LazyLock<[Cursor; 2]> =
    LazyLock::new(|| [Cursor::default(), fixed(include_str!("../fixed/cursor.json"))]);

const ASK: &str = "ask-1";
const OTHERS: [u16; 8] = [403, 409, 413, 422, 429, 500, 503, 511];

fuzz_target!(|body: &[u8]| {
    look(200, body);
    look(OTHERS[body.len() % OTHERS.len()], body);
    if let Ok(text) = std::str::from_utf8(body) {
        let stamped = stamp::stamped(text.to_owned());
        assert!(stamp::is_whole(stamped.as_bytes()) || !text.ends_with('}'));
        look(200, stamped.as_bytes());
        look(403, stamped.as_bytes());
        if let Some(order) = WipeOrder::in_answer(text) {
            drop((order.text(), order.judge("device-00", 1, Some("key")) == order.judge("", 0, None)));
        }
    }
    if let Ok(reply) = serde_json::from_slice::<CheckReply>(body) {
        drop(reply.into_result());
    }
});

fn look(status: u16, body: &[u8]) {
    let request = &*PUSHED;
    if let Settlement::Delivered(delivery) = receipt::settle(request, status, Some(CONTENT_TYPE), body) {
        assert_eq!((status, delivery.receipts.len()), (200, request.events.len()));
        for receipt in &delivery.receipts {
            assert!(request.events.iter().any(|event| event.hash() == receipt.hash), "a receipt of nothing");
        }
    }
    for cursor in &*CURSORS {
        if let Pulled::Page(page) = pull::read(cursor, ASK, status, Some(CONTENT_TYPE), body) {
            assert!(status == 200 && page.rows.len() <= page.texts.len());
            drop(page.cursor.query(ASK));
        }
    }
    drop(letter::read(&LETTER, status, Some(CONTENT_TYPE), body));
    assert!(status == 403 || !wire::has_no_role(status, CONTENT_TYPE, body));
}
