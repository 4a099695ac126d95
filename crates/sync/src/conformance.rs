//! The story that every event log has to live through: memory, the server's store, the browser's store.
//! It panics, with the promise in words, where a log breaks one.

use crate::{
    chain,
    envelope::{Envelope, VERSION},
    hash::Hash,
    hlc::Hlc,
    log::{Appended, Entry, EventLog, Head, Stored},
};
use domain::{ids::DeviceId, time::Instant};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Runs the story. `make_log` opens the log at a place, empty at first; the same place again is the same log.
pub async fn story<L: EventLog>(make_log: impl AsyncFn(&str) -> L) {
    events_read_back_as_written(&make_log("written").await).await;
    duplicates_change_nothing(&make_log("duplicates").await).await;
    both_branches_of_a_fork_stay(&make_log("fork").await).await;
    devices_and_enrolments_are_apart(&make_log("devices").await).await;
    a_big_batch_keeps_its_order(&make_log("big").await).await;
    everything_is_there_after_reopening(&make_log).await;
}

async fn events_read_back_as_written(log: &impl EventLog) {
    let mut phone = Phone::new("phone-a", 1);
    assert_eq!(read(log, 0, 10).await, [], "a new log is empty");
    assert_eq!(head(log, &phone).await, None, "a new log has no head");
    assert_eq!(append(log, vec![]).await, [], "appending nothing is fine");

    let entries = vec![
        phone.write("The hoist battery was flat."),
        phone.write("Zażółć 😀 \u{0} \"quoted\" \\ and\na new line").with_note("{\"seq\":2}"),
        phone.write(""),
    ];
    let answers = append(log, entries.clone()).await;
    assert_eq!(answers, [new(1), new(2), new(3)], "numbers start at 1 and follow the order given");
    assert_eq!(read(log, 0, 10).await, numbered(&entries, 1), "every byte and every note comes back");
    assert_eq!(head(log, &phone).await, Some(phone.head()), "the head is the last event");

    let later = vec![phone.write("Battery replaced.")];
    assert_eq!(append(log, later.clone()).await, [new(4)], "the next batch continues the numbers");
    assert_eq!(read(log, 1, 2).await, numbered(&entries[1..], 2), "a page starts after the cursor");
    assert_eq!(read(log, 3, 10).await, numbered(&later, 4), "the last page is short");
    assert_eq!(read(log, 4, 10).await, [], "after the end there is nothing");
    assert_eq!(read(log, 400, 10).await, [], "far after the end there is nothing");
    assert_eq!(read(log, 0, 0).await, [], "a page of none is empty");
}

async fn duplicates_change_nothing(log: &impl EventLog) {
    let mut phone = Phone::new("phone-a", 1);
    let entries = vec![phone.write("one"), phone.write("two")];
    append(log, entries.clone()).await;

    let again = entries.iter().map(|entry| entry.clone().with_note("another note")).collect();
    assert_eq!(append(log, again).await, [same(1), same(2)], "the same events again have their old numbers");
    assert_eq!(read(log, 0, 10).await, numbered(&entries, 1), "and nothing is written, not even the note");

    let three = phone.write("three");
    let mixed = vec![entries[1].clone(), three.clone(), three.clone(), entries[0].clone()];
    let answers = append(log, mixed).await;
    assert_eq!(answers, [same(2), new(3), same(3), same(1)], "duplicates inside a batch use up no number");
    assert_eq!(read(log, 2, 10).await, numbered(&[three], 3), "only the new one is added");
    assert_eq!(head(log, &phone).await, Some(phone.head()), "the head moves with the new one");
}

async fn both_branches_of_a_fork_stay(log: &impl EventLog) {
    let mut phone = Phone::new("phone-a", 1);
    let first = phone.write("before the profile was copied");
    let mut copy = phone.clone();
    let (ours, theirs) = (phone.write("written on the phone"), copy.write("written on the copy"));
    append(log, vec![first.clone(), ours.clone()]).await;

    assert_eq!(
        append(log, vec![theirs.clone()]).await,
        [fork(3)],
        "another event at the same place is a fork"
    );
    assert_eq!(
        append(log, vec![theirs.clone(), ours.clone()]).await,
        [same(3), same(2)],
        "known branches repeat"
    );
    assert_eq!(read(log, 0, 10).await, numbered(&[first, ours, theirs], 1), "both branches are kept");
    assert_eq!(head(log, &phone).await, Some(phone.head()), "of a fork, the one that came first is the head");

    let next = copy.write("the copy goes on");
    assert_eq!(append(log, vec![next]).await, [new(4)], "a place nobody had yet is new");
    assert_eq!(head(log, &copy).await, Some(copy.head()), "the highest place is the head");
}

async fn devices_and_enrolments_are_apart(log: &impl EventLog) {
    let mut phone = Phone::new("phone-a", 1);
    let mut enrolled_again = Phone::new("phone-a", 2);
    let mut tablet = Phone::new("tablet", 1);
    let entries = vec![
        tablet.write("tablet one"),
        phone.write("phone one"),
        enrolled_again.write("phone one, enrolled again"),
        phone.write("phone two"),
    ];
    let answers = append(log, entries.clone()).await;
    assert_eq!(answers, [new(1), new(2), new(3), new(4)], "the same place on another device is no fork");
    assert_eq!(read(log, 0, 10).await, numbered(&entries, 1), "the order is that of arrival");
    for writer in [&phone, &enrolled_again, &tablet] {
        assert_eq!(
            head(log, writer).await,
            Some(writer.head()),
            "each device and enrolment has its own head"
        );
    }
    assert_eq!(head(log, &Phone::new("phone", 1)).await, None, "a device is known by its whole name");
    assert_eq!(
        head(log, &Phone::new("tablet", 2)).await,
        None,
        "an enrolment that wrote nothing has no head"
    );
}

