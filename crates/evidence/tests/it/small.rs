//! Somebody with a pencil: every published count of a commissioner's pack is put into the sums that hold between counts,
//! and no count of 1 or 2 of one category, and none of a month beside its near misses, may follow.

use crate::{
    life::{HOMES, Life, request},
    packs::{ledger, unpack},
};
use domain::time::parse_date;
use evidence::{PackKind, Request, build};
use exchange::csv;
use std::collections::BTreeMap;

const CATEGORIES: [&str; 3] = ["medication", "environment", "behaviour"];

/// What is known of each count: no less, no more.
#[derive(Default)]
struct Pencil {
    known: BTreeMap<String, (i64, i64)>,
    /// A whole and its parts.
    sums: Vec<(String, Vec<String>)>,
}

impl Pencil {
    fn knows(&mut self, name: &str, value: i64) {
        self.known.insert(name.to_owned(), (value, value));
    }

    fn sum(&mut self, whole: impl Into<String>, parts: impl IntoIterator<Item = String>) {
        self.sums.push((whole.into(), parts.into_iter().collect()));
    }

    fn of(&self, name: &str) -> (i64, i64) {
        self.known.get(name).copied().unwrap_or((0, 100_000))
    }

    fn narrow(&mut self, name: &str, (low, high): (i64, i64)) -> bool {
        let (was_low, was_high) = self.of(name);
        let now = (was_low.max(low), was_high.min(high));
        assert!(now.0 <= now.1, "the pack contradicts itself: {name} {now:?}");
        self.known.insert(name.to_owned(), now);
        now != (was_low, was_high)
    }

    /// Until nothing more follows.
    fn think(&mut self) {
        let sums = self.sums.clone();
        let mut goes_on = true;
        while goes_on {
            goes_on = false;
            for (whole, parts) in &sums {
                let each: Vec<(i64, i64)> = parts.iter().map(|part| self.of(part)).collect();
                let (low, high) = each.iter().fold((0, 0), |(low, high), one| (low + one.0, high + one.1));
                goes_on |= self.narrow(whole, (low, high));
                let whole = self.of(whole);
                for (part, one) in parts.iter().zip(&each) {
                    goes_on |= self.narrow(part, (whole.0 - (high - one.1), whole.1 - (low - one.0)));
                }
            }
        }
    }

    /// Names of the counts of 1 and 2 that are certain now.
    fn small(&self) -> Vec<String> {
        let certain = self.known.iter().filter(|(_, (low, high))| low == high && (1..=2).contains(low));
        certain.map(|(name, _)| name.clone()).collect()
    }
}

