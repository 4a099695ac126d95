//! The page of a pack: nothing typed leaks, it is one file, and the same question gives the same bytes.

use crate::life::{Life, SECRET, SHARED, at, event, now, plain_kinds, request, staff_of};
use domain::{
    learning,
    patterns::{Alert, State},
    time::parse_date,
};
use evidence::{PackKind, figures::Figures, framework, html, style_sha256};
use serde_json::json;

#[test]
fn a_de_identified_page_holds_no_typed_word_no_code_and_no_name() {
    let life = Life::of(120);
    for kind in plain_kinds() {
        let page = html(&life.register, &request(kind), None);
        if let Ok(folder) = std::env::var("SHOW_PACKS") {
            std::fs::write(format!("{folder}/{}.html", kind.code()), &page).expect("written");
        }
        for leak in [SECRET, "P-meadow-house", "Room 4", "reporter-meadow-house", "phone-of"] {
            assert!(!page.contains(leak), "{}: {leak}", kind.code());
        }
        assert_eq!(page.contains(SHARED), kind != PackKind::Commissioner, "{}", kind.code());
    }
}

#[test]
fn an_identified_page_holds_them_and_says_why() {
    let life = Life::of(60);
    let mut request = request(PackKind::Inspector);
    request.identified = Some("Asked for by the inspector on site".into());
    let page = html(&life.register, &request, None);
    assert!(page.contains(SECRET) && page.contains("Asked for by the inspector on site"));
    assert!(page.contains("name is sealed"), "a sealed reporter stays sealed");
}

#[test]
fn a_page_is_one_file_without_scripts_that_a_strict_policy_lets_in() {
    let life = Life::of(40);
    let page = html(&life.register, &request(PackKind::Inspector), Some("For <one> reader"));
    for never in ["<script", "http://", "https://", " style=", "onload", "<img"] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("For &lt;one&gt; reader") && page.contains("Meadow &amp; Oak &lt;Care&gt;"));
    assert_eq!(page.matches("<h1>").count(), 1);
    let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
    assert!(style.contains("For \\3c one\\3e  reader"), "escaped in the style: {style}");
    let hash = style_sha256(&page).expect("a hash");
    assert!(hash.starts_with("sha256-") && hash.len() == 51, "{hash}");
}

#[test]
fn a_page_has_its_pictures_each_named_and_told() {
    let life = Life::of(120);
    for (kind, pictures) in [
        (PackKind::Inspector, &["months", "kinds", "halves"][..]),
        (PackKind::Commissioner, &["months", "halves"]),
        (PackKind::GovernanceReport, &["months", "kinds", "halves"]),
        (PackKind::MedicationAuditFile, &["months", "kinds", "halves"]),
    ] {
        let page = html(&life.register, &request(kind), None);
        assert_eq!(page.matches("<figure>").count(), pictures.len(), "{}", kind.code());
        assert_eq!(page.matches("role=\"img\"").count(), pictures.len(), "{}", kind.code());
        for picture in pictures {
            for part in ["title", "words"] {
                let id = format!(" id=\"picture-{picture}-{part}\"");
                assert_eq!(page.matches(&id).count(), 1, "{}: {id}", kind.code());
            }
        }
        assert!(!page.contains("NaN") && !page.contains("inf%"), "{}", kind.code());
    }
}

#[test]
fn a_page_of_nothing_has_no_broken_picture() {
    let life = Life::of(0);
    for kind in PackKind::ALL {
        let mut request = request(kind);
        let page = html(&life.register, &request, None);
        assert!(!page.contains("NaN"), "{}", kind.code());
        request.from = parse_date("2026-08-10").expect("a date");
        request.to = parse_date("2026-08-20").expect("a date");
        let page = html(&life.register, &request, None);
        assert!(!page.contains("<figure>"), "{}: no whole month, and nothing to count", kind.code());
    }
    let page = html(&life.register, &request(PackKind::GovernanceReport), None);
    assert!(page.contains("What nearly happens most: nothing to count."));
}

#[test]
fn a_caption_stays_within_the_screen() {
    let life = Life::of(20);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    assert_eq!(page.matches("<caption><span class=\"cap\">").count(), page.matches("<table").count());
    assert!(page.contains(".cap{display:block;position:sticky;left:0;"));
}

