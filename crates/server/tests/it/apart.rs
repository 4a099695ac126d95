//! What belongs to others: the attention list of a site, and everything of another provider.

use crate::{
    every_route::routes,
    harness::{Answer, House, PASSWORD},
    phone::{Phone, accepted, medication, reason},
};
use chrono::TimeDelta;
use domain::time::{london_date, parse_instant, start_of};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{Row, SqlitePool};
use sync::Signed;

#[tokio::test]
async fn each_manager_sees_what_concerns_her_site() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let oki = house.join("oki").await;
    let mut not_here = rita.envelope("report", "r1", medication());
    not_here.actor = "sean".into();
    let not_here = rita.seal(&not_here);
    assert_eq!(reason(&rita.push_one(&not_here).await), "actor_not_on_device");
    let of_elm = house.boss.get("/v1/attention").await.ok();
    let item = &of_elm["items"][0];
    assert_eq!(item["reason"], "actor_not_on_device");
    assert_eq!((item["verb"].as_str(), item["by"].as_str()), (Some("report"), Some("sean")));
    assert_eq!(item["device_label"], "A phone");
    assert!(item["sentence"].as_str().expect("words").contains("never signed in"));
    assert_eq!(oki.get("/v1/attention").await.ok()["items"], json!([]), "another site");
    let junk = Signed { bytes: "secret words".into(), sig: String::new() };
    assert_eq!(reason(&rita.push_one(&junk).await), "malformed");
    let all = oki.get("/v1/attention").await.ok();
    assert_eq!(all["items"][0]["reason"], "malformed", "of no known site: everybody who manages hears of it");
    assert!(!all.to_string().contains("secret words"), "but not what it says");
}

#[tokio::test]
async fn a_confidential_author_is_hidden_here_too() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["identity"] = json!("confidential");
    let report = rita.write("report", "r1", with.clone());
    accepted(&rita.push_one(&report).await);
    let close = rita.write("close", "r1", json!({}));
    reason(&rita.push_one(&close).await);
    let mut foreign = rita.envelope("report", "r2", with);
    foreign.dseq += 5;
    foreign.recorded_at += TimeDelta::hours(3);
    let ahead = rita.clone().seal(&foreign);
    rita.push_one(&ahead).await;
    let list = house.boss.get("/v1/attention").await.ok();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(2));
    assert!(!list.to_string().contains("rita") && !list.to_string().contains(&rita.id), "{list}");
    let reasons = list["items"].as_array().expect("items").iter().map(in_confidence).collect::<Vec<_>>();
    assert_eq!(reasons, ["in_confidence"; 2], "one was set aside and one waits: both would tell more");
}

/// What an entry tells whose author must not be known. Gives its reason.
fn in_confidence(item: &Value) -> &str {
    for moment in ["received_at", "written_at"] {
        let at = item[moment].as_str().and_then(parse_instant).expect("a moment");
        assert_eq!(at, start_of(london_date(at)), "the day only, or it is that of what came with it: {item}");
    }
    let sentence = "It could not be used as it came. Read it, and record again what is missing.";
    assert_eq!((&item["sentence"], &item["device_label"]), (&json!(sentence), &Value::Null));
    assert_eq!(item["by_name"], Value::Null, "{item}");
    item["reason"].as_str().expect("a code")
}

