//! A stream of hints ends within seconds for whoever was signed out, removed or let go.

use crate::{
    harness::{House, PASSWORD},
    phone::{Phone, accepted},
};
use reqwest::{Method, Response};
use serde_json::json;
use std::time::Duration;
use tokio::time::timeout;

pub async fn listen(phone: &Phone) -> Response {
    let stream = phone.request(Method::GET, "/v1/hints").send().await.expect("a stream");
    assert_eq!(stream.status(), 200);
    stream
}

/// Ends without a word, long before the quarter of an hour after which every stream ends.
pub async fn ends(stream: &mut Response, why: &str) {
    let chunk = timeout(Duration::from_secs(10), stream.chunk()).await.expect(why);
    assert_eq!(chunk.expect("a clean end"), None, "{why}");
}

#[tokio::test]
async fn a_stream_of_hints_ends_with_the_session_the_device_and_the_role() {
    let house = House::open().await;
    let [rita, sean, lena, mut mara] = [
        house.join("rita").await,
        house.join("sean").await,
        house.join("lena").await,
        house.join("mara").await,
    ];
    let [mut of_rita, mut of_sean, mut of_lena, mut of_mara] =
        [listen(&rita).await, listen(&sean).await, listen(&lena).await, listen(&mara).await];
    rita.post("/v1/sign-out", json!({})).await.ok();
    house.boss.post(&format!("/v1/devices/{}/revoke", sean.id), json!({})).await.ok();
    let gone = json!({ "changes": [{ "kind": "staff", "id": "lena", "value": null }] });
    house.boss.post("/v1/directory", gone).await.ok();
    ends(&mut of_rita, "signed out").await;
    ends(&mut of_sean, "removed").await;
    ends(&mut of_lena, "without a role").await;
    // Whoever stays goes on listening past several looks.
    assert!(timeout(Duration::from_secs(1), of_mara.chunk()).await.is_err(), "nothing to say, and no end");
    let report = mara.report("r1");
    accepted(&mara.push_one(&report).await);
    let hint = timeout(Duration::from_secs(5), of_mara.chunk()).await.expect("soon").expect("a chunk");
    assert!(String::from_utf8_lossy(&hint.expect("not the end")).contains("{\"seq\":1}"));
}

#[tokio::test]
async fn no_hint_goes_to_a_session_that_has_ended() {
    let house = House::open().await;
    let (old, mut rita) = (house.join("mara").await, house.join("rita").await);
    let mut stream = listen(&old).await;
    let mut new = old.clone();
    new.sign_in("mara", PASSWORD).await.expect("signed in");
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    ends(&mut stream, "another session took its place").await;
}
