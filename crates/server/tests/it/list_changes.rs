//! Who changed which list, for those who look after a site.

use crate::{
    harness::House,
    lists::{change, send},
};
use serde_json::json;

#[tokio::test]
async fn who_changed_which_role_can_be_read_by_who_looks_after_the_site() {
    let house = House::open().await;
    let nina = |role: &str| change("staff", "nina", json!({ "name": "Nina", "roles": { "elm": [role] } }));
    send(&house.boss, vec![nina("reporter")]).await.ok();
    send(&house.boss, vec![nina("senior")]).await.ok();
    let told = house.boss.get("/v1/directory/changes").await.ok();
    let latest = &told["changes"][0];
    assert_eq!(
        (&latest["kind"], &latest["id"], &latest["is_new"]),
        (&json!("staff"), &json!("nina"), &json!(false))
    );
    assert_eq!(
        latest["parts"],
        json!([{ "field": "roles", "before": { "elm": ["reporter"] }, "after": { "elm": ["senior"] } }])
    );
    let rita = house.join("rita").await;
    assert_eq!(rita.get("/v1/directory/changes").await.status, 403);
}
