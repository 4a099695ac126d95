//! Frameworks of inspection that the provider loads: who may, what is checked, who gets them, and what becomes of links.

use crate::{
    ground,
    harness::{Answer, House, config},
    lists::{change, send},
    phone::Phone,
};
use reqwest::Method;
use serde_json::{Value, json};

const STATEMENTS: &str = include_str!("../../../evidence/src/framework/quality-statements.json");

/// The built-in statements under another id, version and title.
fn file(id: &str, version: &str, title: &str) -> String {
    let mut file: Value = serde_json::from_str(STATEMENTS).expect("JSON");
    (file["id"], file["version"], file["title"]) = (id.into(), version.into(), title.into());
    file.to_string()
}

fn loading(id: &str, text: &str) -> Value {
    change("framework", id, json!({ "text": text }))
}

async fn frameworks(phone: &Phone) -> Value {
    phone.get("/v1/directory").await.ok()["directory"]["frameworks"].clone()
}

async fn faults(phone: &Phone, row: Value) -> Vec<String> {
    let answer = send(phone, vec![row]).await;
    assert_eq!(answer.refused(422), "rows_refused");
    let rows = answer.body["rows"].as_array().expect("rows").iter();
    rows.map(|row| row["sentence"].as_str().expect("words").to_owned()).collect()
}

fn pack(framework: &str) -> Value {
    json!({ "reader": "Inspector", "days": 7, "kind": "inspector", "sites": ["elm"], "from": "2026-01-01",
        "to": "2034-12-31", "framework": framework })
}

async fn page(house: &House, pack: Value) -> String {
    let made = house.boss.post("/v1/links", pack).await.ok();
    made["link"].as_str().expect("an address").to_owned()
}

async fn open(link: &str) -> String {
    let answer =
        Answer::of(crate::harness::client().request(Method::GET, link).send().await.expect("an answer"))
            .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.text
}

#[tokio::test]
async fn a_framework_is_loaded_kept_replaced_and_taken_away() {
    let house = House::open().await;
    assert_eq!(frameworks(&house.boss).await, json!({}));
    let first = file("ours", "1", "Our questions");
    send(&house.boss, vec![loading("ours", &first)]).await.ok();
    let loaded = frameworks(&house.boss).await["ours"].clone();
    assert_eq!(
        (&loaded["title"], &loaded["version"], &loaded["text"], &loaded["retired"]),
        (&json!("Our questions"), &json!("1"), &json!(first), &json!(false))
    );
    let before = house.boss.get("/v1/directory").await.ok();
    send(&house.boss, vec![loading("ours", &first)]).await.ok();
    assert_eq!(frameworks(&house.boss).await, before["directory"]["frameworks"], "the same file again");
    let beside = json!({ "text": file("ours", "2", "Our questions"), "title": "Another", "version": "9" });
    send(&house.boss, vec![change("framework", "ours", beside)]).await.ok();
    let newer = frameworks(&house.boss).await["ours"].clone();
    assert_eq!((&newer["title"], &newer["version"]), (&json!("Our questions"), &json!("2")));

    let House { server, folder, mut boss } = house;
    server.stop().await;
    let (data, dist) = (folder.path().join("data"), folder.path().join("dist"));
    let server = crate::harness::Running::start(config(&data, &dist)).await;
    boss.url.clone_from(&server.url);
    assert_eq!(frameworks(&boss).await["ours"], newer, "it lives through a restart");

    send(&boss, vec![change("framework", "ours", Value::Null)]).await.ok();
    let gone = frameworks(&boss).await["ours"].clone();
    assert_eq!((&gone["retired"], &gone["text"], &gone["version"]), (&json!(true), &json!(""), &json!("2")));
    let look = ground::Look::into(&ground::place(&data)).await;
    let rows = look
        .rows("SELECT changed_by, after FROM directory_change WHERE kind = 'framework' ORDER BY version")
        .await;
    assert_eq!(rows.len(), 3, "who loaded and took away what stays in the history");
    assert!(rows[0][1].as_ref().expect("after").contains("Our questions"));
    assert_eq!(rows[2][0].as_deref(), Some("boss"));
    send(&boss, vec![loading("ours", &first)]).await.ok();
    assert_eq!(frameworks(&boss).await["ours"]["retired"], json!(false), "it can come back");
}

#[tokio::test]
async fn what_is_wrong_with_a_framework_is_said_and_nothing_is_lost() {
    let house = House::open().await;
    send(&house.boss, vec![loading("ours", &file("ours", "1", "Ours"))]).await.ok();
    let before = frameworks(&house.boss).await;
    let mut bad: Value = serde_json::from_str(&file("ours", "2", "")).expect("JSON");
    bad["entries"][0]["evidence"][0]["figures"] = json!(["near_misses", "sunshine"]);
    let told = faults(&house.boss, loading("ours", &bad.to_string())).await;
    assert_eq!(
        told,
        [
            "The file names no title.",
            "Entry safe_learning_culture: \u{201c}sunshine\u{201d} is not a figure that this app knows."
        ]
    );
    for (id, text, words) in [
        ("ours", "hello".to_owned(), "is not a framework file"),
        ("ours", " ".repeat(256 * 1024 + 1), "larger than 256 KB"),
        ("ours", file("other", "1", "Ours"), "has the id other"),
        ("ours", file("ours", "1", "Other words"), "loaded already, with other words"),
        ("OURS", file("OURS", "1", "Ours"), "too much like ours"),
        ("quality-statements", STATEMENTS.to_owned(), "is built in"),
        ("two words", file("two words", "1", "Ours"), "A code has 1 to 64 letters"),
    ] {
        let told = faults(&house.boss, loading(id, &text)).await;
        assert!(told.len() == 1 && told[0].contains(words), "{words}: {told:?}");
    }
    assert!(faults(&house.boss, change("framework", "none", Value::Null)).await[0].contains("to retire"));
    let all = (0..9).map(|nr| format!("f{nr}")).map(|id| loading(&id, &file(&id, "1", "F"))).collect();
    send(&house.boss, all).await.ok();
    let told = faults(&house.boss, loading("f9", &file("f9", "1", "F"))).await;
    assert!(told[0].contains("10 frameworks"), "{told:?}");
    assert_eq!(frameworks(&house.boss).await["ours"], before["ours"]);
}

