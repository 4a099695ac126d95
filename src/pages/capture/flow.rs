//! Keeps the answers of one draft and moves from screen to screen.
//! An answer is on the disk before the next screen is shown.

use super::{
    go::Go,
    step::{Show, Step, then_save},
};
use crate::{
    pages::{
        drafts::details::{quick, record_of},
        quick::send,
    },
    state::{App, Draft, Problem},
    text::capture as text,
};
use domain::category::{self, CategorySpec, Question};
use leptos::{prelude::*, task::spawn_local};
use serde_json::{Map, Value};

/// Fields with their new values.
pub type Fields = Vec<(&'static str, Value)>;

#[derive(Clone, Copy)]
pub struct Flow {
    pub app: App,
    pub go: Go,
    pub spec: &'static CategorySpec,
    /// Why the last answer could not be saved.
    pub problem: RwSignal<Option<Problem>>,
    step: StoredValue<Step>,
    /// As it was when the screen opened; a new one is kept from its first answer.
    opened: StoredValue<Draft>,
    /// An answer is being saved: another tap is a shaking hand.
    moving: StoredValue<bool>,
}

/// Why no screen of the flow can be shown at an address.
pub enum Elsewhere {
    /// Go there instead.
    To(String),
    /// Its category or its question is not in this build.
    Unknown,
    NoSite,
}

impl Flow {
    /// The draft of this step, kept or new. Reads nothing as a dependency.
    pub fn open(app: App, go: Go, step: Step) -> Result<Flow, Elsewhere> {
        let spec =
            category::find(&step.category).filter(|spec| step.is_of(spec)).ok_or(Elsewhere::Unknown)?;
        if step.draft.is_empty() || step.question.is_empty() {
            return Err(Elsewhere::To(begin(app, spec, &step)));
        }
        let kept = untrack(|| app.drafts.get(&step.draft));
        let becomes = record_of(&step.draft).unwrap_or(&step.draft);
        if kept.is_none() && untrack(|| app.is_saved(&becomes.into())) {
            return Err(Elsewhere::To(format!("/saved/{becomes}")));
        }
        let site = untrack(|| app.site_to_report());
        let draft = match (kept, site) {
            (Some(draft), _) => draft,
            (None, Some(site)) => {
                let draft = app.drafts.start(spec.id, site, false);
                let (id, record) = (step.draft.clone(), step.draft.as_str().into());
                Draft { id, record, started_at: app.instant(), ..draft }
            }
            (None, None) => return Err(Elsewhere::NoSite),
        };
        Ok(Flow {
            app,
            go,
            spec,
            problem: RwSignal::new(None),
            step: StoredValue::new(step),
            opened: StoredValue::new(draft),
            moving: StoredValue::new(false),
        })
    }

    pub fn step(self) -> Step {
        self.step.get_value()
    }

    pub fn question(self) -> Option<&'static Question> {
        self.spec.question(&self.step().question)
    }

    /// The draft as it is kept now.
    pub fn draft(self) -> Draft {
        let opened = self.opened.get_value();
        untrack(|| self.app.drafts.get(&opened.id)).unwrap_or(opened)
    }

    pub fn answers(self) -> Map<String, Value> {
        self.draft().answers
    }

    /// One text of the answers.
    pub fn answered(self, field: &str) -> Option<String> {
        self.answers().get(field).and_then(Value::as_str).map(str::to_owned)
    }

    /// Saves the answer of the question, then shows `show`, or what comes next.
    pub fn answer(self, set: Fields, show: Show) {
        let mut draft = self.draft();
        if let Some(question) = self.question() {
            self.spec.answer(question, set, &mut draft.answers);
        }
        let here = self.step();
        let next = match show {
            Show::Question => here.after(self.spec, &draft.answers),
            show => here.showing(show),
        };
        self.save_and_go(draft, next);
    }

    /// Saves a draft with something changed beside the questions, then goes back to the page that shows it.
    /// Where "Save" waited for it, the report is saved now: whoever pressed it walks away.
    pub fn change(self, draft: Draft) {
        match self.is_of_quick(&draft) {
            true if self.may_save(&draft) => self.save_quick(draft),
            true => self.save_then(draft, |id| quick(&id)),
            false => self.save_and_go(draft, self.step().check()),
        }
    }

    /// The page that shows the whole draft.
    pub fn overview(self) -> String {
        let draft = self.draft();
        match (self.is_of_quick(&draft), self.step().saves) {
            (true, true) => quick(&draft.id) + &then_save(),
            (true, false) => quick(&draft.id),
            (false, _) => self.step().check().href(),
        }
    }

    /// Without a name its photos would be gone: that is read before it is saved.
    fn may_save(self, draft: &Draft) -> bool {
        let has_photos = untrack(|| !self.app.photos.loose(&draft.record).is_empty());
        self.step().saves && !(has_photos && send::is_nameless(draft))
    }

    fn save_quick(self, draft: Draft) {
        if self.moving.try_update_value(|moving| std::mem::replace(moving, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            let saved = match self.app.drafts.save(draft.clone()).await {
                Ok(()) => send::save(self.app, self.spec, draft).await,
                Err(problem) => Err(problem),
            };
            match saved {
                Ok(href) => self.go.instead(href),
                Err(problem) => self.fail(problem),
            }
        });
    }

    fn is_of_quick(self, draft: &Draft) -> bool {
        draft.quick && record_of(&draft.id).is_none() && !self.step().from_check
    }

    /// Goes on without a new answer.
    pub fn go_on(self) {
        let draft = self.draft();
        let next = self.step().after(self.spec, &draft.answers);
        if self.answers().is_empty() {
            self.go.to(&next.href());
        } else {
            self.save_and_go(draft, next);
        }
    }

    pub fn show(self, show: Show) {
        self.go.to(&self.step().showing(show).href());
    }

    /// Keeps words and ticks while they are being made, without moving.
    pub fn note(self, set: Fields) {
        let Some(question) = self.question() else { return };
        let mut draft = self.draft();
        self.spec.answer(question, set, &mut draft.answers);
        draft.step = self.step().mark();
        self.app.drafts.save_soon(draft);
    }

    /// Keeps the draft as it is now, then goes on: while the camera is open, a phone may end this page.
    pub fn keep_then(self, then: Callback<()>) {
        let draft = Draft { step: self.step().mark(), ..self.draft() };
        spawn_local(async move {
            match self.app.drafts.save(draft).await {
                Ok(()) => then.try_run(()).unwrap_or_default(),
                Err(problem) => self.fail(problem),
            }
        });
    }

    /// "Save and finish later".
    pub fn leave(self) {
        let draft = Draft { step: self.step().mark(), ..self.draft() };
        if draft.answers.is_empty() && untrack(|| self.app.photos.loose(&draft.record)).is_empty() {
            return self.go.to("/");
        }
        spawn_local(async move {
            match self.app.drafts.save(draft).await {
                Ok(()) => {
                    let is_mine = self.app.writer.read_untracked().is_some();
                    self.app.notices.show(crate::state::Kind::Success, text::finish_later_said(is_mine));
                    self.go.to("/");
                }
                Err(problem) => self.fail(problem),
            }
        });
    }

    fn save_and_go(self, draft: Draft, next: Step) {
        let draft = Draft { step: next.mark(), ..draft };
        self.save_then(draft, move |id| Step { draft: id, ..next }.href());
    }

    fn save_then(self, draft: Draft, href: impl FnOnce(String) -> String + 'static) {
        if self.moving.try_update_value(|moving| std::mem::replace(moving, true)) != Some(false) {
            return;
        }
        spawn_local(async move {
            match self.keep(draft).await {
                Ok(id) => self.go.to(&href(id)),
                Err(problem) => self.fail(problem),
            }
        });
    }

    /// Gives the id under which it is kept. A draft that was deleted in the meantime begins again as a new one.
    async fn keep(self, draft: Draft) -> Result<String, Problem> {
        self.app.drafts.save(draft.clone()).await?;
        if untrack(|| self.app.drafts.get(&draft.id)).is_some() {
            return Ok(draft.id);
        }
        let record = self.app.new_record_id();
        let again = Draft { id: record.to_string(), record, ..draft };
        let id = again.id.clone();
        self.app.drafts.save(again).await?;
        Ok(id)
    }

    fn fail(self, problem: Problem) {
        self.moving.try_set_value(false);
        self.problem.try_set(Some(problem));
    }
}

/// The first screen of a new report. The draft has the id of the record it becomes.
fn begin(app: App, spec: &CategorySpec, step: &Step) -> String {
    let draft = if step.draft.is_empty() { app.new_record_id().to_string() } else { step.draft.clone() };
    let first = spec.questions.first().map_or("", |question| question.id);
    let question = if step.question.is_empty() { first } else { &step.question };
    Step { draft, ..step.to(question) }.href()
}
