//! The first part of every pack: a few pages that stand alone, on paper, in a file of their own, and on the page.

use crate::{
    life::{Life, plain_kinds, request},
    packs::{made, unpack},
    paper,
};
use evidence::{PackKind, doc::Block, first_pdf, html, pdf, verify};

/// More is not read in ten minutes.
const MOST: usize = 10;

/// The page before the rest, and the rest.
fn halves(page: &str) -> (&str, &str) {
    page.split_once("<div class=\"rest\">").expect("a rest")
}

#[test]
fn the_first_part_of_every_kind_is_short_and_stands_alone() {
    let life = Life::of(400);
    for kind in plain_kinds() {
        let asked = request(kind);
        let file = first_pdf(&life.register, &asked);
        if let Ok(folder) = std::env::var("SHOW_PACKS") {
            std::fs::write(format!("{folder}/{}-first.pdf", kind.code()), &file).expect("written");
        }
        let (first, all) = (paper::pages(&file), paper::pages(&pdf(&life.register, &asked, None)));
        assert!(first.len() <= MOST, "{}: {} pages", kind.code(), first.len());
        assert!(first.len() < all.len(), "{}: {} of {}", kind.code(), first.len(), all.len());
        let words = first.concat();
        let mut parts = vec!["About this pack", "What the whole pack holds", "How to check that nothing"];
        if kind != PackKind::SupervisionNote {
            parts.extend(["If you have ten minutes", "What has not gone well", "What changed"]);
        }
        if kind != PackKind::Commissioner {
            parts.push("One example all the way through");
        }
        for part in parts {
            assert!(words.contains(part), "{}: {part}", kind.code());
        }
        assert!(words.contains(&format!("{} pages", all.len())), "{}: how long all of it is", kind.code());
    }
}

#[test]
fn nothing_in_the_first_part_leads_to_what_is_not_in_it() {
    let life = Life::of(120);
    let built = made(&life, &request(PackKind::Inspector));
    let first = built.doc.first_part(40);
    let known: Vec<&str> = first.sections.iter().map(|section| section.id.as_str()).collect();
    let mut led = Vec::new();
    for block in first.sections.iter().flat_map(|section| &section.blocks) {
        match block {
            Block::Links(links) => led.extend(links.iter().map(|link| link.to.as_str())),
            Block::Table(table) => {
                led.extend(table.rows.iter().flatten().filter_map(|cell| cell.to.as_deref()));
            }
            _ => {}
        }
    }
    let astray: Vec<_> = led.iter().filter(|to| !known.contains(to)).collect();
    assert!(astray.is_empty(), "{astray:?}");
}

#[test]
fn the_page_offers_the_first_part_alone_and_all_with_about_how_many_pages() {
    let life = Life::of(150);
    let asked = request(PackKind::Inspector);
    for watermark in [None, Some("For the named reader")] {
        let page = html(&life.register, &asked, watermark);
        let all = paper::pages(&pdf(&life.register, &asked, watermark)).len();
        // A browser needs a little more paper than the PDF does.
        let about = all + all.div_ceil(8);
        assert!(page.contains(&format!("<a href=\"#all-parts\">Print all (about {about} pages)</a>")));
        let offer =
            page.split("<a href=\"#first-part\">Print the first part (about ").nth(1).expect("an offer");
        let pages: usize =
            offer.split_once(" pages)").and_then(|(number, _)| number.parse().ok()).expect("pages");
        assert!(pages <= MOST && pages < all, "{pages} of {all}");
        // Without a script: the address inside the page takes the rest away.
        for id in ["id=\"first-part\"", "id=\"all-parts\""] {
            let stands = page.find(id).expect(id);
            assert!(stands < page.find("<main").expect("main"), "{id} stands before what it changes");
        }
        assert!(page.contains("#first-part:target~main .rest{display:none}"));
        let (first, rest) = halves(&page);
        for part in ["front", "ten-minutes", "not-well", "examples", "changed", "checking"] {
            assert!(first.contains(&format!("<section id=\"{part}\"")), "{part}");
        }
        assert_eq!(first.matches("<section id=\"story-").count(), 1, "one example");
        assert!(rest.contains("<section id=\"story-"), "the others behind it");
        for part in ["statements", "numbers", "records", "left-out"] {
            assert!(rest.contains(&format!("<section id=\"{part}\"")), "{part}");
        }
    }
}

#[test]
fn the_parts_are_listed_once() {
    let life = Life::of(60);
    for kind in plain_kinds() {
        let page = html(&life.register, &request(kind), None);
        assert_eq!(page.matches("aria-label=\"Contents\"").count(), 1, "{}", kind.code());
        let chapters = page.matches("<h2 id=\"").count() - 1;
        let listed =
            page.split("aria-label=\"Contents\">").nth(1).and_then(|rest| rest.split("</nav>").next());
        let listed = listed.expect("contents").matches("<li>").count();
        assert_eq!(listed, chapters, "{}: each chapter but the list itself", kind.code());
        for chapter in ["not-well", "decisions", "audits", "patterns", "checking"] {
            let links = page.matches(&format!("<a href=\"#{chapter}\"")).count();
            assert!(links <= 1, "{}: {links} links to {chapter}", kind.code());
        }
    }
}

#[test]
fn what_is_late_and_what_changed_say_how_many_there_are_where_not_all_stand_there() {
    let life = Life::of(400);
    let page = html(&life.register, &request(PackKind::GovernanceReport), None);
    let (first, rest) = halves(&page);
    let rows = |part: &str, caption: &str| {
        let table = part
            .split(&format!("<span class=\"cap\">{caption}"))
            .nth(1)
            .and_then(|rest| rest.split("</table>").next());
        table.unwrap_or_else(|| panic!("{caption}")).matches("<tr>").count() - 1
    };
    let late = rows(rest, "Late on the day the report was made, oldest due date first");
    assert!(late > 10, "the life has much that is late: {late}");
    let caption = format!("Late on the day the pack was made: the 10 that are late the longest, of {late}");
    assert_eq!(rows(first, &caption), 10);
    assert_eq!(rows(first, "What was measured before and after: the 10 newest results, of "), 10);
}

#[test]
fn the_file_of_the_first_part_is_one_that_is_checked() {
    let life = Life::of(60);
    let built = made(&life, &request(PackKind::Inspector));
    let files = unpack(&built.bytes);
    let file = files.iter().find(|file| file.name == "first-part.pdf").expect("the file");
    let count = |name: &str| {
        let file = files.iter().find(|file| file.name == name).expect(name);
        paper::pages(&file.bytes).len()
    };
    assert_eq!(built.pages, [count("first-part.pdf"), count("pack.pdf")]);
    assert_eq!(file.bytes, built.first_pdf);
    assert_eq!(verify(&built.bytes).map(|report| report.files), Ok(files.len() - 1), "all but the list");
    let list = files.iter().find(|file| file.name == "manifest.json").expect("the list");
    assert!(String::from_utf8_lossy(&list.bytes).contains("\"first-part.pdf\""));
}

#[test]
fn a_supervision_note_has_lines_for_the_pen() {
    let life = Life::of(60);
    let page = html(&life.register, &request(PackKind::SupervisionNote), None);
    assert_eq!(page.matches("<span class=\"pen\">").count(), 11, "three for each answer, one to sign on");
}
