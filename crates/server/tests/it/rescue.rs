//! Rescue files: what a device could not send arrives by hand, each entry with its outcome, and twice is once.

use crate::{
    harness::House,
    phone::{Phone, accepted, medication},
    photos::{Part, ask, at, is_complete, jpeg, look, named, report_with, send},
    program::{Served, run, says},
};
use p256::{
    PublicKey, SecretKey,
    elliptic_curve::{Generate, sec1::ToSec1Point},
};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use serde_json::{Value, json};
use server::clock::real_now;
use sha2::Sha256;
use std::{fs, path::Path};
use sync::{
    Hash, Signed, base64url,
    rescue::{INFO, MAGIC, VERSION, key_id},
};

/// As the device's store keeps them.
fn rows(phone: &Phone, events: &[Signed]) -> Value {
    let row = |(at, event): (usize, &Signed)| {
        let slot = format!("{}/{}/{:012}/0", phone.id, phone.epoch, at + 1);
        json!({ "key": at + 1, "value": { "slot": slot, "hash": event.hash(), "bytes": event.bytes,
            "sig": event.sig, "note": null } })
    };
    events.iter().enumerate().map(row).collect()
}

/// A file as `public/rescue.js` writes it.
fn file(key: &str, json: &Value) -> Vec<u8> {
    sealed(key, json.to_string().into_bytes())
}

/// The same with photos.
fn file_with(key: &str, json: &Value, photos: &[&[u8]]) -> Vec<u8> {
    sealed(key, content(json, photos))
}

/// What is sealed: the words, a zero byte, the photos.
fn content(json: &Value, photos: &[&[u8]]) -> Vec<u8> {
    let mut json = json.clone();
    json["photo"] = photos.iter().map(|photo| photo.len()).collect();
    [json.to_string().as_bytes(), b"\0", &photos.concat()].concat()
}

fn sealed(key: &str, mut content: Vec<u8>) -> Vec<u8> {
    let point = base64url::decode(key).expect("a key");
    let provider = PublicKey::from_sec1_bytes(&point).expect("a point");
    let own = SecretKey::generate();
    let head = [
        MAGIC.as_slice(),
        &[VERSION],
        key_id(&point).as_bytes(),
        own.public_key().to_sec1_point(false).as_bytes(),
        &[5; 12],
    ]
    .concat();
    let mut secret = [0; 32];
    let shared = own.diffie_hellman(&provider);
    shared.extract::<Sha256>(Some(&head)).expand(INFO, &mut secret).expect("32 bytes");
    let sealer = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &secret).expect("32 bytes"));
    let nonce = Nonce::assume_unique_for_key([5; 12]);
    sealer.seal_in_place_append_tag(nonce, Aad::from(&head), &mut content).expect("short");
    [head, content].concat()
}

async fn key_of(phone: &Phone) -> String {
    let told = phone.get("/v1/directory").await.ok();
    let key = told["rescue_key"].as_str().expect("a key").to_owned();
    assert_eq!(phone.get("/v1/me").await.ok()["rescue_key"], key, "the same for everybody, for ever");
    // The page of rescue has no session.
    let mut signed_out = phone.clone();
    signed_out.cookie = None;
    assert_eq!(signed_out.get("/v1/rescue-key").await.ok(), json!({ "rescue_key": key }));
    key
}

async fn hand_in(phone: &Phone, file: &[u8]) -> crate::harness::Answer {
    phone.post("/v1/rescue", json!({ "file": base64url::encode(file) })).await
}

fn counts(report: &Value) -> [u64; 4] {
    ["accepted", "here_before", "held", "set_aside"].map(|name| report[name].as_u64().expect("a number"))
}

