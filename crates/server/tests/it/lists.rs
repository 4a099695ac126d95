//! The provider's lists: all or nothing, by those who look after a site, cut for each reader.

use crate::{
    harness::{House, PASSWORD},
    phone::Phone,
};
use serde_json::{Value, json};
use sync::wire::LIFE_HEADER;

pub fn change(kind: &str, id: &str, value: Value) -> Value {
    json!({ "kind": kind, "id": id, "value": value })
}

pub async fn send(phone: &Phone, changes: Vec<Value>) -> crate::harness::Answer {
    phone.post("/v1/directory", json!({ "changes": changes, "password": PASSWORD })).await
}

#[tokio::test]
async fn one_bad_row_saves_nothing_and_every_bad_row_is_told() {
    let house = House::open().await;
    let before = house.boss.get("/v1/directory").await.ok();
    let answer = send(
        &house.boss,
        vec![
            change("place", "kitchen", json!({ "site": "elm", "name": "Kitchen" })),
            change("place", "shed", json!({ "site": "ash", "name": "Shed" })),
            change("person", "R-20", json!({ "site": "elm", "place": "nowhere" })),
            change("staff", "nina", json!({ "name": "", "roles": { "elm": ["reporter"] } })),
            change("staff", "nora", json!({ "name": "Nora", "roles": { "elm": ["boss"] } })),
            change("staff", "RITA", json!({ "name": "Rita two" })),
            change("staff", "two words", json!({ "name": "Two" })),
            change("robot", "r2", json!({})),
            change("asset", "hoist", Value::Null),
            change("place", "kitchen", json!({ "site": "elm", "name": "Kitchen again" })),
        ],
    )
    .await;
    assert_eq!(answer.refused(422), "rows_refused");
    let rows = answer.body["rows"].as_array().expect("rows");
    let told: Vec<(u64, &str)> = rows
        .iter()
        .map(|row| (row["row"].as_u64().expect("row"), row["field"].as_str().expect("field")))
        .collect();
    assert_eq!(
        told,
        [
            (2, "site"),
            (3, "place"),
            (4, "name"),
            (5, "value"),
            (6, "id"),
            (7, "id"),
            (8, "kind"),
            (9, "id"),
            (10, "id")
        ]
    );
    assert!(rows.iter().all(|row| row["sentence"].as_str().is_some_and(|words| words.ends_with('.'))));
    assert_eq!(house.boss.get("/v1/directory").await.ok(), before);
}

#[tokio::test]
async fn a_list_may_speak_of_its_own_rows_in_any_order() {
    let house = House::open().await;
    let rows = vec![
        change(
            "asset",
            "hoist-1",
            json!({ "site": "fir", "name": "Hoist 1", "place": "bath", "exam_due": "2026-12-01" }),
        ),
        change("person", "F-1", json!({ "site": "fir", "place": "bath" })),
        change("place", "bath", json!({ "site": "fir", "name": "Bath", "unit": "ground" })),
        change("staff", "fay", json!({ "name": "Fay", "roles": { "fir": ["senior", "reporter"] } })),
        change(
            "site",
            "fir",
            json!({ "name": "Fir Court", "units": ["ground"], "settings": { "step2_hours": 6 } }),
        ),
    ];
    let version = send(&house.boss, rows).await.ok()["version"].as_u64().expect("a version");
    let now = house.boss.get("/v1/directory").await.ok();
    assert_eq!(now["version"], version);
    let directory = &now["directory"];
    assert_eq!(directory["sites"]["fir"]["settings"]["step2_hours"], 6);
    assert_eq!(directory["assets"]["hoist-1"]["place"], "bath");
    assert_eq!(directory["staff"]["fay"]["roles"]["fir"], json!(["reporter", "senior"]));
    let boss = &directory["staff"]["boss"]["roles"];
    assert_eq!(
        boss["fir"],
        json!(["provider", "administrator"]),
        "whoever adds a site has there what they are for all"
    );
}