#[test]
fn every_link_of_a_page_leads_somewhere() {
    let life = Life::of(60);
    for kind in PackKind::ALL {
        for chosen in framework::all() {
            let mut request = request(kind);
            request.framework = chosen.clone();
            let page = html(&life.register, &request, None);
            for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(page.contains(&format!("id=\"{link}\"")), "{}: {link}", kind.code());
            }
        }
    }
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    let (one, other) = (Life::of(50), Life::of(50));
    let request = request(PackKind::Inspector);
    assert_eq!(html(&one.register, &request, None), html(&other.register, &request, None));
}

#[test]
fn a_time_without_records_is_not_compared_with_one_that_has_them() {
    let life = Life::of(150);
    // The homes began in June; the pack is made on 5 October and asks for the whole year.
    let mut request = request(PackKind::Commissioner);
    request.from = parse_date("2026-01-01").expect("a date");
    request.to = parse_date("2026-12-31").expect("a date");
    let page = html(&life.register, &request, None);
    assert!(page.contains("Compared here: 1 June 2026 to 5 October 2026."));
    assert!(page.contains("63 days before 3 Aug 2026, 64 days from it"));
    assert!(!page.contains("more than chance would bring. Reporting of near misses did not fall"));
}

#[test]
fn a_pattern_that_waited_and_that_nobody_settled_says_both() {
    const HOME: &str = "meadow-house";
    let mut life = Life::of(120);
    let open = |alert: &&Alert| alert.state(now()) == State::Open && alert.settled.is_none();
    let alert = life.register.alerts(HOME).find(open).expect("an alert");
    let with = json!({"alert": alert.name(), "until": "2026-10-03T09:00:00Z"});
    let when = at("2026-10-01T09:00Z");
    life.arrive(
        event("wait", "snooze_alert", HOME, "", &staff_of("registered_manager", HOME), when, with),
        when,
    );
    let page = html(&life.register, &request(PackKind::Inspector), None);
    let waited = "It waited until 3 Oct 2026 (Registered Manager, 1 Oct 2026). Nobody has settled it yet";
    assert!(page.contains(waited));
    assert!(!page.contains("Nobody has settled it yet ("));
}

