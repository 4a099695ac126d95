//! The numbers of the rules: changed with a reason, kept with their history, and never nonsense.

use crate::{
    harness::House,
    lists::{change, send},
    phone::Phone,
};
use serde_json::{Value, json};

/// A change of the numbers of the rules of elm, with a reason or without.
fn numbers(elm: &Value, rules: Value, reason: &str) -> Value {
    let mut value = elm.clone();
    value["settings"]["rules"] = rules;
    json!({ "kind": "site", "id": "elm", "value": value, "reason": reason })
}

async fn elm(phone: &Phone) -> Value {
    phone.get("/v1/directory").await.ok()["directory"]["sites"]["elm"].clone()
}

#[tokio::test]
async fn a_change_of_the_rules_needs_a_reason_and_is_kept_with_who_when_and_both_numbers() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let before = elm(&mara).await;
    assert_eq!(before["rule_changes"], json!([]));
    let three = json!({ "same_asset": { "threshold": 3, "days": 90 } });
    let answer = send(&mara, vec![numbers(&before, three.clone(), "  ")]).await;
    assert_eq!(answer.refused(422), "rows_refused");
    let row = &answer.body["rows"][0];
    let words = "Say why the numbers of the rules change.";
    assert_eq!((&row["field"], &row["sentence"]), (&json!("reason"), &json!(words)));
    assert_eq!(elm(&mara).await, before, "nothing changed");

    send(&mara, vec![numbers(&before, three.clone(), " Two is normal here. ")]).await.ok();
    // What a client says of the past is not taken, and other settings need no reason.
    let mut forged = elm(&mara).await;
    forged["rule_changes"] = json!([]);
    forged["settings"]["step2_hours"] = json!(10);
    send(&mara, vec![change("site", "elm", forged)]).await.ok();
    let none = json!({});
    send(&mara, vec![numbers(&elm(&mara).await, none.clone(), "Back to the usual numbers")]).await.ok();
    let after = elm(&mara).await;
    let changes = after["rule_changes"].as_array().expect("changes");
    let told: Vec<_> =
        changes.iter().map(|one| (&one["by"], &one["reason"], &one["before"], &one["after"])).collect();
    let (first, second) = (json!("Two is normal here."), json!("Back to the usual numbers"));
    let by = json!("mara");
    assert_eq!(told, [(&by, &first, &none, &three), (&by, &second, &three, &none)]);
    assert!(changes.iter().all(|one| one["at"].as_str().is_some_and(|at| at.starts_with("20"))));
    assert_eq!(after["settings"]["step2_hours"], 10);

    // A commissioner and a shared device learn the numbers, and not who wrote what.
    let cora = house.join("cora").await;
    let told = elm(&cora).await["rule_changes"][0].clone();
    assert_eq!((&told["by"], &told["reason"], &told["after"]), (&json!(""), &json!(""), &three));
}

#[tokio::test]
async fn nonsense_for_a_rule_changes_nothing_and_says_so() {
    let house = House::open().await;
    let before = elm(&house.boss).await;
    for rules in [
        json!({ "same_asset": { "threshold": 0, "days": 90 } }),
        json!({ "same_asset": { "threshold": 2, "days": 4_000_000_000_u64 } }),
        json!({ "same_asset": { "threshold": "many", "days": 90 } }),
        json!({ "same_asset": "never" }),
        json!({ "silence": { "threshold": 2, "days": 3 } }),
    ] {
        let answer = send(&house.boss, vec![numbers(&before, rules.clone(), "Because")]).await;
        assert_eq!(answer.refused(422), "rows_refused", "{rules}");
        assert_eq!(elm(&house.boss).await, before, "{rules}");
    }
}

#[tokio::test]
async fn a_new_site_may_begin_with_numbers_of_its_own() {
    let house = House::open().await;
    let settings = json!({ "rules": { "same_person": { "threshold": 2, "days": 7 } } });
    send(&house.boss, vec![change("site", "fir", json!({ "name": "Fir", "settings": settings }))]).await.ok();
    let fir = house.boss.get("/v1/directory").await.ok()["directory"]["sites"]["fir"].clone();
    assert_eq!((&fir["settings"]["rules"], &fir["rule_changes"]), (&settings["rules"], &json!([])));
}
