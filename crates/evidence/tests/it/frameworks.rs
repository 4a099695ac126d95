//! Frameworks: the built-in ones, a provider's own, and plain words for what is wrong with one. Figures: those that
//! domain measures too are the same numbers.

use crate::life::{HOMES, Life, request};
use domain::{
    measures::{self, Scope, What},
    vocabulary::QUALITY_STATEMENT,
};
use evidence::{
    PackKind, Story,
    figures::Figures,
    framework::{self, FrameworkFault, Status, parse},
    html,
};
use serde_json::{Value, json};

#[test]
fn the_statements_are_those_of_the_vocabulary() {
    let built_in = framework::quality_statements();
    let codes: Vec<&str> = built_in.entries.iter().map(|entry| entry.code.as_str()).collect();
    let listed: Vec<&str> = QUALITY_STATEMENT.codes.iter().map(|code| code.code).collect();
    assert_eq!(codes, listed);
    for (entry, code) in built_in.entries.iter().zip(QUALITY_STATEMENT.codes) {
        let label = format!("{}: {}", entry.group, entry.title).to_lowercase();
        assert_eq!(label, code.label.to_lowercase());
        assert!(!entry.evidence.is_empty() && !entry.shows.is_empty(), "{}", entry.code);
    }
}

#[test]
fn the_draft_says_that_it_is_one_and_invents_no_question() {
    let draft = framework::key_lines_of_enquiry();
    assert_eq!(draft.status, Status::Draft);
    assert!(draft.note.contains("final wording was not available"));
    let quoted = draft.entries.iter().filter(|entry| entry.title.ends_with('?')).count();
    assert_eq!((draft.entries.len(), quoted), (6, 1));
    let life = Life::of(20);
    let mut request = request(PackKind::Inspector);
    request.framework = draft.clone();
    assert!(html(&life.register, &request, None).contains("The final wording was not available on the day"));
}

#[test]
fn a_provider_may_use_a_file_of_the_same_shape() {
    let own = serde_json::to_string(framework::quality_statements())
        .expect("text")
        .replace("Learning culture", "Our own words");
    let own = parse(&format!("\u{feff}{own}")).expect("a good file");
    let life = Life::of(20);
    let mut request = request(PackKind::Inspector);
    request.framework = own;
    assert!(html(&life.register, &request, None).contains("Our own words"));
}

#[test]
fn what_is_wrong_with_a_file_is_said_in_words() {
    let faults = |text: &str| parse(text).expect_err(text);
    assert!(matches!(faults("hello")[..], [FrameworkFault::Unreadable(_)]));
    assert!(matches!(faults("{\"id\": 3}")[..], [FrameworkFault::Unreadable(_)]));
    assert_eq!(faults(&" ".repeat(256 * 1024 + 1)), [FrameworkFault::TooLarge]);
    let file = |entries: &str| {
        format!(
            "{{\"id\":\"a\",\"version\":\"1\",\"title\":\"\",\"status\":\"own\",\"checked\":\"\",\"note\":\"\",\"entries\":[{entries}]}}"
        )
    };
    assert_eq!(faults(&file("")), [FrameworkFault::Missing("title"), FrameworkFault::NoEntries]);
    let entry = "{\"code\":\"x\",\"group\":\"Safe\",\"title\":\"T\",\"shows\":\"\",\"evidence\":[{\"says\":\"\"},
        {\"says\":\"\",\"figures\":[\"nope\"],\"records\":{\"factor\":[\"bad\"],\"fields\":{\"text\":[\"a\"],\"stage\":[\"later\"]}}}]}";
    let said: Vec<String> =
        faults(&file(&format!("{entry},{entry}"))).iter().map(ToString::to_string).collect();
    for part in [
        "names no title",
        "names no records",
        "\u{201c}nope\u{201d} is not a figure",
        "\u{201c}bad\u{201d} is not a factor",
        "\u{201c}text\u{201d} is not a question with fixed answers",
        "\u{201c}later\u{201d} is not a medication stage",
        "Two entries have the code x",
    ] {
        assert!(said.iter().any(|fault| fault.contains(part)), "{part} in {said:#?}");
    }
}

#[test]
fn a_file_that_no_list_can_keep_is_refused() {
    let faults = |name: &str, value: Value| {
        let mut file = serde_json::to_value(framework::quality_statements()).expect("JSON");
        file[name] = value;
        parse(&file.to_string()).expect_err(name)
    };
    assert_eq!(faults("id", "our words".into()), [FrameworkFault::BadId("our words".into())]);
    assert_eq!(faults("id", ".hidden".into()), [FrameworkFault::BadId(".hidden".into())]);
    let name = "version";
    assert_eq!(faults(name, "1".repeat(41).into()), [FrameworkFault::TooLong { name, most: 40 }]);
    let entry = |nr: usize| json!({"code": nr.to_string(), "group": "Safe", "title": "T", "shows": "", "evidence": []});
    let many: Vec<Value> = (0..201).map(entry).collect();
    assert_eq!(faults("entries", many.into()), [FrameworkFault::TooManyEntries]);
    for (known, text) in framework::files() {
        assert_eq!(parse(text).as_ref(), Ok(known), "a file to start from reads");
    }
}

#[test]
fn figures_are_the_same_numbers_that_domain_measures() {
    let life = Life::of(150);
    let request = request(PackKind::Inspector);
    let figures = Figures::for_request(&life.register, &request);
    let scopes = HOMES.iter().map(|home| Some(*home)).chain([None]);
    for site in scopes {
        for category in [None, Some("medication"), Some("environment"), Some("behaviour")] {
            let scope = Scope { site, category };
            let place = site.map(Into::into);
            let figure = |id: &str| figures.figure(id, place.as_ref(), category).expect("a figure");
            let (from, to) = (request.from, request.to);
            for (id, what) in
                [("records", What::All), ("near_misses", What::NearMiss), ("incidents", What::Incident)]
            {
                let counted = f64::from(measures::count(&life.register, &scope, what, from, to));
                assert_eq!(figure(id).value, Some(counted), "{id} of {scope:?}");
            }
            assert_eq!(
                figure("luck_share").value,
                measures::luck_share(&life.register, &scope, from, to).value
            );
            for step in 2..=5 {
                let times = measures::time_to_step(&life.register, &scope, step, from, to);
                assert_eq!(
                    figure(&format!("step_{step}_median")).value,
                    times.median_min,
                    "{step} of {scope:?}"
                );
                assert_eq!(
                    figure(&format!("step_{step}_in_time")).value,
                    times.in_time_pct,
                    "{step} of {scope:?}"
                );
            }
        }
    }
}

#[test]
fn a_story_alone_is_de_identified_unless_asked() {
    let life = Life::of(30);
    let record = life.register.records().find(|record| !record.told.is_empty()).expect("one told");
    let text = |identified, coded| {
        format!(
            "{:?}",
            Story::alone(&life.register, record, identified, coded, request(PackKind::Inspector).made_at)
        )
    };
    let (plain, full, coded) = (text(false, false), text(true, false), text(true, true));
    assert!(!plain.contains(crate::life::SECRET) && plain.contains(crate::life::SHARED));
    assert!(full.contains(crate::life::SECRET));
    assert!(!coded.contains(crate::life::SECRET) && !coded.contains(crate::life::SHARED));
    for key in ["noticed", "risk", "told", "actions", "outcome", "heard", "decisions"] {
        assert!(plain.contains(&format!("key: \"{key}\"")), "{key}");
    }
}
