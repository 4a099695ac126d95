//! A registered manager says what was done about an entry that is kept apart: it leaves the list, and stays.

use crate::{
    harness::{House, Running, config},
    phone::{Phone, accepted, held, medication, reason},
};
use serde_json::{Value, json};
use sync::Signed;

pub async fn list(phone: &Phone) -> Value {
    phone.get("/v1/attention").await.ok()
}

pub async fn dealt(phone: &Phone) -> Value {
    phone.get("/v1/attention?dealt_with=true").await.ok()
}

pub fn kinds(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("items");
    let mut kinds: Vec<&str> = items.iter().map(|item| item["kind"].as_str().expect("a kind")).collect();
    kinds.sort_unstable();
    kinds
}

pub fn one<'a>(list: &'a Value, kind: &str) -> &'a Value {
    let items = list["items"].as_array().expect("items");
    items.iter().find(|item| item["kind"] == kind).expect(kind)
}

pub fn words(item: &Value, said: &str) -> Value {
    json!({ "kind": item["kind"], "id": item["id"], "said": said })
}

/// A report of a phone in another name, which is kept apart.
pub async fn apart(rita: &mut Phone, record: &str) -> Signed {
    let mut envelope = rita.envelope("report", record, medication());
    envelope.actor = "sean".into();
    let event = rita.seal(&envelope);
    assert_eq!(reason(&rita.push_one(&event).await), "actor_not_on_device");
    event
}

/// One that the rules set aside, one in another name and one that waits for `lost`. Gives that, and all that was sent.
pub async fn one_of_each(rita: &mut Phone) -> (Signed, [Signed; 4]) {
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    let review = json!({ "potential_most_likely": 3, "potential_worst": 4, "likelihood": 2 });
    let review = rita.write("review_risk", "r1", review);
    assert_eq!(reason(&rita.push_one(&review).await), "role_not_allowed");
    let other_name = apart(rita, "r2").await;
    let lost = rita.write("add_note", "r1", json!({ "text": "lost" }));
    let waits = rita.write("add_note", "r1", json!({ "text": "waits" }));
    assert!(held(&rita.push_one(&waits).await));
    (lost, [report, review, other_name, waits])
}

#[tokio::test]
async fn f42_what_was_dealt_with_leaves_the_list_and_nothing_is_deleted() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    one_of_each(&mut rita).await;
    let (mara, before) = (house.join("mara").await, list(&house.boss).await);
    assert_eq!(kinds(&before), ["held", "quarantined", "set_aside"]);
    assert_eq!((&before["dealt_with"], &dealt(&mara).await["items"]), (&json!(0), &json!([])));
    for (left, kind) in [(2, "set_aside"), (1, "quarantined"), (0, "held")] {
        let said = format!("Asked Rita about the {kind} one");
        let told = mara.post("/v1/attention", words(one(&before, kind), &said)).await.ok();
        assert_eq!((&told["by_name"], &told["said"]), (&json!("Mara"), &json!(said)));
        let now = list(&mara).await;
        assert_eq!(kinds(&now).len(), left, "{now}");
        assert!(!kinds(&now).contains(&kind), "{now}");
        assert_eq!(now["dealt_with"], 3 - left);
    }
    let again = dealt(&house.boss).await;
    assert_eq!(kinds(&again), kinds(&before), "another manager of the site sees them too");
    let latest = &again["items"][0];
    assert_eq!((&latest["kind"], &latest["dealt"]["by"]), (&json!("held"), &json!("mara")));
    assert_eq!(one(&again, "quarantined")["with"]["text"], medication()["text"], "all that it said");
    assert_eq!(one(&again, "set_aside")["dealt"]["said"], "Asked Rita about the set_aside one");
    let look = house.look().await;
    for table in ["quarantine", "held"] {
        let rows = look.rows(&format!("SELECT COUNT(*) FROM {table}")).await;
        assert_eq!(rows[0][0].as_deref(), Some("1"), "{table}");
    }
}

