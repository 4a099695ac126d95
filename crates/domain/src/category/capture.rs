//! The walk through a category's questions: which one comes next, what an answer sets and what it clears.
//! Answers are step 1 fields by name, as a draft keeps them; how a question looks is not known here.

use super::{CategorySpec, Question, QuestionKind, Tile, question::Choice};
use crate::vocabulary::Code;
use serde_json::{Map, Value};

type Answers = Map<String, Value>;

impl CategorySpec {
    /// The questions to ask one after the other, given the answers so far.
    pub fn walk(&self, answers: &Answers) -> Vec<&'static Question> {
        self.questions.iter().filter(|question| !question.aside && question.is_asked(answers)).collect()
    }

    /// The questions that only the check-answers page offers.
    pub fn asides(&self, answers: &Answers) -> Vec<&'static Question> {
        self.questions.iter().filter(|question| question.aside && question.is_asked(answers)).collect()
    }

    pub fn question(&self, id: &str) -> Option<&'static Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The question after this one in the walk; `None`: time to check the answers.
    pub fn next_question(&self, id: &str, answers: &Answers) -> Option<&'static Question> {
        let here = self.questions.iter().position(|question| question.id == id)?;
        self.questions[here + 1..].iter().find(|question| !question.aside && question.is_asked(answers))
    }

    /// Questions that still need an answer before the report can be saved.
    pub fn missing(&self, answers: &Answers) -> Vec<&'static Question> {
        let needed = |question: &&Question| !question.optional && !question.is_answered(answers);
        self.walk(answers).into_iter().filter(needed).collect()
    }

    /// Puts the answer of one question in place of its earlier answer.
    /// Answers of questions that are no longer asked are dropped.
    pub fn answer(
        &self,
        question: &Question,
        set: impl IntoIterator<Item = (&'static str, Value)>,
        answers: &mut Answers,
    ) {
        for field in question.fields() {
            answers.remove(field);
        }
        answers.extend(set.into_iter().map(|(field, value)| (field.to_owned(), value)));
        self.drop_unasked(answers);
    }

    /// Takes away what answers only questions that are not asked after the others.
    pub(super) fn drop_unasked(&self, answers: &mut Answers) {
        let (asked, unasked): (Vec<_>, Vec<_>) =
            self.questions.iter().partition(|other| other.is_asked(answers));
        for field in unasked.into_iter().flat_map(Question::fields) {
            if !asked.iter().any(|other| other.fields().contains(&field)) {
                answers.remove(field);
            }
        }
    }
}

impl Question {
    pub fn is_asked(&self, answers: &Answers) -> bool {
        self.when.is_empty()
            || self
                .when
                .iter()
                .any(|(field, value)| answers.get(*field).and_then(Value::as_str) == Some(value))
    }

    /// "None of these" and "No one person" are answers: the field is there and empty.
    pub fn is_answered(&self, answers: &Answers) -> bool {
        self.fields().iter().any(|field| answers.contains_key(*field))
    }

    /// Every step 1 field that an answer may set.
    pub fn fields(&self) -> Vec<&'static str> {
        let mut fields = match self.kind {
            QuestionKind::One { tiles, more } => tiles
                .iter()
                .flat_map(|tile| tile.sets.iter().map(|(field, _)| *field))
                .chain(more.map(|(field, _)| field))
                .collect(),
            QuestionKind::Many { field, .. } => vec![field],
            QuestionKind::Flags { tiles, .. } => tiles.iter().map(|tile| tile.code).collect(),
            QuestionKind::Person => vec!["people"],
            QuestionKind::Place => vec!["location"],
            QuestionKind::Asset => vec!["asset"],
            QuestionKind::Words => vec!["text"],
        };
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// Rows of the list that "Something else" (`None`) or a tile for several codes opens.
    pub fn opened(&self, tile: Option<&Tile>) -> Vec<&'static Code> {
        let (QuestionKind::One { more: Some((_, list)), .. } | QuestionKind::Many { more: Some(list), .. }) =
            self.kind
        else {
            return Vec::new();
        };
        match tile {
            Some(tile) => tile.opens.iter().filter_map(|code| list.find(code)).collect(),
            None => list.codes.iter().collect(),
        }
    }

    /// Is this tile the answer, or is the answer one of the codes it stands for?
    pub fn is_chosen(&self, tile: &Tile, answers: &Answers) -> bool {
        let value = |field: &str| answers.get(field).and_then(Value::as_str);
        if let QuestionKind::One { more: Some((field, _)), .. } = self.kind
            && !tile.opens.is_empty()
        {
            return value(field).is_some_and(|code| tile.opens.contains(&code));
        }
        self.fields().into_iter().all(|field| {
            let wanted = tile.sets.iter().find(|(name, _)| *name == field).map(|(_, code)| *code);
            value(field) == wanted
        })
    }

    /// The answer in the words of the tiles and lists; codes of people, places and equipment as they are.
    /// Empty: not answered.
    pub fn in_words(&self, answers: &Answers) -> Vec<String> {
        let texts = |field: &str| match answers.get(field) {
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        match self.kind {
            QuestionKind::One { tiles, more } => {
                let chosen = tiles.iter().find(|tile| tile.opens.is_empty() && self.is_chosen(tile, answers));
                match (chosen, more) {
                    (Some(tile), _) => vec![tile.label.to_owned()],
                    (None, Some((field, list))) => {
                        texts(field).iter().map(|code| list.label(code).to_owned()).collect()
                    }
                    (None, None) => Vec::new(),
                }
            }
            QuestionKind::Many { field, tiles, none, more, .. } => {
                let label = |code: &String| {
                    let tile = tiles.iter().find(|tile| tile.code == code).map(|tile| tile.label);
                    let listed = || more.and_then(|list| list.find(code)).map(|known| known.label);
                    tile.or_else(listed).unwrap_or(code).to_owned()
                };
                match texts(field).as_slice() {
                    [] => none.filter(|_| self.is_answered(answers)).map(str::to_owned).into_iter().collect(),
                    codes => codes.iter().map(label).collect(),
                }
            }
            QuestionKind::Flags { tiles, none } => {
                let is_said = |tile: &&Choice| answers.get(tile.code) == Some(&Value::Bool(true));
                let said: Vec<String> =
                    tiles.iter().filter(is_said).map(|tile| tile.label.to_owned()).collect();
                match said.is_empty() && self.is_answered(answers) {
                    true => vec![none.to_owned()],
                    false => said,
                }
            }
            QuestionKind::Person | QuestionKind::Place | QuestionKind::Asset | QuestionKind::Words => {
                self.fields().into_iter().flat_map(texts).collect()
            }
        }
    }
}

impl Tile {
    /// What the tile answers, for `CategorySpec::answer`.
    pub fn answer(&self) -> impl Iterator<Item = (&'static str, Value)> {
        self.sets.iter().map(|(field, code)| (*field, Value::from(*code)))
    }
}
