//! A page behind a read-only link speaks only of what its reader has; a pack on paper only of what is on paper.

use crate::{
    life::{Life, plain_kinds, request},
    packs::{made, unpack},
    paper::pages,
};
use evidence::{PackKind, html, pdf};

/// Files of a pack, which nobody has who reads by a link.
const FILES: [&str; 5] = ["records.csv", "log.jsonl", "proof.json", "README.txt", "pack.html"];

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
fn paper_says_of_no_picture_that_it_is_drawn_there() {
    let life = Life::of(200);
    let asked = request(PackKind::Inspector);
    let page = html(&life.register, &asked, None);
    let paper = pages(&pdf(&life.register, &asked, None)).concat().replace('\n', " ");
    assert!(!paper.contains("are drawn"), "nothing is drawn on paper");
    assert_eq!(
        paper.matches("The picture of this is in pack.html.").count(),
        page.matches("<figure>").count()
    );
    let files = unpack(&made(&life, &asked).bytes);
    let readme = files.iter().find(|file| file.name == "README.txt").expect("there");
    assert!(String::from_utf8_lossy(&readme.bytes).contains("The pictures are in pack.html only."));
}

#[test]
fn the_contents_do_not_lead_to_themselves() {
    let life = Life::of(20);
    let page = html(&life.register, &request(PackKind::Inspector), None);
    assert!(page.contains("id=\"contents\"") && page.contains("href=\"#numbers\""));
    assert!(!page.contains("href=\"#contents\""));
}
