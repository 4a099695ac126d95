//! Where a person is in the capture flow: read from the address, written as an address.
//! One step is one entry in the browser's history.

use domain::category::{CategorySpec, Question};
use leptos::prelude::*;
use leptos_router::{hooks::use_location, location::Location, params::ParamsMap};
use serde_json::{Map, Value};

/// Steps that every report has and no category asks.
pub const WHEN: &str = "when";
pub const NAME: &str = "name";
pub const AUTHOR: &str = "author";
pub const CHECK: &str = "check";
/// What happens once the step is done, in the address.
pub const THEN: &str = "then";
pub const SAVE: &str = "save";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    pub category: String,
    /// Id of the question, or one of the steps above; empty for the first question.
    pub question: String,
    pub draft: String,
    pub show: Show,
    /// Goes back to the check-answers page.
    pub from_check: bool,
    /// "Save" was pressed: what is answered here was all that it waited for.
    pub saves: bool,
}

/// Which screen of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    #[default]
    Question,
    /// "Get help first".
    Help,
    /// The sentence of the tile at this place.
    Advice(usize),
    /// The whole list behind "Something else".
    List,
    /// The part of the list that the tile at this place stands for.
    Part(usize),
    /// Looking for a person, a place or a piece of equipment.
    Find,
    /// A time on a day: of today, of yesterday, of another day.
    Today,
    Yesterday,
    OtherDay,
}

impl Show {
    fn code(self) -> String {
        match self {
            Show::Question => String::new(),
            Show::Help => "help".into(),
            Show::Advice(tile) => format!("advice-{tile}"),
            Show::List => "list".into(),
            Show::Part(tile) => format!("part-{tile}"),
            Show::Find => "find".into(),
            Show::Today => "today".into(),
            Show::Yesterday => "yesterday".into(),
            Show::OtherDay => "day".into(),
        }
    }

    fn read(code: &str) -> Self {
        let tile = |start: &str| code.strip_prefix(start).and_then(|number| number.parse().ok());
        match code {
            "help" => Show::Help,
            "list" => Show::List,
            "find" => Show::Find,
            "today" => Show::Today,
            "yesterday" => Show::Yesterday,
            "day" => Show::OtherDay,
            _ => match (tile("advice-"), tile("part-")) {
                (Some(tile), _) => Show::Advice(tile),
                (_, Some(tile)) => Show::Part(tile),
                _ => Show::Question,
            },
        }
    }
}

impl Step {
    /// The step of the address that is open, of those that this page shows.
    /// While the address belongs to another page, it stays the last one.
    // The router's own parameters and query do not change together, so both are read from the address itself.
    pub fn now(is_shown: fn(&Step) -> bool) -> Memo<Step> {
        let Location { pathname, query, .. } = use_location();
        Memo::new(move |last: Option<&Step>| {
            let here = Step::read(&pathname.read(), &query.read()).filter(is_shown);
            here.or_else(|| last.cloned()).unwrap_or_default()
        })
    }

    fn read(path: &str, query: &ParamsMap) -> Option<Step> {
        let mut parts = path.strip_prefix("/new/")?.split('/');
        Some(Step {
            category: parts.next()?.to_owned(),
            question: parts.next().unwrap_or_default().to_owned(),
            draft: query.get("draft").unwrap_or_default(),
            show: Show::read(&query.get("show").unwrap_or_default()),
            from_check: query.get("from").as_deref() == Some(CHECK),
            saves: query.get(THEN).as_deref() == Some(SAVE),
        })
    }

    /// The address names a screen of this category; without a question it is the first one.
    pub fn is_of(&self, spec: &CategorySpec) -> bool {
        let beside = ["", WHEN, NAME, AUTHOR, CHECK];
        beside.contains(&self.question.as_str()) || spec.question(&self.question).is_some()
    }

    pub fn is_check(&self) -> bool {
        self.question == CHECK
    }

    pub fn href(&self) -> String {
        let show = match self.show {
            Show::Question => String::new(),
            show => format!("&show={}", show.code()),
        };
        let from = if self.from_check { "&from=check" } else { "" };
        let then = if self.saves { then_save() } else { String::new() };
        format!("/new/{}/{}?draft={}{show}{from}{then}", self.category, self.question, self.draft)
    }

    pub fn showing(&self, show: Show) -> Step {
        Step { show, ..self.clone() }
    }

    pub fn to(&self, question: &str) -> Step {
        Step { question: question.to_owned(), show: Show::Question, ..self.clone() }
    }

    pub fn check(&self) -> Step {
        Step { from_check: false, ..self.to(CHECK) }
    }

    /// What comes after this question, once the answers are these.
    pub fn after(&self, spec: &CategorySpec, answers: &Map<String, Value>) -> Step {
        let next = match self.from_check {
            true => spec.missing(answers).into_iter().next(),
            false => spec.next_question(&self.question, answers),
        };
        next.map_or_else(|| self.check(), |question| self.to(question.id))
    }

    /// The way back from this screen.
    pub fn before(&self, spec: &CategorySpec, answers: &Map<String, Value>) -> String {
        if self.show != Show::Question {
            return self.showing(Show::Question).href();
        }
        let walk = spec.walk(answers);
        let here = walk.iter().position(|question| question.id == self.question);
        match here {
            _ if self.from_check => self.check().href(),
            None => self.check().href(),
            Some(0) => "/".to_owned(),
            Some(here) => self.to(walk[here - 1].id).href(),
        }
    }

    /// "Medicines - Question 3 of 7"; only the name for a question outside the walk.
    pub fn caption(&self, spec: &CategorySpec, answers: &Map<String, Value>) -> String {
        let walk = spec.walk(answers);
        match walk.iter().position(|question: &&Question| question.id == self.question) {
            Some(here) if !self.from_check => crate::text::capture::caption(spec.name, here + 1, walk.len()),
            _ => spec.name.to_owned(),
        }
    }

    /// Kept in the draft, so that a killed app comes back to the same screen.
    pub fn mark(&self) -> String {
        match self.show {
            Show::Help => format!("{}/help", self.question),
            _ => self.question.clone(),
        }
    }

    /// The screen that a draft was left at.
    pub fn resume(category: &str, draft: &str, mark: &str) -> Step {
        let (question, show) = mark.split_once('/').unwrap_or((mark, ""));
        Step {
            category: category.to_owned(),
            question: question.to_owned(),
            draft: draft.to_owned(),
            show: Show::read(show),
            from_check: false,
            saves: false,
        }
    }
}

/// The part of an address that says that "Save" was pressed.
pub fn then_save() -> String {
    format!("&{THEN}={SAVE}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::category;

    #[test]
    fn an_address_names_a_screen_of_its_category_or_none() {
        let check = |question: &str, known: bool| {
            let step = Step { question: question.to_owned(), ..Step::default() };
            let spec = category::find("medication").expect("a category of this build");
            assert_eq!(step.is_of(spec), known, "{question}");
        };
        check("", true);
        check("who", true);
        check(WHEN, true);
        check(CHECK, true);
        check("safe", false);
        check("newer", false);
    }
}
