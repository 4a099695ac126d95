//! Every route, for every kind of caller: who gets in, and who reads which refusal.

use crate::{
    harness::{Answer, House},
    phone::{Phone, all_accepted, environment, medication},
};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use sync::wire::PushOutcome;

/// The kinds of callers, in the order of the columns below.
const CALLERS: [&str; 10] = [
    "nobody",
    "device",
    "reporter",
    "others",
    "manager",
    "administrator",
    "inspector",
    "commissioner",
    "foreigner",
    "provider",
];
/// Columns in which somebody stands for a role of staff.
const REPORTER: usize = 2;
const OTHERS: usize = 3;

/// Staff that look after nothing here: every route treats them alike, and each of them is tried.
const OTHER_ROLES: [&str; 6] = ["sean", "lena", "medi", "main", "bea", "dora"];

/// Routes that tests of their own walk: they are no replies in JSON.
const ELSEWHERE: [&str; 3] = ["GET /v1/hints", "GET /calendar/{secret}", "GET /read/{secret}"];

/// Every route of the server, as `GET /v1/me`.
pub fn routes() -> Vec<String> {
    let source = include_str!("../../src/routes.rs");
    let all = source.lines().filter_map(|line| {
        let (method, rest) = line.trim().strip_prefix('.')?.split_once("(\"")?;
        let path = rest.split('"').next()?;
        ["get", "post"].contains(&method).then(|| format!("{} {path}", method.to_uppercase()))
    });
    all.collect()
}

/// One route: its body, and for each caller the status that comes back. 0: any status but 401, 403 and 5xx.
struct Line {
    method: Method,
    path: String,
    body: Value,
    expected: [u16; 10],
}

fn line(method: Method, path: &str, body: Value, expected: [u16; 10]) -> Line {
    Line { method, path: path.into(), body, expected }
}