#[tokio::test]
async fn f26_what_a_file_holds_arrives_once_however_often_it_is_handed_in() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mara = house.join("mara").await;
    let key = key_of(&rita).await;
    let sent = rita.report("r1");
    accepted(&rita.push_one(&sent).await);
    let events =
        [sent, rita.report("r2"), rita.write("add_note", "r2", json!({ "text": "One more thing." }))];
    let letter = json!({ "key": "k1", "record": "r3", "site": "elm", "verb": "report", "written_at": real_now(),
        "with": anonymous(), "offline": true, "state": "waiting", "token": null });
    let letters = json!([{ "key": "k1", "value": letter.to_string() }]);
    let content = json!({ "noticed_rescue": 1, "made_at": real_now(), "event": rows(&rita, &events),
        "letter": letters, "draft": [{ "key": "rita/d", "value": "{}" }] });
    let report = hand_in(&mara, &file(&key, &content)).await.ok();
    assert_eq!(counts(&report), [2, 1, 0, 0]);
    assert_eq!(
        (&report["letters"], &report["drafts"], &report["unreadable"]),
        (&json!(1), &json!(1), &json!(0))
    );
    let hashes: Vec<Value> = events.iter().map(|event| json!(event.hash())).collect();
    let receipts = report["receipts"].as_array().expect("receipts");
    assert_eq!(receipts.iter().map(|receipt| receipt["hash"].clone()).collect::<Vec<_>>(), hashes);
    let rows = mara.pull_all().await.rows;
    assert_eq!(rows.len(), 4);
    assert_eq!(counts(&hand_in(&mara, &file(&key, &content)).await.ok()), [0, 3, 0, 0]);
    assert_eq!(mara.pull_all().await.rows.len(), 4, "nothing twice");
    // The phone that comes back to life sends the same, and goes on.
    let next = rita.report("r4");
    let outcomes = rita.push(&[events[1].clone(), events[2].clone(), next]).await;
    assert_eq!(accepted(&outcomes[2]), 5);
}

fn anonymous() -> Value {
    let mut with = medication();
    with["identity"] = json!("anonymous");
    with
}

#[tokio::test]
async fn f26_photos_in_a_file_arrive_when_an_entry_in_it_names_them_and_no_others() {
    let house = House::open().await;
    let (mut rita, mara) = (house.join("rita").await, house.join("mara").await);
    let key = key_of(&rita).await;
    let (full, thumb) = (jpeg(1, 600_000, &[]), jpeg(1, 900, &[]));
    let carries = jpeg(2, 900, &[(0xE1, b"Exif\0\0MM\0*\0\0\0\x08 GPSLatitude 51.5074")]);
    let stray = jpeg(3, 900, &[]);
    let large = jpeg(4, 1_000_000, &[]);
    // The entry says that it is small.
    let mut lies = named(&carries, &large);
    lies["thumb_bytes"] = json!(900);
    let says = report_with(json!([named(&full, &thumb), lies]));
    let events = [rita.write("report", "r1", says)];
    // A part of it had come before.
    let part = Part { sha256: Hash::of(&[&full]), offset: 0, size: full.len() as u64, bytes: &full[..9_000] };
    assert_eq!(at(&send(&rita, &part).await), 9_000);
    let words = json!({ "noticed_rescue": 2, "event": rows(&rita, &events) });
    let all: [&[u8]; 5] = [&full, &thumb, &carries, &stray, &large];
    let report = hand_in(&mara, &file_with(&key, &words, &all)).await.ok();
    let of = |report: &Value| [&report["photos"], &report["photos_refused"]].map(|number| number.as_u64());
    assert_eq!((counts(&report), of(&report)), ([1, 0, 0, 0], [Some(1), Some(2)]));
    for bytes in [&full, &thumb] {
        assert_eq!(look(&mara, "r1", bytes).await.status, 200);
        assert!(is_complete(&ask(&rita, Hash::of(&[bytes])).await), "the phone learns that it is here");
    }
    for bytes in [&carries, &stray, &large] {
        assert!(!is_complete(&ask(&rita, Hash::of(&[bytes])).await));
    }
    let again = hand_in(&mara, &file_with(&key, &words, &all)).await.ok();
    assert_eq!((counts(&again), of(&again)), ([0, 2, 0, 0], [Some(0), Some(2)]), "one entry, one photo");

    // A photo that was changed on its way is named by nobody; the rest of the file is taken.
    let changed = jpeg(5, 901, &[]);
    let fine = jpeg(5, 900, &[]);
    let events = [rita.write("report", "r2", report_with(json!([named(&fine, &thumb)])))];
    let words = json!({ "noticed_rescue": 2, "event": rows(&rita, &events) });
    let report = hand_in(&mara, &file_with(&key, &words, &[&changed])).await.ok();
    assert_eq!((counts(&report), of(&report)), ([1, 0, 0, 0], [Some(0), Some(1)]));
    // A file that lies open, of a device without the key of its provider.
    let report = hand_in(&mara, &content(&words, &[&fine])).await.ok();
    assert_eq!((counts(&report), of(&report)), ([0, 1, 0, 0], [Some(1), Some(0)]));
}

