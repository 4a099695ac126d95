//! Letters without a name: nothing that is kept leads to the author, and only the author can add to them.

use crate::{
    harness::House,
    phone::{Phone, accepted, medication},
};
use serde_json::{Value, json};
use server::clock::real_now;

pub fn letter(phone: &Phone, verb: &str, key: &str, with: Value) -> Value {
    json!({ "tenant": phone.tenant, "verb": verb, "site": "elm", "with": with, "written_at": real_now(),
        "sent_at": real_now(), "offline": false, "key": key })
}

pub fn nameless() -> Value {
    let mut with = medication();
    with["identity"] = json!("anonymous");
    with
}

#[tokio::test]
async fn a_letter_is_written_once_and_answered_with_a_token() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let body = letter(&rita, "report", "key-1", nameless());
    let first = rita.post("/v1/anonymous", body.clone()).await.ok();
    let record = first["record"].as_str().expect("a record");
    assert_eq!(first["event"]["by"], "anonymous");
    assert_eq!(first["judgement"]["result"], "applied");
    let again = rita.post("/v1/anonymous", body.clone()).await.ok();
    assert_eq!(again["record"], record);
    assert_ne!(again["token"], first["token"], "the lost token is replaced");
    let mut changed = body;
    changed["with"]["text"] = json!("other words");
    assert_eq!(rita.post("/v1/anonymous", changed).await.refused(409), "id_reused");
    let mara = house.join("mara").await;
    let rows = mara.pull_all().await.rows;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].event.by.code(), &*rows[0].event.device), ("anonymous", "anonymous"));

    let add = |key: &str, token: &Value| {
        let mut body = letter(&rita, "add_note", key, json!({ "text": "one more thing" }));
        body["record"] = json!(record);
        body["token"] = token.clone();
        body
    };
    let old = rita.post("/v1/anonymous", add("key-2", &first["token"])).await;
    assert_eq!(old.refused(422), "token_wrong");
    let none = rita.post("/v1/anonymous", add("key-3", &Value::Null)).await;
    assert_eq!(none.refused(422), "token_wrong");
    rita.post("/v1/anonymous", add("key-4", &again["token"])).await.ok();
    assert_eq!(mara.pull_all().await.rows.len(), 2);
}

#[tokio::test]
async fn nothing_in_the_database_leads_to_the_author() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let reply = rita.post("/v1/anonymous", letter(&rita, "report", "secret-key", nameless())).await.ok();
    let token = reply["token"].as_str().expect("a token").to_owned();
    let look = house.look().await;
    let row = look.rows("SELECT device, bytes, sig, note, received_at FROM event").await.remove(0);
    let text = row[..4].iter().flatten().cloned().collect::<String>();
    for trace in [rita.id.as_str(), "rita", "secret-key", &token] {
        assert!(!text.contains(trace), "{trace} in {text}");
    }
    let received_at: i64 = row[4].as_ref().and_then(|at| at.parse().ok()).expect("an instant");
    assert_eq!(received_at % 60_000_000, 0, "no exact time");
    let contact =
        &look.rows(&format!("SELECT last_contact_at FROM device WHERE id = '{}'", rita.id)).await[0][0];
    assert_eq!(*contact, None, "no trace on the phone's own row");
}

#[tokio::test]
async fn a_letter_needs_a_device_of_the_provider_and_says_what_is_wrong() {
    let house = House::open().await;
    let mut tablet = house.shared_device().await;
    let other = house.another_provider().await;
    let foreign = other.post("/v1/anonymous", letter(&tablet, "report", "k", nameless())).await;
    assert_eq!(foreign.refused(400), "bad_request");
    let named = tablet.post("/v1/anonymous", letter(&tablet, "report", "k", medication())).await;
    assert_eq!(named.refused(422), "bad_value");
    let verb = tablet.post("/v1/anonymous", letter(&tablet, "close", "k", json!({}))).await;
    assert_eq!(
        verb.refused(422),
        "missing_field".replace("missing_field", verb.body["code"].as_str().expect("code"))
    );
    let done = tablet.post("/v1/anonymous", letter(&tablet, "report", "k", nameless())).await.ok();
    let mut late = letter(&tablet, "add_note", "k2", json!({ "text": "late" }));
    late["record"] = done["record"].clone();
    late["offline"] = json!(true);
    let kept = tablet.post("/v1/anonymous", late).await.ok();
    assert_eq!(kept["judgement"]["result"], "set_aside", "written offline, so it is kept: {kept}");
    let body = json!({ "staff": "rita", "password": crate::harness::PASSWORD });
    assert_eq!(house.boss.post("/v1/invites", body).await.status, 200);
    let id = tablet.id.clone();
    tablet.id = "unknown".into();
    assert_eq!(tablet.post("/v1/anonymous", json!({})).await.refused(403), "device_unknown");
    house.boss.post(&format!("/v1/devices/{id}/revoke"), json!({})).await.ok();
    tablet.id = id;
    let late = letter(&tablet, "report", "k4", nameless());
    assert_eq!(tablet.post("/v1/anonymous", late).await.refused(409), "letter_kept_apart");
}

