//! What stands behind a device: its proof at the sign-in and beside a request, and who may remove it.

use crate::{
    harness::{Answer, House, PASSWORD},
    phone::{Phone, minutes_ago},
};
use reqwest::Method;
use serde_json::json;
use server::clock::real_now;
use sync::{
    Hash,
    proof::{self, PROOF_HEADER, Proof},
};

#[tokio::test]
async fn what_a_device_signed_to_sign_in_opens_once_and_soon() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let seen = rita.sign_in_body("rita", PASSWORD);
    let answer = rita.post("/v1/sign-in", seen.clone()).await;
    rita.enter(answer);
    // Whoever saw it has everything that it says, on another machine.
    let mut thief = rita.clone();
    thief.cookie = None;
    assert_eq!(thief.post("/v1/sign-in", seen).await.refused(410), "proof_over");
    assert_eq!(rita.get("/v1/me").await.status, 200, "nobody took her session");
    // A try that was refused is used up too.
    let mut wrong = rita.sign_in_body("rita", "not the password");
    assert_eq!(rita.post("/v1/sign-in", wrong.clone()).await.refused(401), "wrong_password");
    wrong["password"] = json!(PASSWORD);
    assert_eq!(thief.post("/v1/sign-in", wrong).await.refused(410), "proof_over");
    // One that never arrived is worth nothing after some minutes, and one from a time to come neither.
    for minutes in [-6, 6] {
        let at = minutes_ago(minutes);
        let late = rita.signed_sign_in("nm.signin.v2", "rita", PASSWORD, at);
        assert_eq!(rita.post("/v1/sign-in", late).await.refused(410), "proof_over", "{minutes}");
    }
    let odd = rita.sign_in_body("rita", PASSWORD);
    let sig = rita.sign(Hash::of(&[["nm.signin.v2", &rita.id, "rita", "soon"].join("\n").as_bytes()]));
    let odd = json!({ "sent_at": "soon", "sig": sig, "device": odd["device"], "sign_in": "rita", "password": PASSWORD });
    assert_eq!(rita.post("/v1/sign-in", odd).await.refused(400), "bad_request");
}

#[tokio::test]
async fn an_older_app_signs_in_though_its_clock_is_wrong_and_its_proof_opens_once_as_well() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let by_its_clock = |minutes| rita.signed_sign_in("nm.signin.v1", "rita", PASSWORD, minutes_ago(minutes));
    for minutes in [-23 * 60, 0, 23 * 60] {
        let seen = by_its_clock(minutes);
        assert_eq!(rita.post("/v1/sign-in", seen.clone()).await.status, 200, "{minutes}");
        assert_eq!(rita.post("/v1/sign-in", seen).await.refused(410), "proof_over");
    }
    assert_eq!(rita.post("/v1/sign-in", by_its_clock(25 * 60)).await.refused(410), "proof_over");
    // The newer one is not passed off as an older one.
    let mut late = rita.signed_sign_in("nm.signin.v2", "rita", PASSWORD, minutes_ago(60));
    late["kind"] = json!("nm.signin.v1");
    assert_eq!(rita.post("/v1/sign-in", late).await.refused(410), "proof_over");
}

