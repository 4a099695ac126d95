//! Coming in: set-up, invites, enrolment, sign-in, sessions, removal.

use crate::{
    harness::{Answer, House, PASSWORD, Running, config, send, set_up},
    phone::{Phone, accepted, reason},
};
use reqwest::Method;
use serde_json::{Value, json};

async fn set_up_body(token: &str, phone: &Phone) -> Value {
    json!({
        "token": token, "provider": "Willow Care", "site": { "name": "Elm House" },
        "person": { "sign_in": "boss", "name": "Bo" }, "password": PASSWORD, "device": phone.description("Office"),
    })
}

#[tokio::test]
async fn set_up_works_once_however_many_try_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Running::start(config(folder.path(), folder.path())).await;
    let hello = send(&server.url, Method::GET, "/v1/hello", None).await.ok();
    assert_eq!(hello["set_up"], false);
    let token = server.token();
    let mut tries = Vec::new();
    for _ in 0..6 {
        let phone = Phone::new(&server.url);
        let body = set_up_body(&token, &phone).await;
        tries.push(tokio::spawn(async move { phone.post("/v1/setup", body).await }));
    }
    let mut done = 0;
    for attempt in tries {
        let answer = attempt.await.expect("no panic");
        match answer.status {
            200 => done += 1,
            _ => assert_eq!(answer.refused(409), "set_up_used"),
        }
    }
    assert_eq!(done, 1);
    let phone = Phone::new(&server.url);
    let wrong = phone.post("/v1/setup", set_up_body("wrong", &phone).await).await;
    assert_eq!(wrong.refused(403), "set_up_unknown");
    let hello = send(&server.url, Method::GET, "/v1/hello", None).await.ok();
    assert_eq!(hello["set_up"], true);
    server.stop().await;
    let again = Running::start(config(folder.path(), folder.path())).await;
    assert_eq!(again.set_up_link, None, "no link once somebody is set up");
}

#[tokio::test]
async fn set_up_whose_reply_was_lost_can_be_repeated_by_the_same_device() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Running::start(config(folder.path(), folder.path())).await;
    let mut phone = Phone::new(&server.url);
    let body = set_up_body(&server.token(), &phone).await;
    assert_eq!(phone.post("/v1/setup", body.clone()).await.status, 200);
    let again = phone.post("/v1/setup", body).await;
    phone.enter(again);
    let me = phone.get("/v1/me").await.ok();
    assert_eq!(me["roles"]["elm-house"], json!(["registered_manager", "provider", "administrator"]));
    assert_eq!(me["provider"], "Willow Care");
}

#[tokio::test]
async fn a_used_set_up_token_opens_nothing_for_anybody_else_or_later() {
    let house = House::open().await;
    let body = set_up_body(&house.server.token(), &house.boss).await;
    let rita = house.join("rita").await;
    // Her own device and password, without what her device signs.
    let mut theirs = set_up_body(&house.server.token(), &rita).await;
    theirs["person"]["sign_in"] = json!("rita");
    assert_eq!(rita.post("/v1/setup", theirs.clone()).await.refused(409), "set_up_used");
    // The first person's password on the device of somebody else.
    theirs["person"] = body["person"].clone();
    assert_eq!(rita.post("/v1/setup", theirs).await.refused(409), "set_up_used");
    let mut wrong = body.clone();
    wrong["password"] = json!("another long password");
    assert_eq!(house.boss.post("/v1/setup", wrong).await.refused(409), "set_up_used");
    assert_eq!(house.boss.post("/v1/setup", body.clone()).await.status, 200, "within the hour, as it was");
    house.look().await.change("UPDATE provider SET set_up_at = 0").await;
    assert_eq!(house.boss.post("/v1/setup", body).await.refused(409), "set_up_used");
    house.server.stop().await;
}

#[tokio::test]
async fn set_up_says_what_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Running::start(config(folder.path(), folder.path())).await;
    let phone = Phone::new(&server.url);
    let good = set_up_body(&server.token(), &phone).await;
    let check = async |path: &[&str], value: Value, code: &str, field: Option<&str>| {
        let mut body = good.clone();
        let last = path.iter().fold(&mut body, |at, name| &mut at[*name]);
        *last = value;
        let answer = phone.post("/v1/setup", body).await;
        assert_eq!(answer.refused(422), code, "{path:?}");
        assert_eq!(answer.body["field"].as_str(), field, "{path:?}");
    };
    check(&["provider"], json!(" "), "missing_field", Some("provider")).await;
    check(&["site", "name"], json!(""), "missing_field", Some("site.name")).await;
    check(&["person", "sign_in"], json!("two words"), "bad_value", Some("person.sign_in")).await;
    check(&["password"], json!("short"), "password_weak", Some("password")).await;
    check(&["device", "public_key"], json!("AAAA"), "bad_key", None).await;
    assert_eq!(phone.post("/v1/setup", good).await.status, 200, "nothing was used up");
}

