//! Every look at a sensitive record is kept, once, and the registered manager of its site reads who looked.

use crate::{
    harness::House,
    phone::{accepted, minutes_ago},
};
use serde_json::json;

#[tokio::test]
async fn a_look_that_was_sent_twice_is_kept_once_and_only_its_manager_reads_it() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let event = rita.report("r1");
    accepted(&rita.push_one(&event).await);
    let dora = house.join("dora").await;
    let looked = json!({ "views": [
        { "id": "look-1", "record": "r1", "at": minutes_ago(90) },
        { "id": "look-2", "record": "r1", "at": minutes_ago(-90) },
    ] });
    dora.post("/v1/views", looked.clone()).await.ok();
    dora.post("/v1/views", looked).await.ok();
    let mara = house.join("mara").await;
    let views = mara.get("/v1/records/r1/views").await.ok()["views"].clone();
    let views = views.as_array().expect("a list");
    assert_eq!(views.len(), 2);
    assert!(
        views.iter().all(|view| view["name"] == "Dora" && view["device_label"] == "A phone"),
        "{views:?}"
    );
    assert_eq!(views[0]["viewed_at"], views[0]["received_at"], "no look is later than its arrival");
    dora.get("/v1/records/r1/views").await.refused(403);
    house.join("oki").await.get("/v1/records/r1/views").await.refused(403);
    let many = json!({ "views": (0..201).map(|n| json!({ "id": format!("v{n}"), "record": "r1", "at": minutes_ago(1) })).collect::<Vec<_>>() });
    dora.post("/v1/views", many).await.refused(422);
}
