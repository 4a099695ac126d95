//! Saving: one chain whatever happens at the same moment, and nothing said before it is durable.

use crate::places::{chain, event, hand, key, log, open, place, shelf_of};
use domain::{event::Event, ids::DeviceId};
use futures_util::{future::join_all, poll};
use noticed_app::browser::{
    event_log::OwnLog,
    events::wait,
    keys::DeviceKey,
    pen::{Hand, Pen},
    store::{Op, schema},
};
use std::{pin::pin, task::Poll};
use sync::{EventLog, chain::verify_whole};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn what_one_tab_writes_is_a_chain() {
    let store = open(&place("one-tab")).await;
    let (log, key, pen) = (log(&store).await, key(&store).await, Pen::default());
    let (one, two) = (event("one"), event("two"));
    let writes = [pen.write(&log, &key, &one, hand()), pen.write(&log, &key, &two, hand())];
    let written: Vec<_> =
        join_all(writes).await.into_iter().map(|write| write.expect("written").entry.dseq).collect();
    assert_eq!(written, [1, 2]);
    must_be_whole(&log).await;
}

#[wasm_bindgen_test]
async fn f28_two_tabs_that_write_200_events_each_keep_one_chain() {
    let place = place("two-tabs");
    let (here, there) = (open(&place).await, open(&place).await);
    let key = key(&here).await;
    let (log_here, log_there) = (log(&here).await, log(&there).await);
    let (pen_here, pen_there) = (Pen::default(), Pen::default());
    let events: Vec<_> = (0..400).map(|count| event(&format!("entry {count}"))).collect();
    let writes = events.iter().enumerate().map(|(count, event)| match count % 2 {
        0 => pen_here.write(&log_here, &key, event, hand()),
        _ => pen_there.write(&log_there, &key, event, hand()),
    });
    for write in join_all(writes).await {
        write.expect("every event is written");
    }
    assert_eq!(chain(&log_here).await.len(), 400);
    must_be_whole(&log_here).await;
}

#[wasm_bindgen_test]
async fn a_save_that_is_cut_off_is_still_a_draft_or_already_a_report() {
    let store = open(&place("cut-off")).await;
    let (log, shelf, key) = (log(&store).await, shelf_of(&store, "ada").await, key(&store).await);
    shelf.save_draft("ada/draft-1", &"half a report").await.expect("the draft is saved");
    let report = event("cut off");
    // Saving stops after its first wait, then after its second, and so on, as if the page had gone away.
    for waits in 1..40 {
        cut_off(&Pen::default(), &log, &key, &report, waits).await;
        let drafts = shelf.drafts::<String>("ada").await.expect("drafts can be read").rows;
        let saved = chain(&log).await.len();
        assert_eq!(drafts.len() + saved, 1, "after {waits} waits it is either a draft or a report");
        if saved == 1 {
            return must_be_whole(&log).await;
        }
    }
    panic!("saving never ended");
}

async fn cut_off(pen: &Pen, log: &OwnLog, key: &DeviceKey, report: &Event, waits: u32) {
    let mut write = pin!(pen.write(log, key, report, Hand { draft: Some("ada/draft-1"), ..hand() }));
    for _ in 0..waits {
        if let Poll::Ready(written) = poll!(write.as_mut()) {
            written.expect("written");
            return;
        }
        wait(0).await;
    }
}

#[wasm_bindgen_test]
async fn a_last_event_that_cannot_be_read_does_not_stop_the_next() {
    let store = open(&place("torn")).await;
    let (log, key) = (log(&store).await, key(&store).await);
    let first = Pen::default().write(&log, &key, &event("one"), hand()).await.expect("written");
    // Its bytes are gone; its place and its hash are not.
    let torn = js_sys::Object::new();
    for (name, value) in [("slot", "phone/1/000000000001/0"), ("hash", &*first.entry.hash.to_string())] {
        js_sys::Reflect::set(&torn, &name.into(), &value.into()).expect(name);
    }
    let key_of_row = (first.seq as f64).into();
    store.write(&[Op::Put { part: schema::EVENT, key: key_of_row, value: torn.into() }]).await.expect("torn");
    assert_eq!(log.readable(0).await, Ok((vec![], 1)));
    let next = Pen::default().write(&log, &key, &event("two"), hand()).await.expect("written after it");
    assert_eq!(next.entry.dseq, 2);
    assert_eq!(log.readable(0).await, Ok((vec![next], 1)));
}

#[wasm_bindgen_test]
async fn f12_every_save_asks_for_strict_durability() {
    let store = open(&place("strict")).await;
    let (log, key, pen) = (log(&store).await, key(&store).await, Pen::default());
    let shelf = shelf_of(&store, "ada").await;
    let watched = js_sys::eval(
        "(() => { const asked = []; const real = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function (parts, mode, how) {
              if (mode === 'readwrite') asked.push(how && how.durability);
              return real.call(this, parts, mode, how);
            };
            return { asked, stop() { IDBDatabase.prototype.transaction = real; } }; })()",
    )
    .expect("the browser lets us watch");
    pen.write(&log, &key, &event("strict"), hand()).await.expect("written");
    shelf.save_draft("ada/draft-2", &"a draft").await.expect("saved");
    let field = |name: &str| js_sys::Reflect::get(&watched, &name.into()).expect(name);
    field("stop").unchecked_into::<js_sys::Function>().call0(&watched).expect("stopped");
    let asked: Vec<_> = js_sys::Array::from(&field("asked")).iter().map(|how| how.as_string()).collect();
    assert_eq!(asked, [Some("strict".to_owned()), Some("strict".to_owned())]);
}

async fn must_be_whole(log: &OwnLog) {
    let head =
        log.head(&DeviceId::from("phone"), 1).await.expect("the head can be read").expect("there is a head");
    assert_eq!(verify_whole(None, &chain(log).await, head), Ok(()));
}