#[tokio::test]
async fn only_a_manager_of_its_site_deals_with_it() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    apart(&mut rita, "r1").await;
    let body = words(one(&list(&house.boss).await, "quarantined"), "I took care of it");
    let oki = house.join("oki").await;
    assert_eq!(oki.post("/v1/attention", body.clone()).await.refused(404), "not_kept_apart");
    let stranger = house.another_provider().await;
    assert_eq!(stranger.post("/v1/attention", body.clone()).await.refused(404), "not_kept_apart");
    assert_eq!(rita.post("/v1/attention", body.clone()).await.refused(403), "not_allowed");
    let none = house.look().await.rows("SELECT COUNT(*) FROM dealt_with").await;
    assert_eq!(none[0][0].as_deref(), Some("0"));
    house.boss.post("/v1/attention", body).await.ok();
    for elsewhere in [&oki, &stranger] {
        let told = dealt(elsewhere).await;
        assert_eq!((&told["items"], &told["dealt_with"]), (&json!([]), &json!(0)));
    }
}

#[tokio::test]
async fn said_twice_the_first_words_stand() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    apart(&mut rita, "r1").await;
    let mara = house.join("mara").await;
    let item = one(&list(&mara).await, "quarantined").clone();
    let first = mara.post("/v1/attention", words(&item, "  Recorded again as A1B2 ")).await.ok();
    assert_eq!(first["said"], "Recorded again as A1B2");
    assert_eq!(mara.post("/v1/attention", words(&item, "Recorded again as A1B2")).await.ok(), first);
    assert_eq!(house.boss.post("/v1/attention", words(&item, "I did it")).await.ok(), first);
    // The same bytes once more are the same entry.
    let envelope = {
        let mut again = rita.clone();
        again.head = None;
        let mut envelope = again.envelope("report", "r1", medication());
        envelope.actor = "sean".into();
        again.seal(&envelope)
    };
    rita.push_one(&envelope).await;
    assert_eq!(dealt(&mara).await["dealt_with"], 1);
    assert_eq!(kinds(&list(&mara).await), ["quarantined"], "another entry is another one");
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused_with_a_sentence() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    apart(&mut rita, "r1").await;
    let item = one(&list(&house.boss).await, "quarantined").clone();
    for (said, code) in [("", "missing_field"), (" \n", "missing_field"), (&*"x".repeat(501), "bad_value")] {
        let answer = house.boss.post("/v1/attention", words(&item, said)).await;
        assert_eq!(answer.body["field"], "said");
        assert_eq!(answer.refused(422), code);
    }
    house.boss.post("/v1/attention", json!({ "kind": "quarantined" })).await.refused(400);
    let other_kind = json!({ "kind": "held", "id": item["id"], "said": "x" });
    assert_eq!(house.boss.post("/v1/attention", other_kind).await.refused(404), "not_kept_apart");
    assert_eq!(house.boss.get("/v1/attention?dealt_with=perhaps").await.refused(400), "bad_request");
    assert_eq!(list(&house.boss).await["dealt_with"], 0);
    house.boss.post("/v1/attention", words(&item, &"é".repeat(500))).await.ok();
}

#[tokio::test]
async fn what_waited_leaves_by_itself_and_comes_back_when_it_is_kept_apart_after_all() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let (lost, _) = one_of_each(&mut rita).await;
    let mut other = rita.envelope("add_note", "r1", json!({ "text": "not mine" }));
    other.actor = "sean".into();
    let other = rita.seal(&other);
    assert!(held(&rita.push_one(&other).await));
    let before = list(&house.boss).await;
    assert_eq!(kinds(&before), ["held", "held", "quarantined", "set_aside"]);
    for item in before["items"].as_array().expect("items").iter().filter(|item| item["kind"] == "held") {
        house.boss.post("/v1/attention", words(item, "Asked Rita to open the app")).await.ok();
    }
    let waiting = list(&house.boss).await;
    assert_eq!((kinds(&waiting), &waiting["dealt_with"]), (vec!["quarantined", "set_aside"], &json!(2)));
    accepted(&rita.push_one(&lost).await);
    let after = list(&house.boss).await;
    assert_eq!(kinds(&after), ["quarantined", "quarantined", "set_aside"], "{after}");
    assert_eq!((&after["dealt_with"], &dealt(&house.boss).await["items"]), (&json!(0), &json!([])));
}