#[tokio::test]
async fn an_invite_is_for_one_use_and_half_an_hour() {
    let house = House::open().await;
    let invite = house.boss.post("/v1/invites", json!({ "staff": "rita" })).await.ok();
    let code = invite["code"].as_str().expect("a code");
    assert_eq!(code.len(), 8);
    assert!(invite["link"].as_str().expect("a link").ends_with(&format!("/join#{code}")));
    assert!(invite["qr_svg"].as_str().expect("a square").starts_with("<svg "));
    let typed = format!("{} {}", code[..4].to_lowercase(), &code[4..]);
    let rita = Phone::enrol(&house.server.url, &typed, Some(PASSWORD)).await.expect("as people type it");
    assert_eq!(rita.staff, "rita");
    let used = Phone::enrol(&house.server.url, code, Some(PASSWORD)).await.err().expect("used");
    assert_eq!(used.refused(410), "invite_used");
    assert!(used.body["sentence"].as_str().expect("words").contains("new code"));
    let unknown = Phone::enrol(&house.server.url, "ACDEFGHJ", Some(PASSWORD)).await.err().expect("unknown");
    assert_eq!(unknown.refused(404), "invite_unknown");

    let old = house.boss.post("/v1/invites", json!({ "staff": "sean", "password": PASSWORD })).await.ok();
    let look = house.look().await;
    // Half an hour goes by.
    look.change("UPDATE invite SET expires_at = expires_at - 31 * 60000000 WHERE used_at IS NULL").await;
    let code = old["code"].as_str().expect("a code");
    let over = Phone::enrol(&house.server.url, code, Some(PASSWORD)).await.err().expect("over");
    assert_eq!(over.refused(410), "invite_over");
    let (column, of_code) = (look.hex_of("hash"), look.hex(code.as_bytes()));
    let sql = format!("SELECT COUNT(*) FROM invite WHERE {column} LIKE '%{of_code}%'");
    let stored = look.number(&sql).await;
    assert_eq!(stored, 0, "the code itself is nowhere");
}

#[tokio::test]
async fn an_invite_used_by_many_at_once_lets_in_one() {
    let house = House::open().await;
    let invite = house.boss.post("/v1/invites", json!({ "staff": "rita" })).await.ok();
    let code = invite["code"].as_str().expect("a code").to_owned();
    let tries = (0..6).map(|_| {
        let (url, code) = (house.server.url.clone(), code.clone());
        tokio::spawn(async move { Phone::enrol(&url, &code, Some(PASSWORD)).await.map(drop) })
    });
    let mut came_in = 0;
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.expect("no panic") {
            Ok(()) => came_in += 1,
            Err(answer) => assert_eq!(answer.refused(410), "invite_used"),
        }
    }
    assert_eq!(came_in, 1);
}

#[tokio::test]
async fn a_join_whose_reply_was_lost_can_be_repeated_by_the_same_device() {
    let house = House::open().await;
    let invite = house.boss.post("/v1/invites", json!({ "staff": "rita" })).await.ok();
    let mut phone = Phone::new(&house.server.url);
    let body = json!({ "code": invite["code"], "password": PASSWORD, "device": phone.description("Phone") });
    let first = phone.post("/v1/enrol", body.clone()).await.ok();
    let again = phone.post("/v1/enrol", body.clone()).await;
    phone.enter(again);
    assert_eq!(phone.id, first["device"]["id"].as_str().expect("a device"));
    let mut wrong = body;
    wrong["password"] = json!("another kettle entirely");
    assert_eq!(phone.post("/v1/enrol", wrong).await.refused(410), "invite_used");
}

#[tokio::test]
async fn only_those_who_look_after_all_sites_of_a_person_may_invite_them() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    assert_eq!(mara.post("/v1/invites", json!({ "staff": "rita" })).await.status, 200);
    let check = async |staff: &str, status, code| {
        assert_eq!(
            mara.post("/v1/invites", json!({ "staff": staff })).await.refused(status),
            code,
            "{staff}"
        );
    };
    check("oki", 403, "not_of_site").await;
    // An invite sets a new password: a manager must not become administrator that way.
    check("adam", 403, "not_allowed").await;
    check("boss", 403, "not_allowed").await;
    check("nobody", 404, "staff_unknown").await;
    let adam = house.join("adam").await;
    let provider = adam.post("/v1/invites", json!({ "staff": "boss" })).await;
    assert_eq!(provider.refused(403), "not_allowed", "the provider reads every site");
    let site = json!({ "device_label": "Tablet", "site": "oak" });
    assert_eq!(mara.post("/v1/invites", site).await.refused(403), "not_of_site");
    let label = json!({ "device_label": " ", "site": "elm" });
    assert_eq!(mara.post("/v1/invites", label).await.refused(422), "missing_field");
}

