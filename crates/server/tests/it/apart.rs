//! The attention list: what was kept apart, in words, for the manager of its site and nobody else.

use crate::{
    harness::House,
    phone::{accepted, medication, reason},
};
use serde_json::json;
use sync::Signed;

#[tokio::test]
async fn each_manager_sees_what_concerns_her_site() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let oki = house.join("oki").await;
    let mut not_here = rita.envelope("report", "r1", medication());
    not_here.actor = "sean".into();
    let not_here = rita.seal(&not_here);
    assert_eq!(reason(&rita.push_one(&not_here).await), "actor_not_on_device");
    let of_elm = house.boss.get("/v1/attention").await.ok();
    let item = &of_elm["items"][0];
    assert_eq!(item["reason"], "actor_not_on_device");
    assert_eq!((item["verb"].as_str(), item["by"].as_str()), (Some("report"), Some("sean")));
    assert_eq!(item["device_label"], "A phone");
    assert!(item["sentence"].as_str().expect("words").contains("never signed in"));
    assert_eq!(oki.get("/v1/attention").await.ok()["items"], json!([]), "another site");
    let junk = Signed { bytes: "secret words".into(), sig: String::new() };
    assert_eq!(reason(&rita.push_one(&junk).await), "malformed");
    let all = oki.get("/v1/attention").await.ok();
    assert_eq!(all["items"][0]["reason"], "malformed", "of no known site: everybody who manages hears of it");
    assert!(!all.to_string().contains("secret words"), "but not what it says");
}

#[tokio::test]
async fn a_confidential_author_is_hidden_here_too() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["identity"] = json!("confidential");
    let report = rita.write("report", "r1", with.clone());
    accepted(&rita.push_one(&report).await);
    let close = rita.write("close", "r1", json!({}));
    reason(&rita.push_one(&close).await);
    let mut foreign = rita.envelope("report", "r2", with);
    foreign.dseq += 5;
    let ahead = rita.clone().seal(&foreign);
    rita.push_one(&ahead).await;
    let list = house.boss.get("/v1/attention").await.ok();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
    assert!(!list.to_string().contains("rita") && !list.to_string().contains(&rita.id), "{list}");
}
