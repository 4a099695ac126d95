//! One enrolled device: seals, chains and signs what people write on it, sends it, pulls what others wrote.
//! What to send and what a reply means is decided by `sync`, as in the app.

use super::{Api, Reply, Session};
use anyhow::{Context, Result, bail};
use domain::{
    event::{Event, Received},
    ids::DeviceId,
    time::Instant,
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use sync::{
    Entry, Envelope, Head, Signed, base64url, chain,
    hlc::Hlc,
    outbox::{Outbox, Trouble},
    pull::{self, Cursor, Earlier, Pulled},
    receipt::{self, Settlement},
    wire::{PushOutcome, PushRequest},
};

pub struct Phone {
    pub id: DeviceId,
    epoch: u32,
    tenant: String,
    key: SigningKey,
    head: Option<Head>,
    hlc: Hlc,
    outbox: Outbox,
    server_epoch: Option<String>,
    nonces: u64,
    /// One for each person who signed in on it.
    pub people: BTreeMap<String, Mailbox>,
}

/// What one person on a device has pulled.
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    pub session: Session,
    cursor: Cursor,
    pub rows: Vec<Received>,
}

/// What the server says when somebody or something comes in.
#[derive(Deserialize)]
struct Welcome {
    tenant: String,
    device: WelcomeDevice,
    person: Option<WelcomePerson>,
    server_epoch: String,
}

#[derive(Deserialize)]
struct WelcomeDevice {
    id: DeviceId,
    epoch: u32,
}

#[derive(Deserialize)]
struct WelcomePerson {
    id: String,
}

impl Phone {
    /// Brings in a device by set-up or invite: `body` is everything but the device.
    pub fn enrol(
        api: &Api,
        path: &str,
        label: &str,
        mut body: serde_json::Value,
        seed: u64,
    ) -> Result<Phone> {
        let key = key_of(seed)?;
        let point = key.verifying_key().to_sec1_point(false);
        body["device"] = json!({"label": label, "public_key": base64url::encode(point.as_bytes())});
        let reply = api.post(path, &Session::default(), &body)?;
        let welcome: Welcome = reply.ok().with_context(|| format!("enrol {label}"))?;
        let mut phone = Phone {
            id: welcome.device.id.clone(),
            epoch: welcome.device.epoch,
            tenant: welcome.tenant.clone(),
            key,
            head: None,
            hlc: Hlc::default(),
            outbox: Outbox::default(),
            server_epoch: Some(welcome.server_epoch.clone()),
            nonces: 0,
            people: BTreeMap::new(),
        };
        phone.admit(&welcome, &reply);
        Ok(phone)
    }

    /// A device that was enrolled in an earlier run.
    pub fn back(device: &str, epoch: u32, tenant: &str, seed: u64) -> Result<Phone> {
        Ok(Phone {
            id: device.into(),
            epoch,
            tenant: tenant.to_owned(),
            key: key_of(seed)?,
            head: None,
            hlc: Hlc::default(),
            outbox: Outbox::default(),
            server_epoch: None,
            nonces: 0,
            people: BTreeMap::new(),
        })
    }

    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    pub fn sign_in(&mut self, api: &Api, name: &str, password: &str, now: Instant) -> Result<()> {
        let sent_at = now.to_rfc3339();
        let message = ["nm.signin.v1", &self.id, name, &sent_at].join("\n");
        let body = json!({
            "device": self.id,
            "sign_in": name,
            "password": password,
            "sent_at": sent_at,
            "sig": self.sign(message.as_bytes()),
        });
        let reply = api.post("/v1/sign-in", &self.session(), &body)?;
        let welcome: Welcome = reply.ok().with_context(|| format!("sign in {name}"))?;
        self.admit(&welcome, &reply);
        Ok(())
    }

    /// The session of a person, or the device alone.
    pub fn session_of(&self, person: &str) -> Session {
        self.people.get(person).map_or_else(|| self.session(), |mailbox| mailbox.session.clone())
    }

    pub fn session(&self) -> Session {
        Session { device: Some(self.id.to_string()), cookie: None }
    }

    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// Freezes, chains and signs an event; it waits in the outbox.
    pub fn write(&mut self, event: &Event) -> Result<Signed> {
        let place = chain::next(self.head);
        self.hlc = self.hlc.tick(event.device_time).hlc;
        let envelope = Envelope {
            v: sync::envelope::VERSION,
            id: event.id.clone(),
            tenant: self.tenant.clone(),
            site: event.site.clone(),
            record: event.record.clone(),
            device: self.id.clone(),
            epoch: self.epoch,
            dseq: place.dseq,
            prev: place.hash,
            actor: event.by.code().to_owned(),
            attested: true,
            kind: event.verb.clone(),
            kschema: 1,
            seen: event.seen,
            recorded_at: event.device_time,
            offset_ms: event.offset_ms,
            hlc: self.hlc.to_string(),
            payload: event.with.clone(),
            blobs: Vec::new(),
        };
        let sealed = envelope.seal()?;
        self.head = Some(Head { dseq: place.dseq, hash: sealed.hash });
        let sig = self.sign(sealed.hash.as_bytes());
        let signed = sealed.signed(sig);
        self.outbox.add(Entry::of(signed.clone())?, Trouble::default());
        Ok(signed)
    }

