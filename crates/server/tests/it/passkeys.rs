//! Passkeys: asked for after the password, used once, gone with a manager's new code.

use crate::{
    harness::{Answer, House, PASSWORD},
    phone::Phone,
    soft_passkey::SoftPasskey,
};
use serde_json::{Value, json};

const OTHER_PASSWORD: &str = "seven blue buckets";

/// Passkeys belong to a name: the server says `localhost` of itself, wherever the test reaches it.
fn origin(house: &House) -> String {
    house.server.url.replace("127.0.0.1", "localhost")
}

async fn add(house: &House, phone: &Phone) -> SoftPasskey {
    let mut passkey = SoftPasskey::new(&origin(house));
    let asked = phone.post("/v1/passkeys/start", json!({ "password": PASSWORD })).await.ok();
    let body = json!({ "ticket": asked["ticket"], "name": "My phone", "credential": passkey.make(&asked) });
    let list = phone.post("/v1/passkeys", body).await.ok();
    assert_eq!(list["passkeys"][0]["name"], "My phone");
    passkey
}

/// The first half of a sign-in.
async fn password(phone: &Phone, name: &str) -> Answer {
    let mut signed_out = phone.clone();
    signed_out.cookie = None;
    signed_out.post("/v1/sign-in", phone.sign_in_body(name, PASSWORD)).await
}

/// The second half.
async fn finish(phone: &Phone, asked: &Value, credential: Value) -> Answer {
    phone.post("/v1/sign-in/passkey", json!({ "ticket": asked["ticket"], "credential": credential })).await
}

#[tokio::test]
async fn a_session_exists_only_after_password_and_passkey() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let none = rita.get("/v1/passkeys").await.ok();
    assert_eq!(none, json!({ "host": "localhost", "passkeys": [] }));
    let mut passkey = add(&house, &rita).await;
    assert_eq!(rita.get("/v1/me").await.status, 200, "the session that added it goes on");
    rita.post("/v1/sign-out", json!({})).await.ok();

    let half = password(&rita, "rita").await;
    assert!(half.headers.get("set-cookie").is_none(), "half a sign-in opens nothing");
    let asked = half.ok();
    assert_eq!(asked["needs"], "passkey");
    assert!(asked.get("share").is_none() && asked.get("person").is_none(), "{asked}");
    assert_eq!(asked["options"]["publicKey"]["userVerification"], "required");
    let answer = finish(&rita, &asked, passkey.sign(&asked)).await;
    assert!(answer.body["share"].is_string(), "as after every sign-in: {}", answer.body);
    rita.enter(answer);
    assert_eq!(rita.get("/v1/me").await.ok()["person"]["id"], "rita");
    let list = rita.get("/v1/passkeys").await.ok();
    assert!(list["passkeys"][0]["last_used_at"].is_string(), "{list}");

    // A second passkey of the same person opens too; whoever has none is not asked.
    let mut second = add(&house, &rita).await;
    let asked = password(&rita, "Rita").await.ok();
    assert_eq!(asked["options"]["publicKey"]["allowCredentials"].as_array().map(Vec::len), Some(2));
    rita.enter(finish(&rita, &asked, second.sign(&asked)).await);
    let mut sean = house.join("sean").await;
    sean.sign_in("sean", PASSWORD).await.expect("no passkey, no second step");
}

#[tokio::test]
async fn what_a_passkey_signed_opens_once_and_only_where_and_while_it_was_asked_for() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let mut passkey = add(&house, &rita).await;
    let tablet = house.shared_device().await;

    let asked = password(&rita, "rita").await.ok();
    let signed = passkey.sign(&asked);
    assert_eq!(finish(&tablet, &asked, signed.clone()).await.refused(410), "passkey_over", "elsewhere");
    assert_eq!(finish(&rita, &asked, signed.clone()).await.status, 200);
    assert_eq!(finish(&rita, &asked, signed.clone()).await.refused(410), "passkey_over", "once");

    let asked = password(&rita, "rita").await.ok();
    assert_eq!(finish(&rita, &asked, signed).await.refused(401), "passkey_refused", "of another challenge");

    let asked = password(&rita, "rita").await.ok();
    let earlier = asked.clone();
    let asked = password(&rita, "rita").await.ok();
    assert_eq!(finish(&rita, &earlier, passkey.sign(&earlier)).await.refused(410), "passkey_over");
    house.look().await.change("UPDATE passkey_challenge SET expires_at = expires_at - 5 * 60000000").await;
    assert_eq!(finish(&rita, &asked, passkey.sign(&asked)).await.refused(410), "passkey_over", "late");
}