/// Everything that the tables of a pack say, and the sums that anybody knows to hold.
fn read(files: &BTreeMap<String, String>) -> Pencil {
    let mut pencil = Pencil::default();
    let rows = |name: &str| csv::read(&files[name]).expect("a table").1;
    let number = |text: &str| text.parse::<f64>().ok().map(|value| value as i64);
    for row in rows("tables/figures.csv") {
        let (id, site, category) = (&row[0], &row[2], &row[3]);
        if !site.is_empty() {
            continue;
        }
        let of = if category.is_empty() { "all" } else { category };
        for (part, cell) in [("", &row[6]), (" of", &row[7])] {
            if let Some(value) = number(cell) {
                pencil.knows(&format!("{id}{part} {of}"), value);
            }
        }
    }
    let mut sides: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows("tables/counts.csv") {
        let label = |code: &&&str| domain::vocabulary::CATEGORY.label(code) == row[2];
        let category = CATEGORIES.iter().find(label).expect("a category");
        pencil.knows(&format!("{} {} {category}", row[0], row[1]), number(&row[3]).expect("a count"));
        let side = sides.entry(row[0].clone()).or_default();
        if !side.contains(&row[1]) {
            side.push(row[1].clone());
        }
    }
    for row in rows("tables/months.csv") {
        for (name, cell) in [("records", &row[2]), ("near_misses", &row[3]), ("incidents", &row[4])] {
            if let Some(value) = number(cell) {
                pencil.knows(&format!("month {name} {}", row[0]), value);
            }
        }
        let of = |name: &str| format!("month {name} {}", row[0]);
        pencil.sum(of("records"), [of("near_misses"), of("others")]);
        pencil.sum(of("others"), [of("incidents"), of("rest")]);
        let date = parse_date(&format!("{}-01", row[0])).expect("a month");
        let name = date.format("%B %Y").to_string();
        pencil.sum(of("records"), CATEGORIES.map(|category| format!("month_by_category {name} {category}")));
    }
    for of in CATEGORIES.into_iter().chain(["all"]) {
        let sums: [(&str, &[&str]); 12] = [
            ("records", &["near_misses", "others"]),
            ("others", &["incidents", "rest"]),
            ("records", &["high_risk of", "unreviewed"]),
            ("high_risk of", &["high_risk", "lower"]),
            ("near_misses", &["luck_share", "not luck"]),
            ("records", &["closed_share", "open"]),
            ("closed_share", &["told_share", "untold"]),
            ("records", &["nameless_share", "with a name"]),
            ("records", &["decisions_reasoned of", "undecided"]),
            ("improved_share of", &["improved_share", "better_came_back", "worse_or_same"]),
            ("stronger_share of", &["stronger_share", "weaker_share", "middling"]),
            ("stronger_share of", &["actions_late", "in time"]),
        ];
        for (whole, parts) in sums {
            pencil.sum(format!("{whole} {of}"), parts.iter().map(|part| format!("{part} {of}")));
        }
        for same in [
            ("luck_share of", "near_misses"),
            ("told_share of", "closed_share"),
            ("closed_share of", "records"),
        ] {
            pencil.sum(format!("{} {of}", same.0), [format!("{} {of}", same.1)]);
        }
    }
    for name in [
        "records",
        "near_misses",
        "incidents",
        "high_risk",
        "high_risk of",
        "luck_share",
        "closed_share",
        "told_share",
        "nameless_share",
        "decisions_reasoned of",
        "came_back",
        "improved_share",
        "improved_share of",
        "worse_or_same",
        "better_came_back",
        "stronger_share",
        "stronger_share of",
        "weaker_share",
        "actions_late",
    ] {
        pencil.sum(format!("{name} all"), CATEGORIES.map(|category| format!("{name} {category}")));
    }
    for (table, names) in &sides {
        for category in CATEGORIES {
            let cells = names.iter().map(|name| format!("{table} {name} {category}"));
            pencil.sum(format!("records {category}"), cells.chain([format!("{table} not said {category}")]));
        }
    }
    for category in CATEGORIES {
        let kind = |name: &str| format!("kind_by_category {name} {category}");
        pencil.sum(kind("near"), [kind("Hazard"), kind("Near miss")]);
        pencil.sum(kind("near"), [format!("near_misses {category}"), kind("unconfirmed")]);
        pencil.sum(kind("Incident"), [format!("incidents {category}")]);
    }
    pencil
}

fn files(life: &Life, request: &Request) -> BTreeMap<String, String> {
    let built = build(&life.register, request, ledger(life)).expect("a good request");
    let files = unpack(&built.bytes).into_iter();
    files.map(|file| (file.name, String::from_utf8_lossy(&file.bytes).into_owned())).collect()
}

#[test]
fn no_small_count_of_a_group_follows_from_a_pack_for_a_commissioner() {
    let mut split = 0;
    for records in [15, 33, 56, 90, 150] {
        let life = Life::of(records);
        for sites in [&HOMES[..], &HOMES[..1]] {
            for to in ["2026-09-30", "2026-07-15"] {
                let mut request = request(PackKind::Commissioner);
                request.sites = sites.iter().map(|home| (*home).into()).collect();
                request.to = parse_date(to).expect("a date");
                let files = files(&life, &request);
                let mut pencil = read(&files);
                let published = pencil.known.keys().filter(|name| name.starts_with("records ")).count();
                split += usize::from(published > 1);
                pencil.think();
                let of_group = |name: &String| {
                    let of_category = CATEGORIES.iter().any(|category| name.ends_with(category));
                    // Near misses of a month are one line of the picture; audits are no records.
                    let of_month = name.starts_with("month ") && !name.contains("near_misses");
                    let of_service = name.starts_with("audit") || name.starts_with("oversight");
                    (of_category || of_month) && !of_service
                };
                let small: Vec<String> = pencil.small().into_iter().filter(of_group).collect();
                assert!(small.is_empty(), "{records} records, {sites:?}, to {to}: {small:?}");
            }
        }
    }
    assert!(split > 3, "a pack of many records still has its numbers by category: {split}");
}

#[test]
fn what_is_not_split_says_so_on_the_page() {
    let life = Life::of(33);
    let files = files(&life, &request(PackKind::Commissioner));
    let page = &files["pack.html"];
    assert!(page.contains(">not shown<"), "a figure by category");
    assert!(
        page.contains("left out, because counts of 1 or 2 stand in it")
            || page.contains("a count of 1 or 2 would follow")
    );
    let figures = &files["tables/figures.csv"];
    assert!(!figures.contains(",oakview,medication,"), "no figure of one category at one site");
    let json: serde_json::Value = serde_json::from_str(&files["figures.json"]).expect("JSON");
    let months = json["months"].as_array().expect("months");
    assert!(months.iter().all(|month| month["site"].is_null()), "months of all sites together");
}
