//! The page of a pack: nothing typed leaks, it is one file, and the same question gives the same bytes.

use crate::life::{Life, SECRET, SHARED, request};
use evidence::{PackKind, framework, html, style_sha256};

#[test]
fn a_de_identified_page_holds_no_typed_word_no_code_and_no_name() {
    let life = Life::of(120);
    for kind in PackKind::ALL {
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
