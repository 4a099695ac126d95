//! YAML 1.2 (core schema) as JSON values. Text such as `y`, `n`, `yes`, `no` and dates stays text.
//! Keys are always text; the same key twice is an error.

use anyhow::{Context, Result, anyhow, bail};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;

/// Reads the one document of a file.
pub fn parse(text: &str) -> Result<Value> {
    let mut reader = Reader { parser: Parser::new_from_str(text), anchors: BTreeMap::new() };
    loop {
        match reader.next()?.0 {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::StreamEnd => bail!("the file is empty"),
            first => {
                let value = reader.value(first)?;
                return reader.expect_end().map(|()| value);
            }
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    anchors: BTreeMap<usize, Value>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span)> {
        let event = self.parser.next_event().context("the file ends too early")?;
        event.map_err(|error| anyhow!("{error}"))
    }

    fn value(&mut self, first: Event<'a>) -> Result<Value> {
        let (value, anchor) = match first {
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor),
            Event::SequenceStart(anchor, _) => (self.list()?, anchor),
            Event::MappingStart(anchor, _) => (self.map()?, anchor),
            Event::Alias(anchor) => {
                return self.anchors.get(&anchor).cloned().context("an alias names nothing");
            }
            other => bail!("unexpected {other:?}"),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn list(&mut self) -> Result<Value> {
        let mut items = Vec::new();
        loop {
            match self.next()?.0 {
                Event::SequenceEnd => return Ok(Value::Array(items)),
                item => items.push(self.value(item)?),
            }
        }
    }

    fn map(&mut self) -> Result<Value> {
        let mut map = Map::new();
        loop {
            let (key, span) = match self.next()? {
                (Event::MappingEnd, _) => return Ok(Value::Object(map)),
                (Event::Scalar(key, ..), span) => (key, span),
                (_, span) => bail!("line {}: a key must be one word", span.start.line()),
            };
            let first = self.next()?.0;
            let value = self.value(first)?;
            if map.insert(key.clone().into_owned(), value).is_some() {
                bail!("line {}: `{key}` is there twice", span.start.line());
            }
        }
    }

    fn expect_end(&mut self) -> Result<()> {
        match (self.next()?.0, self.next()?.0) {
            (Event::DocumentEnd, Event::StreamEnd) => Ok(()),
            _ => bail!("one file holds one document"),
        }
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    match style {
        ScalarStyle::Plain => plain(text),
        _ => Value::String(text.to_owned()),
    }
}

/// A plain scalar by the core schema of YAML 1.2.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse::<i64>().ok().map(Number::from);
    }
    if let Some(octal) = text.strip_prefix("0o") {
        return i64::from_str_radix(octal, 8).ok().map(Number::from);
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return i64::from_str_radix(hex, 16).ok().map(Number::from);
    }
    let looks_like_one = digits.bytes().next().is_some_and(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    looks_like_one.then(|| text.parse::<f64>().ok()).flatten().and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn yes_and_no_stay_text_and_numbers_do_not() {
        let text = "{a: y, b: no, c: \"yes\", d: true, e: 12, f: 0.5, g: 2026-06, h: 2026-06-11T08:29+01:00, i: ~, 3: none, j: \"4\", k: e1, l: 1.2.3}";
        let expected = json!({"a": "y", "b": "no", "c": "yes", "d": true, "e": 12, "f": 0.5, "g": "2026-06",
            "h": "2026-06-11T08:29+01:00", "i": null, "3": "none", "j": "4", "k": "e1", "l": "1.2.3"});
        assert_eq!(parse(text).expect("reads"), expected);
    }

    #[test]
    fn a_key_twice_is_an_error() {
        assert!(parse("a: 1\na: 2\n").is_err());
    }

    #[test]
    fn an_alias_repeats_its_anchor() {
        assert_eq!(parse("a: &x [1]\nb: *x\n").expect("reads"), json!({"a": [1], "b": [1]}));
    }
}