#[tokio::test]
async fn a_letter_from_a_unit_that_is_gone_is_kept_when_it_was_written_without_contact() {
    let house = House::open().await;
    let tablet = house.shared_device().await;
    let mut body = letter(&tablet, "report", "k", nameless());
    body["with"]["unit"] = json!("attic");
    let here = tablet.post("/v1/anonymous", body.clone()).await;
    assert_eq!(here.body["field"], "unit");
    assert_eq!(here.refused(422), "unknown_code");
    body["offline"] = json!(true);
    let kept = tablet.post("/v1/anonymous", body).await.ok();
    assert_eq!(kept["judgement"]["result"], "applied", "{kept}");
}

#[tokio::test]
async fn a_letter_and_signed_events_share_one_order_after_a_restart() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let one = rita.report("r1");
    accepted(&rita.push_one(&one).await);
    rita.post("/v1/anonymous", letter(&rita, "report", "key-1", nameless())).await.ok();
    let two = rita.report("r2");
    accepted(&rita.push_one(&two).await);
    let before = house.boss.pull_all().await;
    let (data, dist) = (house.data(), house.folder.path().join("dist"));
    let House { server, folder, mut boss } = house;
    server.stop().await;
    let again = crate::harness::Running::start(crate::harness::config(&data, &dist)).await;
    boss.url = again.url.clone();
    let after = boss.pull_all().await;
    assert_eq!((after.rows, after.head, after.scope), (before.rows, before.head, before.scope));
    rita.url = again.url.clone();
    let repeat = rita.post("/v1/anonymous", letter(&rita, "report", "key-1", nameless())).await.ok();
    assert_eq!(repeat["judgement"]["seq"], 2, "still known");
    drop(folder);
}

#[tokio::test]
async fn a_letter_from_another_age_is_refused_in_words() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    for field in ["written_at", "sent_at"] {
        for time in ["+262142-12-31T00:00:00Z", "-262142-01-01T00:00:00Z"] {
            let mut body = letter(&rita, "report", "key-1", nameless());
            body[field] = json!(time);
            let answer = rita.post("/v1/anonymous", body).await;
            assert_eq!((answer.refused(400), &answer.body["field"]), ("bad_request", &json!(field)));
        }
    }
    rita.post("/v1/anonymous", letter(&rita, "report", "key-1", nameless())).await.ok();
}

#[tokio::test]
async fn a_letter_says_what_its_author_had_seen() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let done = rita.post("/v1/anonymous", letter(&rita, "report", "key-1", nameless())).await.ok();
    assert_eq!(done["event"]["seen"], 0);
    let mut note = letter(&rita, "add_note", "key-2", json!({ "text": "more" }));
    note["record"] = done["record"].clone();
    note["token"] = done["token"].clone();
    note["seen"] = json!(1);
    assert_eq!(rita.post("/v1/anonymous", note).await.ok()["event"]["seen"], 1);
}

#[tokio::test]
async fn a_device_sends_twenty_letters_an_hour_and_others_do_not_wait_for_it() {
    let house = House::open().await;
    let (rita, sean) = (house.join("rita").await, house.join("sean").await);
    let send = async |phone: &Phone, n: usize| {
        phone.post("/v1/anonymous", letter(phone, "report", &format!("key-{n}"), nameless())).await
    };
    for n in 0..20 {
        send(&rita, n).await.ok();
    }
    let more = send(&rita, 20).await;
    assert_eq!(more.refused(429), "too_many_tries");
    assert!(more.headers.contains_key("retry-after"), "it waits on the phone and comes again");
    send(&sean, 21).await.ok();
    let mara = house.join("mara").await;
    assert_eq!(mara.pull_all().await.rows.len(), 21);
}
