//! New numbers for one rule: typed, tried on the past, and only then saved, with a reason.

use super::{
    trial::{Outcome, Progress, Result as TrialResult},
    values,
};
use crate::{
    pages::record::form::{Ask, Begun, Entry, Fields, Look, ask},
    routes,
    state::{self, Refused, Tried, use_app},
    text::alerts::rule as words,
    ui::{Button, Buttons, ErrorSummary, FieldError, Form, Kind, LinkButton, Page, lead_to},
};
use domain::patterns::{LONGEST_REASON, Rule, Window};
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use markup::prelude::*;
use serde_json::{Map, Value};

static NUMBERS: [Ask; 2] = [
    ask("threshold", "How many reports?", Look::Whole).hint("For example, 3").needed(),
    ask("days", "In how many days?", Look::Whole).hint("For example, 14").needed(),
];
static REASON: [Ask; 1] = [ask("reason", "Why do the numbers change?", Look::Words)
    .hint("Kept for ever, for everybody who sees the rules")
    .at_most(LONGEST_REASON)
    .needed()];

const SAME: &str = "These are the numbers in force now. Change one of them";

/// Where the answer stands. The button that was pressed saves from then on, so the focus goes to the answer.
const RESULT: &str = "trial-result";

/// What the editor holds while it is open.
#[derive(Clone, Copy)]
struct Editor {
    entry: Entry,
    rule: Rule,
    key: StoredValue<String>,
    /// In force now.
    present: Window,
    progress: RwSignal<Option<(usize, usize)>>,
    outcome: RwSignal<Option<Outcome>>,
}

#[component]
pub fn EditorPage(rule: Rule, key: String) -> impl IntoView {
    let app = use_app();
    let site = untrack(|| app.site()).unwrap_or_default();
    let settings = app.directory.read_untracked().settings(&site);
    let Some(present) = rule.window(&key, &settings) else { return Node::Nothing };
    let start: Map<String, Value> = [("threshold", present.threshold), ("days", present.days)]
        .into_iter()
        .map(|(name, number)| (name.to_owned(), number.to_string().into()))
        .collect();
    let entry = Entry::open(app, format!("rule/{site}/{}/{key}", rule.code()), site, None, start);
    let title = format!("Change: {}", words::name_with_key(rule, &key));
    let editor = Editor {
        entry,
        rule,
        key: StoredValue::new(key),
        present,
        progress: RwSignal::default(),
        outcome: RwSignal::default(),
    };
    let navigate = use_navigate();
    let saved = Callback::new(move |()| navigate(routes::RULES, Default::default()));
    let submit = move |()| match untrack(|| editor.tried()) {
        Some(_) => editor.save(saved),
        None => editor.try_it(),
    };
    let result = move || editor.tried().map(|outcome| view! { <TrialResult outcome /> });
    let is_tried = Memo::new(move |_| editor.tried().is_some());
    view! {
        <Page title=title.clone() heading=title back=routes::RULES back_label="Rules" has_error=entry.has_error()>
            <ErrorSummary errors=entry.errors />
            <Begun entry />
            <p>{words::speaks(rule, Some(present))}</p>
            <p class="muted">{words::why(rule)}</p>
            <Form on_submit=submit>
                <Fields asks=NUMBERS.to_vec() entry />
                <Progress progress=editor.progress />
                <div id=RESULT tabindex="-1">{result}</div>
                {move || is_tried.get().then(|| view! { <Fields asks=REASON.to_vec() entry /> })}
                <p class="muted small">"New numbers count from now on. Alerts that are there stay."</p>
                <Buttons>
                    {move || match is_tried.get() {
                        true => view! { <Button busy=entry.busy>"Save the new numbers"</Button> },
                        false => view! { <Button busy=entry.busy>"Try it on the last 12 months"</Button> },
                    }}
                    <LinkButton href=routes::RULES kind=Kind::Quiet>"Cancel"</LinkButton>
                </Buttons>
            </Form>
        </Page>
    }
}

impl Editor {
    /// What was found for the numbers that stand in the boxes now. Tracked.
    fn tried(self) -> Option<Outcome> {
        let typed = values::window(&self.entry.code("threshold"), &self.entry.code("days")).ok()?;
        self.outcome.get().filter(|outcome| outcome.window == typed)
    }

    /// The numbers in the boxes, or none after what is wrong stands beside them.
    fn window(self) -> Option<Window> {
        let typed = untrack(|| values::window(&self.entry.code("threshold"), &self.entry.code("days")));
        let errors = match typed {
            Ok(window) if window == self.present => vec![FieldError::new("threshold", SAME)],
            Ok(window) => {
                self.entry.errors.set(Vec::new());
                return Some(window);
            }
            Err(errors) => errors,
        };
        self.entry.errors.set(errors);
        None
    }

    fn rules(self, window: Window) -> Option<domain::directory::RuleNumbers> {
        let directory = self.entry.app.directory.read_untracked();
        let site = self.entry.site.with_value(|site| directory.sites.get(site).cloned())?;
        Some(self.key.with_value(|key| values::with(&site, self.rule, key, window)))
    }

    fn try_it(self) {
        let Some(window) = self.window() else { return };
        let (Some(rules), false) = (self.rules(window), self.entry.busy.get_untracked()) else { return };
        self.entry.busy.set(true);
        let key = Some(self.key.get_value()).filter(|key| !key.is_empty());
        let tried = Tried { site: self.entry.site.get_value(), rule: self.rule, key, rules };
        spawn_local(async move {
            let still = move || {
                let typed =
                    untrack(|| values::window(&self.entry.code("threshold"), &self.entry.code("days")));
                typed == Ok(window)
            };
            let found = self.entry.app.dry_run(tried, self.progress, still).await;
            if self.entry.busy.try_set(false).is_some() {
                return;
            }
            self.progress.set(None);
            if let Some(found) = found {
                self.outcome.set(Some(Outcome { window, found }));
                lead_to(RESULT.to_owned());
            }
        });
    }

    fn save(self, saved: Callback<()>) {
        let Some(window) = self.window() else { return };
        let Some(with) = self.entry.read(&REASON) else { return };
        let (Some(rules), false) = (self.rules(window), self.entry.busy.get_untracked()) else { return };
        let reason = with.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned();
        let app = self.entry.app;
        let change = self.entry.site.with_value(|id| {
            let directory = app.directory.read_untracked();
            directory.sites.get(id).map(|site| values::change(id, site, &rules, &reason))
        });
        let Some(change) = change else { return };
        self.entry.busy.set(true);
        spawn_local(async move {
            let result = app.admin.change(vec![change], None).await;
            if self.entry.busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(_) => {
                    self.entry.forget();
                    app.notices.show(state::Kind::Success, "The new numbers count from now on.");
                    saved.run(());
                }
                Err(refused) => self.entry.errors.set(told(&refused)),
            }
        });
    }
}

/// What the service says, beside the box that it is about.
fn told(refused: &Refused) -> Vec<FieldError> {
    let beside = |field: &str| match field {
        "reason" => "reason",
        "settings" => "threshold",
        _ => "main",
    };
    match refused.rows.is_empty() {
        true => vec![FieldError::new("main", refused.problem.sentence.clone())],
        false => {
            refused.rows.iter().map(|row| FieldError::new(beside(&row.field), row.sentence.clone())).collect()
        }
    }
}
