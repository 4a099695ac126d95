//! A page behind a read-only link speaks only of what its reader has; a pack on paper only of what is on paper.

use crate::{
    life::{Life, plain_kinds, request},
    paper::pages,
};
use evidence::{PackKind, html, pdf};

/// Files of a pack, which nobody has who reads by a link.
const FILES: [&str; 6] =
    ["records.csv", "log.jsonl", "proof.json", "README.txt", "pack.html", "first-part.pdf"];

#[test]
fn who_reads_by_a_link_is_told_of_no_file_and_how_to_have_it_checked() {
    let life = Life::of(60);
    for kind in plain_kinds() {
        let page = html(&life.register, &request(kind), Some("For the named reader"));
        for file in FILES {
            assert!(!page.contains(file), "{}: {file}", kind.code());
        }
        assert!(page.contains("ask the service for the whole pack of the same days"), "{}", kind.code());
        assert!(!page.contains("In the files:"), "{}", kind.code());
    }
    let whole = html(&life.register, &request(PackKind::Inspector), None);
    assert!(
        whole.contains("README.txt") && whole.contains("In the files:"),
        "who has the files is told of them"
    );
}

#[test]
fn paper_has_the_pictures_of_the_page_with_the_same_words_in_them() {
    let life = Life::of(200);
    for kind in plain_kinds() {
        let asked = request(kind);
        let page = html(&life.register, &asked, None);
        let file = pdf(&life.register, &asked, None);
        let figures = file.windows(10).filter(|part| part == b"/S /Figure").count();
        let spoken = file.windows(6).filter(|part| part == b"/Alt (").count()
            + file.windows(6).filter(|part| part == b"/Alt <").count();
        assert_eq!(figures, page.matches("<svg class=\"chart\"").count(), "{}", kind.code());
        assert_eq!(spoken, figures, "{}: each says what it shows", kind.code());
        let lines: Vec<String> = pages(&file).concat().lines().map(str::to_owned).collect();
        let drawn = page.split("<text ").skip(1).filter_map(|text| text.split_once('>')?.1.split_once('<'));
        for (words, _) in drawn {
            assert!(lines.iter().any(|line| line == words), "{}: {words}", kind.code());
        }
    }
}

#[test]
fn the_contents_do_not_lead_to_themselves() {
    let life = Life::of(20);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    assert!(page.contains("id=\"contents\"") && page.contains("href=\"#numbers\""));
    assert!(!page.contains("href=\"#contents\""));
}