#[tokio::test]
async fn a_passkey_that_is_not_right_is_refused_and_is_a_try() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let mut passkey = add(&house, &rita).await;
    let mut sean = house.join("sean").await;
    let mut of_sean = add(&house, &sean).await;

    let asked = password(&rita, "rita").await.ok();
    let forged = passkey.forged().sign(&asked);
    assert_eq!(finish(&rita, &asked, forged).await.refused(401), "passkey_refused");
    let asked = password(&rita, "rita").await.ok();
    assert_eq!(
        finish(&rita, &asked, of_sean.sign(&asked)).await.refused(401),
        "passkey_refused",
        "another's"
    );
    let asked = password(&rita, "rita").await.ok();
    passkey.unlocked = false;
    assert_eq!(
        finish(&rita, &asked, passkey.sign(&asked)).await.refused(401),
        "passkey_refused",
        "not unlocked"
    );
    passkey.unlocked = true;
    let asked = password(&rita, "rita").await.ok();
    passkey.origin = "https://elsewhere.example".into();
    assert_eq!(
        finish(&rita, &asked, passkey.sign(&asked)).await.refused(401),
        "passkey_refused",
        "elsewhere"
    );
    passkey.origin = origin(&house);
    // Four tries are gone; a right one gives them back.
    let asked = password(&rita, "rita").await.ok();
    assert_eq!(password(&rita, "rita").await.refused(429), "too_many_tries");
    assert_eq!(finish(&rita, &asked, passkey.sign(&asked)).await.status, 200);
    assert_eq!(password(&rita, "rita").await.status, 200);
    // The other's own, meanwhile, opens for the other.
    let asked = password(&sean, "sean").await.ok();
    sean.enter(finish(&sean, &asked, of_sean.sign(&asked)).await);
}

#[tokio::test]
async fn f77_a_new_code_of_a_manager_opens_again_without_the_lost_passkey() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    add(&house, &rita).await;
    let invite = house.boss.post("/v1/invites", json!({ "staff": "rita", "password": PASSWORD })).await.ok();
    assert_eq!(
        password(&rita, "rita").await.ok()["needs"],
        "passkey",
        "a code that nobody used changes nothing"
    );
    let code = invite["code"].as_str().expect("a code");
    let mut again =
        Phone::enrol(&house.server.url, code, Some(OTHER_PASSWORD)).await.expect("the code is good");
    assert_eq!(again.get("/v1/passkeys").await.ok()["passkeys"], json!([]));
    again.sign_in("rita", OTHER_PASSWORD).await.expect("the password alone");

    // Added since: the used code is no way around it.
    let mut passkey = SoftPasskey::new(&origin(&house));
    let asked = again.post("/v1/passkeys/start", json!({ "password": OTHER_PASSWORD })).await.ok();
    let body = json!({ "ticket": asked["ticket"], "name": "New", "credential": passkey.make(&asked) });
    again.post("/v1/passkeys", body).await.ok();
    let body = json!({ "code": code, "password": OTHER_PASSWORD, "device": again.description("A phone") });
    assert_eq!(again.post("/v1/enrol", body).await.refused(410), "invite_used");
}

#[tokio::test]
async fn a_session_that_was_left_open_is_no_way_around_password_and_passkey() {
    let house = House::open().await;
    let (mara, rita) = (house.join("mara").await, house.join("rita").await);
    add(&house, &mara).await;
    // Neither for oneself, nor for a colleague who could then do the same for the first.
    for staff in ["mara", "rita"] {
        let bare = mara.post("/v1/invites", json!({ "staff": staff })).await;
        assert_eq!((bare.refused(422), bare.body["field"].as_str()), ("missing_field", Some("password")));
        let wrong = mara.post("/v1/invites", json!({ "staff": staff, "password": OTHER_PASSWORD })).await;
        assert_eq!((wrong.refused(422), wrong.body["field"].as_str()), ("wrong_current", Some("password")));
    }
    assert_eq!(rita.get("/v1/me").await.status, 200);
}

