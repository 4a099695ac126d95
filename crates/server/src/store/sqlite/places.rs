//! Gives the values of a statement places without a name. SQLite looks a name up from the first one on, for every value
//! again, so that a statement of two thousand values spent more time on that than on its rows.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

/// A statement in which every value is `?`.
#[derive(Debug, PartialEq, Eq)]
pub struct Places {
    pub sql: Arc<str>,
    /// Which value stands in each place, from 0: a value may stand in several.
    pub order: Vec<usize>,
}

/// By where the text of a statement lies.
type Known = HashMap<(usize, usize), Arc<Places>>;

/// Of the statements of this program: each is read once.
static KNOWN: LazyLock<RwLock<Known>> = LazyLock::new(RwLock::default);

impl Places {
    pub fn of(sql: &'static str) -> Arc<Places> {
        let key = (sql.as_ptr().addr(), sql.len());
        if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let mut all = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        all.entry(key).or_insert_with(|| Arc::new(Places::read(sql))).clone()
    }

    /// `$1`, `$2` and so on are values, unless they stand between quotes.
    fn read(sql: &str) -> Places {
        let (mut plain, mut order) = (String::with_capacity(sql.len()), Vec::new());
        for (number, part) in sql.split('\'').enumerate() {
            let is_quoted = number % 2 == 1;
            if number > 0 {
                plain.push('\'');
            }
            let mut rest = part;
            while !is_quoted && let Some((before, after)) = rest.split_once('$') {
                let digits = after.bytes().take_while(u8::is_ascii_digit).count();
                let (value, after) = after.split_at(digits);
                plain.push_str(before);
                match value.parse::<usize>().ok().and_then(|value| value.checked_sub(1)) {
                    Some(value) => {
                        plain.push('?');
                        order.push(value);
                    }
                    None => plain.extend(["$", value]),
                }
                rest = after;
            }
            plain.push_str(rest);
        }
        Places { sql: plain.into(), order }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_places() {
        let check = |sql: &'static str, plain: &str, order: &[usize]| {
            let places = Places::of(sql);
            assert_eq!((&*places.sql, &places.order[..]), (plain, order));
            assert_eq!(Places::of(sql), places, "the second time");
        };
        check("SELECT 1", "SELECT 1", &[]);
        check("a = $1 AND b = $12 OR a = $1", "a = ? AND b = ? OR a = ?", &[0, 11, 0]);
        check("($1, $2), ($1, $3)", "(?, ?), (?, ?)", &[0, 1, 0, 2]);
        check("a = '$1 it''s $2' AND b = $2", "a = '$1 it''s $2' AND b = ?", &[1]);
        check("$ $0 $x$1", "$ $0 $x?", &[0]);
    }
}
