//! What the first release sends is taken for ever.

use crate::harness::{Answer, House};
use reqwest::Method;
use serde_json::json;
use sync::Signed;

/// Word for word what the first release sends; never to be changed, only added to.
#[tokio::test]
async fn f24_a_client_of_the_first_release_can_push_for_ever() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let Signed { bytes, sig } = rita.report("r1");
    let body = format!(
        r#"{{"protocol":1,"tenant":"{}","device":"{}","epoch":1,"server_epoch":null,"sent_at":"2026-11-25T09:00:00Z","nonce":"n-1","events":[{{"bytes":{},"sig":"{sig}"}}]}}"#,
        rita.tenant,
        rita.id,
        json!(bytes),
    );
    let request = rita.request(Method::POST, "/v1/push");
    let request =
        request.header("content-type", "application/vnd.noticed+json").header("x-noticed-build", "0.0.1");
    let answer = Answer::of(request.body(body.clone()).send().await.expect("an answer")).await;
    let reply = answer.ok();
    assert_eq!((&reply["nonce"], &reply["receipts"][0]["outcome"]), (&json!("n-1"), &json!("accepted")));
    // Older still, and with fields that this server does not know.
    let older = body.replace(r#""protocol":1"#, r#""protocol":0,"colour":"red""#);
    let request = rita.request(Method::POST, "/v1/push").header("content-type", "application/json");
    let reply = Answer::of(request.body(older).send().await.expect("an answer")).await.ok();
    assert_eq!(reply["receipts"][0]["outcome"], "duplicate");
}
