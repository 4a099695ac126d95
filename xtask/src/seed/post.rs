//! Where what people write goes: to a real server from the phone of each, or in a rehearsal to a register alone, which
//! judges as a server does and takes no signatures.

use super::cast::Cast;
use crate::client::Process;
use anyhow::{Context, Result, bail};
use domain::{
    event::{Event, Received},
    ids::DeviceId,
    register::Register,
    time::Instant,
};
use serde_json::Value;
use std::sync::Arc;
use sync::{
    Envelope,
    wire::{AnonymousLetter, AnonymousReply, AnonymousRequest, PushOutcome},
};

pub enum Post {
    Server(Process),
    #[cfg(test)]
    Rehearsal(super::rehearsal::Waiting),
}

/// A letter without a name, and its key.
pub struct Letter<'a> {
    pub site: &'a str,
    pub with: Value,
    pub key: String,
}

impl Post {
    pub fn device(&self, cast: &Cast, who: &str) -> Result<DeviceId> {
        match self {
            Post::Server(_) => {
                Ok(cast.phones.get(who).with_context(|| format!("{who} has no phone"))?.id.clone())
            }
            #[cfg(test)]
            Post::Rehearsal(_) => Ok(format!("phone-of-{who}").into()),
        }
    }

    /// It waits on the author's own phone.
    pub fn keep(&mut self, cast: &mut Cast, who: &str, event: Event) -> Result<()> {
        match self {
            Post::Server(_) => {
                let phone = cast.phones.get_mut(who).with_context(|| format!("{who} has no phone"))?;
                phone.write(&event).map(drop)
            }
            #[cfg(test)]
            Post::Rehearsal(waiting) => {
                waiting.keep(who, event);
                Ok(())
            }
        }
    }

    /// Everything that waits on a phone arrives; the judgement is what everybody knows from then on. Gives how many.
    pub fn deliver(
        &mut self,
        cast: &mut Cast,
        register: &mut Register,
        who: &str,
        at: Instant,
    ) -> Result<usize> {
        match self {
            Post::Server(process) => send(process, cast, register, who, at),
            #[cfg(test)]
            Post::Rehearsal(waiting) => Ok(waiting.deliver(register, who, at)),
        }
    }

    /// From the phone that somebody holds; gives the record of the letter.
    pub fn letter(
        &mut self,
        cast: &Cast,
        register: &mut Register,
        who: &str,
        letter: Letter<'_>,
        at: Instant,
    ) -> Result<Option<String>> {
        match self {
            Post::Server(process) => put_in(process, cast, register, who, letter, at),
            #[cfg(test)]
            Post::Rehearsal(waiting) => Ok(waiting.letter(register, letter, at)),
        }
    }

    pub fn close(self) -> Result<()> {
        match self {
            Post::Server(process) => process.stop(),
            #[cfg(test)]
            Post::Rehearsal(_) => Ok(()),
        }
    }
}

fn send(
    process: &Process,
    cast: &mut Cast,
    register: &mut Register,
    who: &str,
    at: Instant,
) -> Result<usize> {
    process.set_clock(at)?;
    let phone = cast.phones.get_mut(who).with_context(|| format!("{who} has no phone"))?;
    let outcomes = phone.send(&process.api, at, usize::MAX)?;
    let many = outcomes.len();
    for (signed, outcome) in outcomes {
        let judgement = match outcome {
            PushOutcome::Accepted { judgement } => judgement,
            PushOutcome::Quarantined { judgement: Some(judgement), .. } => judgement,
            other => bail!("the server answers {other:?}"),
        };
        let event = Envelope::open(&signed.bytes)?.event();
        register.take(Arc::new(Received { event, judgement }));
    }
    Ok(many)
}

fn put_in(
    process: &Process,
    cast: &Cast,
    register: &mut Register,
    who: &str,
    letter: Letter<'_>,
    at: Instant,
) -> Result<Option<String>> {
    process.set_clock(at)?;
    let phone = cast.phones.get(who).with_context(|| format!("{who} has no phone"))?;
    let request = AnonymousRequest {
        tenant: phone.tenant().to_owned(),
        verb: "report".to_owned(),
        site: letter.site.into(),
        record: None,
        token: None,
        with: letter.with.as_object().cloned().unwrap_or_default().into(),
        written_at: at,
        sent_at: at,
        offline: false,
        key: letter.key.as_str().into(),
    };
    let letter = AnonymousLetter { request, seen: 0 };
    let reply: AnonymousReply =
        process.api.post("/v1/anonymous", &phone.session(), &letter)?.ok().context("a letter")?;
    register.take(Arc::new(Received { event: reply.event, judgement: reply.judgement }));
    Ok(reply.record.map(|record| record.to_string()))
}
