//! A sealed name is opened by the registered manager of its site, with a reason that is kept first; the reporter reads
//! that it was.

use crate::{
    harness::{House, Running, config},
    letters::{letter, nameless},
    phone::{Phone, accepted, medication, minutes_ago},
};
use chrono::Days;
use serde_json::{Value, json};
use server::clock::real_now;

const WHY: &str = "To ask what the label on the box said";

async fn report(phone: &mut Phone, record: &str, identity: &str) {
    let mut with = medication();
    with["identity"] = json!(identity);
    let event = phone.write("report", record, with);
    accepted(&phone.push_one(&event).await);
}

/// Rita's report `r1`, with her name sealed.
async fn sealed(house: &House) -> Phone {
    let mut rita = house.join("rita").await;
    report(&mut rita, "r1", "confidential").await;
    rita
}

fn because(reason: &str) -> Value {
    json!({ "reason": reason })
}

/// What a reporter reads about their own reports.
async fn told(phone: &Phone) -> Value {
    phone.get("/v1/opened-names").await.ok()["opened"].clone()
}

async fn looks(phone: &Phone, record: &str) -> Value {
    phone.get(&format!("/v1/records/{record}/views")).await.ok()["views"].clone()
}

#[tokio::test]
async fn a_manager_reads_the_name_once_the_reason_is_kept_and_the_reporter_reads_both() {
    let house = House::open().await;
    let rita = sealed(&house).await;
    let mara = house.join("mara").await;
    assert_eq!((looks(&mara, "r1").await, told(&rita).await), (json!([]), json!([])));
    let opened = mara.post("/v1/records/r1/reporter", because(&format!("  {WHY} \n"))).await.ok();
    assert_eq!(opened["name"], "Rita");
    let looks = looks(&house.boss, "r1").await;
    assert_eq!(looks.as_array().map(Vec::len), Some(1), "{looks}");
    let look = &looks[0];
    assert_eq!((&look["name"], &look["reason"]), (&json!("Mara"), &json!(WHY)));
    assert_eq!((&look["viewed_at"], &look["device_label"]), (&opened["opened_at"], &json!("A phone")));
    let line = json!([{ "record": "r1", "by_name": "Mara", "at": opened["opened_at"], "reason": WHY }]);
    assert_eq!(told(&rita).await, line);
    // Each time is one of its own, also with the same words.
    house.boss.post("/v1/records/r1/reporter", because(WHY)).await.ok();
    let both = told(&rita).await;
    assert_eq!((&both[0]["by_name"], &both[1]), (&json!("Bo"), &line[0]));
}

#[tokio::test]
async fn nobody_else_opens_it_and_no_try_leaves_a_trace_or_a_name() {
    let house = House::open().await;
    let rita = sealed(&house).await;
    let mut callers = vec![(rita.clone(), 403, "not_allowed")];
    for staff in ["sean", "lena", "medi", "dora", "pru", "adam", "inga", "cora"] {
        callers.push((house.join(staff).await, 403, "not_allowed"));
    }
    callers.push((house.join("oki").await, 403, "not_of_site"));
    callers.push((house.another_provider().await, 404, "not_found"));
    for (phone, status, code) in &callers {
        let answer = phone.post("/v1/records/r1/reporter", because(WHY)).await;
        assert_eq!(answer.refused(*status), *code, "{}", phone.staff);
        assert!(!answer.text.contains("Rita") && !answer.text.contains("rita"), "{}", answer.text);
    }
    assert_eq!((looks(&house.boss, "r1").await, told(&rita).await), (json!([]), json!([])));
    house.boss.post("/v1/records/r1/reporter", because(WHY)).await.ok();
    for (phone, ..) in &callers[1..] {
        assert_eq!(told(phone).await, json!([]), "{}", phone.staff);
    }
    // Whoever opened it finds the name neither in what every device gets nor in the list of looks.
    let pulled = serde_json::to_string(&house.boss.pull_all().await.rows).expect("JSON");
    for text in [pulled, looks(&house.boss, "r1").await.to_string()] {
        assert!(!text.contains("rita") && !text.contains("Rita"), "{text}");
    }
}

#[tokio::test]
async fn who_stands_in_for_the_manager_opens_it_while_they_do() {
    let house = House::open().await;
    sealed(&house).await;
    let dora = house.join("dora").await;
    let today = real_now().date_naive();
    for (from, to, expected) in [(9, 2, 403), (2, 0, 200)] {
        let [from, to] = [from, to].map(|days| today - Days::new(days));
        let delegate = json!([{ "site": "elm", "from": from, "to": to + Days::new(1) }]);
        let value = json!({ "name": "Dora", "roles": { "elm": ["deputy_manager"] }, "delegate": delegate });
        let row = json!({ "kind": "staff", "id": "dora", "value": value });
        let change = json!({ "changes": [row], "password": crate::harness::PASSWORD });
        house.boss.post("/v1/directory", change).await.ok();
        let answer = dora.post("/v1/records/r1/reporter", because(WHY)).await;
        assert_eq!(answer.status, expected, "{from} to {to}: {}", answer.body);
    }
}

