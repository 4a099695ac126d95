//! A passkey as a phone keeps it: a key, an id, a counter. Bytes as WebAuthn lays them out.

use p256::{
    ecdsa::{Signature, SigningKey, signature::Signer},
    elliptic_curve::Generate,
};
use serde_json::{Value, json};
use sync::{Hash, base64url};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

pub struct SoftPasskey {
    key: SigningKey,
    id: [u8; 32],
    pub origin: String,
    /// Did its holder unlock it?
    pub unlocked: bool,
    count: u32,
}

impl SoftPasskey {
    /// Of a browser that shows this address.
    pub fn new(origin: &str) -> SoftPasskey {
        let key = SigningKey::generate();
        let id = *Hash::of(&[key.verifying_key().to_sec1_point(true).as_bytes()]).as_bytes();
        SoftPasskey { key, id, origin: origin.into(), unlocked: true, count: 0 }
    }

    /// Answers what a server asks of a new passkey.
    pub fn make(&mut self, asked: &Value) -> Value {
        let options = &asked["options"]["publicKey"];
        let client = self.client_data("webauthn.create", options);
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = point.as_bytes()[1..].split_at(32);
        let mut data = self.head(options["rp"]["id"].as_str().expect("a name"), WITH_KEY);
        data.extend([0; 16]);
        data.extend([0, 32]);
        data.extend(self.id);
        // A map of five: elliptic curve, ES256, P-256, x, y.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y);
        let mut whole = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        whole.push(data.len() as u8);
        whole.extend(data);
        self.answer(json!({
            "attestationObject": base64url::encode(&whole),
            "clientDataJSON": base64url::encode(client.as_bytes()),
        }))
    }

    /// Answers what a server asks at a sign-in.
    pub fn sign(&mut self, asked: &Value) -> Value {
        let options = &asked["options"]["publicKey"];
        let client = self.client_data("webauthn.get", options);
        let data = self.head(options["rpId"].as_str().expect("a name"), 0);
        let signed = [&data[..], Hash::of(&[client.as_bytes()]).as_bytes()].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(json!({
            "authenticatorData": base64url::encode(&data),
            "clientDataJSON": base64url::encode(client.as_bytes()),
            "signature": base64url::encode(signature.to_der().as_bytes()),
        }))
    }

    /// One that has the same id, and cannot know the key.
    pub fn forged(&self) -> SoftPasskey {
        SoftPasskey { id: self.id, count: 7, ..SoftPasskey::new(&self.origin) }
    }

    fn answer(&self, response: Value) -> Value {
        let id = base64url::encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response })
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.origin }).to_string()
    }

    fn head(&mut self, host: &str, more: u8) -> Vec<u8> {
        self.count += 1;
        let mut head = Hash::of(&[host.as_bytes()]).as_bytes().to_vec();
        head.push(PRESENT | more | if self.unlocked { VERIFIED } else { 0 });
        head.extend(self.count.to_be_bytes());
        head
    }
}
