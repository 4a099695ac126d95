//! `manifest.json`, `figures.json` and `README.txt`.

use crate::figures::MonthRow;
use crate::{figures::Figures, request::rule_versions, selection::Selection, words};
use domain::{audits::Period, time::london_date};
use serde_json::{Value, json};
use sync::hash::Hash;

/// The form of the manifest that this code writes and reads.
pub const FORMAT: &str = "noticed-evidence-pack-1";

/// One file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// SHA-256 of a file, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Hash::of(&[bytes]).to_string()
}

pub(super) fn manifest(
    selection: &Selection<'_>,
    files: &[File],
    events: usize,
    with_hash: usize,
) -> Vec<u8> {
    let request = selection.request;
    let sites: Vec<Value> =
        request.sites.iter().map(|site| json!({"id": site, "name": selection.cast.site(site)})).collect();
    let listed: Vec<Value> = files
        .iter()
        .map(|file| json!({"name": file.name, "bytes": file.bytes.len(), "sha256": sha256(&file.bytes)}))
        .collect();
    let mut said = json!({
        "format": FORMAT,
        "kind": request.kind.code(),
        "title": request.kind.title(),
        "provider": selection.cast.provider(),
        "sites": sites,
        "period": {"from": request.from, "to": request.to},
        "categories": request.wanted_categories(),
        "framework": {"id": request.framework.id, "version": request.framework.version},
        "identified": request.is_identified(),
        "reason": request.reason(),
        "made_at": request.made_at,
        "made_by_role": request.made_by.code(),
        "rules": rule_versions(),
        "records": selection.records.len(),
        "events": events,
        "events_with_hash": with_hash,
        "files": listed,
    });
    if let Some(person) = request.about() {
        said["person"] = json!(person);
    }
    pretty(&said)
}

pub(super) fn figures(selection: &Selection<'_>, figures: &Figures) -> Vec<u8> {
    let all: Vec<Value> = figures
        .all()
        .map(|figure| {
            json!({
                "id": figure.id, "name": figure.name, "definition": figure.definition,
                "site": figure.place.site, "category": figure.place.category, "unit": figure.unit,
                "value": figure.value, "numerator": figure.numerator, "denominator": figure.denominator,
                "denominator_is": figure.denominator_name, "shown": figure.shown,
            })
        })
        .collect();
    let split = figures.may_show_months();
    let month = |site: Value, (month, row): &(Period, MonthRow)| {
        json!({"site": site, "month": month.to_string(), "whole": row.is_whole,
            "records": split.then_some(row.records), "near_misses": row.near_misses,
            "incidents": split.then_some(row.incidents), "bed_days": row.bed_days,
            "rate_per_1000_bed_days": row.rate})
    };
    // For outside eyes all sites together only: site null.
    let months: Vec<Value> = match figures.may_show_sites() {
        true => figures
            .by_site
            .iter()
            .flat_map(|(site, rows)| rows.iter().map(|row| month(json!(site), row)).collect::<Vec<_>>())
            .collect(),
        false => figures.months.iter().map(|row| month(Value::Null, row)).collect(),
    };
    let request = selection.request;
    pretty(&json!({
        "period": {"from": request.from, "to": request.to},
        "sites": request.sites,
        "categories": request.wanted_categories(),
        "rules": rule_versions(),
        "figures": all,
        "months": months,
    }))
}

const NUMBERS: &str = "  figures.json   Every number with its definition, numerator and denominator.
  framework.json The statements or questions by which the pack is laid out, and the rules that chose the evidence.
";

pub(super) fn readme(selection: &Selection<'_>) -> Vec<u8> {
    let request = selection.request;
    let is_about_one = request.kind.is_about_one();
    let names = if is_about_one {
        "with the code of one person and the words that were typed"
    } else if request.is_identified() {
        "with names, codes and free text"
    } else if request.kind.is_coded_only() {
        "de-identified, counts only"
    } else {
        "de-identified"
    };
    let text = format!(
        "{title}
{provider}: {sites}
{period}. Made on {made}, {names}.

WHAT IS IN IT
  pack.html      Open this first. It opens in any browser, without a network, and prints well.
  pack.pdf       The same words, numbers and pictures, for paper.
  first-part.pdf The first pages of it, which stand alone, for who has ten minutes.
  tables/        The same as tables for spreadsheets. dictionary.csv says what each column means.
{numbers}  log.jsonl      The events behind the pack, one a line, with their hashes.
  proof.json     How the events of each device are chained.
  manifest.json  Name, size and SHA-256 of every file above and of this one.

HOW TO CHECK IT
  In the app: Learning and oversight, Evidence, Check a pack; then choose the file.
  Without the app: for each file that manifest.json lists, work out the SHA-256 and compare it. For example:
      Windows      certutil -hashfile pack.html SHA256
      Mac, Linux   shasum -a 256 pack.html
  No file may be missing and none may be there that the list does not name.
  Whoever made the pack was shown the SHA-256 of manifest.json itself. Ask for it by another way (a telephone call,
  say) and compare: then nobody can have made another pack in its place.
  In proof.json, in each chain: where an event has the next number after the one before it, its prev is the hash of
  that one.
{lines}
This is not legal advice. The number of reports is not a measure of safety.
",
        title = request.kind.title(),
        numbers = if is_about_one { "" } else { NUMBERS },
        provider = selection.cast.provider(),
        sites = request.site_names(selection.register),
        period = words::period(request.from, request.to),
        made = words::day(london_date(request.made_at)),
        lines = if is_about_one {
            "\nTAKE CARE\n  Words that were typed can say something about other people. Read it all before you hand it over (UK GDPR\n  Article 15(4)). It holds personal data: keep it safe, give it only to who asked, and delete your own copy after.\n"
        } else if request.is_identified() {
            "\nTAKE CARE\n  This pack holds personal data. Keep it safe, pass it on only to who needs it, and delete it after use.\n"
        } else {
            "\nLETTERS AND NUMBERS\n  Person A of the page is person-001 of the tables, Person B is person-002, and so on. The letters mean nothing\n  outside this pack.\n"
        },
    );
    text.into_bytes()
}

pub(super) fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}
