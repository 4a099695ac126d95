//! What somebody can do who has no business here: guess slowly, shut out nobody, and learn nothing.

use crate::{
    harness::{Answer, House, PASSWORD, client, send},
    phone::Phone,
};
use p256::{ecdsa::SigningKey, elliptic_curve::Generate};
use reqwest::Method;
use serde_json::{Value, json};

#[tokio::test]
async fn whoever_only_names_a_device_locks_out_nobody() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut stranger = rita.clone();
    stranger.cookie = None;
    stranger.key = SigningKey::generate();
    for n in 0..60 {
        let answer = stranger.sign_in("rita", PASSWORD).await.expect_err("no key");
        let expected = if n < 30 { (401, "wrong_proof") } else { (429, "too_many_tries") };
        assert_eq!(answer.refused(expected.0), expected.1, "try {n}");
    }
    // At the same address, on the device that was named.
    rita.sign_in("rita", PASSWORD).await.expect("signed in");
}

#[tokio::test]
async fn one_password_tried_on_many_names_has_to_wait() {
    let house = House::open().await;
    let mut tablet = house.shared_device().await;
    for n in 0..20 {
        let answer = tablet.sign_in(&format!("care-{n}"), "Summer2026!").await.expect_err("a guess");
        assert_eq!(answer.refused(401), "wrong_password");
    }
    let answer = tablet.sign_in("care-99", "Summer2026!").await.expect_err("a guess");
    assert_eq!(answer.refused(429), "too_many_tries");
    let mut rita = house.join("rita").await;
    rita.sign_in("rita", PASSWORD).await.expect("on another device");
}

#[tokio::test]
async fn guesses_from_the_same_network_shut_out_no_holder_of_a_link() {
    let house = House::open().await;
    let pack = json!({ "reader": "Inspector", "days": 7, "kind": "inspector", "sites": ["elm"],
        "from": "2026-01-01", "to": "2034-12-31" });
    let link = house.boss.post("/v1/links", pack).await.ok();
    let calendar = house.boss.post("/v1/calendar", json!({})).await.ok();
    let open =
        async |address: &str| Answer::of(client().get(address).send().await.expect("an answer")).await.status;
    for door in ["read", "calendar"] {
        let guess = format!("{}/{door}/{}", house.server.url, "A".repeat(43));
        for _ in 0..40 {
            open(&guess).await;
        }
        assert_eq!(open(&guess).await, 429, "{door}");
    }
    assert_eq!(open(link["link"].as_str().expect("an address")).await, 200);
    assert_eq!(open(calendar["link"].as_str().expect("an address")).await, 200);
}

/// That both take as long is seen where passwords are compared: `door/password.rs`.
#[tokio::test]
async fn a_name_that_nobody_has_is_answered_like_a_wrong_password() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let mut answers = Vec::new();
    for name in ["rita", "nobody"] {
        let answer = rita.post("/v1/sign-in", rita.sign_in_body(name, "not the password")).await;
        let mut headers: Vec<_> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        answers.push((answer.status, answer.text, headers));
    }
    assert_eq!(answers[0].0, 401);
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn a_password_that_everybody_would_try_is_refused() {
    let house = House::open().await;
    let invite = house.boss.post("/v1/invites", json!({ "staff": "rita" })).await.ok();
    let code = invite["code"].as_str().expect("a code");
    for password in ["WillowCare26", "password2026", "oak lodge 123", "rita rita rita"] {
        let answer = Phone::enrol(&house.server.url, code, Some(password)).await.err().expect("easy");
        assert_eq!(answer.refused(422), "password_weak", "{password}");
    }
    Phone::enrol(&house.server.url, code, Some(PASSWORD)).await.expect("the code was not used up");
}

#[tokio::test]
async fn no_answer_tells_what_is_inside() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let odd = "%00%27%22%3B--%3Cscript%3E";
    let paths = [
        format!("/v1/pull?cursor={odd}"),
        format!("/v1/pull?cursor=0&scope={odd}"),
        format!("/v1/links/{odd}/end"),
        format!("/v1/devices/{odd}/revoke"),
        format!("/read/{odd}"),
        format!("/calendar/{odd}"),
        format!("/v1/{odd}"),
        format!("/{odd}.js"),
    ];
    for path in paths {
        for method in [Method::GET, Method::POST, Method::PUT] {
            let answer = Answer::of(
                rita.request(method.clone(), &path)
                    .json(&json!({ "a": [1] }))
                    .send()
                    .await
                    .expect("an answer"),
            )
            .await;
            assert!(answer.status < 500, "{method} {path}: {} {}", answer.status, answer.text);
            for word in ["sqlx", "sqlite", ".rs", "panicked", "/work", "/home", "SELECT", "axum", "<script>"]
            {
                assert!(!answer.text.contains(word), "{method} {path} tells {word}: {}", answer.text);
            }
            for name in ["server", "x-powered-by"] {
                assert!(!answer.headers.contains_key(name), "{method} {path} sends {name}");
            }
        }
    }
}

#[tokio::test]
async fn a_cookie_alone_is_nobody_and_a_form_of_another_site_is_not_read() {
    let house = House::open().await;
    let cookie = house.boss.cookie.clone().expect("a cookie");
    let plain = |kind: &'static str| {
        let request = client().post(format!("{}/v1/sign-out", house.server.url)).header("cookie", &cookie);
        request.header("content-type", kind).body("{}")
    };
    // What a page elsewhere can send without asking first: the cookie, but no header of its own.
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let answer = Answer::of(plain(kind).send().await.expect("an answer")).await;
        assert_eq!(answer.refused(403), "device_missing", "{kind}");
    }
    assert_eq!(house.boss.get("/v1/me").await.status, 200, "still signed in");
    let preflight = client()
        .request(Method::OPTIONS, format!("{}/v1/me", house.server.url))
        .header("origin", "https://evil.example")
        .header("access-control-request-method", "GET");
    let answer = Answer::of(preflight.send().await.expect("an answer")).await;
    assert!(
        answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")),
        "{:?}",
        answer.headers
    );
    assert_eq!(
        send(&house.server.url, Method::GET, "/v1/me", None).await.body["code"],
        Value::from("device_missing")
    );
}
