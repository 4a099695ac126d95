//! What it costs the server to say what a phone should hold, over the long story of `first-sync`; and whether anybody
//! who sends meanwhile waits for it.

use super::{figure, first_sync, home, rounded, story::Serving};
use crate::{
    client::{Api, Phone, Session},
    seed, ship,
    words::step,
};
use anyhow::{Context, Result, ensure};
use domain::event::{Author, Event};
use serde_json::{Value, json};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Instant,
};
use sync::{
    digest::{Digest, DigestReply},
    wire::{PullReply, PushOutcome},
};

const ASKS: usize = 30;
/// One after the other, each of one entry.
const PUSHES: usize = 200;
/// For one answer, in the middle of all.
const TARGET_MS: f64 = 1_000.0;

/// `records`: of the story; 5,000 where none is given.
pub fn run(records: Option<usize>) -> Result<Value> {
    ship::build::server()?;
    let data = first_sync::story(records)?;
    let server = Serving::start(data.folder())?;
    let reception = seed::Reception::read(data.folder())?;
    let (site, person) = (reception.site()?, reception.person.clone());
    let mut phone = reception.phone(&server.api, 1_000, seed::now())?;
    let asker = Asker::of(&server.api, phone.session_of(&person))?;
    let (asks, rows) = step("ask what a phone should hold", || {
        let mut asks = Vec::new();
        for _ in 0..ASKS {
            asks.push(asker.ask()?);
        }
        let rows = asks.first().context("an answer")?.1.rows;
        anyhow::Ok((Times::of(asks.into_iter().map(|(ms, _)| ms)), rows))
    })?;
    let mut sender = Sender { phone: &mut phone, api: &server.api, site, person, sent: 0 };
    let alone = step("push, and nobody asks", || sender.push())?;
    let (beside, busy) = step("push while somebody asks without a pause", || {
        let is_over = AtomicBool::new(false);
        thread::scope(|scope| {
            let asking = scope.spawn(|| {
                let mut asks = Vec::new();
                while !is_over.load(Ordering::Relaxed) {
                    asks.push(asker.ask()?.0);
                }
                anyhow::Ok(Times::of(asks))
            });
            let pushed = sender.push();
            is_over.store(true, Ordering::Relaxed);
            let asked = asking.join().map_err(|_| anyhow::anyhow!("the asker failed"))?;
            anyhow::Ok((pushed?, asked?))
        })
    })?;
    Ok(json!({
        "rows": rows,
        "answer_ms": figure::at_most(asks.middle(), TARGET_MS),
        "answer_longest_ms": rounded(asks.longest()),
        "answer_beside_pushes_ms": rounded(busy.middle()),
        "push_alone_ms": alone.both(),
        "push_beside_it_ms": beside.both(),
    }))
}

/// A device that has pulled everything up to a row.
struct Asker {
    api: Api,
    who: Session,
    path: String,
}

impl Asker {
    fn of(api: &Api, who: Session) -> Result<Asker> {
        let page: PullReply = api.get("/v1/pull?cursor=0&limit=1", &who)?.ok()?;
        let path = format!("/v1/pull/digest?upto={}&scope={}&ask=bench", page.head.seq, page.scope);
        Ok(Asker { api: Api::new(api.base.clone()), who, path })
    }

    /// Milliseconds, and what the server says.
    fn ask(&self) -> Result<(f64, Digest)> {
        let asked = Instant::now();
        let reply = self.api.get(&self.path, &self.who)?;
        let took = milliseconds(asked);
        let reply: DigestReply = reply.ok()?;
        Ok((took, reply.given.context("the person sees the same as before")?))
    }
}

/// Somebody whose entries are accepted.
struct Sender<'a> {
    phone: &'a mut Phone,
    api: &'a Api,
    site: String,
    person: String,
    sent: usize,
}

impl Sender<'_> {
    fn push(&mut self) -> Result<Times> {
        let mut times = Vec::new();
        for _ in 0..PUSHES {
            // Each hundred is a story of its own: further on, one would be of next year.
            let event = home::event(&self.phone.id, self.sent / 100, self.sent % 100, seed::now());
            let (site, by) = (self.site.as_str().into(), Author::Staff(self.person.as_str().into()));
            self.phone.write(&Event { site, by, ..event })?;
            self.sent += 1;
            let sent = Instant::now();
            let outcomes = self.phone.send(self.api, seed::now(), 1)?;
            times.push(milliseconds(sent));
            ensure!(matches!(outcomes[..], [(_, PushOutcome::Accepted { .. })]), "{outcomes:?}");
        }
        Ok(Times::of(times))
    }
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

/// Milliseconds, the shortest first.
struct Times(Vec<f64>);

impl Times {
    fn of(times: impl IntoIterator<Item = f64>) -> Times {
        let mut times: Vec<f64> = times.into_iter().collect();
        times.sort_by(f64::total_cmp);
        Times(times)
    }

    fn middle(&self) -> f64 {
        self.0.get(self.0.len() / 2).copied().unwrap_or_default()
    }

    fn longest(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }

    fn both(&self) -> Value {
        json!({ "middle": rounded(self.middle()), "longest": rounded(self.longest()) })
    }
}
