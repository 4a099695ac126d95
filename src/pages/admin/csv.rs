//! Reads rows of a CSV file or of cells pasted from a spreadsheet. Pure.

use super::{lists::ListSpec, values::role_code};
use crate::{
    pages::record::form::{Ask, Look, Source, read},
    text::review::record::lower_first,
};
use domain::directory::Directory;
use serde_json::{Map, Value, json};

const LETTERS: &str = "Some letters cannot be read. Save the file as CSV UTF-8, then choose it again.";

/// One row as it was read, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As in the file: the head is row 1.
    pub number: usize,
    pub cells: Vec<String>,
    pub answers: Map<String, Value>,
    pub problems: Vec<String>,
}

/// A file with its columns in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
    /// What is wrong with the file as a whole.
    pub problem: Option<String>,
}

/// The first line of a file for this list.
pub fn head(list: &ListSpec) -> String {
    let code = list.code.required.then_some(list.code.name);
    let names: Vec<&str> = code.into_iter().chain(list.csv.iter().copied()).collect();
    names.join(",")
}

pub fn sheet(list: &'static ListSpec, text: &str, directory: &Directory) -> Sheet {
    let refused = |words: String| Sheet { problem: Some(words), ..Sheet::default() };
    if text.contains('\u{fffd}') {
        return refused(LETTERS.into());
    }
    let lines = match cells(text) {
        Ok(lines) => lines,
        Err(row) => {
            return refused(format!("A quotation mark in row {row} has no end. Add it, or take it away."));
        }
    };
    let mut lines =
        lines.into_iter().enumerate().filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    let Some((_, heads)) = lines.next() else { return Sheet::default() };
    let asks: Vec<Option<Ask>> = heads.iter().map(|head| column(list, head)).collect();
    let mut sheet = Sheet { heads: heads.clone(), ..Sheet::default() };
    if let Some(unknown) = asks.iter().position(Option::is_none) {
        let name = heads.get(unknown).cloned().unwrap_or_default();
        sheet.problem =
            Some(format!("There is no column named {name}. The first line must be: {}", head(list)));
        return sheet;
    }
    let asks: Vec<Ask> = asks.into_iter().flatten().collect();
    let needed = [list.code].into_iter().chain(list.fields.iter().copied()).filter(|ask| ask.required);
    for ask in needed {
        if !asks.iter().any(|known| known.name == ask.name) {
            sheet.problem =
                Some(format!("The column {} is missing. The first line must be: {}", ask.name, head(list)));
            return sheet;
        }
    }
    sheet.rows = lines.map(|(index, cells)| row(index + 1, cells, &asks, directory)).collect();
    mark_repeats(&mut sheet.rows);
    if sheet.rows.is_empty() {
        sheet.problem = Some("There are no rows below the first line.".into());
    }
    sheet
}

/// The field of a column: by its name, or by the label of the form.
fn column(list: &'static ListSpec, head: &str) -> Option<Ask> {
    let matches = |ask: &Ask| ask.name.eq_ignore_ascii_case(head) || ask.label.eq_ignore_ascii_case(head);
    let is_code = matches(&list.code) || head.eq_ignore_ascii_case("code");
    if is_code {
        return Some(list.code);
    }
    list.csv.iter().filter_map(|name| list.field(name)).copied().find(|ask| matches(ask))
}

fn row(number: usize, mut cells: Vec<String>, asks: &[Ask], directory: &Directory) -> Row {
    let typed: Map<String, Value> = asks
        .iter()
        .zip(&cells)
        .map(|(ask, cell)| (ask.name.to_owned(), typed(ask, cell, directory)))
        .collect();
    let (answers, problems) = read(asks, &typed);
    let label = |id: &str| asks.iter().find(|ask| ask.name == id).map_or(id, |ask| ask.label).to_owned();
    let mut problems: Vec<String> = problems
        .into_iter()
        .map(|error| format!("{}: {}.", label(&error.id), lower_first(&error.message)))
        .collect();
    if cells.len() > asks.len() {
        problems.push("There are more cells than columns.".into());
    }
    // A short row is empty at its end.
    cells.resize(cells.len().max(asks.len()), String::new());
    Row { number, cells, answers, problems }
}

/// A cell as it would stand in a form.
fn typed(ask: &Ask, cell: &str, directory: &Directory) -> Value {
    match ask.look {
        Look::Date => date(cell),
        Look::Many(_) => {
            let words = cell.split([';', '|']).map(str::trim).filter(|word| !word.is_empty());
            words.map(role_code).collect::<Vec<_>>().into()
        }
        Look::PickMany(Source::Site) => {
            let words = cell.split([';', '|']).map(str::trim).filter(|word| !word.is_empty());
            words.map(|word| site_code(word, directory)).collect::<Vec<_>>().into()
        }
        Look::Lines => cell.split([';', '|']).map(str::trim).collect::<Vec<_>>().join("\n").into(),
        Look::Pick(Source::Place) => {
            let named = directory.places.iter().find(|(_, place)| place.name.eq_ignore_ascii_case(cell));
            named.map_or(cell, |(code, _)| code).into()
        }
        _ => cell.into(),
    }
}

/// A site by its code or its name.
fn site_code(words: &str, directory: &Directory) -> String {
    let named = directory.sites.iter().find(|(_, site)| site.name.eq_ignore_ascii_case(words));
    named.map_or_else(|| words.to_owned(), |(code, _)| code.to_string())
}

