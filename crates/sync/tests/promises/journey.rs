//! Whole journeys over a bad network: whatever happens, each event is on the phone or on the server,
//! and once the network heals the outbox drains.

use crate::support::{OURS, duplicate, entries, noon, outbox_of, reply};
use chrono::Duration;
use domain::time::Instant;
use proptest::prelude::*;
use std::collections::BTreeSet;
use sync::{
    Hash,
    outbox::Outbox,
    plan::Pace,
    receipt::{Failure, Settlement, settle},
    wire::PushRequest,
};

/// What the network or the server does with one request.
#[derive(Clone, Copy, Debug)]
enum Weather {
    Fine,
    RequestLost,
    ReplyLost,
    TooLargeAbove(usize),
    Status(u16),
    Portal,
    CutAt(usize),
    WrongNonce,
}

#[derive(Default)]
struct Server {
    stored: BTreeSet<Hash>,
    /// A request with this event always fails.
    poison: Option<Hash>,
}

enum Answer {
    None,
    Reply(u16, Option<&'static str>, String),
}

impl Server {
    fn push(&mut self, request: &PushRequest, weather: Weather) -> Answer {
        let hashes: Vec<Hash> = request.events.iter().map(|event| event.hash()).collect();
        let body = reply(request, &duplicate()).to_string();
        match weather {
            Weather::RequestLost => return Answer::None,
            Weather::Portal => return Answer::Reply(200, Some("text/html"), "<html>".to_owned()),
            Weather::Status(status) => return Answer::Reply(status, OURS, body),
            Weather::TooLargeAbove(size) if hashes.len() > size => {
                return Answer::Reply(413, None, String::new());
            }
            _ => {}
        }
        if self.poison.is_some_and(|poison| hashes.contains(&poison)) {
            return Answer::Reply(500, None, String::new());
        }
        self.stored.extend(hashes);
        match weather {
            Weather::ReplyLost => Answer::None,
            Weather::CutAt(end) => Answer::Reply(200, OURS, body[..end % body.len()].to_owned()),
            Weather::WrongNonce => Answer::Reply(200, OURS, body.replace("nonce-", "other-")),
            _ => Answer::Reply(200, OURS, body),
        }
    }
}

/// One turn of a device: waits until it may try, pushes once.
fn turn(outbox: &mut Outbox, pace: &mut Pace, server: &mut Server, now: &mut Instant, weather: Weather) {
    pace.sign_in_needed().then(|| pace.nudge());
    *now = pace.next_try(*now).unwrap_or(*now);
    let Some(batch) = outbox.next_batch(*now) else {
        *now = outbox.next_wake(*now).unwrap_or(*now);
        return;
    };
    let request = batch.request("willow-care", None, *now, format!("nonce-{now}"));
    let failure = match server.push(&request, weather) {
        Answer::None => Failure::Timeout,
        Answer::Reply(status, content_type, body) => {
            match settle(&request, status, content_type, body.as_bytes()) {
                Settlement::Delivered(delivery) => {
                    outbox.settle(&delivery, *now);
                    return pace.succeeded();
                }
                Settlement::Failed(failure) => failure,
                Settlement::OtherEpoch { .. } => Failure::Mismatch,
            }
        }
    };
    outbox.failed(&request, failure, *now);
    pace.failed(failure, None, *now, 0.5);
}

fn any_weather() -> impl Strategy<Value = Weather> {
    prop_oneof![
        Just(Weather::Fine),
        Just(Weather::Fine),
        Just(Weather::RequestLost),
        Just(Weather::ReplyLost),
        (0_usize..20).prop_map(Weather::TooLargeAbove),
        (201_u16..600).prop_map(Weather::Status),
        Just(Weather::Portal),
        any::<usize>().prop_map(Weather::CutAt),
        Just(Weather::WrongNonce),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn f38_f46_nothing_is_lost_and_everything_arrives(
        count in 1_usize..40,
        poison in prop::option::of(any::<prop::sample::Index>()),
        weathers in prop::collection::vec(any_weather(), 0..60),
    ) {
        let written = entries(count);
        let all: BTreeSet<Hash> = written.iter().map(|entry| entry.hash).collect();
        let poison = poison.map(|index| written[index.index(count)].hash);
        let (mut outbox, mut pace, mut now) = (outbox_of(&written), Pace::default(), noon());
        let mut server = Server { poison, ..Server::default() };

        for weather in weathers {
            turn(&mut outbox, &mut pace, &mut server, &mut now, weather);
            let mut known = server.stored.clone();
            known.extend(outbox.items().iter().map(|item| item.hash));
            prop_assert_eq!(&known, &all, "each event is here or there");
        }

        let healed = now;
        for _ in 0..3 * count + 30 {
            turn(&mut outbox, &mut pace, &mut server, &mut now, Weather::Fine);
            if server.stored.len() == count - usize::from(poison.is_some()) && now - healed > Duration::hours(1) {
                break;
            }
        }
        let left: Vec<Hash> = outbox.items().iter().map(|item| item.hash).collect();
        prop_assert_eq!(left, poison.into_iter().collect::<Vec<_>>(), "only the bad one is left");
    }
}
