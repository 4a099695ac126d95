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

#[tokio::test]
async fn many_looks_of_one_person_hide_nobody_elses_and_a_file_is_told_from_a_look() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let event = rita.report("r1");
    accepted(&rita.push_one(&event).await);
    let dora = house.join("dora").await;
    let once = json!({ "views": [{ "id": "hers", "record": "r1", "at": minutes_ago(60) }] });
    dora.post("/v1/views", once).await.ok();
    let mara = house.join("mara").await;
    let took = json!({ "views": [{ "id": "took", "record": "r1", "at": minutes_ago(50), "in_file": true }] });
    mara.post("/v1/views", took).await.ok();
    for part in 0..3 {
        let look = |n: i64| json!({ "id": format!("m{part}-{n}"), "record": "r1", "at": minutes_ago(40) });
        mara.post("/v1/views", json!({ "views": (0..200).map(look).collect::<Vec<_>>() })).await.ok();
    }
    let views = mara.get("/v1/records/r1/views").await.ok()["views"].clone();
    let views = views.as_array().expect("a list");
    let of = |name: &str, in_file: bool| {
        views.iter().filter(|view| view["name"] == name && view["in_file"] == in_file).count()
    };
    assert_eq!((of("Mara", false), of("Mara", true), of("Dora", false)), (100, 1, 1));
}