async fn a_big_batch_keeps_its_order(log: &impl EventLog) {
    let mut phone = Phone::new("phone-a", 1);
    let entries: Vec<Entry> = (0..1_000).map(|count| phone.write(&format!("entry {count}"))).collect();
    let answers = append(log, entries.clone()).await;
    let places: BTreeSet<u64> = answers.iter().map(|answer| answer.seq()).collect();
    assert!(places.into_iter().eq(1..=1_000), "a thousand events have a thousand numbers without a gap");

    let mut pages = Vec::new();
    while let page @ [_, ..] = &read(log, pages.len() as u64, 97).await[..] {
        pages.extend_from_slice(page);
    }
    assert_eq!(pages, numbered(&entries, 1), "pages put together are the whole log");
    let signed: Vec<_> = pages.into_iter().map(|stored| stored.entry.signed).collect();
    assert_eq!(chain::verify_whole(None, &signed, phone.head()), Ok(()), "and the chain of the device holds");
}

async fn everything_is_there_after_reopening<L: EventLog>(make_log: &impl AsyncFn(&str) -> L) {
    let mut phone = Phone::new("phone-a", 1);
    let before = vec![phone.write("before"), phone.write("also before")];
    append(&make_log("reopened").await, before.clone()).await;

    let log = make_log("reopened").await;
    assert_eq!(read(&log, 0, 10).await, numbered(&before, 1), "reopening loses nothing");
    assert_eq!(head(&log, &phone).await, Some(phone.head()), "not the head either");
    let after = phone.write("after");
    let answers = append(&log, vec![before[1].clone(), after.clone()]).await;
    assert_eq!(answers, [same(2), new(3)], "a batch that was cut off can be sent again");
    assert_eq!(read(&make_log("reopened").await, 2, 10).await, numbered(&[after], 3), "numbers go on");
    assert_eq!(read(&make_log("elsewhere").await, 0, 10).await, [], "another place is another log");
}

/// A device that writes proper chains; the signatures are not real. For tests of logs.
#[derive(Clone, Debug)]
pub struct Phone {
    device: DeviceId,
    epoch: u32,
    head: Option<Head>,
}

impl Phone {
    pub fn new(device: &str, epoch: u32) -> Phone {
        Phone { device: device.into(), epoch, head: None }
    }

    /// The next event of this device, with some text in it.
    pub fn write(&mut self, text: &str) -> Entry {
        let next = chain::next(self.head);
        let envelope = self.envelope(next, text);
        let sealed = envelope.seal().expect("a short event can be sealed");
        self.head = Some(Head { dseq: next.dseq, hash: sealed.hash });
        let sig = crate::base64url::encode(&[sealed.hash.as_bytes().as_slice(), &[0; 32]].concat());
        Entry::of(sealed.signed(sig)).expect("a sealed event can be read")
    }

    /// Where this device's chain ends; before the first event, nowhere.
    pub fn head(&self) -> Head {
        self.head.unwrap_or(Head { dseq: 0, hash: Hash::ZERO })
    }

    fn envelope(&self, next: Head, text: &str) -> Envelope {
        let recorded_at = Instant::from_timestamp_millis(1_780_000_000_000 + 60_000 * next.dseq as i64);
        let recorded_at = recorded_at.expect("a time in range");
        Envelope {
            v: VERSION,
            id: format!("{}-{}-{}", self.device, self.epoch, next.dseq).into(),
            tenant: "willow-care".to_owned(),
            site: "willow-house".into(),
            record: Some("record-1".into()),
            device: self.device.clone(),
            epoch: self.epoch,
            dseq: next.dseq,
            prev: next.hash,
            actor: "ada".to_owned(),
            attested: true,
            kind: "add_note".to_owned(),
            kschema: 1,
            seen: 0,
            recorded_at,
            offset_ms: None,
            hlc: Hlc::default().tick(recorded_at).hlc.to_string(),
            payload: Map::from_iter([("text".to_owned(), Value::from(text))]).into(),
            blobs: Vec::new(),
        }
    }
}

async fn append(log: &impl EventLog, entries: Vec<Entry>) -> Vec<Appended> {
    log.append(entries).await.expect("the log takes the events")
}

async fn read(log: &impl EventLog, after: u64, limit: usize) -> Vec<Stored> {
    log.read(after, limit).await.expect("the log can be read")
}

async fn head(log: &impl EventLog, phone: &Phone) -> Option<Head> {
    log.head(&phone.device, phone.epoch).await.expect("the log knows its heads")
}

fn numbered(entries: &[Entry], first: u64) -> Vec<Stored> {
    (first..).zip(entries).map(|(seq, entry)| Stored { seq, entry: entry.clone() }).collect()
}

fn new(seq: u64) -> Appended {
    Appended::New { seq }
}

fn same(seq: u64) -> Appended {
    Appended::Duplicate { seq }
}

fn fork(seq: u64) -> Appended {
    Appended::Fork { seq }
}
