//! What each person gets to read, and that paging never shows anything else than a fresh start would.

use crate::{
    harness::{Answer, House},
    phone::{Phone, accepted, all_accepted, environment, medication, reason},
};
use domain::time::Instant;
use serde_json::{Value, json};
use server::clock::real_now;
use std::time::Duration;
use sync::wire::{NEXT_HEADER, PulledRow};

/// A device that pulls page by page and starts again when it is told to.
struct Reader {
    phone: Phone,
    cursor: u64,
    scope: String,
    rows: Vec<PulledRow>,
    resets: usize,
}

impl Reader {
    fn new(phone: Phone) -> Reader {
        Reader { phone, cursor: 0, scope: String::new(), rows: Vec::new(), resets: 0 }
    }

    async fn pull(&mut self) -> &[PulledRow] {
        loop {
            let page = self.phone.pull(self.cursor, &self.scope).await;
            if page.reset {
                self.resets += 1;
                self.rows.clear();
            }
            self.rows.extend(page.rows);
            (self.cursor, self.scope) = (page.next, page.scope);
            if !page.more {
                return &self.rows;
            }
        }
    }

    /// The same as somebody who starts with an empty device.
    async fn is_like_new(&mut self) {
        self.pull().await;
        assert_eq!(self.rows, self.phone.pull_all().await.rows, "{}", self.phone.staff);
    }
}

fn records(rows: &[PulledRow]) -> Vec<&str> {
    let mut ids: Vec<&str> = rows.iter().filter_map(|row| row.event.record.as_deref()).collect();
    ids.dedup();
    ids
}

#[tokio::test]
async fn everybody_reads_what_their_role_sees() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut sean = house.join("sean").await;
    let behaviour = json!({ "category": "behaviour", "happened": "nothing_yet", "hands_on": "no",
        "behaviour_type": "shouting_or_threats", "triggers": ["noise"] });
    let events = [
        rita.report("med"),
        rita.write("report", "env", environment()),
        rita.write("report", "beh", behaviour),
    ];
    all_accepted(&rita.push(&events).await);
    let his = sean.report("sean-med");
    accepted(&sean.push_one(&his).await);
    let check = async |staff: &str, expected: &[&str]| {
        let rows = match staff {
            "boss" => house.boss.pull_all().await.rows,
            staff => house.join(staff).await.pull_all().await.rows,
        };
        assert_eq!(records(&rows), expected, "{staff}");
    };
    check("rita", &["med", "env", "beh"]).await;
    check("sean", &["med", "env", "sean-med"]).await;
    check("lena", &["beh"]).await;
    check("medi", &["med", "sean-med"]).await;
    check("main", &["env"]).await;
    check("dora", &["med", "env", "beh", "sean-med"]).await;
    check("mara", &["med", "env", "beh", "sean-med"]).await;
    check("inga", &["med", "env", "beh", "sean-med"]).await;
    check("boss", &["med", "env", "beh", "sean-med"]).await;
    check("adam", &[]).await;
    check("oki", &[]).await;
    let commissioner = house.join("cora").await.pull_all().await.rows;
    assert_eq!(records(&commissioner), ["med", "env", "beh", "sean-med"]);
    assert!(
        commissioner
            .iter()
            .all(|row| row.event.by.code() == "hidden" && !row.event.with.contains_key("text"))
    );
}

#[tokio::test]
async fn a_confidential_reporter_is_hidden_from_all_but_herself() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["identity"] = json!("confidential");
    let events =
        [rita.write("report", "r1", with), rita.write("add_note", "r1", json!({ "text": "and then" }))];
    all_accepted(&rita.push(&events).await);
    let mara = house.join("mara").await;
    let answer = mara.get("/v1/pull").await.ok();
    assert!(!answer.to_string().contains("rita"), "nowhere in the reply: {answer}");
    assert!(!answer.to_string().contains(&rita.id), "not by her phone either");
    let own = rita.pull_all().await.rows;
    assert!(own.iter().all(|row| row.event.by.code() == "rita"));
}

