//! Two servers on one PostgreSQL: whichever one a phone reaches, it is as if there were one.

use crate::{
    ground,
    harness::{Running, config, fill, set_up},
    hints::{ends, listen},
    phone::{Phone, accepted, held, reason},
};
use serde_json::json;
use server::place::Place;
use std::time::Duration;
use sync::wire::PushOutcome;
use tokio::time::timeout;

struct Two {
    one: Running,
    other: Running,
    place: Place,
    folder: tempfile::TempDir,
    boss: Phone,
}

/// Each server has a data folder of its own.
async fn server(place: &Place, folder: &tempfile::TempDir, name: &str) -> Running {
    let mut config = config(folder.path(), folder.path());
    config.place = Place { data: folder.path().join(name), ..place.clone() };
    Running::start(config).await
}

impl Two {
    async fn start() -> Two {
        let folder = tempfile::tempdir().expect("a folder");
        let place = ground::on_postgres(folder.path());
        let (one, other) = (server(&place, &folder, "one").await, server(&place, &folder, "other").await);
        // The link of the second is the one that holds.
        let boss = set_up(&one.url, &other.token(), "Willow Care", "elm").await;
        let two = Two { boss, one, other, place, folder };
        fill(&two.boss).await;
        two
    }

    async fn join(&self, staff: &str) -> Phone {
        let body = json!({ "staff": staff, "password": crate::harness::PASSWORD });
        let invite = self.boss.post("/v1/invites", body).await.ok();
        let code = invite["code"].as_str().expect("a code");
        Phone::enrol(&self.other.url, code, Some(crate::harness::PASSWORD)).await.expect("the invite is good")
    }

    fn at_one(&self, phone: &Phone) -> Phone {
        phone.at(&self.one.url)
    }

    fn at_other(&self, phone: &Phone) -> Phone {
        phone.at(&self.other.url)
    }
}

#[tokio::test]
async fn what_one_server_took_the_other_shows_at_once_and_goes_on_from() {
    let two = Two::start().await;
    let mut rita = two.join("rita").await;
    for number in 0..10 {
        let event = rita.report(&format!("r{number}"));
        let (here, there) = match number % 2 {
            0 => (two.at_one(&rita), two.at_other(&rita)),
            _ => (two.at_other(&rita), two.at_one(&rita)),
        };
        assert_eq!(accepted(&here.push_one(&event).await), number + 1);
        assert_eq!(there.pull_all().await.rows.len() as u64, number + 1, "at once");
        assert!(matches!(there.push_one(&event).await, PushOutcome::Duplicate { .. }));
    }
    let (one, other) = (two.at_one(&two.boss).pull_all().await, two.at_other(&two.boss).pull_all().await);
    assert_eq!((&one.rows, one.head, &one.scope), (&other.rows, other.head, &other.scope));
    assert!(one.rows.iter().all(|row| row.judgement.deliveries == 2), "counted in both");
    // And as a server that starts now reads it.
    let third = server(&two.place, &two.folder, "third").await;
    let fresh = two.boss.at(&third.url).pull_all().await;
    assert_eq!((&fresh.rows, fresh.head, &fresh.scope), (&one.rows, one.head, &one.scope));
}

#[tokio::test]
async fn a_hint_goes_to_those_who_listen_at_the_other_server() {
    let two = Two::start().await;
    let mut rita = two.join("rita").await;
    let boss = two.at_other(&two.boss);
    let mut stream = boss.request(reqwest::Method::GET, "/v1/hints").send().await.expect("a stream");
    let report = rita.report("r1");
    accepted(&two.at_one(&rita).push_one(&report).await);
    let hint = timeout(Duration::from_secs(5), stream.chunk()).await.expect("soon");
    let text = String::from_utf8(hint.expect("a chunk").expect("not the end").to_vec()).expect("text");
    assert!(text.contains("data: {\"seq\":1}"), "{text}");
}

#[tokio::test]
async fn a_stream_at_one_server_ends_with_a_sign_out_at_the_other() {
    let two = Two::start().await;
    let (rita, sean) = (two.join("rita").await, two.join("sean").await);
    let mut of_rita = listen(&two.at_other(&rita)).await;
    let mut of_sean = listen(&two.at_other(&sean)).await;
    two.at_one(&rita).post("/v1/sign-out", json!({})).await.ok();
    let path = format!("/v1/devices/{}/revoke", sean.id);
    two.at_one(&two.boss).post(&path, json!({})).await.ok();
    ends(&mut of_rita, "signed out").await;
    ends(&mut of_sean, "removed").await;
}

#[tokio::test]
async fn what_waits_at_one_server_is_released_by_the_other() {
    let two = Two::start().await;
    let mut rita = two.join("rita").await;
    let (first, second) = (rita.report("r1"), rita.report("r2"));
    assert!(held(&two.at_one(&rita).push_one(&second).await));
    assert_eq!(accepted(&two.at_other(&rita).push_one(&first).await), 1);
    assert_eq!(two.at_one(&rita).pull_all().await.rows.len(), 2, "the second came after it");
    // A place in a chain that was used up without a row is known too.
    let mut newer = rita.envelope("report", "r3", crate::phone::medication());
    newer.v = 2;
    let newer = rita.seal(&newer);
    assert_eq!(reason(&two.at_one(&rita).push_one(&newer).await), "newer_version");
    let next = rita.report("r4");
    assert_eq!(accepted(&two.at_other(&rita).push_one(&next).await), 3);
}

#[tokio::test]
async fn a_role_and_a_removed_device_count_at_both_servers_at_once() {
    let two = Two::start().await;
    let mut rita = two.join("rita").await;
    let report = rita.report("r1");
    accepted(&two.at_one(&rita).push_one(&report).await);
    let review = json!({ "potential_most_likely": 3, "potential_worst": 4, "likelihood": 2 });
    let early = rita.write("review_risk", "r1", review.clone());
    assert_eq!(reason(&two.at_other(&rita).push_one(&early).await), "role_not_allowed");
    let roles = json!({ "name": "Rita", "roles": { "elm": ["registered_manager"] } });
    let row = json!({ "kind": "staff", "id": "rita", "value": roles });
    let change = json!({ "changes": [row], "password": crate::harness::PASSWORD });
    two.at_one(&two.boss).post("/v1/directory", change).await.ok();
    let again = rita.write("review_risk", "r1", review);
    accepted(&two.at_other(&rita).push_one(&again).await);
    let path = format!("/v1/devices/{}/revoke", rita.id);
    two.at_one(&two.boss).post(&path, json!({})).await.ok();
    let late = rita.report("r2");
    assert_eq!(reason(&two.at_other(&rita).push_one(&late).await), "device_revoked");
    assert_eq!(two.at_other(&rita).get("/v1/pull?cursor=0&scope=").await.status, 401, "its session is over");
}

#[tokio::test]
async fn f34_fifty_identical_pushes_at_two_servers_are_one_row() {
    let two = Two::start().await;
    let mut rita = two.join("rita").await;
    let event = rita.report("r1");
    let mut tries = Vec::new();
    for number in 0..50 {
        let phone = if number % 2 == 0 { two.at_one(&rita) } else { two.at_other(&rita) };
        let event = event.clone();
        tries.push(tokio::spawn(async move { phone.push_one(&event).await }));
    }
    let mut new = 0;
    for attempt in tries {
        match attempt.await.expect("no panic") {
            PushOutcome::Accepted { .. } => new += 1,
            PushOutcome::Duplicate { .. } => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(new, 1);
    let all = two.at_one(&rita).pull_all().await;
    assert_eq!((all.rows.len(), all.rows[0].judgement.deliveries), (1, 50));
}