#[test]
fn an_audit_that_is_not_due_yet_is_neither_done_nor_missed() {
    let life = Life::of(60);
    let request = request(PackKind::GovernanceReport);
    let page = html(&life.register, &request, None);
    for words in [
        "Not done, not due yet",
        "Not done, past its date",
        "Signed 4 Sep 2026 by:",
        "Signed 4 Sep 2026, 21 days late by:",
        "Not signed, past its date",
        "Not signed, not due yet",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let figures = Figures::for_request(&life.register, &request);
    let share = |id: &str| {
        let figure = figures.figure(id, None, None).expect(id);
        (figure.numerator, figure.denominator)
    };
    // Two homes: medicines and behaviour of June, July and August; those of September are due on 14 October.
    assert_eq!(share("audits_signed_in_time"), (Some(2.0), Some(12.0)));
    assert_eq!(share("oversights_signed"), (Some(0.0), Some(4.0)), "of April to June");
}

#[test]
fn a_month_that_is_counted_in_part_says_so() {
    let life = Life::of(60);
    let mut request = request(PackKind::GovernanceReport);
    request.from = parse_date("2026-05-20").expect("a date");
    request.to = parse_date("2026-12-31").expect("a date");
    let page = html(&life.register, &request, None);
    for name in ["May 2026, before every site had records", "June 2026<", "October 2026, to 5 October"] {
        assert!(page.contains(name), "{name}");
    }
    assert!(!page.contains(">November 2026<"), "it has not begun");
}

#[test]
fn an_inspector_is_told_what_is_late_what_came_back_and_that_nobody_settled_it() {
    let life = Life::of(120);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    assert!(!page.contains("Needs you") && !page.contains("Now: needs you"), "the reader does not work here");
    assert!(page.contains("<table class=\"short\">"), "a short table is not split by the printer");
    assert!(page.contains("Nobody has settled it yet"));
    assert!(
        page.contains("Medicines, July 2026") && !page.contains("Medicines, 2026-07"),
        "periods in words"
    );
    for late in ["Steps late now", "Audits past their date", "Oversights by the provider past their date"] {
        assert!(page.contains(late), "{late}");
    }
    let back = life.register.records().filter(|record| {
        let better =
            record.outcome().is_some_and(|review| review.verdict != "too_early" && !review.goes_back());
        better && !learning::came_back(record, &life.register).is_empty()
    });
    let back = back.count();
    assert!(back > 0, "the life has changes that did not hold");
    assert!(page.contains(", then it came back<"));
    let figures = Figures::for_request(&life.register, &request(PackKind::Inspector));
    let figure =
        |id: &str| figures.figure(id, None, None).and_then(|figure| figure.numerator).unwrap_or_default();
    assert_eq!(figure("better_came_back"), back as f64);
    assert!(figure("improved_share") + figure("better_came_back") + figure("worse_or_same") > 0.0);
}

#[test]
fn what_was_not_done_in_time_is_named_with_the_worst_first() {
    let life = Life::of(120);
    let request = request(PackKind::Inspector);
    let page = html(&life.register, &request, None);
    let chapter = page.split("id=\"not-well\"").nth(1).expect("the chapter");
    let chapter = chapter.split("</section>").next().expect("its end");
    let figures = Figures::for_request(&life.register, &request).whole();
    let mut timed: Vec<_> = figures.iter().filter(|figure| figure.id.ends_with("_in_time")).collect();
    assert_eq!(timed.len(), 5, "risk review, decision, first action, first result, audits");
    timed.retain(|figure| figure.value.is_some_and(|share| share < 100.0));
    assert!(timed.len() > 1, "the life has late steps");
    timed.sort_by(|one, other| one.value.partial_cmp(&other.value).expect("numbers"));
    let places: Vec<_> = timed
        .iter()
        .map(|figure| chapter.find(&format!("{}<", figure.name)).unwrap_or_else(|| panic!("{}", figure.name)))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(timed.iter().all(|figure| chapter.contains(&figure.shown)));
}

#[test]
fn the_index_of_statements_counts_all_that_stands_under_them() {
    let life = Life::of(120);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    let index = page
        .split("<caption><span class=\"cap\">Where the evidence is")
        .nth(1)
        .and_then(|rest| rest.split("</table>").next());
    let index = index.expect("the index");
    let row = |title: &str| {
        let row = index.split("<tr").find(|row| row.contains(&format!(">{title}<")));
        row.unwrap_or_else(|| panic!("{title}")).to_owned()
    };
    let governance = row("Governance, management and sustainability");
    assert!(governance.contains("audits") && governance.contains("numbers"), "{governance}");
    assert!(!index.contains(">0<"), "a 0 beside patterns and audits says that there is nothing");
}

#[test]
fn a_page_is_written_in_words_and_not_in_versions() {
    let life = Life::of(40);
    let mut request = request(PackKind::Inspector);
    request.framework = framework::key_lines_of_enquiry().clone();
    let page = html(&life.register, &request, None);
    assert!(page.contains("Key lines of enquiry 2026 (draft), draft of November 2026"));
    assert!(page.contains("Checked: November 2026.") && page.contains("Rules of November 2026."));
    assert!(page.contains("By the rules of November 2026."), "of a decision");
    assert_eq!(page.matches("model-1").count(), 1, "the codes stand once, on the first page");
    assert!(!page.contains("draft-2026-11"));
}

#[test]
fn paper_is_not_left_half_empty_and_no_head_stands_alone() {
    let life = Life::of(150);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    let tables: Vec<&str> =
        page.split("<table").skip(1).filter_map(|rest| rest.split("</table>").next()).collect();
    let rows = |table: &str| table.matches("<tr>").count() - 1;
    for table in &tables {
        assert_eq!(table.starts_with(" class=\"short\""), rows(table) <= 12, "{} rows", rows(table));
    }
    assert!(tables.iter().any(|table| (13..=20).contains(&rows(table))), "some are long");
    let (_, print) = page.split_once("@media print{").expect("a style for paper");
    for (kept, with_what_follows) in
        [("caption,thead,:is(h2,h3,h4)+p", "break-after:avoid"), ("tr,caption,.short", "break-inside:avoid")]
    {
        let rule = print.split('}').find(|rule| rule.contains(kept)).expect(kept);
        assert!(rule.ends_with(with_what_follows), "{rule}");
    }
    assert!(page.contains("Of how many: given in each cell"));
}
