//! Bodies of requests, as the server reads them. What can be read can be written, and read again.
#![no_main]

use fuzzed::open;
use libfuzzer_sys::fuzz_target;
use serde::{Serialize, de::DeserializeOwned};
use sync::{
    wire::{AnonymousLetter, CheckRequest, DoubtReport, PullQuery, PushRequest, ViewsRequest},
    witness::ChainRequest,
};

fuzz_target!(|body: &[u8]| {
    if let Some(request) = read::<PushRequest>(body) {
        for event in &request.events {
            let content = open::content(event);
            let place = open::link(event, event.hash(), &content);
            assert!(content.is_err() || place.is_some(), "what can be read has a place");
        }
    }
    read::<AnonymousLetter>(body);
    read::<ChainRequest>(body);
    read::<CheckRequest>(body);
    read::<DoubtReport>(body);
    read::<PullQuery>(body);
    read::<ViewsRequest>(body);
});

fn read<T: DeserializeOwned + Serialize>(body: &[u8]) -> Option<T> {
    let read: T = serde_json::from_slice(body).ok()?;
    let text = serde_json::to_vec(&read).expect("what was read can be written");
    serde_json::from_slice::<T>(&text).expect("what was written can be read");
    Some(read)
}