#[tokio::test]
async fn neither_times_nor_looks_nor_the_list_of_devices_tell_who_reports_in_confidence() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["identity"] = json!("confidential");
    // In one go, from a clock that is off as no other is.
    let mut events = Vec::new();
    for (record, with) in [("open", medication()), ("sealed", with)] {
        let mut envelope = rita.envelope("report", record, with);
        envelope.offset_ms = Some(4_321);
        events.push(rita.seal(&envelope));
    }
    all_accepted(&rita.push(&events).await);
    let looks = |id: &str| json!({ "views": [{ "id": id, "record": "sealed", "at": real_now() }] });
    rita.post("/v1/views", looks("v-1")).await.ok();
    let mara = house.join("mara").await;
    mara.post("/v1/views", looks("v-2")).await.ok();
    let rows = mara.pull_all().await.rows;
    let [open, sealed] = rows.as_slice() else { panic!("two rows") };
    assert_eq!((open.judgement.offset_ms, open.event.offset_ms), (4_321, Some(4_321)));
    assert_eq!((sealed.judgement.offset_ms, sealed.event.offset_ms), (0, None));
    assert_eq!(sealed.event.device_time, sealed.judgement.corrected_at);
    assert_ne!(open.judgement.received_at, sealed.judgement.received_at);
    assert_eq!(sealed.judgement.received_at.timestamp_micros() % 60_000_000, 0, "to the minute");
    let own = &rita.pull_all().await.rows[1].judgement;
    assert_eq!(own.received_at, sealed.judgement.received_at, "one time for all who fold it");
    assert_eq!(own.offset_ms, 4_321, "her own clock is no secret to her");
    let looked = mara.get("/v1/records/sealed/views").await.ok();
    assert_eq!(
        (looked["views"].as_array().map(Vec::len), &looked["views"][0]["staff"]),
        (Some(1), &json!("mara"))
    );
}

#[tokio::test]
async fn a_confidential_report_that_is_set_aside_does_not_tell_its_author() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["identity"] = json!("confidential");
    with["error_type"] = json!("of_no_list");
    let report = rita.write("report", "odd", with);
    assert_eq!(reason(&rita.push_one(&report).await), "unknown_code");
    let mara = house.join("mara").await;
    let answer = mara.get("/v1/pull").await.ok().to_string();
    assert!(answer.contains("of_no_list"), "she reads what was written");
    assert!(!answer.contains("rita") && !answer.contains(&rita.id), "{answer}");
    assert_eq!(rita.pull_all().await.rows[0].event.by.code(), "rita");
}

#[tokio::test]
async fn the_list_of_devices_says_how_many_days_a_phone_is_away_and_no_moment() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    all_accepted(&rita.push(&[rita.clone().report("r1")]).await);
    let away = async || -> chrono::TimeDelta {
        let devices = house.boss.get("/v1/devices").await.ok();
        let devices = devices["devices"].as_array().expect("devices").clone();
        let hers = devices.iter().find(|device| device["id"] == *rita.id).expect("her phone");
        let last: Instant = serde_json::from_value(hers["last_contact_at"].clone()).expect("an instant");
        real_now() - last
    };
    let second = chrono::TimeDelta::seconds(30);
    assert!(away().await < second);
    for (hours, days) in [(23, 0), (25, 1), (71, 2)] {
        let at = (real_now() - chrono::TimeDelta::hours(hours)).timestamp_micros();
        let sql = format!("UPDATE device SET last_contact_at = {at} WHERE id = '{}'", rita.id);
        house.look().await.change(&sql).await;
        let away = away().await - chrono::TimeDelta::days(days);
        assert!(away >= chrono::TimeDelta::zero() && away < second, "{hours} hours: {away}");
    }
}

