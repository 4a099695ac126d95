//! A device that lost a part of what it wrote says so: the manager hears of it, and the chain goes on.

use crate::{
    harness::House,
    phone::{Phone, accepted},
};
use serde_json::json;
use sync::{
    Hash, Head, Signed,
    wire::PushOutcome,
    witness::{ChainReply, Lost, Statement},
};

async fn compare(phone: &Phone, lost: &[Signed]) -> ChainReply {
    serde_json::from_value(phone.post("/v1/chain", json!({ "lost": lost })).await.ok()).expect("a reply")
}

fn statement(phone: &Phone, lost: Lost) -> Signed {
    let said =
        Statement { device: phone.id.as_str().into(), epoch: phone.epoch, site: Some("elm".into()), lost };
    let bytes = serde_json::to_string(&said).expect("JSON");
    let sig = phone.sign(Hash::of_event(&bytes));
    Signed { bytes, sig }
}

fn up_to(first: u64, head: Head) -> Lost {
    Lost { first, last: head.dseq, hash: head.hash }
}

async fn sentences(phone: &Phone) -> Vec<String> {
    let list = phone.get("/v1/attention").await.ok();
    let items = list["items"].as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["sentence"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn f08_the_manager_hears_of_a_loss_and_the_chain_goes_on_behind_it() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    accepted(&rita.push_one(&rita.clone().report("r1")).await);
    rita.report("r1");
    assert_eq!(compare(&rita, &[]).await.dseq, 1);
    for record in ["r2", "r3", "r4"] {
        rita.report(record);
    }
    let lost = up_to(2, rita.head.expect("a head"));
    let said = statement(&rita, lost);
    let answer = compare(&rita, std::slice::from_ref(&said)).await;
    assert_eq!((answer.dseq, answer.hash), (lost.last, lost.hash));
    assert_eq!(compare(&rita, &[said]).await, answer, "said twice, it is one loss");
    let next = rita.report("r5");
    accepted(&rita.push_one(&next).await);
    let told = sentences(&house.boss).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("The device “A phone” lost 3 entries"), "{told:?}");
    assert_eq!(sentences(&house.join("oki").await).await, Vec::<String>::new(), "another site");
}

#[tokio::test]
async fn f08_what_waits_behind_a_lost_entry_is_taken_when_the_loss_is_known() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    rita.report("r1");
    let gone = rita.head.expect("a head");
    let (second, third) = (rita.report("r2"), rita.report("r3"));
    for event in [&second, &third] {
        assert!(matches!(rita.push_one(event).await, PushOutcome::Held { .. }));
    }
    assert_eq!(compare(&rita, &[statement(&rita, up_to(1, gone))]).await.dseq, 3);
    let rows = rita.pull_all().await.rows;
    assert_eq!(rows.len(), 2, "both are in the log");
    // The same when the device has lost these too, and the server alone has them.
    let mut sean = house.join("sean").await;
    sean.report("s1");
    let second = sean.report("s2");
    sean.report("s3");
    sean.push_one(&second).await;
    let all = up_to(1, sean.head.expect("a head"));
    assert_eq!(compare(&sean, &[statement(&sean, all)]).await.dseq, 3);
    assert_eq!(sean.pull_all().await.rows.iter().filter(|row| row.event.by.code() == "sean").count(), 1);
}

#[tokio::test]
async fn f08_a_loss_that_nobody_signed_is_told_but_moves_no_chain() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    rita.report("r1");
    let forged = Signed { sig: String::new(), ..statement(&rita, up_to(1, rita.head.expect("a head"))) };
    assert_eq!(compare(&rita, &[forged]).await.dseq, 0);
    assert_eq!(sentences(&house.boss).await.len(), 1);
    let other = Statement {
        device: "other".into(),
        epoch: 1,
        site: None,
        lost: up_to(1, Head { dseq: 1, hash: Hash::ZERO }),
    };
    let of_other = Signed { bytes: serde_json::to_string(&other).expect("JSON"), sig: String::new() };
    rita.post("/v1/chain", json!({ "lost": [of_other] })).await.refused(400);
}
