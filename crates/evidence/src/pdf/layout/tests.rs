//! Headings stay with what they are about.

use super::*;

#[test]
fn a_heading_is_never_the_last_thing_on_a_page() {
    let mut table = Table::new("A table with a caption", &[("What", 3), ("How many", 1)]).based_on("Basis");
    table.row([Cell::from("Records"), Cell::number(3)]);
    for lines in 1..60 {
        let filler = Section::new(2, "before", "Before").with(Block::List(vec!["A line".into(); lines]));
        let wanted = Section::new(3, "wanted", "Safe: a heading").with(Block::Table(table.clone()));
        let doc = Doc {
            title: "T".into(),
            author: "A".into(),
            running: "R".into(),
            watermark: None,
            sections: vec![filler, wanted],
            first: 2,
        };
        let layout = Layout::of(&doc);
        let heading = layout.marks.iter().find(|mark| mark.id == "wanted").expect("it is there");
        let cells = layout.elements.iter().filter(|element| element.role == StructRole::TD);
        let page = cells.flat_map(|cell| &cell.marks).map(|(page, _)| *page).min();
        assert_eq!(page, Some(heading.page), "after {lines} lines");
    }
}

#[test]
fn each_line_for_the_pen_is_as_high_as_handwriting() {
    let of = |lines| {
        let section = Section::new(2, "agreed", "Agreed").with(Block::Write(vec![("What went well", lines)]));
        let sections = vec![section.with(Block::Para("After".into()))];
        let doc = Doc {
            title: "T".into(),
            author: "A".into(),
            running: "R".into(),
            watermark: None,
            sections,
            first: 1,
        };
        Layout::of(&doc).y
    };
    assert_eq!(of(1) - of(4), 3.0 * PEN);
    let millimetres = PEN * 25.4 / 72.0;
    assert!(millimetres > 8.0, "{millimetres}");
}