#[tokio::test]
async fn a_session_that_was_left_open_lets_in_nobody_who_leads() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let staff = |id: &str, roles: &[&str]| json!({ "kind": "staff", "id": id, "value": { "name": "New", "roles": { "elm": roles } } });
    let give = async |rows: Value, password: Option<&str>| {
        mara.post("/v1/directory", json!({ "changes": rows, "password": password })).await
    };
    let asks = |answer: &Answer| {
        assert_eq!((answer.refused(422), answer.body["field"].as_str()), ("missing_field", Some("password")));
    };
    // Nobody becomes a manager, whether they are new or here already, alone or among others.
    let manager = json!([staff("late-1", &["reporter"]), staff("new-1", &["registered_manager"])]);
    asks(&give(manager.clone(), None).await);
    asks(&give(json!([staff("rita", &["reporter", "senior"])]), None).await);
    let stand_in = json!({ "site": "elm", "from": "2020-01-01", "to": "2090-01-01" });
    let value = json!({ "name": "Rita", "roles": { "elm": ["reporter"] }, "delegate": [stand_in] });
    asks(&give(json!([{ "kind": "staff", "id": "rita", "value": value }]), None).await);
    let wrong = give(manager.clone(), Some(OTHER_PASSWORD)).await;
    assert_eq!((wrong.refused(422), wrong.body["field"].as_str()), ("wrong_current", Some("password")));
    let lists = mara.get("/v1/directory").await.ok();
    assert!(lists["directory"]["staff"]["late-1"].is_null(), "all or nothing");
    // Whoever leads and has not signed in yet is let in with the password only.
    asks(&mara.post("/v1/invites", json!({ "staff": "sean" })).await);
    let given = mara.post("/v1/invites", json!({ "staff": "sean", "password": PASSWORD })).await;
    assert_eq!(given.status, 200, "{}", given.body);
    // What takes nothing but a session: somebody who reports, and less than somebody had.
    assert_eq!(give(json!([staff("late-1", &["reporter"])]), None).await.status, 200);
    assert_eq!(mara.post("/v1/invites", json!({ "staff": "late-1" })).await.status, 200);
    assert_eq!(give(json!([staff("dora", &["reporter"])]), None).await.status, 200);
    asks(&give(json!([staff("dora", &["deputy_manager"])]), None).await);
    assert_eq!(give(manager, Some(PASSWORD)).await.status, 200);
    // A role that has ended is not given back either.
    assert_eq!(give(json!([{ "kind": "staff", "id": "new-1", "value": null }]), None).await.status, 200);
    asks(&give(json!([staff("new-1", &["registered_manager"])]), None).await);
}

#[tokio::test]
async fn a_code_that_somebody_made_for_themselves_only_brings_in_a_device() {
    let house = House::open().await;
    let mara = house.join("mara").await;
    let mut passkey = add(&house, &mara).await;
    let invite = mara.post("/v1/invites", json!({ "staff": "mara", "password": PASSWORD })).await.ok();
    let mut second = Phone::new(&house.server.url);
    let body = |phone: &Phone| json!({ "code": invite["code"], "password": OTHER_PASSWORD, "device": phone.description("Two") });
    let joined = second.post("/v1/enrol", body(&second)).await;
    assert!(joined.headers.get("set-cookie").is_none(), "it opens nothing");
    assert_eq!((&joined.body["person"], &joined.body["share"]), (&Value::Null, &Value::Null));
    second.enter(joined);
    assert_eq!(second.get("/v1/me").await.refused(401), "sign_in_first");
    assert_eq!(mara.get("/v1/me").await.status, 200, "no session of hers ended");
    // The password of before, and the passkey.
    let other = second.post("/v1/sign-in", second.sign_in_body("mara", OTHER_PASSWORD)).await;
    assert_eq!(other.refused(401), "wrong_password");
    let asked = password(&second, "mara").await.ok();
    assert_eq!(asked["needs"], "passkey");
    second.enter(finish(&second, &asked, passkey.sign(&asked)).await);
    assert_eq!(second.get("/v1/passkeys").await.ok()["passkeys"].as_array().map(Vec::len), Some(1));
    // A reply that was lost can be asked for again, by the same device; it opens nothing then either.
    let again = second.post("/v1/enrol", body(&second)).await;
    assert!(again.headers.get("set-cookie").is_none() && again.status == 200, "{}", again.body);
    let third = Phone::new(&house.server.url);
    assert_eq!(third.post("/v1/enrol", body(&third)).await.refused(410), "invite_used");
}

