//! Measures: numbers with the records behind them, pictures with a sentence each, and what rates are divided by.

mod behind;
mod catalogue;
mod csv;
mod dashboard;
mod filters;
mod look;
mod month_numbers;
mod month_numbers_csv;
mod numbers;
mod one;
mod options;
mod picture;
mod pictures;
mod records;
#[cfg(test)]
mod tests;
mod wanted;

pub use behind::{Behind, Of};
pub use catalogue::find;
pub use dashboard::MeasuresPage;
pub use look::{Indexed, look};
pub use month_numbers::MonthNumbersPage;
pub use one::MeasurePage;
pub use picture::Framed;
pub use records::BehindPage;

use leptos::prelude::*;
use leptos_router::{hooks::use_location, location::Location, params::ParamsMap};

/// The query of this page. While the address belongs to another page it stays the last one.
fn query_here(is_here: fn(&str) -> bool) -> Memo<ParamsMap> {
    let Location { pathname, query, .. } = use_location();
    Memo::new(move |last: Option<&ParamsMap>| match last {
        Some(last) if !is_here(&pathname.read()) => last.clone(),
        _ => query.get(),
    })
}

/// For an address: only letters, digits and a few signs that mean nothing there.
fn in_query(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// `?name=value&…` of what has a value.
fn query_of(pairs: &[(&str, String)]) -> String {
    let parts: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", in_query(value)))
        .collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}