#[tokio::test]
async fn a_shared_device_joins_with_nobody_signed_in() {
    let house = House::open().await;
    house.join("rita").await;
    let mut tablet = house.shared_device().await;
    assert_eq!((tablet.staff.as_str(), &tablet.cookie), ("", &None));
    assert_eq!(tablet.get("/v1/pull").await.refused(401), "sign_in_first");
    tablet.sign_in("Rita", PASSWORD).await.expect("any case");
    assert_eq!(tablet.staff, "rita");
    let me = tablet.get("/v1/me").await.ok();
    assert_eq!(
        me["device"],
        json!({ "id": tablet.id, "label": "Kitchen tablet", "epoch": 1, "shared": true, "site": "elm" })
    );
    assert_eq!(me["person"], json!({ "id": "rita", "name": "Rita", "sign_in": "rita" }));
    assert_eq!(me["roles"], json!({ "elm": ["reporter"] }));
}

#[tokio::test]
async fn sign_in_needs_the_device_the_name_and_the_password() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let sean = house.join("sean").await;
    let wrong = rita.post("/v1/sign-in", rita.sign_in_body("rita", "not my password")).await;
    assert_eq!(wrong.refused(401), "wrong_password");
    let unknown = rita.post("/v1/sign-in", rita.sign_in_body("nobody", PASSWORD)).await;
    assert_eq!(unknown.refused(401), "wrong_password", "no word about which names exist");
    let mut other_key = rita.clone();
    other_key.key = sean.key.clone();
    let forged = rita.post("/v1/sign-in", other_key.sign_in_body("rita", PASSWORD)).await;
    assert_eq!(forged.refused(401), "wrong_proof");
    let mut other_name = rita.sign_in_body("rita", PASSWORD);
    other_name["sign_in"] = json!("sean");
    assert_eq!(rita.post("/v1/sign-in", other_name).await.refused(401), "wrong_proof");
    let mut nobody = Phone::new(&house.server.url);
    nobody.id = "no-such-device".into();
    let answer = nobody.post("/v1/sign-in", nobody.sign_in_body("rita", PASSWORD)).await;
    assert_eq!(answer.refused(403), "device_unknown");
}

#[tokio::test]
async fn the_sixth_wrong_password_has_to_wait_and_others_do_not() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    house.join("sean").await;
    for _ in 0..5 {
        assert_eq!(rita.sign_in("rita", "wrong again, surely").await.expect_err("wrong").status, 401);
    }
    let waiting = rita.sign_in("rita", PASSWORD).await.expect_err("has to wait");
    assert_eq!(waiting.refused(429), "too_many_tries");
    assert!(waiting.headers.contains_key("retry-after"));
    let mut tablet = house.shared_device().await;
    tablet.sign_in("rita", PASSWORD).await.expect("on another device");
    rita.sign_in("sean", PASSWORD).await.expect("another name");
}

#[tokio::test]
async fn guessing_invite_codes_is_slowed_down() {
    let house = House::open().await;
    let guess =
        async || Phone::enrol(&house.server.url, "AAAAAAAA", Some(PASSWORD)).await.err().expect("a guess");
    for _ in 0..30 {
        assert_eq!(guess().await.refused(404), "invite_unknown");
    }
    assert_eq!(guess().await.refused(429), "too_many_tries");
}

#[tokio::test]
async fn guesses_that_come_all_at_once_are_as_slow() {
    let house = House::open().await;
    let url = house.server.url.clone();
    let guesses = (0..60).map(|_| {
        let url = url.clone();
        tokio::spawn(
            async move { Phone::enrol(&url, "AAAAAAAA", Some(PASSWORD)).await.err().expect("a guess") },
        )
    });
    let mut heard = 0;
    for guess in guesses.collect::<Vec<_>>() {
        heard += usize::from(guess.await.expect("no panic").status == 404);
    }
    assert!(heard <= 30, "{heard} guesses were looked up");
}

#[tokio::test]
async fn a_session_is_bound_to_its_device_and_ends_with_sign_out() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let sean = house.join("sean").await;
    let mut thief = sean.clone();
    thief.cookie = rita.cookie.clone();
    assert_eq!(thief.get("/v1/me").await.refused(401), "session_over");
    thief.id = String::new();
    assert_eq!(thief.get("/v1/me").await.refused(403), "device_missing");
    let out = rita.post("/v1/sign-out", json!({})).await;
    assert!(out.headers["set-cookie"].to_str().expect("text").contains("Max-Age=0"));
    assert_eq!(
        rita.get("/v1/me").await.refused(401),
        "session_over",
        "the token is void, not only forgotten"
    );
}

