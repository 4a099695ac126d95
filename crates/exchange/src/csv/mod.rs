//! Tables for spreadsheets: one row per record, action, decision and body, alert, audit, answer of an audit and
//! measure, with a dictionary made from the same columns. RFC 4180, ISO 8601 with the offset of London.

mod cell;
mod dictionary;
mod hide;
mod measures;
mod read;
mod record_rows;
mod sheet;
mod site_rows;
mod step_rows;
mod write;

pub use cell::{Cell, instant_text};
pub use dictionary::{codes, dictionary};
pub use hide::hide;
pub use read::{Fault, read};
pub use sheet::{About, Form, Table, with_why};
pub use write::{guarded, to_text, unguarded};

use crate::{Pack, Selection};
use domain::register::Register;
use sheet::Sheet;

/// Every table of a selection, the dictionary and the code lists last.
pub fn tables(register: &Register, selection: &Selection) -> Vec<Table> {
    let pack = Pack::new(register, selection);
    let mut tables = with_ids(&pack);
    tables.iter_mut().for_each(|table| hide(table, pack.hidden()));
    let (dictionary, codes) = (dictionary(&tables), codes(&tables));
    tables.extend([dictionary, codes]);
    tables
}

/// The tables of rows as they are, for who picks rows by the ids of their records. Without people, `hide` them after.
pub fn with_ids(pack: &Pack<'_>) -> Vec<Table> {
    vec![
        sheet::table::<record_rows::Records>(pack),
        sheet::table::<step_rows::Actions>(pack),
        sheet::table::<step_rows::Decisions>(pack),
        sheet::table::<site_rows::Alerts>(pack),
        sheet::table::<site_rows::Audits>(pack),
        sheet::table::<site_rows::AuditAnswers>(pack),
        sheet::table::<measures::Measures>(pack),
    ]
}

/// One table by its file name.
pub fn table(register: &Register, selection: &Selection, name: &str) -> Option<Table> {
    let pack = Pack::new(register, selection);
    let mut table = match name {
        record_rows::Records::NAME => sheet::table::<record_rows::Records>(&pack),
        step_rows::Actions::NAME => sheet::table::<step_rows::Actions>(&pack),
        step_rows::Decisions::NAME => sheet::table::<step_rows::Decisions>(&pack),
        site_rows::Alerts::NAME => sheet::table::<site_rows::Alerts>(&pack),
        site_rows::Audits::NAME => sheet::table::<site_rows::Audits>(&pack),
        site_rows::AuditAnswers::NAME => sheet::table::<site_rows::AuditAnswers>(&pack),
        measures::Measures::NAME => sheet::table::<measures::Measures>(&pack),
        _ => return tables(register, selection).into_iter().find(|table| table.name == name),
    };
    hide(&mut table, pack.hidden());
    Some(table)
}
