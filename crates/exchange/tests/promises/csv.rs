//! Tables: nothing runs, nothing is lost, nobody is named who should not be, and the dictionary agrees.

use crate::story::{MEADOW, OAK, WHY, directory, summer, told};
use chrono::NaiveDate;
use domain::{category::CATEGORIES, ids::SiteId, time::parse_date, verbs::REPORT};
use exchange::{
    Selection,
    csv::{About, Cell, Form, Table, guarded, read, table, tables, to_text, unguarded},
};

fn find<'a>(tables: &'a [Table], name: &str) -> &'a Table {
    tables.iter().find(|table| table.name == name).unwrap_or_else(|| panic!("{name}"))
}

fn cell(table: &Table, row: usize, column: &str) -> String {
    let place = table.column(column).unwrap_or_else(|| panic!("{} has no {column}", table.name));
    table.rows[row][place].to_string()
}

#[test]
fn every_table_has_its_rows_and_every_row_a_cell_for_each_column() {
    let story = told();
    let tables = tables(&story.register, &summer(true));
    let sizes: Vec<_> = tables.iter().map(|table| (table.name, table.rows.len())).collect();
    assert_eq!(sizes[..3], [("records.csv", 4), ("actions.csv", 2), ("decisions.csv", 22)]);
    assert_eq!(find(&tables, "audit_answers.csv").rows.len(), 5);
    assert!(!find(&tables, "alerts.csv").rows.is_empty());
    for table in &tables {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.name);
    }
}

#[test]
fn a_record_reads_as_it_stands_with_code_and_label() {
    let story = told();
    let records = table(&story.register, &summer(true), "records.csv").expect("records");
    let expected = [
        ("record", "r-med"),
        ("category", "medication"),
        ("category_label", "Medicines"),
        ("subtype", "wrong_dose"),
        ("subtype_label", "Wrong dose or amount"),
        ("kind", "near_miss"),
        ("occurred_at", "2026-06-11T08:29:00+01:00"),
        ("ncc_merp", "B"),
        ("pir", "too_little_or_too_much"),
        ("score", "9"),
        ("band_label", "High"),
        ("factors", "task; workload_and_staffing"),
        ("bodies_needed", "cqc; council_safeguarding"),
        ("verdict", "improved"),
        ("value_count", "1"),
        ("reporter_role_label", "Care staff"),
        ("people", "P-7"),
    ];
    for (column, value) in expected {
        assert_eq!(cell(&records, 0, column), value, "{column}");
    }
    // Asked to stay sealed: neither code nor role, with people in the pack or without.
    assert_eq!(
        (cell(&records, 1, "reporter"), cell(&records, 1, "reporter_role")),
        ("hidden".into(), String::new())
    );
    assert_eq!(cell(&records, 1, "exam_overdue_days"), "10");
}

#[test]
fn a_file_reads_back_as_it_was_written() {
    let story = told();
    for identified in [true, false] {
        for table in tables(&story.register, &summer(identified)) {
            for mark in [true, false] {
                let text = to_text(&table, mark);
                assert_eq!(text.starts_with('\u{feff}'), mark);
                let (header, rows) = read(&text).expect("table");
                assert!(header.iter().eq(table.columns.iter().map(|column| &column.name)));
                let written: Vec<Vec<String>> =
                    table.rows.iter().map(|row| row.iter().map(Cell::to_string).collect()).collect();
                assert_eq!(rows, written, "{}", table.name);
            }
        }
    }
}