#[tokio::test]
async fn what_was_said_outlives_the_server() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    apart(&mut rita, "r1").await;
    let item = one(&list(&house.boss).await, "quarantined").clone();
    house.boss.post("/v1/attention", words(&item, "It is in the record")).await.ok();
    let (data, dist) = (house.data(), house.folder.path().join("dist"));
    house.server.stop().await;
    let server = Running::start(config(&data, &dist)).await;
    let boss = house.boss.at(&server.url);
    assert_eq!(list(&boss).await["items"], json!([]));
    assert_eq!(one(&dealt(&boss).await, "quarantined")["dealt"]["said"], "It is in the record");
}

#[tokio::test]
async fn the_name_of_an_entry_tells_nothing_of_a_hidden_author() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let mut with = medication();
    with["identity"] = json!("confidential");
    let mut envelope = rita.envelope("report", "r1", with);
    envelope.dseq += 5;
    let ahead = rita.clone().seal(&envelope);
    assert!(held(&rita.push_one(&ahead).await));
    let before = list(&house.boss).await;
    let item = one(&before, "held");
    assert_eq!((&item["by"], &item["id"]), (&json!("hidden"), &json!(envelope.id)));
    house.boss.post("/v1/attention", words(item, "Asked everybody")).await.ok();
    let told = format!("{before}{}", dealt(&house.boss).await);
    assert!(!told.contains(&ahead.hash().to_string()), "whoever guesses the whole entry could make sure");
    assert!(!told.contains("rita") && !told.contains(&rita.id), "{told}");
}

#[tokio::test]
async fn whoever_wrote_it_learns_that_it_was_dealt_with_and_nobody_else_does() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    one_of_each(&mut rita).await;
    let (sean, before) = (house.join("sean").await, list(&house.boss).await);
    let mut all = Vec::new();
    for kind in ["set_aside", "quarantined", "held"] {
        let item = one(&before, kind);
        house.boss.post("/v1/attention", words(item, "Rita left, nobody is to know")).await.ok();
        all.push(item["id"].clone());
    }
    let told = |answer: Value| {
        assert!(!answer.to_string().contains("nobody is to know"), "what was said is for managers: {answer}");
        let lines = answer["dealt"].as_array().expect("lines").clone();
        lines.into_iter().map(|line| line["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(told(rita.get("/v1/dealt-with").await.ok()), all[..1], "what waits is not over yet");
    assert_eq!(told(sean.get("/v1/dealt-with").await.ok()), all[1..2], "it names him");
    for other in [&house.boss, &house.join("mara").await, &house.another_provider().await] {
        assert_eq!(told(other.get("/v1/dealt-with").await.ok()), [] as [Value; 0]);
    }
}

#[tokio::test]
async fn a_reporter_whose_name_is_sealed_learns_it_too() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["identity"] = json!("confidential");
    let mut envelope = rita.envelope("report", "r1", with);
    envelope.site = "oak".into();
    let event = rita.seal(&envelope);
    reason(&rita.push_one(&event).await);
    let oki = house.join("oki").await;
    let before = list(&oki).await;
    let item = one(&before, "set_aside");
    assert_eq!((&item["by"], &item["id"]), (&json!("hidden"), &json!(envelope.id)));
    oki.post("/v1/attention", words(item, "Looked into it")).await.ok();
    assert_eq!(rita.get("/v1/dealt-with").await.ok()["dealt"][0]["id"], json!(envelope.id));
    assert_eq!(oki.get("/v1/dealt-with").await.ok()["dealt"], json!([]));
}