#[tokio::test]
async fn the_id_of_a_device_alone_reads_no_lists_and_a_wrong_proof_opens_nothing() {
    let house = House::open().await;
    let (tablet, rita) = (house.shared_device().await, house.join("rita").await);
    assert_eq!(tablet.get("/v1/directory").await.status, 200);
    assert_eq!(tablet.post("/v1/chain", json!({})).await.status, 200);
    // Its id stands in every row that somebody pulls.
    let bare = |method, path: &str| {
        let request = crate::harness::client().request(method, format!("{}{path}", tablet.url));
        request.header("x-noticed-device", &tablet.id)
    };
    let lists = Answer::of(bare(Method::GET, "/v1/directory").send().await.expect("an answer")).await;
    assert_eq!(lists.refused(401), "sign_in_first");
    let chain = bare(Method::POST, "/v1/chain").json(&json!({}));
    assert_eq!(Answer::of(chain.send().await.expect("an answer")).await.status, 200, "its key may be lost");
    let with = async |by: &Phone, of: &str, path: &str, at| {
        let sig = by.sign(Hash::of(&[proof::text(&by.id, at, of, "POST", path).as_bytes()]));
        let header = Proof { by: by.id.as_str().into(), at, sig }.header();
        let request = bare(Method::POST, "/v1/chain").header(PROOF_HEADER, header).json(&json!({}));
        Answer::of(request.send().await.expect("an answer")).await
    };
    assert_eq!(with(&tablet, &tablet.id, "/v1/chain", minutes_ago(61)).await.refused(410), "proof_over");
    assert_eq!(with(&tablet, &tablet.id, "/v1/chain", minutes_ago(-61)).await.refused(410), "proof_over");
    assert_eq!(with(&tablet, &tablet.id, "/v1/directory", real_now()).await.refused(401), "wrong_proof");
    assert_eq!(
        with(&rita, &rita.id, "/v1/chain", real_now()).await.refused(401),
        "wrong_proof",
        "for her own"
    );
    // A phone that joined again as another one speaks for the one before.
    assert_eq!(with(&rita, &tablet.id, "/v1/chain", real_now()).await.status, 200);
    let elsewhere = house.another_provider().await;
    assert_eq!(with(&elsewhere, &tablet.id, "/v1/chain", real_now()).await.refused(401), "wrong_proof");
    let mut forger = rita.clone();
    forger.key = elsewhere.key.clone();
    assert_eq!(with(&forger, &tablet.id, "/v1/chain", real_now()).await.refused(401), "wrong_proof");
    house.boss.post(&format!("/v1/devices/{}/revoke", rita.id), json!({})).await.ok();
    assert_eq!(with(&rita, &tablet.id, "/v1/chain", real_now()).await.refused(401), "wrong_proof", "removed");
}

#[tokio::test]
async fn a_keeper_of_one_site_removes_no_phone_of_somebody_who_looks_after_more() {
    let house = House::open().await;
    let staff = |id: &str, elm: &[&str], oak: &[&str]| json!({ "kind": "staff", "id": id, "value": { "name": id, "roles": { "elm": elm, "oak": oak } } });
    let boss = staff("boss", &["registered_manager", "provider", "administrator"], &["administrator"]);
    house
        .boss
        .post("/v1/directory", json!({ "changes": [boss], "password": crate::harness::PASSWORD }))
        .await
        .ok();
    let both = json!({ "changes": [
        staff("head", &["registered_manager"], &["registered_manager"]),
        staff("bank", &["reporter"], &["reporter"]),
    ], "password": crate::harness::PASSWORD });
    house.boss.post("/v1/directory", both).await.ok();
    let (mara, head, bank) = (house.join("mara").await, house.join("head").await, house.join("bank").await);
    let (rita, oki, adam) = (house.join("rita").await, house.join("oki").await, house.join("adam").await);
    let remove =
        async |by: &Phone, of: &Phone| by.post(&format!("/v1/devices/{}/revoke", of.id), json!({})).await;
    for (of, why) in [(&house.boss, "a director"), (&head, "of two homes"), (&adam, "an administrator")] {
        assert_eq!(remove(&mara, of).await.refused(403), "not_allowed", "{why}");
        assert_eq!(of.get("/v1/me").await.status, 200);
    }
    assert_eq!(remove(&mara, &oki).await.refused(403), "not_of_site");
    let list = mara.get("/v1/devices").await.ok();
    let lines = list["devices"].as_array().expect("devices").clone();
    let removable = |of: &Phone| {
        let line = lines.iter().find(|line| line["id"] == of.id.as_str());
        line.and_then(|line| line["removable"].as_bool())
    };
    let seen = [&house.boss, &head, &adam, &bank, &rita, &mara, &oki].map(removable);
    assert_eq!(seen, [Some(false), Some(false), Some(false), Some(true), Some(true), Some(true), None]);
    // A lost phone of a carer of two homes: either manager is quick enough.
    assert_eq!(remove(&mara, &bank).await.status, 200);
    // Whoever borrowed a phone does not make it theirs.
    let mut lent = rita.clone();
    lent.cookie = None;
    lent.sign_in("head", PASSWORD).await.expect("the phone of Rita");
    assert_eq!(remove(&mara, &rita).await.status, 200);
    // A tablet is a matter of its site, whoever signed in on it.
    let mut tablet = house.shared_device().await;
    tablet.sign_in("oki", PASSWORD).await.expect("Oki helps out");
    assert_eq!(remove(&oki, &tablet).await.refused(403), "not_of_site");
    assert_eq!(remove(&mara, &tablet).await.status, 200);
    assert_eq!(remove(&house.boss, &head).await.status, 200, "an administrator of both");
}