#[tokio::test]
async fn who_reads_a_whole_event_gets_its_hash_and_nothing_that_shows_a_gap() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut with = medication();
    with["identity"] = json!("confidential");
    let events = [rita.report("open"), rita.write("report", "sealed", with), rita.report("open-2")];
    all_accepted(&rita.push(&events).await);
    let mut nameless = environment();
    nameless["identity"] = json!("anonymous");
    let letter = json!({
        "tenant": rita.tenant, "verb": "report", "site": "elm", "with": nameless, "offline": false,
        "written_at": real_now(), "sent_at": real_now(), "key": "letter-1",
    });
    rita.post("/v1/anonymous", letter).await.ok();
    let hashes = async |phone: &Phone| {
        let rows = phone.pull_all().await.rows;
        rows.iter().map(|row| row.hash).collect::<Vec<_>>()
    };
    let (first, sealed, last) = (events[0].hash(), events[1].hash(), events[2].hash());
    let mara = house.join("mara").await;
    assert_eq!(
        hashes(&mara).await,
        [Some(first), None, Some(last), None],
        "sealed and nameless ones have none"
    );
    assert_eq!(
        hashes(&rita).await,
        [Some(first), Some(sealed), Some(last)],
        "her own words are no secret to her"
    );
    let cora = house.join("cora").await;
    assert!(hashes(&cora).await.iter().all(Option::is_none), "who reads counts gets no hash");
    let reply = mara.get("/v1/pull").await.ok().to_string();
    for told in ["\"dseq\"", "\"prev\"", "\"epoch\"", &sealed.to_string()] {
        assert!(!reply.contains(told), "{told} is in the reply: {reply}");
    }
}

#[tokio::test]
async fn a_record_that_comes_into_view_comes_whole() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut medi = Reader::new(house.join("medi").await);
    let mut main = Reader::new(house.join("main").await);
    let mut mara = Reader::new(house.join("mara").await);
    let mut sean = Reader::new(house.join("sean").await);
    for event in
        [rita.write("report", "r1", environment()), rita.write("add_note", "r1", json!({ "text": "first" }))]
    {
        accepted(&rita.push_one(&event).await);
    }
    assert_eq!(medi.pull().await.len(), 0);
    assert_eq!(main.pull().await.len(), 2);
    assert_eq!(mara.pull().await.len(), 2);
    assert_eq!(sean.pull().await.len(), 2);
    let changes = json!({ "category": "medication", "error_type": "wrong_dose" });
    let amend = rita.write("amend", "r1", json!({ "changes": changes, "reason": "It was about tablets." }));
    accepted(&rita.push_one(&amend).await);
    assert_eq!(medi.pull().await.len(), 3, "also what was written before it came into view");
    assert_eq!(main.pull().await.len(), 0, "and away from those who no longer see it");
    for reader in [&mut medi, &mut main, &mut mara, &mut sean] {
        reader.is_like_new().await;
    }
    assert_eq!((mara.resets, sean.resets), (1, 1), "who saw it all along does not start again");
}

#[tokio::test]
async fn f57_what_was_written_before_a_report_goes_when_the_record_is_not_its_authors_to_see() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut lena = Reader::new(house.join("lena").await);
    let mut mara = Reader::new(house.join("mara").await);
    let mut medi = Reader::new(house.join("medi").await);
    let early = lena.phone.write("add_note", "r1", json!({ "text": "I saw it too" }));
    lena.phone.push_one(&early).await;
    assert_eq!(lena.pull().await.len(), 1, "her own, about a record that nobody knows yet");
    assert_eq!((mara.pull().await.len(), medi.pull().await.len()), (1, 0));
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    for reader in [&mut lena, &mut mara, &mut medi] {
        reader.is_like_new().await;
    }
    assert_eq!((lena.rows.len(), mara.rows.len()), (0, 2), "the record is the manager's to see, not hers");
}

