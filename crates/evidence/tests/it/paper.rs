//! The PDF: its text can be taken out again, its period and page number stand on every page, and nothing leaks.

use crate::life::{Life, SECRET, SHARED, plain_kinds, request};
use evidence::{PackKind, pdf};
use std::io::Read;

/// The words of each page, as a reader takes them out: inflate each content stream, keep what is shown.
pub fn pages(file: &[u8]) -> Vec<String> {
    let find = |from: usize, what: &[u8]| {
        file[from..].windows(what.len()).position(|window| window == what).map(|at| from + at)
    };
    let mut pages = Vec::new();
    let mut at = 0;
    while let Some(start) = find(at, b"stream\n") {
        let end = find(start, b"\nendstream").expect("a stream ends");
        let mut content = Vec::new();
        flate2::read::ZlibDecoder::new(&file[start + 7..end]).read_to_end(&mut content).expect("inflates");
        pages.push(shown(&content));
        at = end + 10;
    }
    pages
}

/// Strings of a content stream, in the order in which they are drawn; WinAnsi as Latin letters.
fn shown(content: &[u8]) -> String {
    let (mut text, mut depth, mut at) = (String::new(), 0, 0);
    while at < content.len() {
        let byte = content[at];
        match (byte, depth) {
            (b'(', 0) => depth = 1,
            (b'<', 0) if content.get(at + 1) != Some(&b'<') => {
                let end = at + content[at..].iter().position(|byte| *byte == b'>').unwrap_or(1);
                let digits: Vec<u8> =
                    content[at + 1..end].iter().copied().filter(u8::is_ascii_hexdigit).collect();
                for pair in digits.chunks(2) {
                    let pair = std::str::from_utf8(pair).expect("digits");
                    text.push(char::from(u8::from_str_radix(pair, 16).expect("hexadecimal")));
                }
                text.push('\n');
                at = end;
            }
            (b'<', 0) => at += 1,
            (b'\\', 1..) => {
                at += 1;
                text.push(char::from(content[at]));
            }
            (b'(', _) => {
                depth += 1;
                text.push('(');
            }
            (b')', 1) => {
                depth = 0;
                text.push('\n');
            }
            (b')', 2..) => {
                depth -= 1;
                text.push(')');
            }
            (_, 1..) => text.push(char::from(byte)),
            _ => {}
        }
        at += 1;
    }
    text
}

#[test]
fn the_text_of_every_kind_can_be_taken_out_and_says_its_period_on_every_page() {
    let life = Life::of(80);
    for kind in plain_kinds() {
        let file = pdf(&life.register, &request(kind), Some("For the named reader"));
        if let Ok(folder) = std::env::var("SHOW_PACKS") {
            std::fs::write(format!("{folder}/{}.pdf", kind.code()), &file).expect("written");
        }
        let pages = pages(&file);
        let count = pages.len();
        assert!(count > 2, "{}: {count}", kind.code());
        for (number, page) in pages.iter().enumerate() {
            for stands in ["1 June 2026 to 30 September 2026", "rules of", "For the named reader"] {
                assert!(page.contains(stands), "{} page {}: {stands}", kind.code(), number + 1);
            }
            assert!(page.contains(&format!("Page {} of {count}", number + 1)), "{}", kind.code());
        }
        let all = pages.concat();
        assert!(all.contains(kind.title()) && all.contains("About this pack"), "{}", kind.code());
        assert!(!all.contains(SECRET), "{}", kind.code());
        assert_eq!(all.contains(SHARED), kind != PackKind::Commissioner, "{}", kind.code());
        for part in [&b"/Lang (en-GB)"[..], b"/MarkInfo", b"/StructTreeRoot", b"/Title", b"/Author"] {
            assert!(
                file.windows(part.len()).any(|window| window == part),
                "{:?}",
                String::from_utf8_lossy(part)
            );
        }
    }
}

#[test]
fn words_outside_the_fonts_of_a_pdf_are_replaced_and_lose_nothing_around_them() {
    let life = Life::of(40);
    let mut request = request(PackKind::Inspector);
    request.identified = Some("Test".into());
    let all = pages(&pdf(&life.register, &request, None)).concat();
    assert!(all.contains("caught [yes] in time"), "a tick");
    assert!(all.contains("\u{93}this is not mine\u{94} \u{96} caught"), "quotes and a dash as WinAnsi");
}

#[test]
fn the_same_question_gives_the_same_file() {
    let life = Life::of(30);
    let request = request(PackKind::GovernanceReport);
    assert_eq!(pdf(&life.register, &request, None), pdf(&life.register, &request, None));
}