    /// Sends what waits, at most so many events; gives what became of each, in order.
    pub fn send(
        &mut self,
        api: &Api,
        sent_at: Instant,
        at_most: usize,
    ) -> Result<Vec<(Signed, PushOutcome)>> {
        let mut outcomes = Vec::new();
        while outcomes.len() < at_most
            && let Some(mut batch) = self.outbox.next_batch(sent_at)
        {
            batch.events.truncate(at_most - outcomes.len());
            let nonce = self.nonce();
            let request = batch.request(&self.tenant, self.server_epoch.clone(), sent_at, nonce);
            let Settlement::Delivered(delivery) = self.post(api, &request)? else {
                bail!("nothing was delivered")
            };
            let settled = self.outbox.settle(&delivery, sent_at);
            if settled.is_empty() {
                bail!("the server keeps nothing: {:?}", delivery.receipts);
            }
            outcomes.extend(settled.into_iter().map(|(item, outcome)| (item.signed, outcome)));
        }
        Ok(outcomes)
    }

    /// Everything that waits, as requests that somebody else sends.
    pub fn requests(&mut self, sent_at: Instant) -> Vec<PushRequest> {
        let mut requests = Vec::new();
        while let Some(batch) = self.outbox.next_batch(sent_at) {
            let waiting = self.outbox.items().iter().filter(|item| !batch.events.contains(&item.signed));
            let rest: Vec<Entry> = waiting.filter_map(|item| Entry::of(item.signed.clone()).ok()).collect();
            let nonce = self.nonce();
            requests.push(batch.request(&self.tenant, self.server_epoch.clone(), sent_at, nonce));
            self.outbox = Outbox::default();
            rest.into_iter().for_each(|entry| self.outbox.add(entry, Trouble::default()));
        }
        requests
    }

    /// The same bytes once more.
    pub fn send_again(&mut self, api: &Api, signed: &Signed, sent_at: Instant) -> Result<()> {
        let request = PushRequest {
            protocol: sync::wire::PROTOCOL,
            tenant: self.tenant.clone(),
            device: self.id.clone(),
            epoch: self.epoch,
            server_epoch: self.server_epoch.clone(),
            sent_at,
            nonce: self.nonce(),
            events: vec![signed.clone()],
        };
        match self.post(api, &request)? {
            Settlement::Delivered(_) => Ok(()),
            other => bail!("a second delivery failed: {other:?}"),
        }
    }

    /// Pulls all that a person may see. False when the server does not let them in any more.
    pub fn pull(&mut self, api: &Api, person: &str) -> Result<bool> {
        let Some(mailbox) = self.people.get_mut(person) else { return Ok(false) };
        loop {
            let query = mailbox.cursor.query("");
            let path =
                format!("/v1/pull?cursor={}&scope={}&limit={}", query.cursor, query.scope, query.limit);
            let reply = api.get(&path, &mailbox.session)?;
            if matches!(reply.status, 401 | 403) {
                return Ok(false);
            }
            match pull::read(&mailbox.cursor, "", reply.status, reply.content_type.as_deref(), &reply.body) {
                Pulled::Page(page) => {
                    if page.earlier != Earlier::Keep {
                        mailbox.rows.clear();
                    }
                    mailbox.rows.extend(page.rows.into_iter().map(Into::into));
                    mailbox.cursor = page.cursor;
                    if !page.more {
                        return Ok(true);
                    }
                }
                other => bail!("pull: {other:?}: {}", String::from_utf8_lossy(&reply.body)),
            }
        }
    }

    fn post(&self, api: &Api, request: &PushRequest) -> Result<Settlement> {
        let reply = api.post("/v1/push", &self.session(), request)?;
        let settlement = receipt::settle(request, reply.status, reply.content_type.as_deref(), &reply.body);
        match &settlement {
            Settlement::Failed(failure) => {
                bail!("push: {failure}: status {}: {}", reply.status, String::from_utf8_lossy(&reply.body))
            }
            _ => Ok(settlement),
        }
    }

    fn admit(&mut self, welcome: &Welcome, reply: &Reply) {
        if let Some(person) = &welcome.person {
            let session = Session { device: Some(self.id.to_string()), cookie: reply.cookie.clone() };
            self.people.insert(person.id.clone(), Mailbox { session, ..Mailbox::default() });
        }
    }

    fn sign(&self, message: &[u8]) -> String {
        let signature: Signature = self.key.sign(message);
        base64url::encode(&signature.to_bytes())
    }

    fn nonce(&mut self) -> String {
        self.nonces += 1;
        format!("{}-{}", self.id, self.nonces)
    }
}

/// A key of our own making: these devices guard nothing but rehearsals.
fn key_of(seed: u64) -> Result<SigningKey> {
    let digest = sync::Hash::of(&[b"rehearsal", &seed.to_be_bytes()]);
    SigningKey::from_slice(digest.as_bytes()).context("make a device key")
}
