//! The program under a request that wants all its memory, and under a kill while somebody joins.

use crate::{
    harness::{PASSWORD, set_up},
    phone::Phone,
    program::Served,
};
use flate2::{Compression, write::GzEncoder};
use serde_json::json;
use std::{fs, io::Write, time::Duration};

#[tokio::test]
async fn f85_a_small_request_that_unpacks_to_a_quarter_of_a_gigabyte_takes_no_room() {
    const MEGABYTES: usize = 230;
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(folder.path(), &[]);
    let boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 1024 * 1024]).expect("memory");
    let bomb = encoder.finish().expect("memory").repeat(MEGABYTES);
    assert!(bomb.len() < 256 * 1024, "{} bytes get past the limit on what arrives", bomb.len());
    let before = most_memory(&served);
    let mut sent = Vec::new();
    for _ in 0..24 {
        let request = boss.request(reqwest::Method::POST, "/v1/push").header("content-encoding", "gzip");
        let request = request.header("content-type", sync::wire::CONTENT_TYPE).body(bomb.clone());
        sent.push(tokio::spawn(async move { request.send().await.expect("an answer").status() }));
    }
    for status in sent {
        assert_eq!(status.await.expect("no panic"), 413);
    }
    let grown = most_memory(&served).saturating_sub(before);
    assert!(grown < 64 * 1024, "{grown} kB for 24 of them at once");
    assert_eq!(boss.get("/v1/me").await.status, 200);
}

/// The most that the process ever held, in kB.
fn most_memory(served: &Served) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", served.pid())).expect("a Linux process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a figure");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[tokio::test]
async fn f87_an_account_that_was_said_to_be_there_is_there_after_a_kill() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut served = Served::start(folder.path(), &[]);
    let mut boss = set_up(&served.url, served.token(), "Willow Care", "elm").await;
    let mut said = 0;
    for round in 0..6_u64 {
        let staff = format!("care-{round}");
        let row = json!({ "kind": "staff", "id": staff,
            "value": { "name": "Cara", "roles": { "elm": ["reporter"] } } });
        boss.post("/v1/directory", json!({ "changes": [row] })).await.ok();
        let invite = boss.post("/v1/invites", json!({ "staff": staff })).await.ok();
        let phone = Phone::new(&served.url);
        let body = json!({ "code": invite["code"], "password": PASSWORD, "device": phone.description("P") });
        let joining = {
            let (phone, body) = (phone.clone(), body.clone());
            tokio::spawn(async move {
                let request = phone.request(reqwest::Method::POST, "/v1/enrol").json(&body);
                request.send().await.is_ok_and(|response| response.status() == 200)
            })
        };
        // From before the password is hashed to after the reply.
        tokio::time::sleep(Duration::from_millis(round * 30)).await;
        served.kill_hard();
        let heard = joining.await.expect("no panic");
        said += usize::from(heard);
        served = Served::start_again(folder.path());
        boss.url = served.url.clone();
        let mut phone = phone;
        phone.url = served.url.clone();
        // The same device asks again: in, whether or not the first try had arrived.
        let again = phone.post("/v1/enrol", body).await;
        assert_eq!(again.status, 200, "round {round}, heard {heard}: {}", again.body);
        phone.enter(again);
        assert_eq!(phone.staff, staff);
        phone.sign_in(&staff, PASSWORD).await.expect("the account is there");
        let list = boss.get("/v1/devices").await.ok();
        let lines = list["devices"].as_array().expect("devices");
        let of_staff = lines.iter().filter(|line| line["people"][0]["id"] == staff.as_str()).count();
        assert_eq!(of_staff, 1, "one device, not two");
    }
    assert!(said < 6, "no kill came in the middle");
}
