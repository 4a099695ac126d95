//! Lists of the past: what is ready, what is not and why, and that the domain takes what is ready.

use crate::story::{MEADOW, Story, now, summer, told};
use domain::{ids::SiteId, pathway::State, record::Kind, register::Register, time::parse_instant};
use exchange::{
    Selection, csv,
    import::{DryRun, Encoding, Limits, Reading, Same, Target, decode, read},
};
use serde_json::{Value, json};
use std::fmt::Write;

fn site() -> SiteId {
    MEADOW.into()
}

fn run(register: &Register, text: &str) -> Result<DryRun, String> {
    read(text, Target { register, site: &site(), now: now() }, &Limits::default())
}

fn dry(text: &str) -> DryRun {
    run(&Story::new().register, text).unwrap_or_else(|sentence| panic!("{sentence}"))
}

/// The one sentence about the one row of a list.
#[track_caller]
fn refused(text: &str, column: &str, words: &str) {
    let dry = dry(text);
    let [fault] = dry.faults.as_slice() else { panic!("{dry:?}") };
    assert_eq!((fault.column.as_str(), fault.row), (column, 2), "{fault:?}");
    assert!(fault.sentence.contains(words) && fault.sentence.ends_with('.'), "{fault:?}");
    assert!(dry.ready.is_empty());
}

const PLAIN: &str = "Date,Time,Category,Type,Place,Person code,What happened,Harm,Kind,Action taken\r\n";

#[test]
fn a_plain_list_is_read_as_people_write_it() {
    let dry = dry(&[PLAIN, "26/06/2025,2:30 pm,Meds,Wrong dose or amount,Room 12,p-7,\"5 mg, not 3\",no harm,near miss,Chart changed\r\n"].concat());
    assert_eq!(dry.faults, []);
    let expected = json!({
        "category": "medication", "error_type": "wrong_dose", "occurred_at": "2025-06-26T14:30:00+01:00",
        "happened": "something_happened", "reached": "no", "harm": "none", "location": "room-12", "people": ["P-7"],
        "text": "5 mg, not 3", "closed_note": "Chart changed", "source_row": 2
    });
    assert_eq!(Value::Object(dry.ready[0].with.clone()), expected);
    assert_eq!((dry.ready[0].kind, dry.by_category["medication"]), (Kind::NearMiss, 1));
}

#[test]
fn one_row_and_several_rows_are_told_in_their_own_grammar() {
    let notes = |rows: usize| dry(&format!("{PLAIN}{}", ",,,,,,,,,\r\n".repeat(rows))).notes.join(" ");
    assert!(notes(1).contains("1 row that is empty: it is passed over."), "{}", notes(1));
    assert!(notes(2).contains("2 rows that are empty: they are passed over."), "{}", notes(2));
}

