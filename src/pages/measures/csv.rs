//! The numbers of a picture as a file that a spreadsheet opens, by the same rules as every other file. Pure.

use super::picture::Numbers;
use chrono::NaiveDate;
use exchange::csv::{About, Cell, Form, Table, to_text};

/// The table as it stands on the page, with the first and the last day of each row as ISO 8601, and what is shown.
/// `dates`: of rows that have none of their own, both included.
pub fn csv(numbers: &Numbers, shown: &str, dates: (NaiveDate, NaiveDate)) -> String {
    let about = |name: &str, form| About { name: name.to_owned(), meaning: String::new(), form };
    let heads = numbers.heads.iter().map(|head| about(head, Form::Text));
    let more = [about("From", Form::Date), about("To", Form::Date), about("Shown", Form::Text)];
    let rows = numbers.rows.iter().map(|row| {
        let (from, to) = row.iter().find_map(|number| number.dates).unwrap_or(dates);
        let cells = row.iter().map(|number| cell(&number.words));
        cells.chain([from.into(), to.into(), shown.into()]).collect()
    });
    let table = Table { name: "measure.csv", columns: heads.chain(more).collect(), rows: rows.collect() };
    to_text(&table, true)
}

/// A number stays one, without the commas of the page: "1,114" is 1114.
fn cell(words: &str) -> Cell {
    let is_number = words.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && words.chars().skip(1).all(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '.'));
    let plain = if is_number { words.replace(',', "") } else { words.to_owned() };
    match (plain.parse::<i64>(), plain.parse::<f64>()) {
        (Ok(whole), _) => whole.into(),
        (_, Ok(number)) if number.is_finite() => number.into(),
        _ => words.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::picture::Number, *};
    use domain::time::parse_date;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect(text)
    }

    #[test]
    fn a_file_is_utf_8_with_iso_dates_and_formulas_are_words() {
        let numbers = Numbers {
            caption: String::new(),
            heads: vec!["Place".into(), "Records".into()],
            rows: vec![
                vec![Number::words("Lounge, first floor"), Number::words("1,112")],
                vec![Number::words("=1+1"), Number::words("say \"hi\"")],
                vec![
                    Number::dated("The week of 5 October 2026", date("2026-10-05"), date("2026-10-11")),
                    Number::words("-1.5"),
                ],
            ],
        };
        let text = csv(&numbers, "Meadow House, all", (date("2026-09-01"), date("2026-11-25")));
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines,
            [
                "\u{feff}Place,Records,From,To,Shown",
                "\"Lounge, first floor\",1112,2026-09-01,2026-11-25,\"Meadow House, all\"",
                "'=1+1,\"say \"\"hi\"\"\",2026-09-01,2026-11-25,\"Meadow House, all\"",
                "The week of 5 October 2026,-1.5,2026-10-05,2026-10-11,\"Meadow House, all\"",
                "",
            ]
        );
    }
}