#[tokio::test]
async fn a_framework_is_for_every_site_and_goes_to_those_who_lay_out_packs() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let told = faults(&mara, loading("ours", &file("ours", "1", "Ours"))).await;
    assert!(told[0].starts_with("A framework is for every site, and you do not manage the site oak."));
    send(&house.boss, vec![loading("ours", &file("ours", "1", "Ours"))]).await.ok();
    for (staff, gets) in [
        ("mara", true),
        ("dora", true),
        ("inga", true),
        ("pru", true),
        ("rita", false),
        ("sean", false),
        ("cora", false),
    ] {
        let phone = house.join(staff).await;
        assert_eq!(frameworks(&phone).await.get("ours").is_some(), gets, "{staff}");
    }
    assert_eq!(frameworks(&house.shared_device().await).await, json!({}));
    assert_eq!(frameworks(&house.another_provider().await).await, json!({}), "another provider has its own");
}

#[tokio::test]
async fn a_link_keeps_the_framework_that_it_was_made_with_and_says_what_became_of_it() {
    let house = House::open().await;
    let built_in = page(&house, pack("quality-statements")).await;
    send(&house.boss, vec![loading("ours", &file("ours", "1", "Our questions"))]).await.ok();
    let own = page(&house, pack("ours")).await;
    let text = open(&own).await;
    assert!(
        text.contains("Our questions, version 1") && !text.contains("taken this framework away"),
        "{text}"
    );

    send(&house.boss, vec![loading("ours", &file("ours", "2", "Our better questions"))]).await.ok();
    let text = open(&own).await;
    assert!(text.contains("Our questions, version 1"), "the version of that day");
    assert!(
        text.contains(
            "The service uses another one now: version 2. This is the one that was kept: version 1."
        )
    );
    assert!(open(&page(&house, pack("ours")).await).await.contains("Our better questions, version 2"));

    send(&house.boss, vec![change("framework", "ours", Value::Null)]).await.ok();
    let text = open(&own).await;
    assert!(text.contains("Our questions, version 1"), "it still opens");
    assert!(text.contains("The service has taken this framework away since"));
    let refused = house.boss.post("/v1/links", pack("ours")).await;
    assert_eq!(refused.refused(422), "bad_value");
    assert_eq!(refused.body["sentence"], "This framework is not there any more. Choose another one.");
    assert_eq!(refused.body["field"], "framework");

    let newer = file("quality-statements", "2030-01", "Statements of 2030");
    send(&house.boss, vec![loading("quality-statements", &newer)]).await.ok();
    let text = open(&built_in).await;
    assert!(
        text.contains("Single assessment framework: quality statements, version of November 2026"),
        "{text}"
    );
    assert!(text.contains("The service uses another one now: version of January 2030."));
    let mut usual = pack("");
    usual.as_object_mut().expect("an object").remove("framework");
    assert!(open(&page(&house, usual).await).await.contains("Statements of 2030, version of January 2030"));

    let listed = house.boss.get("/v1/links").await.ok();
    let mut lines: Vec<(String, bool)> = listed["links"]
        .as_array()
        .expect("links")
        .iter()
        .map(|link| (link["laid_out"]["title"].to_string(), link["laid_out"].get("since").is_some()))
        .collect();
    lines.sort();
    let expected = [
        (r#""Our better questions""#, true),
        (r#""Our questions""#, true),
        (r#""Single assessment framework: quality statements""#, true),
        (r#""Statements of 2030""#, false),
    ];
    assert_eq!(lines, expected.map(|(title, since)| (title.to_owned(), since)));
    assert!(!listed.to_string().contains("entries"), "a line of the list has no whole file");
}

#[tokio::test]
async fn links_of_before_and_links_of_a_later_version_open_too() {
    let house = House::open().await;
    let link = page(&house, pack("key-lines-of-enquiry-draft-2026")).await;
    let look = house.look().await;
    let rows = look.rows("SELECT pack FROM reading_link").await;
    let now: Value = serde_json::from_str(rows[0][0].as_deref().expect("a pack")).expect("JSON");
    let write = async |pack: &Value| {
        let sql = format!("UPDATE reading_link SET pack = '{}'", pack.to_string().replace('\'', "''"));
        assert_eq!(look.change(&sql).await, 1);
    };
    let mut before = now.clone();
    before.as_object_mut().expect("an object").remove("kept").expect("a copy");
    write(&before).await;
    assert!(open(&link).await.contains("Key lines of enquiry"));
    let mut later = now;
    later["kept"] = json!(later["kept"].as_str().expect("a copy").replace("near_misses", "of_2040"));
    write(&later).await;
    let text = open(&link).await;
    assert!(text.contains("can no longer read the framework"), "{text}");
    assert!(text.contains("quality statements, version"), "laid out by another one");
}
