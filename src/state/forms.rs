//! Half-filled forms of those who review and manage, kept like drafts under the name of the person, and chosen files.

use super::{App, Notices, Problem, keep::Kept};
use crate::browser::{chosen_file, json};
use leptos::{ev, prelude::*, task::spawn_local};
use serde_json::{Map, Value};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

type Answers = Map<String, Value>;

#[derive(Clone, Copy)]
pub struct Forms {
    /// Of the person shown now, by form.
    pub list: RwSignal<BTreeMap<String, Answers>>,
    queue: StoredValue<Rc<Queue>, LocalStorage>,
    keep: Kept,
    notices: Notices,
}

/// Person and form -> the latest text, or none to remove it. One writer at a time.
#[derive(Default)]
struct Queue {
    waiting: RefCell<BTreeMap<(String, String), Option<String>>>,
    is_busy: Cell<bool>,
}

impl Forms {
    pub(super) fn new(keep: Kept, notices: Notices) -> Self {
        Self { list: RwSignal::default(), queue: StoredValue::new_local(Rc::default()), keep, notices }
    }

    /// Of the person shown now, and of nobody else.
    pub(super) async fn load(&self) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        let Some(person) = keep.person.borrow().clone() else {
            self.list.set(BTreeMap::new());
            return Ok(());
        };
        self.list.set(keep.opened()?.shelf.forms(&person).await?.into_iter().collect());
        Ok(())
    }

    fn put(&self, form: &str, answers: Option<&Answers>) {
        let keep = self.keep.get_value();
        let Some(person) = keep.person.borrow().clone() else { return };
        self.list.update(|list| match answers {
            Some(answers) => drop(list.insert(form.to_owned(), answers.clone())),
            None => drop(list.remove(form)),
        });
        let queue = self.queue.get_value();
        queue.waiting.borrow_mut().insert((person, form.to_owned()), answers.map(json::write));
        if queue.is_busy.replace(true) {
            return;
        }
        let forms = *self;
        spawn_local(async move {
            if let Err(problem) = forms.write(&queue).await {
                forms.notices.alert(problem.sentence);
            }
            queue.is_busy.replace(false);
        });
    }

    async fn write(&self, queue: &Queue) -> Result<(), Problem> {
        let keep = self.keep.get_value();
        loop {
            let next = queue.waiting.borrow_mut().pop_first();
            let Some(((person, form), text)) = next else { break };
            let shelf = keep.opened()?.shelf;
            match text {
                Some(text) => shelf.save_form(&person, &form, &text).await?,
                None => {
                    shelf.remove_form(&person, &form).await?;
                    keep.tell_tabs("forms");
                }
            }
        }
        Ok(())
    }
}

impl App {
    /// What this person typed into a form before the page was left.
    pub fn kept_form(&self, key: &str) -> Option<Answers> {
        self.forms.list.read_untracked().get(key).cloned()
    }

    pub fn keep_form(&self, key: &str, answers: &Answers) {
        self.forms.put(key, Some(answers));
    }

    pub fn forget_form(&self, key: &str) {
        if self.forms.list.read_untracked().contains_key(key) {
            self.forms.put(key, None);
        }
    }
}

/// The text of the file that was chosen.
/// # Errors  There is none, or it is no text.
pub async fn read_file(event: ev::Event) -> Result<String, Problem> {
    chosen_file::text(&event)
        .await
        .ok_or_else(|| Problem::new("Choose a file with text in it, for example a CSV file."))
}
