//! Past incidents through a real server: taken in order, judged, finished at once, and nobody else's business.

use crate::{
    harness::House,
    phone::{Phone, all_accepted, medication, reason},
};
use domain::{directory::Directory, pathway::State, register::Register};
use serde_json::json;
use std::sync::Arc;
use sync::{Signed, wire::PushOutcome};

fn past(phone: &mut Phone, number: i64) -> Signed {
    let mut with = medication();
    with["occurred_at"] = json!(format!("2025-03-{:02}T09:00:00+00:00", number % 28 + 1));
    with["source_row"] = json!(number + 2);
    with["closed_note"] = json!("Chart checked");
    phone.write("import_past", &format!("past-{number}"), with)
}

#[tokio::test]
async fn a_list_of_the_past_arrives_finished_and_whole() {
    let house = House::open().await;
    let mut mara = house.join("mara").await;
    let events: Vec<Signed> = (0..60).map(|number| past(&mut mara, number)).collect();
    all_accepted(&mara.push(&events).await);
    let rows = mara.pull_all().await.rows;
    let mut register = Register::new(Arc::new(Directory::default()));
    rows.into_iter().for_each(|row| register.take(Arc::new(row.into())));
    assert_eq!(register.records().count(), 60);
    assert!(register.records().all(|record| record.state == State::Closed && record.imported.is_some()));
    let again = mara.push(&events).await;
    assert!(again.iter().all(|outcome| matches!(outcome, PushOutcome::Duplicate { .. })));
    let mut adam = house.join("adam").await;
    let from_adam = past(&mut adam, 99);
    all_accepted(&adam.push(&[from_adam]).await);
}

#[tokio::test]
async fn a_list_of_the_past_from_anybody_else_is_kept_and_changes_nothing() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let event = past(&mut rita, 1);
    assert_eq!(reason(&rita.push_one(&event).await), "role_not_allowed");
    let kept = house.boss.get("/v1/attention").await.ok();
    assert_eq!(kept["items"][0]["verb"], "import_past");
    let mara = house.join("mara").await;
    let mut register = Register::new(Arc::new(Directory::default()));
    mara.pull_all().await.rows.into_iter().for_each(|row| register.take(Arc::new(row.into())));
    assert_eq!(register.records().count(), 0);
}