#[tokio::test]
async fn every_route_lets_in_those_it_names_and_nobody_else() {
    let house = House::open().await;
    let lost = house.join("dora").await;
    let mut callers = vec![(0, Phone::new(&house.server.url)), (1, house.shared_device().await)];
    for staff in OTHER_ROLES {
        callers.push((OTHERS, house.join(staff).await));
    }
    for (column, staff) in [(REPORTER, "rita"), (4, "mara"), (5, "adam"), (6, "inga"), (7, "cora")] {
        callers.push((column, house.join(staff).await));
    }
    callers.push((8, house.another_provider().await));
    callers.push((9, house.join("pru").await));
    let revoke = format!("/v1/devices/{}/revoke", lost.id);
    let bad_row = json!({ "changes": [{ "kind": "place", "id": "x", "value": { "site": "elm" } }] });
    let check = json!({ "event": { "id": "e", "do": "add_note", "site": "elm", "record": "none", "by": "rita",
        "device": "d", "device_time": "2026-06-11T08:29:00Z" } });
    let letter = json!({ "tenant": house.boss.tenant, "verb": "add_note", "site": "elm", "record": "none",
        "written_at": "2026-06-11T08:29:00Z", "sent_at": "2026-06-11T08:29:00Z", "offline": false, "key": "k" });
    let blob = format!("/v1/blob/{}", "a".repeat(64));
    let of_passkey = |response: Value| {
        json!({ "ticket": "none", "name": "Mine", "credential":
            { "id": "a", "rawId": "YQ", "type": "public-key", "response": response } })
    };
    let passkey = of_passkey(json!({ "authenticatorData": "", "clientDataJSON": "", "signature": "" }));
    let new_passkey = of_passkey(json!({ "attestationObject": "", "clientDataJSON": "" }));
    let g = || Method::GET;
    let p = || Method::POST;
    let lines = [
        line(g(), "/healthz", Value::Null, [200; 10]),
        line(g(), "/v1/hello", Value::Null, [200; 10]),
        line(
            p(),
            "/v1/sign-in",
            json!({ "device": "x", "sign_in": "a", "password": "b", "sent_at": "c", "sig": "d" }),
            [403, 400, 400, 400, 400, 400, 400, 400, 400, 400],
        ),
        line(g(), "/v1/me", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(
            p(),
            "/v1/password",
            json!({ "current": "not mine", "new": "seven blue buckets" }),
            [403, 401, 422, 422, 422, 422, 422, 422, 422, 422],
        ),
        line(p(), "/v1/sign-in/passkey", passkey.clone(), [403, 410, 410, 410, 410, 410, 410, 410, 410, 410]),
        line(g(), "/v1/sessions", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(
            p(),
            "/v1/sessions/end",
            json!({ "password": "not mine" }),
            [403, 401, 422, 422, 422, 422, 422, 422, 422, 422],
        ),
        line(g(), "/v1/passkeys", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(
            p(),
            "/v1/passkeys/start",
            json!({ "password": "not mine" }),
            [403, 401, 422, 422, 422, 422, 422, 422, 422, 422],
        ),
        line(p(), "/v1/passkeys", new_passkey, [403, 401, 410, 410, 410, 410, 410, 410, 410, 410]),
        line(
            p(),
            "/v1/passkeys/remove",
            json!({ "id": "x", "password": "not mine" }),
            [403, 401, 422, 422, 422, 422, 422, 422, 422, 422],
        ),
        line(g(), "/v1/directory", Value::Null, [403, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(g(), "/v1/directory/changes", Value::Null, [403, 401, 403, 403, 200, 200, 403, 403, 200, 403]),
        line(p(), "/v1/directory", bad_row, [403, 401, 403, 403, 422, 422, 403, 403, 422, 403]),
        line(
            p(),
            "/v1/invites",
            json!({ "staff": "lena", "password": crate::harness::PASSWORD }),
            [403, 401, 403, 403, 200, 200, 403, 403, 404, 403],
        ),
        line(
            p(),
            "/v1/passes",
            json!({ "site": "elm", "until": "2000-01-01" }),
            [403, 401, 403, 422, 422, 422, 403, 403, 422, 422],
        ),
        line(g(), "/v1/devices", Value::Null, [403, 401, 403, 403, 200, 200, 403, 403, 200, 200]),
        line(p(), &revoke, json!({}), [403, 401, 403, 403, 200, 200, 403, 403, 404, 403]),
        line(p(), "/v1/push", json!({ "protocol": 1 }), [403, 400, 400, 400, 400, 400, 400, 400, 400, 400]),
        line(p(), "/v1/chain", json!({}), [403, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(g(), "/v1/pull", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(g(), "/v1/pull/digest", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(p(), "/v1/rescue", json!({ "file": "" }), [403, 401, 403, 403, 422, 422, 403, 403, 422, 403]),
        line(p(), "/v1/check", check, [403, 401, 403, 403, 403, 403, 403, 403, 403, 403]),
        line(g(), "/v1/rescue-key", Value::Null, [403, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(p(), "/v1/anonymous", letter, [403, 422, 422, 422, 422, 422, 422, 422, 400, 422]),
        line(Method::HEAD, &blob, Value::Null, [403, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(Method::PATCH, &blob, Value::Null, [403, 400, 400, 400, 400, 400, 400, 400, 400, 400]),
        line(
            g(),
            &format!("{blob}?record=none"),
            Value::Null,
            [403, 401, 404, 404, 404, 404, 404, 404, 404, 404],
        ),
        line(g(), "/v1/attention", Value::Null, [403, 401, 403, 403, 200, 403, 403, 403, 200, 403]),
        line(
            p(),
            "/v1/attention",
            json!({ "kind": "held", "id": "none", "said": "Asked" }),
            [403, 401, 403, 403, 404, 403, 403, 403, 404, 403],
        ),
        line(g(), "/v1/dealt-with", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(g(), "/v1/log", Value::Null, [403, 401, 403, 403, 200, 200, 403, 403, 200, 403]),
        line(p(), "/v1/log/checkpoint", json!({}), [403, 401, 403, 403, 200, 200, 403, 403, 200, 403]),
        line(p(), "/v1/log/verify", json!({}), [403, 401, 403, 403, 200, 200, 403, 403, 200, 403]),
        line(p(), "/v1/log/doubt", json!({}), [403, 401, 400, 400, 400, 400, 400, 400, 400, 400]),
        line(p(), "/v1/views", json!({ "views": [] }), [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(g(), "/v1/records/none/views", Value::Null, [403, 401, 403, 403, 404, 403, 403, 403, 404, 403]),
        line(
            p(),
            "/v1/records/none/reporter",
            json!({ "reason": "To ask" }),
            [403, 401, 403, 403, 404, 403, 403, 403, 404, 403],
        ),
        line(g(), "/v1/opened-names", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(g(), "/v1/records/none/hold", Value::Null, [403, 401, 403, 403, 404, 403, 403, 403, 404, 403]),
        line(
            p(),
            "/v1/records/none/hold",
            json!({ "hold": true, "reason": "A claim" }),
            [403, 401, 403, 403, 404, 403, 403, 403, 404, 403],
        ),
        line(g(), "/v1/links", Value::Null, [403, 401, 403, 403, 200, 403, 403, 403, 200, 200]),
        line(p(), "/v1/links", json!({}), [403, 401, 403, 403, 400, 403, 403, 403, 400, 400]),
        line(p(), "/v1/links/x/end", json!({}), [403, 401, 403, 403, 404, 403, 403, 403, 404, 404]),
        line(g(), "/v1/calendar", Value::Null, [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(p(), "/v1/calendar", json!({}), [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        line(p(), "/v1/calendar/end", json!({}), [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
        // The doors themselves take anybody with the right secret.
        line(p(), "/v1/enrol", json!({ "code": "A", "device": { "public_key": "" } }), [404; 10]),
        line(p(), "/v1/setup", json!({}), [400; 10]),
        line(p(), "/v1/sign-out", json!({}), [403, 401, 200, 200, 200, 200, 200, 200, 200, 200]),
    ];
    let walked: Vec<String> = lines.iter().map(|line| format!("{} {}", line.method, line.path)).collect();
    for route in routes().iter().filter(|route| !ELSEWHERE.contains(&route.as_str())) {
        let fits = |walked: &String| {
            walked.split('/').count() == route.split('/').count()
                && walked.split('/').zip(route.split('/')).all(|(one, of)| one == of || of.starts_with('{'))
        };
        assert!(walked.iter().any(fits), "{route} has no line here: who may use it?");
    }
    for Line { method, path, body, expected } in lines {
        for (column, caller) in &callers {
            let name = [CALLERS[*column], &caller.staff].join(" ");
            // The one thing that a deputy manager may do here beyond the others: learn how many wait.
            let counts = caller.staff == "dora" && method == Method::GET && path == "/v1/attention";
            let expected = if counts { 200 } else { expected[*column] };
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
            if answer.status >= 400 && method != Method::HEAD {
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
    // What can have a header needs it.
    let path = format!("/v1/devices?device={}", rita.id);
    let answer = Answer::of(stream.request(Method::GET, &path).send().await.expect("an answer")).await;
    assert_eq!(answer.refused(403), "device_missing");
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

#[tokio::test]
async fn every_role_that_writes_is_heard_with_a_step_of_its_own() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let behaviour = json!({ "category": "behaviour", "happened": "something_happened", "reached": "no",
        "hands_on": "no", "behaviour_type": "throwing", "triggers": ["noise"] });
    let reports = [("med", medication()), ("env", environment()), ("beh", behaviour)];
    let reports: Vec<_> = reports.map(|(record, with)| rita.write("report", record, with)).into();
    all_accepted(&rita.push(&reports).await);
    let risk = json!({ "potential_most_likely": 2, "potential_worst": 3, "likelihood": 2, "confirms_near_miss": "y" });
    let plan = |owner: &str| json!({ "text": "Change it", "owner": owner, "due": "2999-01-01", "strength": "stronger" });
    let count = json!({ "count": 0 });
    let outcome =
        json!({ "measure": "m", "baseline": count, "value": count, "review": "28d", "verdict": "too_early" });
    let sent = json!({ "body": "cqc", "sent_at": "2026-01-01T09:00:00Z" });
    let bed_days = json!({ "measure": "occupied_bed_days", "month": "2026-05", "value": 900 });
    let steps: [(&str, &str, Option<&str>, Value); 13] = [
        ("sean", "review_risk", Some("med"), risk.clone()),
        ("sean", "review_risk", Some("env"), risk.clone()),
        ("lena", "review_risk", Some("beh"), risk),
        ("mara", "assess_notification", Some("med"), decision("medication")),
        ("mara", "assess_notification", Some("env"), decision("environment")),
        ("mara", "assess_notification", Some("beh"), decision("behaviour")),
        ("medi", "plan_action", Some("med"), plan("medi")),
        ("main", "plan_action", Some("env"), plan("main")),
        ("bea", "no_action_needed", Some("beh"), json!({ "reason": "The plan worked." })),
        ("dora", "record_outcome", Some("beh"), outcome),
        ("pru", "record_sent", Some("med"), sent),
        ("adam", "record_denominator", None, bed_days),
        ("rita", "add_note", Some("med"), json!({ "text": "one more thing" })),
    ];
    let mut phones: BTreeMap<&str, Phone> = [("rita", rita)].into();
    for (staff, verb, record, with) in steps {
        if !phones.contains_key(staff) {
            phones.insert(staff, house.join(staff).await);
        }
        let phone = phones.get_mut(staff).expect("just put there");
        let mut envelope = phone.envelope(verb, record.unwrap_or_default(), with);
        envelope.record = record.map(Into::into);
        envelope.seen = 99;
        let event = phone.seal(&envelope);
        match phone.push_one(&event).await {
            PushOutcome::Accepted { .. } => {}
            other => panic!("{verb} by {staff}: {other:?}"),
        }
    }
}

fn decision(category: &str) -> Value {
    let spec = domain::category::find(category).expect("a category");
    let asked = domain::notification::questions_for(spec).map(|question| (question.id.clone(), json!("n")));
    let answers: serde_json::Map<String, Value> = asked.collect();
    json!({ "answers": answers, "outcome": "not_notifiable", "reason": "Caught in time." })
}
