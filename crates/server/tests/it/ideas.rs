//! Ideas for actions: who may change them, what is checked, who gets them, and what the history keeps.

use crate::{
    ground,
    harness::{House, config},
    lists::{change, send},
    phone::Phone,
};
use serde_json::{Value, json};

const LAMP: &str = "Put a lamp over the trolley";
const MAP: &str = "medication.body-map";

fn idea(text: &str, sites: &[&str]) -> Value {
    json!({ "category": "medication", "text": text, "strength": "intermediate", "kind": "preventive",
        "of": ["patch"], "sites": sites })
}

async fn lists(phone: &Phone) -> Value {
    phone.get("/v1/directory").await.ok()["directory"].clone()
}

async fn refused(phone: &Phone, rows: Vec<Value>) -> Vec<(String, String)> {
    let answer = send(phone, rows).await;
    assert_eq!(answer.refused(422), "rows_refused");
    let word = |row: &Value, name: &str| row[name].as_str().expect("words").to_owned();
    let rows = answer.body["rows"].as_array().expect("rows").iter();
    rows.map(|row| (word(row, "field"), word(row, "sentence"))).collect()
}

fn told(field: &str, words: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), words.to_owned())]
}

#[tokio::test]
async fn an_idea_is_kept_changed_retired_and_brought_back_and_all_of_it_stays_in_the_history() {
    let house = House::open().await;
    let spread = idea(&format!("  {LAMP}\n"), &[]);
    send(&house.boss, vec![change("idea", "lamp", spread)]).await.ok();
    let kept = lists(&house.boss).await["ideas"]["lamp"].clone();
    assert_eq!(
        (&kept["text"], &kept["of"], &kept["retired"]),
        (&json!(LAMP), &json!(["patch"]), &json!(false))
    );
    let better = idea("Put a brighter lamp over the trolley", &[]);
    send(&house.boss, vec![change("idea", "lamp", better)]).await.ok();
    send(&house.boss, vec![change("idea", "lamp", Value::Null)]).await.ok();
    let ended = lists(&house.boss).await["ideas"]["lamp"].clone();
    assert_eq!((&ended["retired"], &ended["strength"]), (&json!(true), &json!("intermediate")));

    let House { server, folder, mut boss } = house;
    server.stop().await;
    let (data, dist) = (folder.path().join("data"), folder.path().join("dist"));
    let server = crate::harness::Running::start(config(&data, &dist)).await;
    boss.url.clone_from(&server.url);
    assert_eq!(lists(&boss).await["ideas"]["lamp"], ended, "it lives through a restart");
    let look = ground::Look::into(&ground::place(&data)).await;
    let rows = look
        .rows("SELECT changed_by, after FROM directory_change WHERE kind = 'idea' ORDER BY version")
        .await;
    assert_eq!(rows.len(), 3);
    assert!(rows[0][1].as_ref().expect("after").contains(LAMP));
    assert_eq!(rows[2][0].as_deref(), Some("boss"));
    send(&boss, vec![change("idea", "lamp", idea(LAMP, &[]))]).await.ok();
    assert_eq!(lists(&boss).await["ideas"]["lamp"]["retired"], json!(false), "it can come back");
}

#[tokio::test]
async fn what_is_wrong_with_an_idea_is_said_and_nothing_is_saved() {
    let house = House::open().await;
    send(&house.boss, vec![change("idea", "lamp", idea(LAMP, &[]))]).await.ok();
    let before = lists(&house.boss).await;
    let check = async |id: &str, value: Value, field: &str, words: &str| {
        assert_eq!(refused(&house.boss, vec![change("idea", id, value)]).await, told(field, words));
    };
    let with = |field: &str, value: Value| {
        let mut idea = idea("Another idea", &[]);
        idea[field] = value;
        idea
    };
    check("new", with("text", json!(" ")), "text", "Write what will be done.").await;
    let long = "The idea is too long. Use at most 300 letters.";
    check("new", with("text", json!("x".repeat(301))), "text", long).await;
    check("new", with("strength", json!("iron")), "strength", "Select how strong it is.").await;
    check("new", with("kind", json!("")), "kind", "Select what kind of action it is.").await;
    check("new", with("category", json!("laundry")), "category", "There is no category laundry.").await;
    let foreign = "There is no noise on the list of this category.";
    check("new", with("of", json!(["noise"])), "of", foreign).await;
    check("new", with("sites", json!(["ash"])), "sites", "There is no site ash.").await;
    let doubled = "You have an idea with the same words already. Change that one.";
    check("new", with("text", json!("put a LAMP over the trolley.")), "text", doubled).await;
    let shipped = "This idea comes with Noticed already. Change the words, or use that one.";
    check("new", with("text", json!("Tell every shift at handover for one week")), "text", shipped).await;
    check("new", with("colour", json!("red")), "value", "There is no field named colour.").await;
    check("two words", idea("Two", &[]), "id", "A code has 1 to 64 letters, digits, dots or hyphens.").await;
    check("none", Value::Null, "id", "There is no idea none to retire.").await;
    let many = (0..200).map(|nr| change("idea", &format!("i{nr}"), idea(&format!("Idea {nr}"), &[])));
    let most = "You have 200 ideas, and more cannot be kept. Retire one first.";
    assert_eq!(refused(&house.boss, many.collect()).await, told("text", most), "199 fit beside the first");
    assert_eq!(lists(&house.boss).await, before);
}