#[tokio::test]
async fn adding_and_removing_need_the_password_and_touch_nobody_else() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let sean = house.join("sean").await;
    let wrong = rita.post("/v1/passkeys/start", json!({ "password": "not mine at all" })).await;
    assert_eq!((wrong.refused(422), wrong.body["field"].as_str()), ("wrong_current", Some("password")));
    let mut passkey = add(&house, &rita).await;
    let id = rita.get("/v1/passkeys").await.ok()["passkeys"][0]["id"].clone();

    // Somebody else's ticket, a name that is none, the same passkey once more.
    let asked = rita.post("/v1/passkeys/start", json!({ "password": PASSWORD })).await.ok();
    let answer = |name: &str, passkey: &mut SoftPasskey| json!({ "ticket": asked["ticket"], "name": name, "credential": passkey.make(&asked) });
    assert_eq!(rita.post("/v1/passkeys", answer(" ", &mut passkey)).await.refused(422), "missing_field");
    assert_eq!(sean.post("/v1/passkeys", answer("Mine", &mut passkey)).await.refused(410), "passkey_over");
    assert_eq!(
        rita.post("/v1/passkeys", answer("Again", &mut passkey)).await.refused(422),
        "passkey_not_added"
    );
    let asked = sean.post("/v1/passkeys/start", json!({ "password": PASSWORD })).await.ok();
    let body = json!({ "ticket": asked["ticket"], "name": "Mine", "credential": passkey.make(&asked) });
    assert_eq!(sean.post("/v1/passkeys", body).await.refused(409), "passkey_known", "it is hers");

    let remove = async |phone: &Phone, id: &Value, password: &str| {
        phone.post("/v1/passkeys/remove", json!({ "id": id, "password": password })).await
    };
    assert_eq!(remove(&rita, &id, "not mine at all").await.refused(422), "wrong_current");
    assert_eq!(remove(&sean, &id, PASSWORD).await.refused(404), "passkey_not_found");
    assert_eq!(remove(&rita, &json!("x"), PASSWORD).await.refused(404), "passkey_not_found");
    // Asked for and removed before the answer: the answer opens nothing.
    let asked = password(&rita, "rita").await.ok();
    assert_eq!(remove(&rita, &id, PASSWORD).await.ok()["passkeys"], json!([]));
    assert_eq!(finish(&rita, &asked, passkey.sign(&asked)).await.refused(401), "passkey_refused");
    assert_eq!(password(&rita, "rita").await.ok()["person"]["id"], "rita", "the password alone opens again");
}

#[tokio::test]
async fn at_an_address_without_a_name_passkeys_are_not_offered_and_one_of_before_says_why() {
    let house = House::with(|config| config.base_url = Some("https://192.0.2.7".into())).await;
    let answer = house.boss.get("/v1/passkeys").await;
    assert_eq!(answer.ok(), json!({ "host": null, "passkeys": [] }));
    let start = house.boss.post("/v1/passkeys/start", json!({ "password": PASSWORD })).await;
    assert_eq!(start.refused(409), "passkeys_not_here");
    let (row, json) = (house.bytes(&"00".repeat(32)), "{}");
    let sql = format!(
        "INSERT INTO passkey (tenant, id, staff, name, credential, added_at) \
         SELECT tenant, {row}, 'boss', 'Old', '{json}', 0 FROM provider"
    );
    house.look().await.change(&sql).await;
    let half = password(&house.boss, "boss").await;
    assert_eq!(half.refused(409), "passkeys_not_here");
    assert!(half.body["sentence"].as_str().expect("words").contains("new invite code"));
}
