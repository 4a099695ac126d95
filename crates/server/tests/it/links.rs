//! Read-only links: who may give one, what it shows, and that it ends.

use crate::{
    harness::{Answer, House},
    phone::{all_accepted, medication},
};
use reqwest::Method;
use serde_json::{Value, json};

fn pack(kind: &str, sites: &[&str]) -> Value {
    json!({ "reader": "Inspector of the regulator", "days": 7, "kind": kind, "sites": sites,
        "from": "2026-01-01", "to": "2034-12-31" })
}

/// As a browser opens it from a letter: no device, no session, another website before it.
async fn open(link: &str) -> Answer {
    let request = crate::harness::client().request(Method::GET, link).header("sec-fetch-site", "cross-site");
    Answer::of(request.send().await.expect("an answer")).await
}

#[tokio::test]
async fn an_inspector_reads_the_pack_by_its_link_until_it_is_ended() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let with = {
        let mut with = medication();
        with["text"] = json!("Mrs Example nearly had the wrong tablet");
        with
    };
    let report = rita.write("report", "r1", with);
    all_accepted(&rita.push(&[report]).await);
    let made = house.boss.post("/v1/links", pack("inspector", &["elm"])).await.ok();
    let link = made["link"].as_str().expect("an address");

    let page = open(link).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    assert!(page.text.contains("Read-only copy for Inspector of the regulator"), "the watermark");
    assert!(!page.text.contains("Mrs Example"), "no free text");
    assert!(!page.text.contains("Rita"), "no names of staff");
    let policy = page.headers["content-security-policy"].to_str().expect("plain");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert_eq!(page.headers["cache-control"], "no-store");
    open(link).await;

    let listed = house.boss.get("/v1/links").await.ok();
    assert_eq!(
        (&listed["links"][0]["views"], &listed["links"][0]["reader"]),
        (&json!(2), &json!("Inspector of the regulator"))
    );
    assert!(
        !listed.to_string().contains(link.rsplit('/').next().expect("a secret")),
        "the secret is shown once"
    );
    let id = listed["links"][0]["id"].as_str().expect("an id");
    house.boss.post(&format!("/v1/links/{id}/end"), json!({})).await.ok();
    let over = open(link).await;
    assert_eq!(over.status, 410);
    assert!(over.text.contains("This link has ended."));
    let listed = house.boss.get("/v1/links").await.ok();
    assert_eq!(listed["links"][0]["views"], json!(2), "an ended link shows nothing");
}

#[tokio::test]
async fn a_link_is_given_only_for_sites_that_one_answers_for() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    assert_eq!(mara.post("/v1/links", pack("inspector", &["elm", "oak"])).await.refused(403), "not_of_site");
    assert_eq!(mara.post("/v1/links", pack("governance_report", &["elm"])).await.refused(422), "bad_value");
    // What is held about one person is handed over by a person, never by a link.
    assert_eq!(mara.post("/v1/links", pack("about_one_person", &["elm"])).await.refused(422), "bad_value");
    assert_eq!(mara.post("/v1/links", pack("inspector", &[])).await.refused(422), "bad_value");
    let mut long = pack("commissioner", &["elm"]);
    long["days"] = json!(91);
    assert_eq!(mara.post("/v1/links", long).await.refused(422), "bad_value");
    let mut backwards = pack("commissioner", &["elm"]);
    backwards["to"] = json!("2025-01-01");
    let answer = mara.post("/v1/links", backwards).await;
    assert!(answer.body["sentence"].as_str().expect("words").contains("The period ends before it begins"));
    mara.post("/v1/links", pack("commissioner", &["elm"])).await.ok();
    // Another manager sees only links of the own site.
    let oki = house.join("oki").await;
    assert_eq!(oki.get("/v1/links").await.ok()["links"], json!([]));
    let stranger = house.another_provider().await;
    assert_eq!(stranger.get("/v1/links").await.ok()["links"], json!([]));
}