#[test]
fn nothing_that_somebody_typed_runs_as_a_formula() {
    for text in ["=1+1", "+1", "-1", "@a", "\tx", "\rx", "'=1", "''=1", " =1", "' =x"] {
        assert!(guarded(text).starts_with('\''), "{text:?}");
        assert_eq!(unguarded(&guarded(text)), text);
    }
    for text in ["a=1", "'quoted'", "", "1-2", "'"] {
        assert_eq!(guarded(text), text);
        assert_eq!(unguarded(text), text);
    }
    let story = told();
    let text = to_text(&table(&story.register, &summer(true), "records.csv").expect("records"), false);
    assert!(text.contains("\"'=2+2, he said\r\nand it was caught\""), "{text}");
    assert!(text.contains("\"'-Insulin \"\"fast\"\"\""), "{text}");
    assert!(text.lines().next().is_some_and(|header| header.starts_with("record,site,site_name,category,")));
}

#[test]
fn a_number_stays_a_number() {
    let columns = vec![About { name: "n".into(), meaning: "A number.".into(), form: Form::Number }];
    let rows = vec![vec![Cell::Number(-1.5)], vec![Cell::Whole(-3)], vec![f64::NAN.into()]];
    let text = to_text(&Table { name: "n.csv", columns, rows }, false);
    assert_eq!(text, "n\r\n-1.5\r\n-3\r\n\"\"\r\n");
}

#[test]
fn without_people_nobody_can_be_told() {
    let story = told();
    let tables = tables(&story.register, &summer(false));
    let all: String = tables.iter().map(|table| to_text(table, false)).collect();
    let typed = [
        "he said",
        "\"fast\"",
        "Put back",
        "checked\"",
        "Strap is worn",
        "Typed by hand",
        "Two rounds",
        "Caught in time",
        "REF-1",
        "Move the round",
        "New strap",
        "Nobody did",
        "One gap",
        "Near misses of the round",
        "room-12",
        "Room 12",
        "P-7",
        "P-9",
    ];
    for words in typed {
        assert!(!all.contains(words), "{words}");
    }
    for who in directory().staff.keys() {
        assert!(!all.contains(who.as_str()), "{who}");
    }
    let records = find(&tables, "records.csv");
    assert_eq!(cell(records, 0, "people"), "person-001");
    let behaviour = (0..4).find(|row| cell(records, *row, "record") == "r-beh").expect("r-beh");
    assert_eq!(cell(records, behaviour, "people"), "person-002; person-001");
    assert_eq!(cell(records, 1, "location"), "lounge");
    assert_eq!(cell(records, 0, "reporter_role"), "reporter");
}

#[test]
fn a_table_with_people_says_in_each_row_why() {
    let story = told();
    for table in tables(&story.register, &summer(true)) {
        let is_about_columns = matches!(table.name, "dictionary.csv" | "codes.csv");
        assert_eq!(table.column("why_with_people").is_some(), !is_about_columns, "{}", table.name);
        let said = (0..table.rows.len()).filter(|_| !is_about_columns);
        assert!(said.map(|row| cell(&table, row, "why_with_people")).all(|why| why == WHY), "{}", table.name);
    }
    // What was asked once does not stand in a file without people.
    let coded = Selection { why: Some(WHY.into()), ..summer(false) };
    assert!(tables(&story.register, &coded).iter().all(|table| table.column("why_with_people").is_none()));
}

#[test]
fn without_people_nothing_tells_when_a_sealed_report_was_written() {
    let story = told();
    let (plain, named) = (tables(&story.register, &summer(false)), tables(&story.register, &summer(true)));
    for table in &plain {
        let text = to_text(table, false);
        assert!(!text.contains("r-env") && !text.contains("2026-07-03T21:30"), "{}: {text}", table.name);
    }
    let records = find(&plain, "records.csv");
    assert_eq!(
        ["record", "occurred_at", "reported_at"].map(|column| cell(records, 1, column)),
        ["RENV", "2026-07-03", "2026-07-03"]
    );
    assert_eq!(cell(records, 0, "occurred_at"), "2026-06-11T08:29:00+01:00", "the reporter gave a name");
    // A row of a pattern that a sealed report may have raised, and its rows in the other tables.
    let alerts = find(&plain, "alerts.csv");
    let of_it: Vec<usize> =
        (0..alerts.rows.len()).filter(|row| cell(alerts, *row, "records").contains("RENV")).collect();
    assert!(!of_it.is_empty());
    assert!(of_it.iter().all(|row| parse_date(&cell(alerts, *row, "raised_at")).is_some()));
    assert_eq!(cell(find(&plain, "actions.csv"), 1, "record"), "RENV");
    assert_eq!(cell(find(&named, "records.csv"), 1, "record"), "r-env", "asked for with people");
}

