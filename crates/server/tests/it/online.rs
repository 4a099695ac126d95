//! The check of an author who is online: it writes nothing.

use crate::{harness::House, phone::accepted};
use serde_json::json;

#[tokio::test]
async fn an_online_author_is_checked_without_a_trace() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    let event = |verb: &str, with| {
        let envelope = rita.envelope(verb, "r1", with);
        json!({ "event": envelope.event() })
    };
    let fine = rita.post("/v1/check", event("add_note", json!({ "text": "more" }))).await.ok();
    assert_eq!((fine["ok"].as_bool(), fine["event"]["do"].as_str()), (Some(true), Some("add_note")));
    let no = rita.post("/v1/check", event("close", json!({}))).await.ok();
    assert_eq!((no["ok"].as_bool(), no["code"].as_str()), (Some(false), Some("role_not_allowed")));
    let missing = rita.post("/v1/check", event("add_note", json!({}))).await.ok();
    assert_eq!((missing["code"].as_str(), missing["field"].as_str()), (Some("missing_field"), Some("text")));
    let mut other = event("add_note", json!({ "text": "more" }));
    other["event"]["by"] = json!("sean");
    assert_eq!(rita.post("/v1/check", other).await.refused(403), "not_your_event");
    assert_eq!(rita.pull_all().await.rows.len(), 1, "nothing was written");
}
