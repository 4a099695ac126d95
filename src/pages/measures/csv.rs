//! The numbers of a picture as a file that a spreadsheet opens (RFC 4180). Pure.

use super::picture::Numbers;

/// Heads, then the rows as they stand in the table; the last column says what is shown.
pub fn csv(numbers: &Numbers, shown: &str) -> String {
    let heads = numbers.heads.iter().map(String::as_str).chain(["Shown"]);
    let mut text = line(heads);
    for row in &numbers.rows {
        text.push_str(&line(row.iter().map(|value| value.words.as_str()).chain([shown])));
    }
    text
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// Quoted where it must be; what a spreadsheet would take for a formula begins with an apostrophe.
fn cell(text: &str) -> String {
    let safe = match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    match safe.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", safe.replace('"', "\"\"")),
        false => safe,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::picture::Number, *};

    #[test]
    fn cells_are_quoted_and_formulas_are_words() {
        let numbers = Numbers {
            caption: String::new(),
            heads: vec!["Place".into(), "Records".into()],
            rows: vec![
                vec![Number::words("Lounge, first floor"), Number::words("12")],
                vec![Number::words("=1+1"), Number::words("say \"hi\"")],
            ],
        };
        assert_eq!(
            csv(&numbers, "Meadow House, all"),
            "Place,Records,Shown\r\n\"Lounge, first floor\",12,\"Meadow House, all\"\r\n'=1+1,\"say \"\"hi\"\"\",\"Meadow House, all\"\r\n"
        );
    }
}