#[tokio::test]
async fn the_owner_of_an_action_reads_its_record() {
    let house = House::open().await;
    let mut lena = Reader::new(house.join("lena").await);
    let mut mara = house.join("mara").await;
    let mut medi = house.join("medi").await;
    let mut rita = house.join("rita").await;
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    assert_eq!(lena.pull().await.len(), 0);
    let review = json!({ "potential_most_likely": 3, "potential_worst": 4, "likelihood": 2 });
    let review = mara.write("review_risk", "r1", review);
    let spec = domain::category::find("medication").expect("a category");
    let asked =
        domain::notification::questions_for(spec).map(|question| (question.id.to_string(), json!("n")));
    let asked: serde_json::Map<String, Value> = asked.collect();
    let assess =
        json!({ "answers": asked, "outcome": "not_notifiable", "reason": "It did not reach anyone." });
    let assess = mara.write("assess_notification", "r1", assess);
    all_accepted(&mara.push(&[review, assess]).await);
    let plan = json!({ "text": "Ask the shop", "owner": "lena", "due": "2999-01-01", "strength": "weaker" });
    let plan = medi.write("plan_action", "r1", plan);
    accepted(&medi.push_one(&plan).await);
    assert_eq!(lena.pull().await.len(), 4, "the whole record");
    lena.is_like_new().await;
}

#[tokio::test]
async fn f57_a_changed_role_starts_the_device_again() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut lena = Reader::new(house.join("lena").await);
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    assert_eq!(lena.pull().await.len(), 0);
    let roles = |roles: Value| {
        json!({ "changes": [{ "kind": "staff", "id": "lena",
        "value": { "name": "Lena", "roles": { "elm": roles } } }], "password": crate::harness::PASSWORD })
    };
    house.boss.post("/v1/directory", roles(json!(["shift_lead", "senior"]))).await.ok();
    assert_eq!(lena.pull().await.len(), 1);
    house.boss.post("/v1/directory", roles(json!(["shift_lead"]))).await.ok();
    assert_eq!(lena.pull().await.len(), 0, "what she may no longer see is taken away");
    lena.is_like_new().await;
}

#[tokio::test]
async fn pages_put_together_are_the_whole_log() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut sean = house.join("sean").await;
    for batch in 0..6 {
        let events: Vec<_> = (0..150).map(|n| rita.report(&format!("r-{batch}-{n}"))).collect();
        all_accepted(&rita.push(&events).await);
        let event = sean.report(&format!("s-{batch}"));
        accepted(&sean.push_one(&event).await);
    }
    let first = rita.pull(0, "").await;
    assert_eq!((first.rows.len(), first.more, first.reset), (500, true, true));
    assert_eq!(rita.pull_all().await.rows.len(), 900);
    let few = rita.get("/v1/pull?cursor=0&limit=7").await;
    assert_eq!(few.body["rows"].as_array().map(Vec::len), Some(7));
    let next =
        |answer: &Answer| answer.headers.get(NEXT_HEADER).map(|next| next.to_str().expect("text").to_owned());
    assert_eq!(next(&few), Some(few.body["next"].to_string()), "told before the page has arrived");
    assert_eq!(
        next(&rita.get("/v1/pull?cursor=906&limit=7").await),
        Some(few.body["next"].to_string()),
        "without its mark it starts again"
    );
    let last = rita.get(&format!("/v1/pull?cursor=900&scope={}", first.scope)).await;
    assert_eq!((next(&last), last.body["more"].as_bool()), (None, Some(false)), "nothing comes after it");
    let ahead = rita.pull(5_000, &first.scope).await;
    assert_eq!((ahead.rows.len(), ahead.next, ahead.more), (0, 906, false));
}

#[tokio::test]
async fn a_hint_comes_when_there_is_something_to_pull() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mara = house.join("mara").await;
    let mut stream = mara.request(reqwest::Method::GET, "/v1/hints").send().await.expect("a stream");
    let report = rita.report("r1");
    accepted(&rita.push_one(&report).await);
    let hint = tokio::time::timeout(Duration::from_secs(5), stream.chunk()).await.expect("soon");
    let text = String::from_utf8(hint.expect("a chunk").expect("not the end").to_vec()).expect("text");
    assert!(text.contains("id: 1") && text.contains("data: {\"seq\":1}"), "{text}");
}