#[test]
fn dates_are_day_before_month_and_london_time() {
    let at = |day: &str| {
        let dry = dry(&format!("date,category,kind\n\"{day}\",medicines,near miss\n"));
        assert_eq!(dry.faults, [], "{day}");
        dry.ready[0].with["occurred_at"].as_str().unwrap_or_default().to_owned()
    };
    for (written, read) in [
        ("2025-06-26", "2025-06-26T12:00:00+01:00"),
        ("26/06/2025 08:05", "2025-06-26T08:05:00+01:00"),
        ("6.1.25", "2025-01-06T12:00:00+00:00"),
        ("26-06-2025 0805", "2025-06-26T08:05:00+01:00"),
        ("26 June 2025", "2025-06-26T12:00:00+01:00"),
        ("1st Dec 2025, 23:59", "2025-12-01T23:59:00+00:00"),
        ("2025-06-26T08:05:00Z", "2025-06-26T09:05:00+01:00"),
        ("2025-06-26T08:05", "2025-06-26T08:05:00+01:00"),
        ("2025-06-26 08:05:30", "2025-06-26T08:05:00+01:00"),
    ] {
        assert_eq!(at(written), read, "{written}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_row_and_what_to_do() {
    let row =
        |cells: &str| ["date,category,type,person,harm,kind,hands_on,intensity\n", cells, "\n"].concat();
    refused(&row("06/26/2025,meds,,,,,,"), "date", "is no date that we can read");
    refused(&row("45834,meds,,,,,,"), "date", "is a number, not a date");
    refused(&row(",meds,,,,,,"), "date", "Write the day");
    refused(&row("26/06/2199,meds,,,,,,"), "date", "in the future");
    refused(&row("26/06/1025,meds,,,,,,"), "date", "before 1990");
    refused(&row("26/06/2025 25:00,meds,,,,,,"), "date", "time that we cannot read");
    refused(&row("26/06/2025,,,,,,,"), "category", "No category");
    refused(&row("26/06/2025,gardening,,,,,,"), "category", "\"gardening\" is no category");
    refused(&row("26/06/2025,meds,,Mary Smith,,,,"), "person", "looks like a name");
    refused(&row("26/06/2025,meds,,Smith,,,,"), "person", "looks like a name");
    refused(&row("26/06/2025,meds,,,bruised,,,"), "harm", "Write none, some or unsure");
    refused(&row("26/06/2025,meds,,,,oops,,"), "kind", "Write near miss");
    refused(&row("26/06/2025,meds,,,some,near miss,,"), "harm", "do not fit together");
    refused(&row("26/06/2025,behaviour,throwing,,,,,"), "hands_on", "held, blocked or restricted");
    refused(&row("26/06/2025,behaviour,throwing,,,,no,9"), "intensity", "from 1 to 5");
}

#[test]
fn what_a_row_does_not_say_is_left_unsaid() {
    let dry = dry(
        "date,category,type,person,harm,hands_on\n1/2/2025,medicines,Spillage,R14,,\n1/2/2025,behaviour,throwing,,some,no\n",
    );
    assert_eq!(dry.faults, []);
    let first = &dry.ready[0];
    assert_eq!((first.kind, &first.with["error_type"]), (Kind::Unclassified, &json!("other")));
    assert_eq!(first.with["text"], "Type in the old list: Spillage");
    assert!(!first.with.contains_key("reached") && !first.with.contains_key("harm"));
    assert_eq!((dry.ready[1].kind, &dry.ready[1].with["triggers"]), (Kind::Incident, &json!(["unknown"])));
    assert_eq!(dry.notes.len(), 3, "{:?}", dry.notes);
    assert!(dry.notes[0].starts_with("2 rows without a time"));
}

#[test]
fn only_rows_that_are_read_in_are_counted_in_the_notes() {
    let dry = dry(
        "date,category,kind,type\n1/2/2025,meds,near miss,Spillage\n1/2/2025,meds,oops,Spillage\n1/2/2199,meds,near miss,\n1/2/2025,meds,near miss,Spillage\n",
    );
    assert_eq!((dry.ready.len(), dry.faults.len()), (1, 3), "{:?}", dry.faults);
    assert!(dry.notes[0].starts_with("1 row without a time"), "{:?}", dry.notes);
    assert!(dry.notes[1].starts_with("1 row with no type that we know"), "{:?}", dry.notes);
}

#[test]
fn a_file_that_cannot_be_read_is_refused_in_one_sentence() {
    let register = Story::new().register;
    for (text, words) in [
        ("category,text\nmeds,x\n", "when it happened"),
        ("date,text\n1/1/2025,x\n", "what it is about"),
        ("date,category,area\n1/1/2025,meds,meds\n", "Two columns"),
        ("date,category\n", "no rows"),
    ] {
        let sentence = run(&register, text).expect_err("refused");
        assert!(sentence.contains(words) && sentence.ends_with('.'), "{sentence}");
    }
    let limits = Limits { rows: 1, ..Limits::default() };
    let target = Target { register: &register, site: &site(), now: now() };
    let many = read("date,category\n1/1/2025,meds\n2/1/2025,meds\n", target, &limits).expect_err("too many");
    assert!(many.contains("2 rows"), "{many}");
}

#[test]
fn encodings_are_read_or_refused_in_words() {
    let list = "date,category,text\n1/1/2025,meds,caf\u{e9} \u{20ac}\n";
    let utf_16 = |number: fn(u16) -> [u8; 2]| {
        ['\u{feff}']
            .into_iter()
            .chain(list.chars())
            .flat_map(|letter| {
                let mut units = [0; 2];
                letter.encode_utf16(&mut units).iter().flat_map(|unit| number(*unit)).collect::<Vec<_>>()
            })
            .collect::<Vec<u8>>()
    };
    let windows: Vec<u8> = list
        .chars()
        .map(|letter| match letter {
            '\u{20ac}' => 0x80,
            letter => u8::try_from(u32::from(letter)).expect("one byte"),
        })
        .collect();
    for (bytes, encoding) in [
        (list.as_bytes().to_vec(), Encoding::Utf8),
        (["\u{feff}", list].concat().into_bytes(), Encoding::Utf8),
        (utf_16(u16::to_le_bytes), Encoding::Utf16),
        (utf_16(u16::to_be_bytes), Encoding::Utf16),
        (windows, Encoding::Windows1252),
    ] {
        assert_eq!(decode(&bytes), Ok((list.to_owned(), encoding)));
    }
    for (bytes, words) in [
        (&b""[..], "empty"),
        (b"PK\x03\x04abc", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (b"d\0a\0t\0e\0", "no text file"),
        (&[0xFF, 0xFE, 0x00, 0xD8], "damaged"),
        (&[0xFF, 0xFE, 0x41], "damaged"),
    ] {
        let sentence = decode(bytes).expect_err("refused");
        assert!(sentence.contains(words) && sentence.ends_with('.'), "{sentence}");
    }
}

#[test]
fn semicolons_and_tabs_are_read_too() {
    for list in [
        "date;category;text\n1/1/2025;meds;\"one; two, \"\"three\"\"\"\n",
        "date\tcategory\ttext\n1/1/2025\tmeds\tone; two, \"three\"\n",
    ] {
        assert_eq!(dry(list).ready[0].with["text"], "one; two, \"three\"", "{list}");
    }
}

#[test]
fn rows_that_are_twice_or_here_already_are_not_read_in() {
    let list = "date,time,category,kind,text\n1/2/2025,10:00,meds,near miss,a\n1/2/2025,10:00,meds,near miss,a\n1/2/2025,,meds,near miss,b\n1/2/2025,,meds,near miss,c\n";
    let dry = dry(list);
    assert_eq!(dry.ready.iter().map(|ready| ready.row).collect::<Vec<_>>(), [2, 4, 5]);
    assert_eq!(dry.twins().map(|fault| fault.same_as.clone()).collect::<Vec<_>>(), [Some(Same::Row(2))]);
    let mut story = Story::new();
    take(&mut story, &dry);
    let again = run(&story.register, list).expect("read");
    assert_eq!((again.ready.len(), again.twins().count()), (0, 4));
    assert!(again.plan(true).is_err());
    let other = run(&story.register, "date,category,kind,text\n1/2/2025,meds,near miss,d\n").expect("read");
    assert_eq!(other.ready.len(), 1, "another event of that day");
}

#[test]
fn rows_that_differ_only_in_a_column_that_is_not_read_stay_different() {
    let rows = "1/2/2025,10:00,meds,near miss,Red\n1/2/2025,10:00,meds,near miss,Blue\n1/2/2025,10:00,meds,near miss,Red\n1/2/2025,10:00,meds,near miss,Green\n";
    let list = ["date,time,category,kind,colour\n", rows].concat();
    let first = dry(&list);
    assert_eq!(first.unused, ["colour"]);
    assert_eq!(first.ready.iter().map(|ready| ready.row).collect::<Vec<_>>(), [2, 3, 5]);
    assert_eq!(first.twins().map(|fault| fault.row).collect::<Vec<_>>(), [4]);
    // The first two go in, as of a long list; then the same file again.
    let mut story = Story::new();
    take(&mut story, &DryRun { ready: first.ready[..2].to_vec(), ..DryRun::default() });
    let again = run(&story.register, &list).expect("read");
    assert_eq!(again.ready.iter().map(|ready| ready.row).collect::<Vec<_>>(), [5]);
    take(&mut story, &again);
    let whole = run(&story.register, &list).expect("read");
    assert_eq!((whole.ready.len(), whole.twins().count()), (0, 4), "the same file twice adds nothing");
}

#[test]
fn the_words_are_known_by_what_and_what_happened() {
    for name in ["what", "What", "what happened", "What happened?"] {
        let dry = dry(&format!("date,category,{name}\n1/2/2025,meds,Two tablets\n"));
        assert_eq!(dry.unused, Vec::<String>::new(), "{name}");
        assert_eq!(dry.ready[0].with["text"], "Two tablets", "{name}");
    }
}

#[test]
fn nothing_is_imported_by_halves_unless_a_person_says_so() {
    let dry = dry("date,category\n1/2/2025,meds\n31/2/2025,meds\n");
    let sentence = dry.plan(false).expect_err("one row has a fault");
    assert!(sentence.starts_with("1 row"), "{sentence}");
    assert_eq!(dry.plan(true).map(<[_]>::len), Ok(1));
}

fn take(story: &mut Story, dry: &DryRun) {
    for ready in &dry.ready {
        let record = format!("past-{}", ready.row);
        story.does("registered_manager", now(), "import_past", &record, Value::Object(ready.with.clone()));
    }
}

#[test]
fn our_own_records_file_comes_back_the_same() {
    let story = told();
    let selection = Selection { site: Some(site()), ..summer(true) };
    let table = csv::table(&story.register, &selection, "records.csv").expect("records");
    let text = csv::to_text(&table, true);
    let known = run(&story.register, &text).expect("read");
    assert_eq!(
        (known.ready.len(), known.twins().count()),
        (0, 3),
        "they are here already: {:?}",
        known.faults
    );
    let mut empty = Story::new();
    let dry = run(&empty.register, &text).expect("read");
    assert_eq!(dry.faults, []);
    take(&mut empty, &dry);
    for (number, id) in ["r-med", "r-env", "r-beh"].into_iter().enumerate() {
        let (old, new) = (story.record(id), empty.record(&format!("past-{}", number + 2)));
        assert_eq!((new.state, new.kind), (State::Closed, old.kind), "{id}");
        for (field, value) in &old.facts.fields {
            let same = match field.as_str() {
                "identity" => true,
                "occurred_at" => new.facts.occurred_at() == old.facts.occurred_at(),
                _ => new.facts.fields.get(field) == Some(value),
            };
            assert!(same, "{id}: {field} was {value}, is {:?}", new.facts.fields.get(field));
        }
    }
}

#[test]
fn fifty_thousand_rows_with_faults_come_to_a_few_sentences() {
    let mut list = PLAIN.to_owned();
    for number in 0..50_000 {
        let (day, hour, minute) = (number % 28 + 1, number / 28 % 24, number / 700 % 60);
        let faulty = match number % 10 {
            0 => "31/02/2025,,Meds,,,,,,,".to_owned(),
            1 => format!("{day}/3/2025,,Meds,,,Mary Smith,fell,,,"),
            2 => format!("{day}/3/2199,,Meds,,,,,,,"),
            3 => format!("{day}/3/2025,,Nowhere,,,,,,,"),
            _ => format!(
                "{day}/3/2025,{hour:02}:{minute:02},Meds,mar_gap,Room 12,P-7,\"number {number}, as told\",none,near miss,Done"
            ),
        };
        writeln!(list, "{faulty}").expect("memory");
    }
    let dry = dry(&list);
    assert_eq!((dry.ready.len(), dry.faults.len()), (30_000, 20_000));
    assert_eq!(dry.reasons.len(), 4, "{:?}", dry.reasons);
    assert!(dry.reasons.iter().all(|reason| reason.count == 5_000 && reason.rows.len() == 5));
    assert!(parse_instant(dry.ready[0].with["occurred_at"].as_str().unwrap_or_default()).is_some());
}

#[test]
fn a_list_read_in_pieces_says_the_same_as_in_one() {
    let mut list = PLAIN.to_owned();
    for number in 0..25 {
        let day = number % 3 + 1;
        let category = if number % 7 == 0 { "Nowhere" } else { "Meds" };
        writeln!(list, "{day}/3/2025,10:00,{category},mar_gap,Room 12,P-7,told,none,near miss,Done")
            .expect("memory");
        if number % 5 == 0 {
            list.push_str(",,,,,,,,,\r\n");
        }
    }
    let (register, site) = (Story::new().register, site());
    let target = Target { register: &register, site: &site, now: now() };
    let whole = run(&register, &list).expect("it is read");
    assert!(whole.faults.len() > 10 && !whole.notes.is_empty() && whole.ready.len() == 3, "{whole:?}");
    for piece in [1, 4, 1_000] {
        let mut reading = Reading::begin(&list, target, &Limits::default()).expect("it begins");
        let mut pieces = 0;
        while !reading.is_over() {
            reading.step(piece);
            pieces += 1;
        }
        assert_eq!((reading.done(), pieces), (reading.total(), reading.total().div_ceil(piece)));
        assert_eq!(reading.finish(), whole, "{piece}");
    }
}
