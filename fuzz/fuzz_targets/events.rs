//! Event bytes, one event a line: opened, chained, judged and folded as the server does it.
#![no_main]

use chrono::Duration;
use domain::{
    decide::{Arrival, Moment, decide, judge},
    event::{Outcome, Received},
    notification::second_look,
    register::Register,
};
use fuzzed::open;
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;
use sync::{Envelope, Signed, chain};

/// Lines beyond these only take time.
const MOST: usize = 40;
const MINUTES_BETWEEN: i64 = 37;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.split('\n').filter(|line| !line.is_empty()).take(MOST);
    let events: Vec<Signed> =
        lines.map(|line| Signed { bytes: line.to_owned(), sig: "s".to_owned() }).collect();
    chained(&events);
    let (mut server, mut phone) = (fuzzed::register(), fuzzed::register());
    for (index, event) in events.iter().enumerate() {
        if let Some(envelope) = opened(event) {
            let received = arrives(&mut server, envelope, index);
            phone.take(received);
        }
    }
    assert!(server.records().eq(phone.records()), "the same events in the same order, and other records");
    server.settle_before(fuzzed::start() + Duration::days(400));
});

/// No event is in two segments, and a signature vouches for nothing outside its own.
fn chained(events: &[Signed]) {
    let run = chain::verify_run(events);
    let mut end = 0;
    for segment in &run.segments {
        assert!(end <= segment.start && segment.start < segment.end && segment.end <= events.len());
        end = segment.end;
    }
    let vouched = run.vouched(events.len(), |index| index + 1 == events.len());
    let tail = run.tail(events.len());
    assert!((0..events.len()).all(|index| vouched[index] == tail.contains(&index)));
}

fn opened(event: &Signed) -> Option<Envelope> {
    let content = open::content(event);
    let link = open::link(event, event.hash(), &content);
    let envelope = content.ok()?;
    assert!(link.is_some_and(|link| link.dseq == envelope.dseq && link.hash == event.hash()));
    assert_eq!(Envelope::open(&event.bytes).as_ref(), Ok(&envelope));
    assert_eq!(envelope.event(), open::into_event(envelope.clone()));
    Some(envelope)
}

fn arrives(register: &mut Register, envelope: Envelope, index: usize) -> Arc<Received> {
    let event = open::into_event(envelope);
    let seq = index as u64 + 1;
    let received_at = fuzzed::start() + Duration::minutes(MINUTES_BETWEEN) * index as i32;
    register.settle_before(received_at);
    let moment = Moment { corrected_at: received_at, token_for: None };
    drop(decide(register, event.clone(), &moment));
    let arrival = Arrival { seq, received_at, offset_ms: 0, token_for: None, online: false };
    let mut judgement = judge(register, &event, &arrival);
    if matches!(judgement.result, Outcome::Applied | Outcome::Conflict) {
        judgement.second = second_look(register, &event, received_at);
    }
    let note = serde_json::to_string(&judgement).expect("a judgement can be written");
    assert_eq!(serde_json::from_str(&note).ok().as_ref(), Some(&judgement));
    let received = Arc::new(Received { event, judgement });
    register.take(received.clone());
    received
}