#[tokio::test]
async fn a_link_of_one_category_shows_that_category_only() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let report = rita.write("report", "r1", medication());
    all_accepted(&rita.push(&[report]).await);
    let mut counts = Vec::new();
    for category in ["medication", "environment"] {
        let mut with = pack("inspector", &["elm"]);
        with["categories"] = json!([category]);
        let made = house.boss.post("/v1/links", with).await.ok();
        counts.push(open(made["link"].as_str().expect("an address")).await.text.contains("r1"));
    }
    assert_eq!(counts, [true, false]);
    let listed = house.boss.get("/v1/links").await.ok();
    let shown = listed["links"].as_array().expect("links").iter().map(|link| &link["shows"]["categories"]);
    let mut shown: Vec<String> = shown.map(ToString::to_string).collect();
    shown.sort();
    assert_eq!(shown, [r#"["environment"]"#, r#"["medication"]"#]);
    let mut unknown = pack("inspector", &["elm"]);
    unknown["categories"] = json!(["weather"]);
    assert_eq!(house.boss.post("/v1/links", unknown).await.refused(422), "bad_value");
}

#[tokio::test]
async fn a_guessed_link_says_so_and_guessing_is_slowed() {
    let house = House::open().await;
    let guess = format!("{}/read/{}", house.server.url, "A".repeat(43));
    let unknown = open(&guess).await;
    assert_eq!(unknown.status, 404);
    assert!(unknown.text.contains("This link is not right."), "{}", unknown.text);
    for _ in 0..40 {
        open(&guess).await;
    }
    assert_eq!(open(&guess).await.status, 429);
}

#[tokio::test]
async fn a_calendar_program_reads_due_dates_until_the_address_is_renewed() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["text"] = json!("Mrs Example nearly had the wrong tablet");
    let report = rita.write("report", "r1", with);
    all_accepted(&rita.push(&[report]).await);
    let mara = house.join("mara").await;
    let made = mara.post("/v1/calendar", json!({})).await.ok();
    let link = made["link"].as_str().expect("an address");
    let feed = open(link).await;
    assert_eq!(feed.status, 200, "{}", feed.text);
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    assert!(
        feed.text.starts_with("BEGIN:VCALENDAR\r\n") && feed.text.contains("BEGIN:VEVENT"),
        "{}",
        feed.text
    );
    assert!(!feed.text.contains("Mrs Example"));
    let again = mara.post("/v1/calendar", json!({})).await.ok();
    assert_eq!(open(link).await.status, 404);
    assert_eq!(open(again["link"].as_str().expect("an address")).await.status, 200);
    mara.post("/v1/calendar/end", json!({})).await.ok();
    assert_eq!(open(again["link"].as_str().expect("an address")).await.status, 404);
}

#[tokio::test]
async fn a_link_ends_with_the_role_of_who_made_it_and_whoever_ends_that_is_told() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let of_mara = mara.post("/v1/links", pack("inspector", &["elm"])).await.ok();
    let of_boss = house.boss.post("/v1/links", pack("commissioner", &["elm"])).await.ok();
    let (of_mara, of_boss) = (of_mara["link"].as_str().expect("one"), of_boss["link"].as_str().expect("one"));
    assert_eq!((open(of_mara).await.status, open(of_boss).await.status), (200, 200));
    let as_a = |roles: Value| {
        let row =
            json!({ "kind": "staff", "id": "mara", "value": { "name": "Mara", "roles": { "elm": roles } } });
        json!({ "changes": [row], "password": crate::harness::PASSWORD })
    };
    let told = house.boss.post("/v1/directory", as_a(json!(["deputy_manager"]))).await.ok();
    assert_eq!(told["ended_links"], json!([{ "reader": "Inspector of the regulator", "made_by": "Mara" }]));
    let over = open(of_mara).await;
    assert_eq!((over.status, over.text.contains("This link has ended.")), (410, true));
    assert_eq!(open(of_boss).await.status, 200, "that of somebody else stays");
    // Who gets the role back makes a new one.
    let told = house.boss.post("/v1/directory", as_a(json!(["registered_manager"]))).await.ok();
    assert_eq!(told.get("ended_links"), None);
    assert_eq!(open(of_mara).await.status, 410);
}

#[tokio::test]
async fn a_link_shows_nothing_after_the_last_day_of_who_made_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("clock");
    let now = server::clock::real_now();
    std::fs::write(&file, now.to_rfc3339()).expect("written");
    let house = House::with(|config| config.clock = server::clock::Clock::of_file(file.clone())).await;
    let last = domain::time::london_date(now);
    let value = json!({ "name": "Mara", "roles": { "elm": ["registered_manager"] }, "to": last.to_string() });
    let row = json!({ "kind": "staff", "id": "mara", "value": value });
    house.boss.post("/v1/directory", json!({ "changes": [row] })).await.ok();
    let mara = house.join("mara").await;
    let made = mara.post("/v1/links", pack("inspector", &["elm"])).await.ok();
    let link = made["link"].as_str().expect("an address");
    assert_eq!(open(link).await.status, 200);
    std::fs::write(&file, (now + chrono::Duration::days(2)).to_rfc3339()).expect("written");
    assert_eq!(open(link).await.status, 410);
    let listed = house.boss.get("/v1/links").await.ok();
    assert_eq!((&listed["links"][0]["maker_left"], &listed["links"][0]["views"]), (&json!(true), &json!(1)));
}

#[tokio::test]
async fn a_link_and_a_calendar_are_opened_sixty_times_an_hour_and_then_say_to_wait() {
    let house = House::open().await;
    let link = house.boss.post("/v1/links", pack("inspector", &["elm"])).await.ok();
    let calendar = house.boss.post("/v1/calendar", json!({})).await.ok();
    for (one, words) in [(&link, "opened 60 times within an hour. Wait"), (&calendar, "fetched 60 times")] {
        let address = one["link"].as_str().expect("an address");
        for _ in 0..60 {
            assert_eq!(open(address).await.status, 200);
        }
        let wait = open(address).await;
        assert_eq!(wait.status, 429);
        assert!(wait.text.contains(words), "{}", wait.text);
    }
    let listed = house.boss.get("/v1/links").await.ok();
    assert_eq!(listed["links"][0]["views"], json!(60), "what was not shown was not noted");
    let another = house.boss.post("/v1/links", pack("inspector", &["elm"])).await.ok();
    assert_eq!(open(another["link"].as_str().expect("an address")).await.status, 200);
}