#[tokio::test]
async fn a_manager_keeps_the_ideas_of_her_own_site() {
    let house = House::open().await;
    let (mara, oki) = (house.join("mara").await, house.join("oki").await);
    let elsewhere = "You do not manage the site oak.";
    let check = async |row: Value| {
        assert_eq!(refused(&mara, vec![row]).await, told("sites", elsewhere));
    };
    check(change("idea", "lamp", idea(LAMP, &[]))).await;
    check(change("idea", "lamp", idea(LAMP, &["elm", "oak"]))).await;
    send(&mara, vec![change("idea", "lamp", idea(LAMP, &["elm"]))]).await.ok();
    send(&house.boss, vec![change("idea", "both", idea("Both", &["elm", "oak"]))]).await.ok();
    assert_eq!(lists(&mara).await["ideas"]["both"]["sites"], json!(["elm"]));
    check(change("idea", "both", idea("Mine now", &["elm"]))).await;
    check(change("idea", "both", Value::Null)).await;
    // What one site leaves out is no matter of the other, which is not told of it either.
    let out = |sites: &[&str]| change("left_out_idea", MAP, json!({ "sites": sites }));
    check(out(&["oak"])).await;
    send(&oki, vec![out(&["oak"])]).await.ok();
    assert_eq!(lists(&mara).await["left_out"], json!({}));
    send(&mara, vec![out(&["elm"])]).await.ok();
    assert_eq!(lists(&oki).await["left_out"], json!({ MAP: { "sites": ["oak"] } }));
    assert_eq!(lists(&house.boss).await["left_out"], json!({ MAP: { "sites": ["elm", "oak"] } }));
    send(&oki, vec![out(&[])]).await.ok();
    assert_eq!(lists(&house.boss).await["left_out"], json!({ MAP: { "sites": ["elm"] } }));
    for row in [
        change("left_out_idea", "medication.none", json!({ "sites": ["elm"] })),
        change("left_out_idea", MAP, json!({ "sites": ["elm"], "text": "Other words" })),
        change("left_out_idea", MAP, json!({ "sites": ["ash"] })),
    ] {
        assert_eq!(refused(&mara, vec![row]).await.len(), 1, "what comes with Noticed is not rewritten");
    }
    for staff in ["medi", "dora", "pru", "rita"] {
        let phone = house.join(staff).await;
        let answer = send(&phone, vec![change("idea", "mine", idea("Mine", &["elm"]))]).await;
        assert_eq!(answer.refused(403), "not_allowed", "{staff}");
    }
}

#[tokio::test]
async fn ideas_go_to_those_who_plan_actions_and_to_no_other_provider() {
    let house = House::open().await;
    let rows = vec![
        change("idea", "lamp", idea(LAMP, &["elm"])),
        change("left_out_idea", MAP, json!({ "sites": ["elm"] })),
    ];
    send(&house.boss, rows).await.ok();
    for (staff, gets) in [
        ("mara", true),
        ("medi", true),
        ("main", true),
        ("bea", true),
        ("dora", true),
        ("pru", true),
        ("adam", true),
        ("rita", false),
        ("sean", false),
        ("inga", false),
        ("cora", false),
        ("oki", false),
    ] {
        let lists = lists(&house.join(staff).await).await;
        assert_eq!(lists["ideas"].get("lamp").is_some(), gets, "{staff}");
        assert_eq!(lists["left_out"].get(MAP).is_some(), gets, "{staff}");
    }
    let tablet = lists(&house.shared_device().await).await;
    assert_eq!((&tablet["ideas"], &tablet["left_out"]), (&json!({}), &json!({})));
    let birch = house.another_provider().await;
    let other = lists(&birch).await;
    assert_eq!((&other["ideas"], &other["left_out"]), (&json!({}), &json!({})));
    send(&birch, vec![change("idea", "lamp", idea("Of Birch Care", &[]))]).await.ok();
    assert_eq!(lists(&house.boss).await["ideas"]["lamp"]["text"], LAMP, "the same code at two providers");
}
