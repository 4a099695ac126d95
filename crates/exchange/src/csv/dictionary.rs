//! The dictionary and the code lists of an export, made from its tables: they cannot say anything else than those.

use super::{About, Cell, Form, Table};
use domain::vocabulary::CodeList;

fn about(name: &str, meaning: &str, form: Form) -> About {
    About { name: name.to_owned(), meaning: meaning.to_owned(), form }
}

/// `dictionary.csv`: what each column of each file means.
pub fn dictionary(tables: &[Table]) -> Table {
    let own = Table {
        name: "dictionary.csv",
        columns: vec![
            about("file", "Name of the file.", Form::Text),
            about("column", "Name of the column.", Form::Text),
            about("meaning", "What the column says.", Form::Text),
            about("type", "What a cell holds.", Form::Text),
            about("code_list", "List in codes.csv that its codes come from.", Form::Text),
        ],
        rows: Vec::new(),
    };
    let codes = codes(&[]);
    let all = tables.iter().chain([&own, &codes]);
    let rows = all.flat_map(|table| table.columns.iter().map(|column| line(table, column))).collect();
    Table { rows, ..own }
}

fn line(table: &Table, column: &About) -> Vec<Cell> {
    vec![
        table.name.into(),
        column.name.as_str().into(),
        column.meaning.as_str().into(),
        column.form.word().into(),
        column.form.list().map(|list| list.name).into(),
    ]
}

/// `codes.csv`: every code that the tables may hold, with its words.
pub fn codes(tables: &[Table]) -> Table {
    let mut lists: Vec<&'static CodeList> =
        tables.iter().flat_map(|table| &table.columns).filter_map(|column| column.form.list()).collect();
    lists.sort_by_key(|list| list.name);
    lists.dedup();
    let rows = lists.into_iter().flat_map(|list| {
        let row = |code: &domain::vocabulary::Code| {
            vec![list.name.into(), code.code.into(), code.label.into(), code.help.into()]
        };
        list.codes.iter().map(row)
    });
    Table {
        name: "codes.csv",
        columns: vec![
            about("code_list", "Name of the list.", Form::Text),
            about("code", "The code.", Form::Id),
            about("label", "What staff read for it.", Form::Text),
            about("help", "One more sentence, where there is one.", Form::Text),
        ],
        rows: rows.collect(),
    }
}