#[tokio::test]
async fn a_manager_changes_her_own_site_only() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    send(&mara, vec![change("place", "lounge", json!({ "site": "elm", "name": "Lounge" }))]).await.ok();
    send(&mara, vec![change("staff", "new", json!({ "name": "New", "roles": { "elm": ["reporter"] } }))])
        .await
        .ok();
    let check = async |row: Value, field: &str, words: &str| {
        let answer = send(&mara, vec![row]).await;
        assert_eq!(answer.refused(422), "rows_refused");
        let told = &answer.body["rows"][0];
        assert_eq!((told["field"].as_str(), told["sentence"].as_str()), (Some(field), Some(words)));
    };
    let elsewhere = "You do not manage the site oak.";
    check(change("place", "loft", json!({ "site": "oak", "name": "Loft" })), "site", elsewhere).await;
    check(change("site", "oak", json!({ "name": "Mine now" })), "site", elsewhere).await;
    check(
        change(
            "staff",
            "rita",
            json!({ "name": "Rita", "roles": { "elm": ["reporter"], "oak": ["reporter"] } }),
        ),
        "roles",
        elsewhere,
    )
    .await;
    check(
        change("site", "fir", json!({ "name": "Fir" })),
        "id",
        "Only an administrator or the provider can add a site.",
    )
    .await;
    check(
        change(
            "staff",
            "mara",
            json!({ "name": "Mara", "roles": { "elm": ["registered_manager", "administrator"] } }),
        ),
        "roles",
        "Only an administrator or the provider can give or take this role.",
    )
    .await;
    check(
        change("staff", "adam", Value::Null),
        "roles",
        "Only an administrator or the provider can change this person.",
    )
    .await;
    check(change("staff", "oki", Value::Null), "to", "This person also works at a site you do not manage.")
        .await;
    check(
        change(
            "staff",
            "rita",
            json!({ "name": "Rita", "roles": {"elm": ["reporter"]},
        "delegate": [{ "site": "oak", "from": "2026-01-01", "to": "2026-02-01" }] }),
        ),
        "delegate",
        elsewhere,
    )
    .await;
    let adam = house.join("adam").await;
    let answer = send(
        &adam,
        vec![change(
            "staff",
            "adam",
            json!({ "name": "Adam", "roles": { "elm": ["provider", "administrator"] } }),
        )],
    )
    .await;
    assert_eq!(
        answer.body["rows"][0]["sentence"],
        "Only the provider can give or take the role of provider."
    );
}

#[tokio::test]
async fn nobody_can_leave_a_site_without_anybody_who_manages_it() {
    let house = House::open().await;
    let oki = house.join("oki").await;
    let answer = send(&oki, vec![change("staff", "boss", Value::Null)]).await;
    assert_eq!(answer.refused(422), "rows_refused");
    // At oak there are the boss, who added it, and Oki.
    let boss =
        json!({ "name": "Bo", "roles": { "elm": ["registered_manager", "provider", "administrator"] } });
    send(&house.boss, vec![change("staff", "boss", boss)]).await.ok();
    let answer = send(&oki, vec![change("staff", "oki", Value::Null)]).await;
    assert_eq!(answer.refused(422), "rows_refused");
    assert!(answer.body["rows"][0]["sentence"].as_str().expect("words").starts_with("Nobody would be left"));
}

#[tokio::test]
async fn retiring_somebody_ends_their_session_and_keeps_their_name() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    assert_eq!(rita.get("/v1/me").await.status, 200);
    send(&house.boss, vec![change("staff", "rita", Value::Null)]).await.ok();
    let answer = rita.get("/v1/me").await;
    assert_eq!(answer.refused(403), "no_role_now");
    // f51: by this a phone that may not pull hears of a restore.
    assert!(answer.headers.get(LIFE_HEADER).is_some_and(|life| !life.is_empty()));
    let directory = house.boss.get("/v1/directory").await.ok();
    assert_eq!(directory["directory"]["staff"]["rita"]["name"], "Rita");
    let answer = house.boss.post("/v1/invites", json!({ "staff": "rita" })).await;
    assert_eq!(answer.refused(409), "staff_ended");
}

#[tokio::test]
async fn a_tablet_keeps_its_lists_when_whoever_is_signed_in_there_is_retired() {
    let house = House::open().await;
    house.join("rita").await;
    let mut tablet = house.shared_device().await;
    tablet.sign_in("rita", PASSWORD).await.expect("Rita");
    send(&house.boss, vec![change("staff", "rita", Value::Null)]).await.ok();
    assert_eq!(tablet.get("/v1/pull").await.refused(403), "no_role_now");
    let answer = tablet.get("/v1/directory").await.ok();
    assert!(answer["site"].is_string(), "its own lists, not those of a person: {answer}");
    assert_eq!(answer["directory"]["sites"].as_object().map(|sites| sites.len()), Some(1));
    assert_eq!(answer["directory"]["staff"], json!({}));
    // The app says that she has left: her session is over, also when she is given a role again.
    assert_eq!(tablet.post("/v1/sign-out", json!({})).await.status, 200);
    assert_eq!(tablet.get("/v1/pull").await.refused(401), "session_over");
}

