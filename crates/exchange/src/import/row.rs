//! One row as the fields of `import_past`, or what is wrong with it. What a row does not say is left unsaid.

use super::{Limits, Target, columns::Columns, date, words};
use chrono::Datelike;
use domain::{
    category::{self, CategorySpec},
    fields::{self, Field, Kind as Form},
    record::Facts,
    refusal::Code,
    time,
    verbs::{IMPORT_PAST, REPORT},
    vocabulary as v,
};
use serde_json::{Map, Value, json};

pub(super) struct Reader<'a> {
    pub target: Target<'a>,
    pub limits: &'a Limits,
    pub columns: &'a Columns,
}

pub(super) struct Wrong {
    pub field: &'static str,
    pub sentence: String,
}

/// How often something was understood in a way that a person should know.
#[derive(Default)]
pub(super) struct Notes {
    pub empty: usize,
    no_time: usize,
    unknown_type: usize,
    unknown_trigger: usize,
    unknown_place: usize,
    unknown_code: usize,
}

fn wrong(field: &'static str, sentence: impl Into<String>) -> Wrong {
    Wrong { field, sentence: sentence.into() }
}

impl Reader<'_> {
    /// The fields of `import_past`, and the facts that they give.
    pub fn read(
        &self,
        cells: &[String],
        row: u32,
        notes: &mut Notes,
    ) -> Result<(Map<String, Value>, Facts), Wrong> {
        let cell = |field: &str| self.columns.cell(cells, field);
        if cells.iter().any(|cell| cell.chars().count() > self.limits.letters) {
            return Err(wrong(
                "text",
                format!("A cell has more than {} letters. Make it shorter.", self.limits.letters),
            ));
        }
        if cell("state")
            .is_some_and(|state| words::words().ended_elsewhere.iter().any(|ended| ended == state))
        {
            return Err(wrong(
                "state",
                "The row was taken back or is the same as another. It is not read in.",
            ));
        }
        let mut with = Map::new();
        let spec = self.category(cell("category"))?;
        with.insert("category".into(), spec.id.into());
        let happened = self.when(cell("occurred_at"), cell("date"), cell("time"))?;
        notes.no_time += usize::from(!happened.has_time);
        with.insert("occurred_at".into(), crate::csv::instant_text(happened.at).into());
        self.facts(cells, spec, &mut with)?;
        self.subtype(cell("subtype"), spec, &mut with, notes);
        self.people(cell("people"), &mut with)?;
        for field in REPORT.iter().chain(spec.fields) {
            if with.contains_key(field.name) || ["text", "identity"].contains(&field.name) {
                continue;
            }
            if let Some(text) = cell(field.name) {
                self.field(field, text, &mut with, notes)?;
            }
        }
        self.needed(spec, &mut with, notes)?;
        if let Some(text) = cell("text") {
            let old =
                with.get("text").and_then(Value::as_str).map(|old| [old, "\n"].concat()).unwrap_or_default();
            with.insert("text".into(), Value::from([&old, text].concat()));
        }
        if let Some(note) = cell("closed_note") {
            with.insert("closed_note".into(), note.into());
        }
        with.insert("source_row".into(), row.into());
        let facts = self.check(spec, &with)?;
        Ok((with, facts))
    }

    fn category(&self, cell: Option<&str>) -> Result<&'static CategorySpec, Wrong> {
        const WANTED: &str = "Write Medicines, Place or equipment, or Distress or behaviour.";
        let Some(cell) = cell else { return Err(wrong("category", format!("No category. {WANTED}"))) };
        let code = words::code(&v::CATEGORY, Some(&words::words().category), cell);
        code.and_then(|code| category::find(&code)).ok_or_else(|| {
            wrong("category", format!("\"{}\" is no category that we know. {WANTED}", shortened(cell)))
        })
    }

    fn when(
        &self,
        moment: Option<&str>,
        day: Option<&str>,
        clock: Option<&str>,
    ) -> Result<date::Happened, Wrong> {
        let field = if moment.is_some() { "occurred_at" } else { "date" };
        let Some(cell) = moment.or(day) else {
            return Err(wrong("date", "No date. Write the day it happened."));
        };
        let happened = date::read(cell, clock)
            .map_err(|what| wrong(field, format!("\"{}\" {what}", shortened(cell))))?;
        if happened.at > self.target.now {
            return Err(wrong(field, "The date is in the future. A list of past incidents cannot hold it."));
        }
        if time::london_date(happened.at).year() < self.limits.first_year {
            return Err(wrong(
                field,
                format!("The date is before {}. Look at the year.", self.limits.first_year),
            ));
        }
        Ok(happened)
    }

    /// What happened, whether it reached a person, and harm: as the columns say, else as the kind says.
    fn facts(
        &self,
        cells: &[String],
        spec: &CategorySpec,
        with: &mut Map<String, Value>,
    ) -> Result<(), Wrong> {
        let cell = |field: &str| self.columns.cell(cells, field);
        let words = words::words();
        let has = |name: &str| REPORT.iter().chain(spec.fields).any(|field| field.name == name);
        if let Some(text) = cell("kind") {
            let Some(kind) = words::code(&v::KIND, Some(&words.kind), text) else {
                return Err(wrong(
                    "kind",
                    format!(
                        "\"{}\" is no kind that we know. Write near miss, hazard, no harm or incident.",
                        shortened(text)
                    ),
                ));
            };
            for (field, code) in
                words.facts_of_kind.get(&kind).into_iter().flatten().filter(|(field, _)| has(field))
            {
                with.insert(field.clone(), code.as_str().into());
            }
        }
        let lists = [("happened", &v::HAPPENED), ("reached", &v::REACHED), ("hands_on", &v::HANDS_ON)];
        for (field, list) in lists {
            let Some(text) = cell(field).filter(|_| has(field)) else { continue };
            let Some(code) = words::code(list, None, text) else {
                let codes: Vec<&str> = list.codes.iter().map(|code| code.code).collect();
                return Err(wrong(
                    field,
                    format!("\"{}\" is not known here. Write one of: {}.", shortened(text), codes.join(", ")),
                ));
            };
            with.insert(field.to_owned(), code.into());
        }
        if let Some(text) = cell("harm") {
            let Some(code) = words::code(&v::HARM, Some(&words.harm), text) else {
                return Err(wrong(
                    "harm",
                    format!("\"{}\" is not known here. Write none, some or unsure.", shortened(text)),
                ));
            };
            // Harm is harm to a person: then it reached one.
            if code == "some" && !with.contains_key("reached") {
                with.insert("reached".into(), "yes".into());
            }
            with.insert("harm".into(), code.into());
        }
        with.entry("happened").or_insert_with(|| "something_happened".into());
        Ok(())
    }

    /// The old word is kept with the text where we have no code for it.
    fn subtype(
        &self,
        cell: Option<&str>,
        spec: &CategorySpec,
        with: &mut Map<String, Value>,
        notes: &mut Notes,
    ) {
        let code = cell.and_then(|cell| words::code(spec.subtypes, None, cell));
        if code.is_none() {
            notes.unknown_type += 1;
            if let Some(cell) = cell {
                with.insert("text".into(), format!("Type in the old list: {cell}").into());
            }
        }
        with.insert(spec.subtype.into(), code.unwrap_or_else(|| "other".to_owned()).into());
    }

    fn people(&self, cell: Option<&str>, with: &mut Map<String, Value>) -> Result<(), Wrong> {
        let Some(cell) = cell else { return Ok(()) };
        let known = &self.target.register.directory().people;
        let mut codes = Vec::new();
        for person in cell.split([';', ',']).map(str::trim).filter(|person| !person.is_empty()) {
            let listed = known.keys().find(|code| code.eq_ignore_ascii_case(person));
            match listed {
                Some(code) => codes.push(code.to_string()),
                None if is_code(person) => codes.push(person.to_owned()),
                None => {
                    return Err(wrong(
                        "people",
                        "This looks like a name. Write the person's code from the list of people, or leave the cell empty.",
                    ));
                }
            }
        }
        if !codes.is_empty() {
            with.insert("people".into(), codes.into());
        }
        Ok(())
    }

    fn field(
        &self,
        field: &'static Field,
        text: &str,
        with: &mut Map<String, Value>,
        notes: &mut Notes,
    ) -> Result<(), Wrong> {
        let items = || text.split(';').map(str::trim).filter(|item| !item.is_empty());
        let value = match &field.kind {
            Form::Code(list) => match words::code(list, None, text) {
                Some(code) => code.into(),
                None => {
                    notes.unknown_code += 1;
                    return Ok(());
                }
            },
            Form::Codes(list) => {
                let codes: Vec<String> = items().filter_map(|item| words::code(list, None, item)).collect();
                notes.unknown_code += items().count() - codes.len();
                codes.into()
            }
            Form::Texts => items().collect::<Vec<_>>().into(),
            Form::Bool => match words::words().yes_no.get(&text.to_lowercase()) {
                Some(yes) => (*yes).into(),
                None => return Err(wrong(field.name, "Write yes or no, or leave the cell empty.")),
            },
            Form::Whole { min, max } => match text.parse::<i64>() {
                Ok(number) if (*min..=*max).contains(&number) => number.into(),
                _ if *max < i64::MAX => {
                    return Err(wrong(field.name, format!("Write a whole number from {min} to {max}.")));
                }
                _ => return Err(wrong(field.name, "Write a whole number.")),
            },
            Form::Date => match date::read(text, None) {
                Ok(day) => time::london_date(day.at).format("%Y-%m-%d").to_string().into(),
                Err(what) => return Err(wrong(field.name, format!("\"{}\" {what}", shortened(text)))),
            },
            Form::Listed(fields::ListOf::Places) => {
                let place = self.place(text);
                notes.unknown_place += usize::from(place.is_none());
                place.unwrap_or_else(|| text.to_owned()).into()
            }
            _ => text.into(),
        };
        if !fields::is_empty(&value) {
            with.insert(field.name.to_owned(), value);
        }
        Ok(())
    }

    /// The code of a place of the site, by code or name.
    fn place(&self, text: &str) -> Option<String> {
        let places = &self.target.register.directory().places;
        let here = places.iter().filter(|(_, place)| place.site == *self.target.site);
        let mut found = here
            .filter(|(code, place)| code.eq_ignore_ascii_case(text) || place.name.eq_ignore_ascii_case(text));
        found.next().map(|(code, _)| code.clone())
    }

    /// Fields that the category needs and the row does not give.
    fn needed(
        &self,
        spec: &CategorySpec,
        with: &mut Map<String, Value>,
        notes: &mut Notes,
    ) -> Result<(), Wrong> {
        for field in spec.fields.iter().filter(|field| field.required) {
            if with.contains_key(field.name) {
                continue;
            }
            match &field.kind {
                Form::Codes(list) if list.has("unknown") => {
                    notes.unknown_trigger += 1;
                    with.insert(field.name.to_owned(), json!(["unknown"]));
                }
                _ => {
                    return Err(wrong(
                        field.name,
                        "Say whether anybody was held, blocked or restricted: yes or no, in a column named hands_on.",
                    ));
                }
            }
        }
        Ok(())
    }

    /// The checks that the event will meet.
    fn check(&self, spec: &CategorySpec, with: &Map<String, Value>) -> Result<Facts, Wrong> {
        let problem = fields::problems(with, &[REPORT, spec.fields, IMPORT_PAST]).into_iter().next();
        if let Some(problem) = problem {
            return Err(wrong(
                "",
                format!("{} cannot be read in as it is.", problem.field.unwrap_or_default()),
            ));
        }
        let facts = Facts::new(with.clone(), self.target.now);
        match facts.check(self.target.now) {
            Ok(()) => Ok(facts),
            Err(Code::FactsContradict) => Err(wrong(
                "harm",
                "The answers do not fit together: what did not reach a person, or has not happened yet, cannot have done harm.",
            )),
            Err(_) => {
                Err(wrong("date", "The date is in the future. A list of past incidents cannot hold it."))
            }
        }
    }
}