/// One phone, one person, one moment: the reason beside the name would tell who asked that it is not told.
#[tokio::test]
async fn nothing_of_a_removed_phone_leads_from_a_name_to_what_was_told_in_confidence() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    house.boss.post(&format!("/v1/devices/{}/revoke", rita.id), json!({})).await.ok();
    let named = rita.report("by-name");
    let mut with = medication();
    with["identity"] = json!("confidential");
    let mut sent = vec![named];
    for number in 0..3 {
        sent.push(rita.write("report", &format!("sealed-{number}"), with.clone()));
    }
    for event in &sent {
        assert_eq!(reason(&rita.push_one(event).await), "device_revoked");
    }
    let letter = json!({ "tenant": rita.tenant, "verb": "report", "site": "elm", "with": medication(),
        "written_at": "2026-06-11T08:29:00Z", "sent_at": "2026-06-11T08:29:00Z", "offline": true, "key": "k" });
    assert_eq!(rita.post("/v1/anonymous", letter).await.refused(409), "letter_kept_apart");
    let list = house.boss.get("/v1/attention").await.ok();
    let items = list["items"].as_array().expect("items");
    let by_name: Vec<&Value> = items.iter().filter(|item| item["by"] == "rita").collect();
    assert_eq!((items.len(), by_name.len()), (5, 1), "{list}");
    assert_eq!(by_name[0]["reason"], "device_revoked", "of what has a name all is told");
    let sentence = by_name[0]["sentence"].as_str().expect("words");
    assert!(!sentence.contains("Registered Manager"), "she reads it: {sentence}");
    let others: Vec<&Value> = items.iter().filter(|item| item["by"] != "rita").collect();
    assert!(others.iter().all(|item| in_confidence(item) == "in_confidence"));
    // Newest first, and of one day what has no moment comes last: in no order of its own.
    assert_eq!(items[0]["by"], "rita");
    let ends: Vec<String> =
        items[1..4].iter().map(|item| item["id"].as_str().expect("an id").chars().rev().collect()).collect();
    let of_a_day = |item: &&&Value| item["received_at"] == items[1]["received_at"];
    if items[1..].iter().filter(|item| of_a_day(&item)).count() == 4 {
        assert!(ends.is_sorted(), "{ends:?}");
    }
}

#[tokio::test]
async fn a_deputy_manager_learns_how_many_there_are_and_nothing_else() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let dora = house.join("dora").await;
    let told = |list: &Value| (list["items"].clone(), list["for_manager"].clone());
    assert_eq!(told(&dora.get("/v1/attention").await.ok()), (json!([]), json!(0)));
    let mut other = rita.envelope("report", "r1", medication());
    other.actor = "sean".into();
    let other = rita.seal(&other);
    assert_eq!(reason(&rita.push_one(&other).await), "actor_not_on_device");
    assert_eq!(told(&dora.get("/v1/attention").await.ok()), (json!([]), json!(1)));
    let list = house.boss.get("/v1/attention").await.ok();
    assert_eq!(list["for_manager"], 0, "whoever deals with it has the entry itself");
    let item = &list["items"][0];
    let said = json!({ "kind": item["kind"], "id": item["id"], "said": "Asked Sean" });
    assert_eq!(dora.post("/v1/attention", said.clone()).await.refused(403), "not_allowed");
    house.boss.post("/v1/attention", said).await.ok();
    let after = dora.get("/v1/attention?dealt_with=true").await.ok();
    assert_eq!((after["items"].clone(), after["dealt_with"].clone()), (json!([]), json!(0)));
    assert_eq!(told(&dora.get("/v1/attention").await.ok()), (json!([]), json!(0)), "nothing waits any more");
}

/// Words that stand only in what belongs to the one provider.
const OURS: [&str; 5] = ["Willow Care", "Oak Lodge", "Bathroom", "Only ours to read", "Inspector of ours"];

/// One provider with something in every list, and another one on the same server with every role there is.
async fn two_providers() -> (House, Phone, Phone) {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["text"] = json!("Only ours to read");
    let report = rita.write("report", "ours-1", with);
    accepted(&rita.push_one(&report).await);
    let junk = Signed { bytes: "Only ours to read".into(), sig: String::new() };
    reason(&rita.push_one(&junk).await);
    let pack = json!({ "reader": "Inspector of ours", "days": 7, "kind": "inspector", "sites": ["elm"],
        "from": "2026-01-01", "to": "2034-12-31" });
    house.boss.post("/v1/links", pack).await.ok();
    let stranger = house.another_provider().await;
    (house, rita, stranger)
}