#[tokio::test]
async fn each_reader_gets_their_own_sites() {
    let house = House::open().await;
    let oki = house.join("oki").await;
    let rita = house.join("rita").await;
    let of = async |phone: &Phone| phone.get("/v1/directory").await.ok()["directory"].clone();
    let (theirs, hers) = (of(&oki).await, of(&rita).await);
    assert_eq!(theirs["sites"].as_object().map(|sites| sites.len()), Some(1));
    assert!(
        theirs["sites"]["oak"].is_object()
            && theirs["people"].as_object().is_some_and(|people| people.is_empty())
    );
    assert!(hers["people"]["R-14"].is_object() && hers["sites"]["oak"].is_null());
    assert!(hers["staff"]["oki"].is_null(), "staff of another site");
}

#[tokio::test]
async fn a_shared_device_has_the_lists_of_its_site_before_anybody_signs_in_and_no_staff() {
    let house = House::open().await;
    let invite = json!({ "device_label": "Kitchen tablet", "site": "elm" });
    let code = house.boss.post("/v1/invites", invite).await.ok()["code"].clone();
    let mut tablet = Phone::new(&house.server.url);
    let body = json!({ "code": code, "device": tablet.description("Tablet") });
    let welcome = tablet.post("/v1/enrol", body).await;
    let told = welcome.body.clone();
    tablet.enter(welcome);
    assert_eq!((&told["device"]["site"], &told["person"]), (&json!("elm"), &Value::Null));
    let lists = &told["directory"];
    assert!(lists["sites"]["elm"].is_object() && lists["sites"]["oak"].is_null());
    assert_eq!(
        (&lists["places"]["bathroom"]["site"], &lists["people"]["R-14"]["place"]),
        (&json!("elm"), &json!("bathroom"))
    );
    assert_eq!(lists["staff"], json!({}));

    send(&house.boss, vec![change("asset", "hoist-1", json!({ "site": "elm", "name": "Hoist 1" }))])
        .await
        .ok();
    let now = tablet.get("/v1/directory").await.ok();
    assert_eq!((&now["site"], &now["directory"]["staff"]), (&json!("elm"), &json!({})));
    assert_eq!(now["directory"]["assets"]["hoist-1"]["name"], "Hoist 1");
    assert!(now["version"].as_u64() > told["directory_version"].as_u64());

    house.join("rita").await;
    tablet.sign_in("rita", PASSWORD).await.expect("Rita");
    let hers = tablet.get("/v1/directory").await.ok();
    assert_eq!((&hers["site"], &hers["directory"]["staff"]["rita"]["name"]), (&Value::Null, &json!("Rita")));
    tablet.post("/v1/sign-out", json!({})).await.ok();
    assert_eq!(
        tablet.get("/v1/directory").await.ok()["directory"]["staff"],
        json!({}),
        "her session is over"
    );
    house.boss.post(&format!("/v1/devices/{}/revoke", tablet.id), json!({})).await.ok();
    assert_eq!(tablet.get("/v1/directory").await.refused(403), "device_revoked");
}

#[tokio::test]
async fn a_phone_of_one_person_has_no_lists_without_that_person() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    rita.cookie = None;
    assert_eq!(rita.get("/v1/directory").await.refused(401), "sign_in_first");
}

#[tokio::test]
async fn every_change_is_kept_with_who_made_it() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    send(&mara, vec![change("place", "lounge", json!({ "site": "elm", "name": "Lounge" }))]).await.ok();
    send(&mara, vec![change("place", "lounge", json!({ "site": "elm", "name": "Blue lounge" }))]).await.ok();
    let look = house.look().await;
    let rows = look
        .rows("SELECT changed_by, before, after FROM directory_change WHERE id = 'lounge' ORDER BY version")
        .await;
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0][0].as_deref(), rows[0][1].as_deref()), (Some("mara"), None));
    let says = |place: usize, words: &str| rows[1][place].as_ref().is_some_and(|text| text.contains(words));
    assert!(says(1, "Lounge") && says(2, "Blue lounge"));
}

