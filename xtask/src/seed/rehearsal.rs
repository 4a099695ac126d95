//! A story without a server, for tests: the same decisions and the same judgements, in one process and in seconds.

use super::{
    Options,
    cast::{self, Cast},
    chance::Chance,
    play::Play,
    post::{Letter, Post},
    year,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    decide::{Arrival, Moment, decide, judge},
    directory::Directory,
    event::{Author, Event, Received},
    register::Register,
    time::Instant,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

/// Events that wait on the phones.
#[derive(Default)]
pub struct Waiting {
    phones: BTreeMap<String, Vec<Event>>,
    arrived: u64,
}

/// The whole story up to `end`.
pub fn rehearsed(options: &Options, end: Instant) -> Play {
    let start = end - Duration::days(options.days);
    let lists = if options.year.is_some() { year::lists(start) } else { cast::lists() }.expect("the lists");
    let rows = cast::changes(&lists, start - Duration::days(1));
    let cast = Cast {
        members: lists.staff,
        phones: BTreeMap::new(),
        directory: Arc::new(directory(&lists.provider, rows)),
    };
    let post = Post::Rehearsal(Waiting::default());
    let mut play = Play::new(post, cast, Chance::new(options.seed), end).expect("a play");
    match options.year {
        Some(long) => play.plan_year(start, long),
        None => play.plan(start),
    }
    .expect("a plan");
    play.run().expect("a story");
    play
}

/// The end of every story that is rehearsed.
pub fn end() -> Instant {
    DateTime::<Utc>::from_timestamp(1_795_773_600, 0).expect("27 November 2026")
}

fn directory(provider: &str, rows: Vec<Value>) -> Directory {
    let mut all = json!({ "provider": provider });
    for row in rows {
        let kind = row["kind"].as_str().unwrap_or_default();
        let list = match kind {
            "person" => "people".to_owned(),
            "staff" => kind.to_owned(),
            _ => format!("{kind}s"),
        };
        all[list][row["id"].as_str().unwrap_or_default()] = row["value"].clone();
    }
    serde_json::from_value(all).expect("a directory")
}

impl Waiting {
    pub fn keep(&mut self, who: &str, event: Event) {
        self.phones.entry(who.to_owned()).or_default().push(event);
    }

    pub fn deliver(&mut self, register: &mut Register, who: &str, at: Instant) -> usize {
        let events = self.phones.remove(who).unwrap_or_default();
        let many = events.len();
        register.settle_before(at);
        events.into_iter().for_each(|event| self.take(register, event, at));
        many
    }

    pub fn letter(&mut self, register: &mut Register, letter: Letter<'_>, at: Instant) -> Option<String> {
        let event = Event {
            id: letter.key.as_str().into(),
            verb: "report".to_owned(),
            site: letter.site.into(),
            record: Some(format!("record-{}", letter.key).as_str().into()),
            by: Author::Anonymous,
            device: "no-device".into(),
            with: letter.with.as_object().cloned().unwrap_or_default().into(),
            seen: 0,
            device_time: at,
            offset_ms: Some(0),
        };
        register.settle_before(at);
        let event = decide(register, event, &Moment { corrected_at: at, token_for: None }).ok()?;
        let record = event.record.as_ref().map(ToString::to_string);
        self.take(register, event, at);
        record
    }

    fn take(&mut self, register: &mut Register, event: Event, at: Instant) {
        self.arrived += 1;
        let offset_ms = event.offset_ms.unwrap_or_default();
        let arrival =
            Arrival { seq: self.arrived, received_at: at, offset_ms, token_for: None, online: false };
        let judgement = judge(register, &event, &arrival);
        register.take(Arc::new(Received { event, judgement }));
    }
}