#[tokio::test]
async fn no_route_tells_anything_of_another_provider_or_changes_it() {
    let (house, mut rita, stranger) = two_providers().await;
    let links = house.boss.get("/v1/links").await.ok();
    let invite = house.boss.post("/v1/invites", json!({ "staff": "sean", "password": PASSWORD })).await.ok();
    let ids = [links["links"][0]["id"].as_str().expect("a link"), &rita.id, "ours-1", "elm", "rita"];
    // Bodies that name what is ours, in every shape that a route reads.
    let bodies = |id: &str| {
        json!({ "tenant": rita.tenant, "device": rita.id, "id": id, "staff": id, "site": id, "sites": [id], "record": id,
            "protocol": 1, "events": [], "changes": [{ "kind": "staff", "id": id, "value": null }], "reader": "x",
            "days": 7, "kind": "inspector", "from": "2026-01-01", "to": "2034-12-31", "device_label": "x" })
    };
    // Not the doors that take a secret and nothing else, not the stream, and not the way out.
    let left_out = ["/v1/hints", "/v1/sign-out", "/v1/setup", "/v1/enrol"];
    for route in routes().iter().filter(|route| !left_out.iter().any(|path| route.ends_with(path))) {
        let (method, path) = route.split_once(' ').expect("a method");
        for id in ids {
            let path = path.replace("{id}", id).replace("{secret}", id);
            for query in ["", "?site=elm&record=ours-1&cursor=0&limit=100&device=rita&tenant=elm"] {
                let method: Method = method.parse().expect("a method");
                let mut ask = stranger.request(method.clone(), &format!("{path}{query}"));
                if method == Method::POST {
                    ask = ask.json(&bodies(id));
                }
                let answer = Answer::of(ask.send().await.expect("an answer")).await;
                for words in OURS {
                    assert!(!answer.text.contains(words), "{route} with {id} tells {words}: {}", answer.text);
                }
                assert!(answer.status < 500, "{route} with {id}: {}", answer.text);
            }
        }
    }
    assert_eq!(rita.get("/v1/me").await.status, 200, "the phone was not removed");
    assert_eq!(
        house.boss.get("/v1/links").await.ok()["links"][0]["ended_at"],
        Value::Null,
        "the link goes on"
    );
    let code = invite["code"].as_str().expect("a code");
    let mut sean =
        Phone::enrol(&house.server.url, code, Some(PASSWORD)).await.expect("the invite is still good");
    let stolen = stranger.clone().write("add_note", "ours-1", json!({ "text": "mine now" }));
    let mut ours = stranger.push_request(&[stolen]);
    ours.tenant.clone_from(&rita.tenant);
    assert_eq!(stranger.push_raw(&ours).await.status, 200, "kept apart, with the one who sent it");
    assert_eq!(sean.pull_all().await.rows.len(), 1, "nothing came into our log");
    let note = sean.write("add_note", "ours-1", json!({ "text": "ours" }));
    accepted(&sean.push_one(&note).await);
    let more = rita.report("ours-2");
    accepted(&rita.push_one(&more).await);
}

#[tokio::test]
async fn every_row_of_a_provider_stands_under_it() {
    let (house, _rita, stranger) = two_providers().await;
    let file = house.data().join("noticed.db");
    let database = SqlitePool::connect(&format!("sqlite:{}", file.display())).await.expect("the database");
    let tables: Vec<(String, String)> = sqlx::query_as(
        "SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'",
    )
    .fetch_all(&database)
    .await
    .expect("tables");
    let with_provider: std::collections::BTreeSet<&str> =
        tables.iter().filter(|(_, column)| column == "tenant").map(|(table, _)| table.as_str()).collect();
    let mut found = 0;
    for (table, column) in tables.iter().filter(|(table, _)| with_provider.contains(table.as_str())) {
        let query = format!("SELECT tenant, quote(\"{column}\") FROM \"{table}\"");
        let rows = sqlx::query(sqlx::AssertSqlSafe(query)).fetch_all(&database).await.expect("rows");
        for row in rows {
            let (tenant, value): (String, String) = (row.get(0), row.get(1));
            let is_ours = OURS.iter().any(|words| value.contains(words));
            assert!(
                !is_ours || tenant != stranger.tenant,
                "{table}.{column} of the other provider holds ours"
            );
            found += usize::from(is_ours);
        }
    }
    assert!(found >= 5, "only {found} of our rows were looked at");
}