#[tokio::test]
async fn f26_photos_of_a_device_that_nobody_knows_are_not_taken() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let mut stranger = Phone::new(&house.server.url);
    (stranger.id, stranger.tenant, stranger.staff) = ("nobody".into(), mara.tenant.clone(), "rita".into());
    let full = jpeg(1, 900, &[]);
    let events = [stranger.write("report", "r1", report_with(json!([named(&full, &full)])))];
    let words = json!({ "noticed_rescue": 2, "event": rows(&stranger, &events) });
    let report = hand_in(&mara, &file_with(&key_of(&mara).await, &words, &[&full])).await.ok();
    assert_eq!(counts(&report), [0, 0, 0, 1]);
    assert_eq!((&report["photos"], &report["photos_refused"]), (&json!(0), &json!(1)));
    assert!(!is_complete(&ask(&mara, Hash::of(&[&full])).await));
}

#[tokio::test]
async fn f26_entries_of_a_device_that_nobody_knows_are_kept_aside_and_shown() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let mut stranger = Phone::new(&house.server.url);
    (stranger.id, stranger.tenant, stranger.staff) = ("nobody".into(), mara.tenant.clone(), "rita".into());
    let events = [stranger.report("r1")];
    let content = json!({ "noticed_rescue": 1, "event": rows(&stranger, &events) });
    let report = hand_in(&mara, &file(&key_of(&mara).await, &content)).await.ok();
    assert_eq!(counts(&report), [0, 0, 0, 1]);
    assert_eq!(report["receipts"][0]["reason"], "unknown_device");
    let attention = mara.get("/v1/attention").await.ok();
    assert!(attention.to_string().contains("unknown_device"), "{attention}");
}

#[tokio::test]
async fn a_file_for_somebody_else_or_for_nobody_is_refused_in_words() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let birch = house.another_provider().await;
    let content = json!({ "noticed_rescue": 1 });
    let theirs = file(&key_of(&birch).await, &content);
    assert_eq!(hand_in(&mara, &theirs).await.refused(422), "rescue_file_of_another");
    let mut ours = file(&key_of(&mara).await, &content);
    *ours.last_mut().expect("bytes") ^= 1;
    assert_eq!(hand_in(&mara, &ours).await.refused(422), "rescue_file_refused");
    assert_eq!(hand_in(&mara, b"a photo of a cat").await.refused(422), "rescue_file_refused");
    let spaced = json!({ "file": "not base64!" });
    assert_eq!(mara.post("/v1/rescue", spaced).await.refused(422), "rescue_file_refused");
}

#[tokio::test]
async fn f26_a_device_that_never_got_the_key_is_taken_in_all_the_same() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut birch = house.another_provider().await;
    let open = |phone: &mut Phone| {
        let events = [phone.report("r1")];
        json!({ "noticed_rescue": 1, "event": rows(phone, &events) }).to_string().into_bytes()
    };
    let mara = house.join("mara").await;
    assert_eq!(counts(&hand_in(&mara, &open(&mut rita)).await.ok()), [1, 0, 0, 0]);
    assert_eq!(hand_in(&mara, &open(&mut birch)).await.refused(422), "rescue_file_of_another");
}

#[tokio::test]
async fn f26_the_command_takes_a_file_while_the_server_rests() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let served = Served::start(&data, &[]);
    let mut boss = crate::harness::set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let key = key_of(&boss).await;
    let events = [boss.report("r1"), boss.report("r2")];
    let content = json!({ "noticed_rescue": 1, "event": rows(&boss, &events) });
    let path = folder.path().join("phone.nmrescue");
    fs::write(&path, file(&key, &content)).expect("written");
    let text = |path: &Path| path.to_str().expect("a path").to_owned();
    let (data_text, file_text) = (text(&data), text(&path));
    let words = ["import-rescue", "--data", &data_text, &file_text];
    says(&run(&words), "in use by another server");
    served.kill_hard();
    let output = run(&words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "     2  taken in\n");
    assert!(String::from_utf8_lossy(&run(&words).stdout).starts_with("     2  here already"));
    fs::write(&path, "MRESCUE").expect("written");
    says(&run(&words), "not a rescue file");
    says(&run(&["import-rescue", "--data", &data_text, "/nowhere/at.all"]), "cannot be read");
    let again = Served::start_again(&data);
    boss.url = again.url.clone();
    assert_eq!(boss.pull_all().await.rows.len(), 2);
}
