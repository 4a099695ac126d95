//! What a person typed into a form, as typed, and what is wrong with it. Kept on this device until it is sent.

use super::{Ask, read, typed};
use crate::{
    pages::record::form::typed::DATE_PARTS,
    state::{App, Kind as News, Problem, Written},
    text::review::errors,
    ui::{Bound, DateParts, FieldError},
};
use domain::{
    ids::{RecordId, SiteId},
    refusal::Code,
    time::{Instant, parse_instant},
};
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Map, Value};

#[derive(Clone, Copy)]
pub struct Entry {
    pub app: App,
    pub site: StoredValue<SiteId>,
    /// The record it is about, if it is about one.
    pub record: StoredValue<Option<RecordId>>,
    pub answers: RwSignal<Map<String, Value>>,
    pub errors: RwSignal<Vec<FieldError>>,
    pub busy: RwSignal<bool>,
    /// What was asked when it was last read, to name the field of a refusal.
    asked: StoredValue<Vec<Ask>>,
    key: StoredValue<String>,
    start: StoredValue<Map<String, Value>>,
    /// When what stands here was begun; none while nothing was typed.
    began: StoredValue<Option<Instant>>,
    /// What was typed before this page opened is back, since when; none where nothing is. Kept from before the app
    /// wrote the moment down, it has none.
    pub restored: RwSignal<Option<Option<Instant>>>,
}

/// Beside the answers of a form that is kept: the moment of the first of them. No field has this name.
const BEGAN: &str = "began.at";

impl Entry {
    /// Opens the form of this key with what was typed before, else with `start`.
    pub fn open(
        app: App,
        key: String,
        site: SiteId,
        record: Option<RecordId>,
        start: Map<String, Value>,
    ) -> Entry {
        let mut kept = app.kept_form(&key);
        let began = kept.as_mut().and_then(|kept| kept.remove(BEGAN)).and_then(moment);
        let restored = kept.is_some().then_some(began);
        let answers = kept.unwrap_or_else(|| start.clone());
        // An update of the app waits while a form is open.
        StoredValue::new_local(app.editing());
        Entry {
            app,
            site: StoredValue::new(site),
            record: StoredValue::new(record),
            answers: RwSignal::new(answers),
            errors: RwSignal::default(),
            busy: RwSignal::default(),
            asked: StoredValue::default(),
            key: StoredValue::new(key),
            start: StoredValue::new(start),
            began: StoredValue::new(began),
            restored: RwSignal::new(restored),
        }
    }

    pub fn set(self, name: &str, value: Value) {
        self.answers.update(|answers| {
            answers.insert(name.to_owned(), value);
        });
        let is_start = self.start.with_value(|start| self.answers.with_untracked(|answers| answers == start));
        if is_start {
            self.began.set_value(None);
            return self.forget();
        }
        let began = self.began.get_value().unwrap_or_else(|| self.app.now.get_untracked());
        self.began.set_value(Some(began));
        let mut kept = self.answers.get_untracked();
        kept.insert(BEGAN.to_owned(), began.to_rfc3339().into());
        self.key.with_value(|key| self.app.keep_form(key, &kept));
    }

    /// The text or code of a field; empty when there is none. Tracked.
    pub fn code(self, name: &str) -> String {
        self.answers.with(|answers| answers.get(name).and_then(Value::as_str).unwrap_or_default().to_owned())
    }

    pub fn text(self, name: impl Into<String>) -> Bound<String> {
        let name: String = name.into();
        let read = name.clone();
        Bound::new(move || self.code(&read), move |text: String| self.set(&name, text.into()))
    }

    pub fn one(self, name: impl Into<String>) -> Bound<Option<String>> {
        let name: String = name.into();
        let read = name.clone();
        let get = move || Some(self.code(&read)).filter(|code| !code.is_empty());
        Bound::new(get, move |code: Option<String>| self.set(&name, code.unwrap_or_default().into()))
    }

