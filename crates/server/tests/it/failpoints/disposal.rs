//! Words are taken out of records whose time is over: of all that were planned or of none, and where the list of
//! disposals names a record, its words are nowhere in the database any more.

use crate::{
    ground::{is_postgres, place, words},
    log_disposal::{SECRET, about, holds_words, of_2014, report, said},
    phone::{Phone, all_accepted, reason},
    program::{Served, run_and_kill_at},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// In the order in which it comes by them, with two records to go, and whether they are gone after an end there.
const PLACES: [(&str, bool); 8] = [
    ("dispose::locked=pause", false),
    ("dispose::emptied=pause", false),
    ("dispose::apart_emptied=pause", false),
    ("dispose::written=pause", false),
    ("dispose::emptied=1*off->pause", false),
    ("dispose::written=1*off->pause", false),
    ("dispose::before_commit=pause", false),
    ("dispose::after_commit=pause", true),
];
/// After that, a file is wiped: written anew but not yet in its place, and in its place but not yet marked as wiped.
const WIPED: [(&str, bool); 2] = [("dispose::packed=pause", true), ("dispose::wiped=pause", true)];

struct Scene {
    data: PathBuf,
    clock: String,
    boss: Phone,
    rita: Phone,
}

impl Scene {
    /// By a clock of 2014.
    fn serve(&mut self) -> Served {
        let served = Served::start_among(&self.data, &[("NOTICED_CLOCK_FILE", self.clock.clone())]);
        self.boss.url.clone_from(&served.url);
        self.rita.url.clone_from(&served.url);
        served
    }

    /// Two records that ended. About the first, an entry was set apart, and a manager said what was done.
    async fn write(&mut self, records: &[String; 2]) {
        let [first, second] = records;
        let served = self.serve();
        let rita = &mut self.rita;
        let events = [
            report(rita, first, SECRET),
            rita.write("withdraw", first, json!({ "reason": SECRET })),
            report(rita, second, SECRET),
            rita.write("withdraw", second, json!({ "reason": SECRET })),
        ];
        all_accepted(&rita.push(&events).await);
        let mut stranger = rita.envelope("add_note", first, json!({ "text": SECRET }));
        stranger.actor = "mara".into();
        let stranger = rita.seal(&stranger);
        assert_eq!(reason(&rita.push_one(&stranger).await), "actor_not_on_device");
        let apart = &self.boss.get("/v1/attention").await.ok()["items"][0];
        let dealt = json!({ "kind": apart["kind"], "id": apart["id"], "said": SECRET });
        self.boss.post("/v1/attention", dealt).await.ok();
        served.kill_hard();
    }

    /// What a server that is started now says: each record is there with its words, or gone and listed once.
    async fn look(&mut self, records: &[String; 2], are_gone: bool, at: &str) {
        let served = self.serve();
        let rows = self.boss.pull_all().await.rows;
        for record in records {
            let of_it = rows.iter().filter(|row| row.event.record.as_deref() == Some(record));
            let words: Vec<bool> =
                of_it.map(|row| json!(row.event.with).to_string().contains(SECRET)).collect();
            assert_eq!(words, [!are_gone; 2], "{at}: {record} is whole, or its words are gone");
        }
        let listed = self.boss.get("/v1/log").await.ok()["disposals"].clone();
        let listed: Vec<&str> = names(&listed, "record");
        assert_eq!(listed.len(), listed.iter().collect::<BTreeSet<_>>().len(), "{at}: one is listed twice");
        for record in records {
            assert_eq!(listed.contains(&record.as_str()), are_gone, "{at}: what the list says is so");
        }
        let dealt = self.boss.get("/v1/attention?dealt_with=true").await.ok();
        assert_eq!(dealt.to_string().contains(SECRET), !are_gone, "{at}: what a manager said");
        served.kill_hard();
        assert_eq!(holds_words(&self.data).await, !are_gone, "{at}: anywhere in the database");
        let verified = about(&self.data, "verify", &[]);
        assert!(verified.status.success(), "{at}: {}", said(&verified));
    }
}

fn names<'a>(list: &'a Value, field: &str) -> Vec<&'a str> {
    list.as_array().expect("a list").iter().map(|one| one[field].as_str().expect("a text")).collect()
}

#[tokio::test]
async fn f59_killed_at_any_place_of_a_disposal_it_is_done_or_nothing_is_and_the_next_one_ends_it() {
    let (house, rita, _) = of_2014().await;
    let (data, clock) = (house.data(), house.folder.path().join("clock"));
    fs::write(&clock, "2014-03-01T10:00:00Z").expect("written");
    let mut scene = Scene { data: data.clone(), clock: clock.display().to_string(), boss: house.boss, rita };
    house.server.stop().await;
    assert!(said(&about(&data, "dispose", &["--by", "Mara"])).contains("1 record was disposed of"));
    let of_a_file = WIPED.into_iter().filter(|_| !is_postgres());
    for (number, (at, are_gone)) in PLACES.into_iter().chain(of_a_file).enumerate() {
        let records = [format!("a{number}"), format!("b{number}")];
        scene.write(&records).await;
        assert!(holds_words(&data).await);
        dispose_and_die(&data, at);
        scene.look(&records, are_gone, at).await;

        let again = said(&about(&data, "dispose", &["--by", "Mara"]));
        let left = if are_gone { "0 records were" } else { "2 records were" };
        assert!(again.contains(left), "{at}: {again}");
        scene.look(&records, true, at).await;
    }
}

fn dispose_and_die(data: &Path, at: &str) {
    let place = words(&place(data));
    let words = ["dispose", "--by", "Mara"].into_iter().chain(place.iter().map(String::as_str));
    run_and_kill_at(&words.collect::<Vec<_>>(), at);
}
