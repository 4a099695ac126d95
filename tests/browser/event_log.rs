//! The chain on the device keeps every promise of an event log.

use noticed_app::browser::{event_log::OwnLog, seal::Ring, store::Store};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn it_lives_through_the_story_of_every_event_log() {
    let run = noticed_app::browser::ids::new_id();
    sync::conformance::story(async |place: &str| {
        let store = Store::open(&format!("{run}-{place}")).await.expect("the store opens");
        let store = Rc::new(store);
        OwnLog::new(store.clone(), Ring::open(&store).await.expect("there are keys"))
    })
    .await;
}