#[tokio::test]
async fn only_a_sealed_name_is_there_to_be_opened() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    report(&mut rita, "named", "named").await;
    let sent = rita.post("/v1/anonymous", letter(&rita, "report", "key-1", nameless())).await.ok();
    let nameless = sent["record"].as_str().expect("a record");
    let mut boss = house.boss.clone();
    report(&mut boss, "own", "confidential").await;
    for (record, code, says) in [
        ("named", "name_not_sealed", "not sealed"),
        (nameless, "nobody_known", "Nobody knows"),
        ("own", "name_not_sealed", "yourself"),
    ] {
        let answer = boss.post(&format!("/v1/records/{record}/reporter"), because(WHY)).await;
        assert_eq!(answer.refused(409), code, "{record}");
        assert!(
            answer.body["sentence"].as_str().is_some_and(|words| words.contains(says)),
            "{}",
            answer.body
        );
        assert_eq!(looks(&boss, record).await, json!([]), "{record}");
    }
    assert_eq!(boss.post("/v1/records/none/reporter", because(WHY)).await.refused(404), "not_found");
    let mara = house.join("mara").await;
    assert_eq!(mara.post("/v1/records/own/reporter", because(WHY)).await.ok()["name"], "Bo");
}

#[tokio::test]
async fn a_reason_is_words_and_not_too_many() {
    let house = House::open().await;
    sealed(&house).await;
    let long = "x".repeat(501);
    for (reason, code) in
        [("", "missing_field"), (" \n", "missing_field"), ("... 12", "missing_field"), (&*long, "bad_value")]
    {
        let answer = house.boss.post("/v1/records/r1/reporter", because(reason)).await;
        assert_eq!(answer.refused(422), code, "{reason}");
        assert_eq!(answer.body["field"], "reason");
    }
    house.boss.post("/v1/records/r1/reporter", json!({})).await.refused(400);
    assert_eq!(looks(&house.boss, "r1").await, json!([]));
    house.boss.post("/v1/records/r1/reporter", because(&"\u{e9}".repeat(500))).await.ok();
}

#[tokio::test]
async fn a_name_is_not_given_when_the_reason_cannot_be_kept() {
    let house = House::open().await;
    let rita = sealed(&house).await;
    let look = house.look().await;
    look.change("ALTER TABLE record_view RENAME TO out_of_reach").await;
    let answer = house.boss.post("/v1/records/r1/reporter", because(WHY)).await;
    assert_eq!(answer.refused(503), "not_saved");
    assert!(!answer.text.contains("Rita"), "{}", answer.text);
    look.change("ALTER TABLE out_of_reach RENAME TO record_view").await;
    assert_eq!(told(&rita).await, json!([]));
}

#[tokio::test]
async fn many_looks_hide_no_opened_name_and_a_device_writes_none() {
    let house = House::open().await;
    let rita = sealed(&house).await;
    house.boss.post("/v1/records/r1/reporter", because(WHY)).await.ok();
    let dora = house.join("dora").await;
    for part in 0..6 {
        let look = |n| json!({ "id": format!("{part}-{n}"), "record": "r1", "at": minutes_ago(-9), "reason": "Mine" });
        let views: Vec<Value> = (0..100).map(look).collect();
        dora.post("/v1/views", json!({ "views": views })).await.ok();
    }
    let looks = looks(&house.boss, "r1").await;
    let looks = looks.as_array().expect("a list");
    let reasons: Vec<&Value> =
        looks.iter().map(|look| &look["reason"]).filter(|why| !why.is_null()).collect();
    assert_eq!(reasons, [WHY]);
    assert_eq!(told(&rita).await.as_array().map(Vec::len), Some(1), "a look is no opened name");
}

#[tokio::test]
async fn what_was_opened_outlives_the_server() {
    let house = House::open().await;
    let rita = sealed(&house).await;
    house.boss.post("/v1/records/r1/reporter", because(WHY)).await.ok();
    let (data, dist) = (house.data(), house.folder.path().join("dist"));
    house.server.stop().await;
    let server = Running::start(config(&data, &dist)).await;
    assert_eq!(told(&rita.at(&server.url)).await[0]["reason"], WHY);
}