/// `2026-11-27`, `27/11/2026` or `27.11.2026`.
fn date(cell: &str) -> Value {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).map(str::trim).collect();
    let [day, month, year] = match parts.as_slice() {
        [""] => ["", "", ""],
        [year, month, day] if year.len() == 4 => [*day, *month, *year],
        [day, month, year] => [*day, *month, *year],
        _ => [cell, "", ""],
    };
    json!({ "day": day, "month": month, "year": year })
}

fn mark_repeats(rows: &mut [Row]) {
    let id = |row: &Row| row.answers.get("id").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    for index in 1..rows.len() {
        let (before, rest) = rows.split_at_mut(index);
        let Some(this) = rest.first_mut() else { return };
        let code = id(this);
        if let Some(first) = before.iter().find(|row| !code.is_empty() && id(row) == code) {
            this.problems.push(format!("The same code is on row {}.", first.number));
        }
    }
}

/// Lines of cells; commas, semicolons or tabs between them, quotes around cells that hold one.
/// # Errors  The row in which a quote opens that does not close.
pub fn cells(text: &str) -> Result<Vec<Vec<String>>, usize> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let between = ['\t', ';', ','].into_iter().find(|mark| first.contains(*mark)).unwrap_or(',');
    let mut lines = vec![vec![String::new()]];
    let (mut quoted, mut opened_in) = (false, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let number = lines.len();
        let Some(cell) = lines.last_mut().and_then(|line| line.last_mut()) else { break };
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() => {
                quoted = !quoted;
                opened_in = number;
            }
            '\n' if !quoted => lines.push(vec![String::new()]),
            '\r' if !quoted => {}
            letter if letter == between && !quoted => {
                if let Some(line) = lines.last_mut() {
                    line.push(String::new());
                }
            }
            letter => cell.push(letter),
        }
    }
    if quoted {
        return Err(opened_in);
    }
    for cell in lines.iter_mut().flatten() {
        *cell = cell.trim().to_owned();
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::{super::lists, *};

    fn read_places(text: &str) -> Sheet {
        sheet(lists::find("places").expect("places"), text, &Directory::default())
    }

    #[test]
    fn quotes_commas_and_tabs_are_read() {
        assert_eq!(
            cells("a,\"b, c\",d\n\"say \"\"hi\"\"\",,e").expect("whole"),
            [["a", "b, c", "d"], ["say \"hi\"", "", "e"]]
        );
        assert_eq!(cells("id\tname\r\nr1\tRoom 1").expect("whole"), [["id", "name"], ["r1", "Room 1"]]);
    }

    #[test]
    fn a_quote_without_an_end_and_broken_letters_are_refused() {
        assert_eq!(cells("id,name\nr1,Room 1\nr2,\"Room 2\nr3,Room 3"), Err(3));
        assert!(read_places("id,name\nr1,\"Room 1").problem.is_some());
        assert!(read_places("id,name\nr1,Caf\u{fffd}").problem.is_some());
    }

    #[test]
    fn a_short_row_has_a_cell_for_every_column() {
        let sheet = read_places("id,name,unit\nr1,Room 1");
        assert_eq!(sheet.problem, None);
        assert_eq!(sheet.rows[0].cells, ["r1", "Room 1", ""]);
    }

    #[test]
    fn each_row_says_what_is_wrong_with_it() {
        let sheet = read_places("Code,Name,Unit\nr1,Room 1,Rose\nr2,,Rose\nR1,Other,");
        assert_eq!(sheet.problem, None);
        let problems: Vec<usize> = sheet.rows.iter().map(|row| row.problems.len()).collect();
        assert_eq!(problems, [0, 1, 1]);
        assert_eq!(sheet.rows[2].problems, ["The same code is on row 2."]);
    }

    #[test]
    fn a_file_without_the_right_columns_is_refused_as_a_whole() {
        assert!(read_places("id,colour\nr1,red").problem.is_some());
        assert!(read_places("id,unit\nr1,Rose").problem.is_some());
        assert!(read_places("id,name").problem.is_some());
    }

    #[test]
    fn contracts_name_their_sites_and_councils_keep_their_lines() {
        let mut directory = Directory::default();
        directory.sites.insert(
            "rose".into(),
            domain::directory::Site { name: "Rose House".into(), ..Default::default() },
        );
        let contracts = lists::find("contracts").expect("contracts");
        let text = "id,name,tell,hours,sites\nicb,ICB,Falls,24,Rose House;oak";
        let sheet = super::sheet(contracts, text, &directory);
        assert_eq!(sheet.problem, None);
        assert_eq!(sheet.rows[0].answers.get("sites"), Some(&json!(["rose", "oak"])));
        assert_eq!(sheet.rows[0].answers.get("hours"), Some(&json!(24)));
        let councils = lists::find("councils").expect("councils");
        let sheet = super::sheet(councils, "id,name,text\na,A,\"One.\nTwo.\"", &directory);
        assert_eq!(sheet.rows[0].answers.get("text"), Some(&json!("One.\nTwo.")));
    }

    #[test]
    fn roles_and_dates_are_read_in_usual_forms() {
        let staff = lists::find("staff").expect("staff");
        let sheet =
            sheet(staff, "id;name;roles;from\namara;Amara;Senior|reporter;27/11/2026", &Directory::default());
        let row = &sheet.rows[0];
        assert_eq!(row.answers.get("roles"), Some(&json!(["senior", "reporter"])));
        assert_eq!(row.answers.get("from"), Some(&json!("2026-11-27")));
    }
}
