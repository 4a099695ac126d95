//! Every route, for every kind of caller: who gets in, and who reads which refusal.

use crate::{
    harness::{Answer, House},
    phone::Phone,
};
use reqwest::Method;
use serde_json::{Value, json};

/// The kinds of callers, in the order of the columns below.
const CALLERS: [&str; 9] = [
    "nobody",
    "device",
    "reporter",
    "senior",
    "manager",
    "administrator",
    "inspector",
    "commissioner",
    "foreigner",
];

/// One route: its body, and for each caller the status that comes back. 0: any status but 401, 403 and 5xx.
struct Line {
    method: Method,
    path: String,
    body: Value,
    expected: [u16; 9],
}

fn line(method: Method, path: &str, body: Value, expected: [u16; 9]) -> Line {
    Line { method, path: path.into(), body, expected }
}

#[tokio::test]
async fn every_route_lets_in_those_it_names_and_nobody_else() {
    let house = House::open().await;
    let mut callers = vec![Phone::new(&house.server.url), house.shared_device().await];
    for staff in ["rita", "sean", "mara", "adam", "inga", "cora"] {
        callers.push(house.join(staff).await);
    }
    callers.push(house.another_provider().await);
    let lost = house.join("dora").await;
    let revoke = format!("/v1/devices/{}/revoke", lost.id);
    let bad_row = json!({ "changes": [{ "kind": "place", "id": "x", "value": { "site": "elm" } }] });
    let check = json!({ "event": { "id": "e", "do": "add_note", "site": "elm", "record": "none", "by": "rita",
        "device": "d", "device_time": "2026-06-11T08:29:00Z" } });
    let letter = json!({ "tenant": house.boss.tenant, "verb": "add_note", "site": "elm", "record": "none",
        "written_at": "2026-06-11T08:29:00Z", "sent_at": "2026-06-11T08:29:00Z", "offline": false, "key": "k" });
    let g = || Method::GET;
    let p = || Method::POST;
    let lines = [
        line(g(), "/healthz", Value::Null, [200; 9]),
        line(g(), "/v1/hello", Value::Null, [200; 9]),
        line(
            p(),
            "/v1/sign-in",
            json!({ "device": "x", "sign_in": "a", "password": "b", "sent_at": "c", "sig": "d" }),
            [403, 400, 400, 400, 400, 400, 400, 400, 400],
        ),
        line(g(), "/v1/me", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200]),
        line(g(), "/v1/directory", Value::Null, [403, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(p(), "/v1/directory", bad_row, [403, 401, 403, 403, 422, 422, 403, 403, 422]),
        line(p(), "/v1/invites", json!({ "staff": "lena" }), [403, 401, 403, 403, 200, 200, 403, 403, 404]),
        line(g(), "/v1/devices", Value::Null, [403, 401, 403, 403, 200, 200, 403, 403, 200]),
        line(p(), &revoke, json!({}), [403, 401, 403, 403, 200, 200, 403, 403, 404]),
        line(p(), "/v1/push", json!({ "protocol": 1 }), [403, 400, 400, 400, 400, 400, 400, 400, 400]),
        line(g(), "/v1/pull", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200]),
        line(p(), "/v1/check", check, [403, 401, 403, 403, 403, 403, 403, 403, 403]),
        line(p(), "/v1/anonymous", letter, [403, 422, 422, 422, 422, 422, 422, 422, 400]),
        line(g(), "/v1/attention", Value::Null, [403, 401, 403, 403, 200, 403, 403, 403, 200]),
        // The doors themselves take anybody with the right secret.
        line(p(), "/v1/enrol", json!({ "code": "A", "device": { "public_key": "" } }), [404; 9]),
        line(p(), "/v1/setup", json!({}), [400; 9]),
        line(p(), "/v1/sign-out", json!({}), [403, 401, 200, 200, 200, 200, 200, 200, 200]),
    ];
    for Line { method, path, body, expected } in lines {
        for ((caller, name), expected) in callers.iter().zip(CALLERS).zip(expected) {
            let mut request = caller.request(method.clone(), &path);
            if method == Method::POST {
                request = request.json(&body);
            }
            let answer = Answer::of(request.send().await.expect("an answer")).await;
            let what = format!("{method} {path} by {name}: {}", answer.body);
            assert_eq!(answer.status, expected, "{what}");
            if path.starts_with("/v1") {
                assert_eq!(answer.headers["cache-control"], "no-store", "{what}");
                assert_eq!(answer.headers["vary"], "*", "{what}");
            }
            if answer.status >= 400 {
                answer.refused(expected);
            }
        }
    }
}

#[tokio::test]
async fn hints_open_for_a_person_and_for_nobody_else() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let tablet = house.shared_device().await;
    assert_eq!(tablet.get("/v1/hints").await.refused(401), "sign_in_first");
    assert_eq!(Phone::new(&house.server.url).get("/v1/hints").await.refused(403), "device_missing");
    let mut stream = rita.clone();
    stream.id = String::new();
    let path = format!("/v1/hints?device={}", rita.id);
    let response = stream.request(Method::GET, &path).send().await.expect("a stream");
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
}

#[tokio::test]
async fn mistakes_are_answered_in_json_with_a_sentence() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let raw = async |method: Method, path: &str, kind: &str, body: &str| {
        let request = rita.request(method, path).header("content-type", kind).body(body.to_owned());
        Answer::of(request.send().await.expect("an answer")).await
    };
    let check = |answer: Answer, status, code| assert_eq!(answer.refused(status), code);
    check(raw(Method::GET, "/v1/nothing-here", "application/json", "").await, 404, "not_found");
    check(raw(Method::POST, "/v1", "application/json", "").await, 404, "not_found");
    check(raw(Method::DELETE, "/v1/push", "application/json", "").await, 405, "method_not_allowed");
    check(raw(Method::PUT, "/v1/directory", "application/json", "{}").await, 405, "method_not_allowed");
    check(raw(Method::POST, "/v1/push", "text/plain", "{}").await, 415, "not_json");
    check(raw(Method::POST, "/v1/push", "application/json", "{").await, 400, "bad_json");
    check(raw(Method::POST, "/v1/push", "application/json", "[1,2]").await, 400, "bad_json");
    check(raw(Method::POST, "/v1/push", "application/json", "").await, 400, "bad_json");
    check(raw(Method::POST, "/v1/push", "application/json", &"[".repeat(5000)).await, 400, "bad_json");
    check(raw(Method::POST, "/v1/push", "application/json", &" ".repeat(300_000)).await, 413, "too_large");
    check(raw(Method::POST, "/v1/enrol", "application/json", &" ".repeat(70_000)).await, 413, "too_large");
    check(rita.get("/v1/pull?cursor=lots").await, 400, "bad_request");
    let not_utf8 = rita.request(Method::POST, "/v1/push").header("content-type", "application/json");
    check(
        Answer::of(not_utf8.body(vec![0xff, 0xfe]).send().await.expect("an answer")).await,
        400,
        "bad_json",
    );
}

#[tokio::test]
async fn an_inspector_reads_and_changes_nothing() {
    let house = House::open().await;
    let mut inga = house.join("inga").await;
    let note = inga.write("report", "r1", crate::phone::medication());
    assert_eq!(crate::phone::reason(&inga.push_one(&note).await), "read_only_role");
}