/// A short code has a digit in it, or is all capitals, and is one word.
fn is_code(text: &str) -> bool {
    const LONGEST: usize = 16;
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let small = text.chars().filter(|letter| letter.is_lowercase()).count();
    text.chars().count() <= LONGEST
        && !text.contains(char::is_whitespace)
        && small < 3
        && (text.contains(|letter: char| letter.is_ascii_digit())
            || (letters > 0 && letters <= 4 && small == 0))
}

/// As much of a cell as a sentence can hold.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    if text.chars().count() <= SHOWN {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

impl Notes {
    /// What was understood of a row that is read in.
    pub fn add(&mut self, own: &Notes) {
        self.no_time += own.no_time;
        self.unknown_type += own.unknown_type;
        self.unknown_trigger += own.unknown_trigger;
        self.unknown_place += own.unknown_place;
        self.unknown_code += own.unknown_code;
    }

    pub fn sentences(&self) -> Vec<String> {
        let rows = |number: usize| if number == 1 { "1 row".to_owned() } else { format!("{number} rows") };
        let empty = match self.empty {
            1 => "that is empty: it is passed over.",
            _ => "that are empty: they are passed over.",
        };
        let all = [
            (self.no_time, "without a time: noon is written, so that the day is right."),
            (
                self.unknown_type,
                "with no type that we know: each becomes \"Something else\", and the old word is kept with the text.",
            ),
            (self.unknown_trigger, "of behaviour without a trigger: it is written as not known."),
            (self.unknown_place, "with a place that is not in your list: it is kept as written."),
            (self.unknown_code, "with an answer that is not in our lists: that answer is left out."),
            (self.empty, empty),
        ];
        all.into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, words)| format!("{} {words}", rows(number)))
            .collect()
    }
}
