//! A device as the server meets it: a key, a chain, a session.

use crate::harness::Answer;
use domain::time::Instant;
use p256::{
    ecdsa::{Signature, SigningKey, signature::Signer},
    elliptic_curve::Generate,
};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use server::clock::real_now;
use sync::{
    Envelope, Hash, Head, Sealed, Signed, base64url, chain,
    proof::{self, PROOF_HEADER, Proof},
    wire::{CONTENT_TYPE, PROTOCOL, PullReply, PushOutcome, PushReply, PushRequest},
};

#[derive(Clone)]
pub struct Phone {
    pub url: String,
    pub id: String,
    pub tenant: String,
    pub epoch: u32,
    pub staff: String,
    pub cookie: Option<String>,
    pub head: Option<Head>,
    pub key: SigningKey,
    client: Client,
}

impl Phone {
    pub fn new(url: &str) -> Phone {
        Phone {
            url: url.into(),
            id: String::new(),
            tenant: String::new(),
            epoch: 0,
            staff: String::new(),
            cookie: None,
            head: None,
            key: SigningKey::generate(),
            client: crate::harness::client(),
        }
    }

    /// The same phone, at another server.
    pub fn at(&self, url: &str) -> Phone {
        let mut phone = self.clone();
        phone.url = url.to_owned();
        phone
    }

    /// # Errors  the answer of the server when the code is no good.
    pub async fn enrol(url: &str, code: &str, password: Option<&str>) -> Result<Phone, Answer> {
        let mut phone = Phone::new(url);
        let body = json!({ "code": code, "password": password, "device": phone.description("A phone") });
        let answer = phone.post("/v1/enrol", body).await;
        if answer.status != 200 {
            return Err(answer);
        }
        phone.enter(answer);
        Ok(phone)
    }

    pub fn description(&self, label: &str) -> Value {
        let point = self.key.verifying_key().to_sec1_point(false);
        json!({ "label": label, "public_key": base64url::encode(point.as_bytes()) })
    }

    #[track_caller]
    pub fn enter(&mut self, answer: Answer) {
        let cookie = answer.headers.get("set-cookie").map(|value| value.to_str().expect("text").to_owned());
        let welcome = answer.ok();
        self.id = welcome["device"]["id"].as_str().expect("a device").into();
        self.epoch = welcome["device"]["epoch"].as_u64().expect("an epoch") as u32;
        self.tenant = welcome["tenant"].as_str().expect("a provider").into();
        self.staff = welcome["person"]["id"].as_str().unwrap_or_default().into();
        self.cookie = cookie.and_then(|cookie| cookie.split(';').next().map(str::to_owned));
    }

    pub fn sign_in_body(&self, name: &str, password: &str) -> Value {
        self.signed_sign_in("nm.signin.v2", name, password, real_now())
    }

    /// `nm.signin.v1` is that of an older app.
    pub fn signed_sign_in(&self, kind: &str, name: &str, password: &str, sent_at: Instant) -> Value {
        let sent_at = sent_at.to_rfc3339();
        let message = [kind, &self.id, name, &sent_at].join("\n");
        let sig = self.sign(Hash::of(&[message.as_bytes()]));
        json!({ "device": self.id, "sign_in": name, "password": password, "sent_at": sent_at, "sig": sig })
    }

