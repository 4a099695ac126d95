//! The address of the page that is open. The router's own parameters and query do not change together when the same
//! page opens with another record, so both are read from the address itself.

use leptos::prelude::*;
use leptos_router::{hooks::use_location, location::Location, params::ParamsMap};

/// While the address belongs to another page, it stays the last one of this page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// What the second part names: a record, a list.
    pub of: String,
    pub query: ParamsMap,
}

pub fn address() -> Memo<Address> {
    let Location { pathname, query, .. } = use_location();
    let page = pathname.with_untracked(|path| page(path));
    Memo::new(move |last: Option<&Address>| {
        let path = pathname.read();
        match last {
            Some(last) if self::page(&path) != page => last.clone(),
            _ => Address { of: of(&path).to_owned(), query: query.get() },
        }
    })
}

/// `/records/7f/act` is the page `records`, `act` of `7f`.
fn page(path: &str) -> (String, String) {
    let mut parts = path.trim_start_matches('/').splitn(3, '/');
    let first = parts.next().unwrap_or_default().to_owned();
    (first, parts.nth(1).unwrap_or_default().to_owned())
}

fn of(path: &str) -> &str {
    path.split('/').nth(2).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{of, page};

    #[test]
    fn two_records_are_the_same_page_and_two_steps_are_not() {
        assert_eq!(page("/records/a/act"), page("/records/b/act"));
        assert_ne!(page("/records/a/act"), page("/records/a"));
        assert_ne!(page("/records/a"), page("/reports/a"));
        assert_eq!((of("/records/a/act"), of("/actions")), ("a", ""));
    }
}
