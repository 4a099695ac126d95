//! Reads bed days, care hours and doses from cells: month, measure, value. Pure.

use crate::pages::admin::cells;
use chrono::NaiveDate;
use domain::{audits::Period, vocabulary::DENOMINATOR};

pub const HEAD: &str = "month,measure,value";
/// More rows than any home has months; a longer file is another file.
const MOST: usize = 2_000;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub rows: Vec<Row>,
    /// What is wrong with the file as a whole.
    pub problem: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As in the file: the head is row 1.
    pub number: usize,
    pub cells: Vec<String>,
    /// What it says, or what is wrong with it.
    pub read: Result<Entry, String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub month: Period,
    /// Code of `denominator`.
    pub measure: &'static str,
    pub value: f64,
}

pub fn sheet(text: &str, today: NaiveDate) -> Sheet {
    let refused = |words: String| Sheet { problem: Some(words), rows: Vec::new() };
    if text.trim().is_empty() {
        return Sheet::default();
    }
    if text.contains('\u{fffd}') {
        return refused(
            "Some letters cannot be read. Save the file as CSV UTF-8, then choose it again.".into(),
        );
    }
    let lines = match cells(text) {
        Ok(lines) => lines,
        Err(row) => {
            return refused(format!("A quotation mark in row {row} has no end. Add it, or take it away."));
        }
    };
    let mut lines =
        lines.into_iter().enumerate().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let heads = lines.next().map(|(_, heads)| heads).unwrap_or_default();
    let place = |name: &str| heads.iter().position(|head| head.eq_ignore_ascii_case(name));
    let (Some(month), Some(measure), Some(value)) = (place("month"), place("measure"), place("value")) else {
        return refused(format!("The first line must be: {HEAD}"));
    };
    let lines: Vec<_> = lines.collect();
    if lines.len() > MOST {
        return refused(format!(
            "The file has {} rows. Up to {MOST} can be read at once: import it in parts.",
            lines.len()
        ));
    }
    if lines.is_empty() {
        return refused("There are no rows below the first line.".into());
    }
    let rows = lines.into_iter().map(|(index, cells)| {
        let cell = |place: usize| cells.get(place).cloned().unwrap_or_default();
        let (month, measure, value) = (cell(month), cell(measure), cell(value));
        let read = entry(&month, &measure, &value, today);
        Row { number: index + 1, cells: vec![month, measure, value], read }
    });
    Sheet { rows: rows.collect(), problem: None }
}

fn entry(month: &str, measure: &str, number: &str, today: NaiveDate) -> Result<Entry, String> {
    let month = month_of(month).ok_or("The month must look like 2026-10.")?;
    if month.first() > today {
        return Err("This month has not begun.".into());
    }
    let known = DENOMINATOR.codes.iter();
    let measure = known
        .clone()
        .find(|code| code.code.eq_ignore_ascii_case(measure) || code.label.eq_ignore_ascii_case(measure))
        .ok_or_else(|| {
            let names: Vec<&str> = known.map(|code| code.code).collect();
            format!("The measure must be one of: {}.", names.join(", "))
        })?;
    Ok(Entry { month, measure: measure.code, value: value(number)? })
}

/// `2026-10`, or the first of a month as spreadsheets write it.
fn month_of(text: &str) -> Option<Period> {
    let parts: Vec<&str> = text.split(['-', '/', '.']).map(str::trim).collect();
    let code = match parts.as_slice() {
        [year, month] if year.len() == 4 => format!("{year}-{month:0>2}"),
        [month, year] if year.len() == 4 => format!("{year}-{month:0>2}"),
        [year, month, "1" | "01"] if year.len() == 4 => format!("{year}-{month:0>2}"),
        ["1" | "01", month, year] if year.len() == 4 => format!("{year}-{month:0>2}"),
        _ => return None,
    };
    Period::parse(&code).filter(|period| matches!(period, Period::Month(..)))
}

/// A number above 0; `1,234` is twelve hundred and thirty-four.
/// # Errors  What is wrong with it.
pub fn value(text: &str) -> Result<f64, String> {
    let plain = text.trim().replace([',', ' '], "");
    let number: f64 = plain.parse().map_err(|_| "Type a number above 0, for example 930.".to_owned())?;
    match number.is_finite() && number > 0.0 {
        true if number < 1e9 => Ok(number),
        true => Err("This number is too large for one month. Type a number below 1,000,000,000.".into()),
        false => Err("Type a number above 0, for example 930.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse_date;

    fn read(text: &str) -> Sheet {
        sheet(text, parse_date("2026-11-25").expect("date"))
    }

    #[test]
    fn usual_forms_are_read() {
        let sheet =
            read("Month,Measure,Value\n2026-10,occupied_bed_days,930\n01/09/2026,Care hours,\"1,240.5\"\n");
        let read: Vec<Entry> = sheet.rows.into_iter().map(|row| row.read.expect("good")).collect();
        assert_eq!(
            read[0],
            Entry { month: Period::Month(2026, 10), measure: "occupied_bed_days", value: 930.0 }
        );
        assert_eq!(read[1], Entry { month: Period::Month(2026, 9), measure: "care_hours", value: 1240.5 });
    }

    #[test]
    fn each_row_says_what_is_wrong_with_it() {
        let sheet = read(
            "month,measure,value\n2026-13,care_hours,1\n2027-01,care_hours,1\n2026-10,beds,1\n2026-10,care_hours,0\n2026-10,care_hours,many\n2026-10",
        );
        let problems: Vec<String> = sheet.rows.into_iter().map(|row| row.read.expect_err("bad")).collect();
        assert_eq!(problems[0], "The month must look like 2026-10.");
        assert_eq!(problems[1], "This month has not begun.");
        assert!(problems[2].starts_with("The measure must be one of: occupied_bed_days"));
        assert_eq!(problems[3], "Type a number above 0, for example 930.");
        assert_eq!(problems[4], "Type a number above 0, for example 930.");
        assert_eq!(problems.len(), 6);
    }

    #[test]
    fn a_file_of_another_kind_is_refused_as_a_whole() {
        assert!(read("id,name\nr1,Room").problem.is_some());
        assert!(read("month,measure,value").problem.is_some());
        assert!(read("month,measure,value\n\"2026-10,care_hours,1").problem.is_some());
        let long = format!("month,measure,value\n{}", "2026-10,care_hours,1\n".repeat(50_000));
        assert!(read(&long).problem.is_some_and(|words| words.contains("50000 rows")));
        assert_eq!(read(" "), Sheet::default());
    }
}
