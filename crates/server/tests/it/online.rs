//! The check of an author who is online: it writes nothing, and tells nothing of what they may not see.

use crate::{
    harness::House,
    phone::{accepted, medication},
};
use serde_json::{Value, json};

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

#[tokio::test]
async fn a_check_answers_alike_for_what_is_hidden_and_for_what_is_not_there() {
    let house = House::open().await;
    let mut sean = house.join("sean").await;
    let envelope = sean.envelope("report", "r1", medication());
    let (report, known) = (sean.seal(&envelope), envelope.id.clone());
    accepted(&sean.push_one(&report).await);
    let rita = house.join("rita").await;
    let ask = async |verb: &str, record: &str, with, id: Option<&str>| {
        let mut event = rita.envelope(verb, record, with).event();
        event.id = id.map_or(event.id, Into::into);
        let mut reply = rita.post("/v1/check", json!({ "event": event })).await.ok();
        // What was sent comes back as it was.
        if reply["ok"] == json!(true) {
            assert_eq!(reply["event"]["record"], json!(record));
            assert_eq!(reply["event"]["id"], json!(event.id));
            reply["event"] = Value::Null;
        }
        reply
    };
    for (verb, with) in [
        ("add_note", json!({ "text": "more" })),
        ("close", json!({})),
        ("withdraw", json!({ "reason": "a mistake" })),
        ("report", medication()),
    ] {
        let (hidden, absent) = (ask(verb, "r1", with.clone(), None).await, ask(verb, "r9", with, None).await);
        assert_eq!(hidden, absent, "{verb}");
    }
    let reused = ask("report", "r2", medication(), Some(&known)).await;
    assert_eq!(reused, ask("report", "r2", medication(), None).await);
    let mara = house.join("mara").await;
    let event = mara.envelope("add_note", "r1", json!({ "text": "more" })).event();
    let reply = mara.post("/v1/check", json!({ "event": event })).await.ok();
    assert_eq!(reply["ok"], json!(true), "who sees it is checked as before");
}