    pub fn many(self, name: &'static str) -> Bound<Vec<String>> {
        let get = move || self.answers.with(|answers| typed::texts(answers.get(name)));
        Bound::new(get, move |codes: Vec<String>| self.set(name, codes.into()))
    }

    pub fn date(self, name: &'static str) -> Bound<DateParts> {
        let get = move || {
            let part = |part: &str| {
                self.answers.with(|answers| {
                    answers
                        .get(name)
                        .and_then(|parts| parts.get(part))
                        .and_then(Value::as_str)
                        .unwrap_or("")
                        .to_owned()
                })
            };
            let [day, month, year] = DATE_PARTS;
            DateParts { day: part(day), month: part(month), year: part(year) }
        };
        Bound::new(get, move |parts: DateParts| {
            self.set(name, typed::parts(&parts.day, &parts.month, &parts.year));
        })
    }

    /// What is wrong with the field of this id.
    pub fn error(self, id: impl Into<String>) -> Signal<Option<String>> {
        let id: String = id.into();
        Signal::derive(move || {
            self.errors.read().iter().find(|error| error.id == id).map(|error| error.message.clone())
        })
    }

    pub fn has_error(self) -> Signal<bool> {
        Signal::derive(move || !self.errors.read().is_empty())
    }

    /// Everything that is wrong with what was typed, or the fields to send.
    pub fn read(self, asks: &[Ask]) -> Option<Map<String, Value>> {
        self.asked.set_value(asks.to_vec());
        let read = self.answers.with_untracked(|answers| read(asks, answers));
        fields_or_errors(self.errors, read)
    }

    /// It could be saved as it is; or what is wrong is shown. For a form that asks once more before it saves: nobody is
    /// asked about what is refused all the same.
    pub fn passes(self, verb: &str, with: &Map<String, Value>, at: fn(&Problem) -> String) -> bool {
        self.errors.set(Vec::new());
        let (record, site) = (self.record.get_value(), self.site.get_value());
        let checked = match record {
            Some(_) => self.app.check(verb, record, with.clone()),
            None => self.app.check_at(&site, verb, with.clone()),
        };
        checked.map_err(|problem| self.show(&problem, at)).is_ok()
    }

    /// More that is asked here than what was read last: a refusal may be about it.
    pub fn also_asks(self, asks: &[Ask]) {
        self.asked.update_value(|asked| asked.extend_from_slice(asks));
    }

    /// Checks, writes, forgets what was typed, and goes on; or shows what is wrong.
    /// `at` says beside which input a refusal about a field stands.
    pub fn send(
        self,
        verb: &'static str,
        with: Map<String, Value>,
        at: fn(&Problem) -> String,
        then: impl FnOnce(Written) + 'static,
    ) {
        self.send_then(verb, with, at, None, Box::new(then));
    }

    /// The same for a form that what it writes may take away at once: what is said is said all the same.
    pub fn send_saying(
        self,
        verb: &'static str,
        with: Map<String, Value>,
        at: fn(&Problem) -> String,
        done: &'static str,
        then: impl FnOnce(Written) + 'static,
    ) {
        self.send_then(verb, with, at, Some(done), Box::new(then));
    }

