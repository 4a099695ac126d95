//! Somebody joins with a code: it is used up only together with all that it opens, and whoever heard nothing may try
//! again with the same phone.

use super::stands;
use crate::{
    harness::{PASSWORD, fill, set_up},
    phone::Phone,
    program::Served,
};
use serde_json::json;

#[tokio::test]
async fn f87_killed_at_any_place_of_joining_the_code_is_good_or_the_person_is_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    fill(&boss).await;
    served.kill_hard();
    for (staff, place) in [("rita", "enrol::before_commit"), ("sean", "enrol::after_commit")] {
        let served = Served::start_to_stop_at(folder.path(), &format!("{place}=pause"));
        boss.url = served.url.clone();
        let invite = boss.post("/v1/invites", json!({ "staff": staff, "password": PASSWORD })).await.ok();
        let mut phone = Phone::new(&served.url);
        let body =
            json!({ "code": invite["code"], "password": PASSWORD, "device": phone.description("A phone") });
        stands(phone.post("/v1/enrol", body.clone())).await;
        served.kill_hard();

        let again = Served::start_again(folder.path());
        (phone.url, boss.url) = (again.url.clone(), again.url.clone());
        let other = Phone::new(&again.url);
        if place == "enrol::after_commit" {
            let mut theirs = body.clone();
            theirs["device"] = other.description("Another phone");
            assert_eq!(other.post("/v1/enrol", theirs).await.refused(410), "invite_used");
        }
        let answer = phone.post("/v1/enrol", body).await;
        phone.enter(answer);
        assert_eq!(phone.staff, staff, "{place}");
        assert_eq!(phone.get("/v1/me").await.status, 200, "{place}: the session is there");
        let devices = boss.get("/v1/devices").await.ok().to_string();
        assert!(devices.contains(phone.id.as_str()), "{place}: {devices}");
        again.kill_hard();
    }
}
