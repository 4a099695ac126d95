//! Rescue files, locked and opened: what can be read in them is read, the rest is counted, and photos are looked at.
#![no_main]

use fuzzed::open;
use libfuzzer_sys::fuzz_target;
use sync::{
    chain, jpeg,
    rescue::{HEAD_BYTES, Locked, MAGIC, Rescue, VERSION},
};

fuzz_target!(|file: &[u8]| {
    if let Ok(locked) = Locked::read(file) {
        assert_eq!(locked.head.len() + locked.sealed.len(), file.len());
    }
    // The same bytes behind a head that is right, so that the rest is reached.
    let led = [MAGIC.as_slice(), &[VERSION], file].concat();
    assert_eq!(Locked::read(&led).is_ok(), led.len() >= HEAD_BYTES + 16);
    if let Ok(rescue) = Rescue::read(file) {
        opened(rescue, file.len());
    }
    if let Ok(clean) = jpeg::clean(file) {
        assert!(clean.len() <= file.len());
        assert_eq!(jpeg::clean(&clean).as_ref(), Ok(&clean));
        assert!(jpeg::look(&clean).is_ok(), "what was cleaned carries nothing");
    }
});

fn opened(rescue: Rescue, size: usize) {
    assert!(rescue.photos.iter().map(Vec::len).sum::<usize>() <= size, "more photos than bytes");
    for photo in &rescue.photos {
        drop((jpeg::look(photo), jpeg::clean(photo)));
    }
    let signed: Vec<_> = rescue.events.into_iter().map(|event| event.signed).collect();
    drop(chain::verify_run(&signed));
    for event in &signed {
        let content = open::content(event);
        drop(open::link(event, event.hash(), &content));
    }
}