    /// One copy for all forms.
    fn send_then(
        self,
        verb: &'static str,
        with: Map<String, Value>,
        at: fn(&Problem) -> String,
        done: Option<&'static str>,
        then: Box<dyn FnOnce(Written)>,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        if !self.passes(verb, &with, at) {
            return;
        }
        self.busy.set(true);
        let (key, record, site) = (self.key.get_value(), self.record.get_value(), self.site.get_value());
        spawn_local(async move {
            let result = match record {
                Some(_) => self.app.write(verb, record, with).await,
                None => self.app.write_at(&site, verb, with).await,
            };
            if result.is_ok() {
                self.app.forget_form(&key);
                if let Some(words) = done {
                    self.app.notices.show(News::Success, words);
                }
            }
            if self.busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(written) => then(written),
                Err(problem) => self.show(&problem, at),
            }
        });
    }

    /// The same for several things of the site: all of them are written, or none. `then` is told how many.
    #[cfg(feature = "desk")]
    pub fn send_all(
        self,
        verb: &'static str,
        all: Vec<Map<String, Value>>,
        at: fn(&Problem) -> String,
        then: impl FnOnce(usize) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.errors.set(Vec::new());
        self.busy.set(true);
        let (key, site) = (self.key.get_value(), self.site.get_value());
        spawn_local(async move {
            let result = self.app.write_all_at(&site, verb, all).await;
            if result.is_ok() {
                self.app.forget_form(&key);
            }
            if self.busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(number) => then(number),
                Err(problem) => self.show(&problem, at),
            }
        });
    }

    pub fn show(self, problem: &Problem, at: fn(&Problem) -> String) {
        let ask = problem.field.as_deref().and_then(|field| self.ask_of(field));
        let words = match (problem.code, &problem.field, &ask) {
            (Some(Code::MissingField), _, Some(ask)) => typed::no_answer(ask),
            (Some(Code::BadValue), _, Some(ask)) => typed::does_not_fit(ask),
            (Some(Code::MissingField), Some(field), None) => {
                errors::missing(field).map_or_else(|| problem.sentence.clone(), str::to_owned)
            }
            _ => problem.sentence.clone(),
        };
        let id = at(problem);
        // A group has no input of its own: its first one stands for it.
        let id = ask.filter(|_| problem.field.as_ref() == Some(&id)).map_or(id, |ask| ask.name.to_owned());
        self.errors.set(vec![FieldError::new(id, words)]);
    }

    /// What was asked under this name; of a group, its first question.
    fn ask_of(self, field: &str) -> Option<Ask> {
        let of_group = |ask: &&Ask| ask.name.split_once('.').is_some_and(|(group, _)| group == field);
        self.asked.with_value(|asked| {
            let own = asked.iter().find(|ask| ask.name == field);
            own.or_else(|| asked.iter().find(of_group)).copied()
        })
    }

    /// As it was before anything was typed, for the next entry on the same page.
    pub fn clear(self) {
        self.answers.set(self.start.get_value());
    }

    /// Throws away what was typed before.
    pub fn start_again(self) {
        self.clear();
        self.errors.set(Vec::new());
        self.began.set_value(None);
        self.restored.set(None);
        self.forget();
    }

    pub fn forget(self) {
        self.key.with_value(|key| self.app.forget_form(key));
    }
}

fn moment(kept: Value) -> Option<Instant> {
    kept.as_str().and_then(parse_instant)
}

/// What was wrong before goes away once it reads: a question that comes next stands alone.
fn fields_or_errors(
    errors: RwSignal<Vec<FieldError>>,
    (with, wrong): (Map<String, Value>, Vec<FieldError>),
) -> Option<Map<String, Value>> {
    let is_right = wrong.is_empty();
    errors.set(wrong);
    is_right.then_some(with)
}

/// The input with the name of the field at fault.
pub fn beside_field(problem: &Problem) -> String {
    problem.field.clone().unwrap_or_else(|| "main".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::record::form::{Look, ask};
    use serde_json::json;

    #[test]
    fn an_error_goes_away_once_the_answer_is_mended() {
        let owner = Owner::new();
        owner.with(|| {
            let errors = RwSignal::new(Vec::new());
            let asks = [ask("value.count", "How many after?", Look::Number).needed()];
            let typed = |number: &str| {
                let answers = json!({"value.count": number}).as_object().cloned().unwrap_or_default();
                fields_or_errors(errors, read(&asks, &answers))
            };
            assert_eq!(typed("-3"), None);
            assert_eq!(errors.read_untracked().len(), 1);
            assert!(typed("3").is_some());
            assert!(errors.read_untracked().is_empty(), "{:?}", errors.read_untracked());
        });
    }
}