#[test]
fn a_selection_takes_its_site_category_and_dates() {
    let story = told();
    let ids = |selection: &Selection| {
        let records = table(&story.register, selection, "records.csv").expect("records");
        (0..records.rows.len()).map(|row| cell(&records, row, "record")).collect::<Vec<_>>()
    };
    let all = summer(false);
    assert_eq!(
        ids(&Selection { site: Some(SiteId::from(MEADOW)), ..all.clone() }),
        ["r-med", "RENV", "r-beh"]
    );
    assert_eq!(ids(&Selection { category: Some("medication".into()), ..all.clone() }), ["r-med", "r-oak"]);
    let date = |day| NaiveDate::from_ymd_opt(2026, 7, day).expect("date");
    assert_eq!(ids(&Selection { from: date(3), to: date(20), ..all.clone() }), ["RENV", "r-beh"]);
    let empty = Selection { from: date(4), to: date(5), ..all };
    assert_eq!(ids(&empty), [""; 0]);
    assert!(tables(&story.register, &empty).iter().all(|table| !to_text(table, true).contains("NaN")));
}

#[test]
fn the_dictionary_names_every_column_of_every_file_and_no_other() {
    let story = told();
    let tables = tables(&story.register, &summer(true));
    let dictionary = find(&tables, "dictionary.csv");
    let listed: Vec<(String, String)> = (0..dictionary.rows.len())
        .map(|row| (cell(dictionary, row, "file"), cell(dictionary, row, "column")))
        .collect();
    let real: Vec<(String, String)> = tables
        .iter()
        .flat_map(|table| table.columns.iter().map(|column| (table.name.to_owned(), column.name.clone())))
        .collect();
    assert_eq!(listed, real);
    for row in 0..dictionary.rows.len() {
        assert!(cell(dictionary, row, "meaning").ends_with(['.', '?']), "{row}");
    }
    let mut names: Vec<_> = listed.clone();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), listed.len(), "a column is there twice");
}

#[test]
fn every_field_of_step_1_has_a_column_and_every_code_a_label() {
    let story = told();
    let tables = tables(&story.register, &summer(true));
    let records = find(&tables, "records.csv");
    for field in REPORT.iter().chain(CATEGORIES.iter().flat_map(|spec| spec.fields)) {
        let is_subtype = CATEGORIES.iter().any(|spec| spec.subtype == field.name);
        assert!(is_subtype || records.column(field.name).is_some(), "{}", field.name);
    }
    let codes = find(&tables, "codes.csv");
    assert!(codes.rows.len() > 200);
    for table in &tables {
        for (place, column) in table.columns.iter().enumerate() {
            if column.form.list().is_some() {
                assert_eq!(table.columns[place + 1].form, Form::Label, "{}", column.name);
            }
        }
    }
}

#[test]
fn a_month_before_the_site_had_records_has_no_measured_zeros() {
    let story = told();
    // The homes are live from May and have their first records in June and July.
    let wide = Selection { from: parse_date("2025-11-01").expect("a date"), ..summer(true) };
    let measures = table(&story.register, &wide, "measures.csv").expect("measures");
    let (site, month) = (measures.column("site").expect("site"), measures.column("month").expect("month"));
    let first = |home: &str| {
        let rows = measures.rows.iter().filter(|row| row[site].to_string() == home);
        rows.map(|row| row[month].to_string()).min()
    };
    assert_eq!(first(MEADOW).as_deref(), Some("2026-06"));
    assert_eq!(first(OAK).as_deref(), Some("2026-07"));
}