#[tokio::test]
async fn another_website_cannot_write() {
    let house = House::open().await;
    let ask = |name: &str, value: &str| {
        house.boss.request(Method::POST, "/v1/sign-out").json(&json!({})).header(name, value).send()
    };
    let check = async |name: &str, value: &str, status| {
        let answer = Answer::of(ask(name, value).await.expect("an answer")).await;
        assert_eq!(answer.status, status, "{name}: {value}");
    };
    check("origin", "https://evil.example", 403).await;
    check("origin", "null", 403).await;
    check("sec-fetch-site", "cross-site", 403).await;
    check("sec-fetch-site", "same-site", 403).await;
    check("origin", &house.server.url, 200).await;
}

#[tokio::test]
async fn a_removed_device_may_not_read_and_what_it_sends_is_kept() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let before = rita.report("r1");
    accepted(&rita.push_one(&before).await);
    let list = house.boss.get("/v1/devices").await.ok();
    let line =
        list["devices"].as_array().expect("devices").iter().find(|line| line["id"] == rita.id.as_str());
    assert_eq!(line.expect("Rita's phone")["people"], json!([{ "id": "rita", "name": "Rita" }]));
    house.boss.post(&format!("/v1/devices/{}/revoke", rita.id), json!({})).await.ok();

    assert_eq!(rita.get("/v1/pull").await.refused(401), "session_over");
    assert_eq!(rita.sign_in("rita", PASSWORD).await.expect_err("removed").refused(403), "device_revoked");
    let after = rita.report("r2");
    let outcomes = rita.push(&[before, after]).await;
    assert!(matches!(outcomes[0], sync::wire::PushOutcome::Duplicate { .. }), "{outcomes:?}");
    assert_eq!(reason(&outcomes[1]), "device_revoked");
    let items = house.boss.get("/v1/attention").await.ok();
    assert_eq!(items["items"][0]["reason"], "device_revoked");
    assert_eq!(items["items"][0]["with"]["error_type"], "wrong_dose", "the manager can read it");

    let invite = house.boss.post("/v1/invites", json!({ "staff": "rita", "password": PASSWORD })).await.ok();
    let body = json!({ "code": invite["code"], "password": PASSWORD, "device": rita.description("Again") });
    assert_eq!(rita.post("/v1/enrol", body).await.refused(403), "device_revoked", "it needs a new key");
}

#[tokio::test]
async fn a_new_password_ends_older_sessions() {
    let house = House::open().await;
    let old = house.join("rita").await;
    let new = house.join("rita").await;
    assert_eq!(old.get("/v1/me").await.refused(401), "session_over");
    assert_eq!(new.get("/v1/me").await.status, 200);
}

#[tokio::test]
async fn only_a_sign_in_gives_the_share_that_opens_what_a_person_has_on_a_device() {
    let house = House::open().await;
    let share = async |phone: &Phone, name: &str| {
        let told = phone.post("/v1/sign-in", phone.sign_in_body(name, PASSWORD)).await.ok();
        told["share"].as_str().expect("a share").to_owned()
    };
    let rita = house.join("rita").await;
    assert!(rita.get("/v1/me").await.ok().get("share").is_none(), "an open session gets none");
    let hers = share(&rita, "rita").await;
    assert_eq!(hers.len(), 43, "32 bytes in base64url");
    assert_eq!(share(&rita, "rita").await, hers, "each time the same");
    let tablet = house.shared_device().await;
    assert_eq!(share(&tablet, "rita").await, hers, "on every device");
    let sean = house.join("sean").await;
    assert_ne!(share(&sean, "sean").await, hers);
    let with_new_password = house.join("rita").await;
    assert_eq!(share(&with_new_password, "rita").await, hers, "also with another password");
}

#[tokio::test]
async fn providers_on_one_server_do_not_meet() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let other = house.another_provider().await;
    assert_ne!(other.tenant, rita.tenant);
    let mut on_their_device = other.clone();
    on_their_device.cookie = rita.cookie.clone();
    assert_eq!(on_their_device.get("/v1/me").await.refused(401), "session_over");
    let mut tries = other.clone();
    let unknown = tries.sign_in("rita", PASSWORD).await.expect_err("another provider");
    assert_eq!(unknown.refused(401), "wrong_password");
    let revoke = other.post(&format!("/v1/devices/{}/revoke", rita.id), json!({})).await;
    assert_eq!(revoke.refused(404), "device_not_found");
    let devices = other.get("/v1/devices").await.ok();
    assert_eq!(devices["devices"].as_array().map(Vec::len), Some(1));
    let second_link = server::start::add_provider(&house.place(), &house.server.url).await.expect("a third");
    let third =
        set_up(&house.server.url, second_link.split('#').nth(1).expect("a token"), "Ash Care", "ash").await;
    assert_eq!(third.get("/v1/directory").await.ok()["directory"]["provider"], "Ash Care");
}