    pub async fn sign_in(&mut self, name: &str, password: &str) -> Result<(), Answer> {
        let answer = self.post("/v1/sign-in", self.sign_in_body(name, password)).await;
        if answer.status != 200 {
            return Err(answer);
        }
        self.enter(answer);
        Ok(())
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let mut request = self.client.request(method.clone(), format!("{}{path}", self.url));
        if !self.id.is_empty() {
            let (by, at) = (self.id.as_str().into(), real_now());
            let sig = self.sign(Hash::of(&[proof::text(
                &self.id,
                at,
                &self.id,
                method.as_str(),
                path.split('?').next().unwrap_or_default(),
            )
            .as_bytes()]));
            request = request.header("x-noticed-device", &self.id);
            request = request.header(PROOF_HEADER, Proof { by, at, sig }.header());
        }
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        request
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).send().await.expect("an answer")).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body).send().await.expect("an answer")).await
    }

    pub fn envelope(&self, verb: &str, record: &str, with: Value) -> Envelope {
        let place = chain::next(self.head);
        let Value::Object(payload) = with else { panic!("fields") };
        Envelope {
            v: 1,
            id: uuid::Uuid::now_v7().to_string().into(),
            tenant: self.tenant.clone(),
            site: "elm".into(),
            record: Some(record.into()),
            device: self.id.as_str().into(),
            epoch: self.epoch,
            dseq: place.dseq,
            prev: place.hash,
            actor: self.staff.clone(),
            attested: true,
            kind: verb.into(),
            kschema: 1,
            seen: 0,
            recorded_at: real_now(),
            offset_ms: Some(0),
            hlc: "0".into(),
            payload: payload.into(),
            blobs: Vec::new(),
        }
    }

    /// Seals and signs an envelope, and moves the chain on to it.
    pub fn seal(&mut self, envelope: &Envelope) -> Signed {
        let sealed = envelope.seal().expect("it fits");
        self.head = Some(Head { dseq: envelope.dseq, hash: sealed.hash });
        self.signed(sealed)
    }

    pub fn signed(&self, sealed: Sealed) -> Signed {
        let sig = self.sign(sealed.hash);
        sealed.signed(sig)
    }

    pub fn write(&mut self, verb: &str, record: &str, with: Value) -> Signed {
        let envelope = self.envelope(verb, record, with);
        self.seal(&envelope)
    }

    pub fn report(&mut self, record: &str) -> Signed {
        self.write("report", record, medication())
    }

    pub fn sign(&self, hash: Hash) -> String {
        let signature: Signature = self.key.sign(hash.as_bytes());
        base64url::encode(&signature.to_bytes())
    }

    pub fn push_request(&self, events: &[Signed]) -> PushRequest {
        PushRequest {
            protocol: PROTOCOL,
            tenant: self.tenant.clone(),
            device: self.id.as_str().into(),
            epoch: self.epoch,
            server_epoch: None,
            sent_at: real_now(),
            nonce: uuid::Uuid::new_v4().to_string(),
            events: events.to_vec(),
        }
    }

    pub async fn push_raw(&self, request: &PushRequest) -> Answer {
        let body = serde_json::to_vec(request).expect("JSON");
        let request = self.request(Method::POST, "/v1/push").header("content-type", CONTENT_TYPE).body(body);
        Answer::of(request.send().await.expect("an answer")).await
    }

    /// The outcomes, after a check that the receipts are ours.
    pub async fn push(&self, events: &[Signed]) -> Vec<PushOutcome> {
        let request = self.push_request(events);
        let answer = self.push_raw(&request).await;
        assert_eq!(answer.headers["content-type"], CONTENT_TYPE);
        let reply: PushReply = serde_json::from_value(answer.ok()).expect("a push reply");
        assert_eq!(reply.nonce, request.nonce);
        let hashes: Vec<Hash> = events.iter().map(Signed::hash).collect();
        assert_eq!(reply.receipts.iter().map(|receipt| receipt.hash).collect::<Vec<_>>(), hashes);
        reply.receipts.into_iter().map(|receipt| receipt.outcome).collect()
    }

    pub async fn push_one(&self, event: &Signed) -> PushOutcome {
        self.push(std::slice::from_ref(event)).await.remove(0)
    }

    pub async fn pull(&self, cursor: u64, scope: &str) -> PullReply {
        let answer = self.get(&format!("/v1/pull?cursor={cursor}&scope={scope}")).await;
        serde_json::from_value(answer.ok()).expect("a pull reply")
    }

    /// Everything from the first row, page by page.
    pub async fn pull_all(&self) -> PullReply {
        let mut all = self.pull(0, "").await;
        while all.more {
            let mut page = self.pull(all.next, &all.scope).await;
            assert!(!page.reset, "the scope did not change");
            all.rows.append(&mut page.rows);
            (all.next, all.more) = (page.next, page.more);
        }
        all
    }
}

pub fn medication() -> Value {
    json!({
        "category": "medication", "happened": "something_happened", "reached": "no", "error_type": "wrong_dose",
        "text": "Took out 5 mg from the box, the chart said 3 mg.",
    })
}

pub fn environment() -> Value {
    json!({ "category": "environment", "happened": "nothing_yet", "hazard": "slip_trip_surface" })
}

pub fn reason(outcome: &PushOutcome) -> &str {
    match outcome {
        PushOutcome::Quarantined { reason, sentence, .. } => {
            assert!(sentence.ends_with('.'), "{sentence}");
            reason
        }
        other => panic!("not quarantined: {other:?}"),
    }
}

#[track_caller]
pub fn accepted(outcome: &PushOutcome) -> u64 {
    match outcome {
        PushOutcome::Accepted { judgement } => judgement.seq,
        other => panic!("not accepted: {other:?}"),
    }
}

#[track_caller]
pub fn all_accepted(outcomes: &[PushOutcome]) {
    for outcome in outcomes {
        accepted(outcome);
    }
}

pub fn minutes_ago(minutes: i64) -> Instant {
    real_now() - chrono::Duration::minutes(minutes)
}

pub fn held(outcome: &PushOutcome) -> bool {
    matches!(outcome, PushOutcome::Held { .. })
}