#[tokio::test]
async fn a_list_that_is_too_long_is_refused_whole() {
    let house = House::open().await;
    let rows = (0..2_001).map(|n| change("place", &format!("p{n}"), json!({ "site": "elm", "name": "P" })));
    assert_eq!(send(&house.boss, rows.collect()).await.refused(413), "too_large");
    assert_eq!(send(&house.boss, vec![]).await.refused(422), "missing_field");
    let many = (0..1_000).map(|n| change("place", &format!("p{n}"), json!({ "site": "elm", "name": "P" })));
    send(&house.boss, many.collect()).await.ok();
}

#[tokio::test]
async fn a_setting_beyond_all_sense_is_refused_in_words() {
    let house = House::open().await;
    let settings = json!({ "step2_hours": u64::MAX, "rules": { "same_person": { "days": 0 } } });
    let answer =
        send(&house.boss, vec![change("site", "oak", json!({ "name": "Oak", "settings": settings }))]).await;
    assert_eq!(answer.refused(422), "rows_refused");
    assert_eq!(answer.body["rows"][0]["sentence"], "step2_hours must be a whole number from 1 to 8760.");
    assert_eq!(answer.body["rows"][1]["sentence"], "same_person.days must be a whole number from 1 to 366.");
}

#[tokio::test]
async fn a_first_day_that_nobody_can_mean_is_refused_beside_its_field() {
    let house = House::open().await;
    let put = async |day: &str| {
        send(&house.boss, vec![change("site", "oak", json!({ "name": "Oak", "live_from": day }))]).await
    };
    for day in ["2099-06-01", "1926-06-01"] {
        let answer = put(day).await;
        assert_eq!(answer.refused(422), "rows_refused", "{day}");
        let row = &answer.body["rows"][0];
        assert_eq!(row["field"], "live_from");
        assert_eq!(row["sentence"], "The first day must be from 1950 to one year from now. Check the year.");
    }
    put("2026-06-01").await.ok();
}

#[tokio::test]
async fn councils_and_contracts_are_loaded_by_those_whose_sites_they_are_about() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let threshold =
        json!({ "name": "Example Council", "text": "Tell us on the same day.", "version": "2026" });
    let elm = house.boss.get("/v1/directory").await.ok()["directory"]["sites"]["elm"].clone();
    let with_council = |code: &str| {
        let mut site = elm.clone();
        site["council"] = code.into();
        change("site", "elm", site)
    };
    let refused = async |phone: &Phone, row: Value, field: &str| {
        let answer = send(phone, vec![row]).await;
        assert_eq!(answer.refused(422), "rows_refused");
        assert_eq!(answer.body["rows"][0]["field"], field, "{}", answer.body);
    };
    refused(&mara, with_council("example"), "council").await;
    send(&mara, vec![with_council("example"), change("council", "example", threshold.clone())]).await.ok();
    refused(&mara, change("council", "empty", json!({ "name": "No text" })), "text").await;
    let contract =
        |sites: Value| json!({ "name": "Example ICB", "tell": "Falls", "hours": 24, "sites": sites });
    send(&mara, vec![change("contract", "icb", contract(json!(["elm"])))]).await.ok();
    refused(&mara, change("contract", "all", contract(json!([]))), "sites").await;
    refused(&mara, change("contract", "icb", contract(json!(["elm", "oak"]))), "sites").await;
    refused(
        &mara,
        change("contract", "long", json!({ "name": "X", "tell": "Y", "hours": 0, "sites": ["elm"] })),
        "hours",
    )
    .await;
    let oki = house.join("oki").await;
    refused(&oki, change("council", "example", threshold), "id").await;
    let lists = oki.get("/v1/directory").await.ok()["directory"].clone();
    assert_eq!(lists["contracts"], json!({}), "a contract of another site is not theirs to read");
    let lists = house.join("cora").await.get("/v1/directory").await.ok()["directory"].clone();
    assert_eq!(lists["contracts"], json!({}), "one commissioner does not read the contract of another");
    let lists = mara.get("/v1/directory").await.ok()["directory"].clone();
    assert_eq!(lists["contracts"]["icb"]["hours"], 24);
    assert_eq!(lists["sites"]["elm"]["council"], "example");
    let whole = house.shared_device().await.get("/v1/directory").await.ok()["directory"].clone();
    assert_eq!((&whole["councils"], &whole["contracts"]), (&json!({}), &json!({})));
}
