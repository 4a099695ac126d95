//! Five examples from the categories' own, others each time. The result stays on this device.

use crate::{
    state::{App, Practised},
    text::learning::practice as text,
    ui::{Bound, Button, Choice, Icon, Kind as ButtonKind, Radios},
};
use domain::category::{CATEGORIES, DEFINITIONS, Example};
use markup::prelude::*;
use serde_json::Map;

/// Examples of one practice.
const FIVE: usize = 5;

type Asked = (&'static str, &'static Example);

/// Another five each time, from all categories in turn.
fn five(times: usize) -> Vec<Asked> {
    let longest = CATEGORIES.iter().map(|spec| spec.examples.len()).max().unwrap_or(0);
    let all: Vec<Asked> = (0..longest)
        .flat_map(|index| {
            CATEGORIES.iter().filter_map(move |spec| Some((spec.id, spec.examples.get(index)?)))
        })
        .collect();
    let start = times * FIVE;
    (start..start + FIVE).filter_map(|index| all.get(index % all.len().max(1)).copied()).collect()
}

#[component]
pub fn Quiz(app: App) -> impl IntoView {
    let times = move || app.practice.last.read().as_ref().map_or(0, |last| last.times);
    let asked = RwSignal::new(five(untrack(times)));
    let (at, right) = (RwSignal::new(0_usize), RwSignal::new(0_usize));
    let answer = RwSignal::new(None::<String>);
    let told = RwSignal::new(false);
    let next = Callback::new(move |()| {
        answer.set(None);
        told.set(false);
        at.update(|at| *at += 1);
        if at.get_untracked() == asked.with_untracked(Vec::len) {
            finish(app, right.get_untracked(), asked.with_untracked(Vec::len));
        }
    });
    let again = Callback::new(move |()| {
        asked.set(five(untrack(times)));
        at.set(0);
        right.set(0);
    });
    let question = move || {
        let index = at.get();
        let of = asked.with(Vec::len);
        let Some((category, example)) = asked.with(|asked| asked.get(index).copied()) else {
            return view! {
                <div class="stack" role="status">
                    <p class="practice__mark"><Icon name="circle-check" /> <span>{text::score(right.get_untracked(), of)}</span></p>
                    <p>"Thank you. A wrong answer here is a good way to learn."</p>
                </div>
                <Button kind=ButtonKind::Secondary on_press=again>"Try five others"</Button>
            };
        };
        let kind = example.kind(category, app.now.get_untracked());
        let correct = text::answer_for(kind);
        let choose = move |code: Option<String>| {
            if told.get_untracked() || code.is_none() {
                return;
            }
            if code.as_deref() == Some(correct) {
                right.update(|right| *right += 1);
            }
            answer.set(code);
            told.set(true);
        };
        let options: Vec<Choice> =
            text::ANSWERS.into_iter().map(|(code, words)| Choice::new(code, words)).collect();
        let value = Bound::new(move || answer.get(), choose);
        let verdict = move || {
            told.get().then(|| {
                let is_right = answer.read().as_deref() == Some(correct);
                let (icon, word) = if is_right { ("circle-check", "Right.") } else { ("info", "Not quite.") };
                view! {
                    <p class="practice__mark"><Icon name=icon /> <span>{word}</span></p>
                    <p>{text::because(kind)}</p>
                }
            })
        };
        let go_on = move || {
            let words = if index + 1 == of { "See my result" } else { "Next example" };
            told.get().then(|| view! { <Button on_press=next>{words}</Button> })
        };
        view! {
            <p class="muted">{format!("Example {} of {of}", index + 1)}</p>
            <blockquote class="quote">{example.words}</blockquote>
            <Radios id="example" legend=text::WHAT_IS_IT options value />
            <div aria-live="polite">{verdict}</div>
            {go_on}
        }
    };
    view! {
        <section class="stack">
            <h2>{text::FIVE}</h2>
            {question}
        </section>
    }
}

/// Keeps the result here; that it was done, and with which definitions, is told to those who see the whole site.
fn finish(app: App, right: usize, of: usize) {
    let times = app.practice.last.with_untracked(|last| last.as_ref().map_or(0, |last| last.times)) + 1;
    app.practice.finish(Practised { version: DEFINITIONS.into(), right, of, at: app.instant(), times });
    let mut with = Map::new();
    with.insert("version".into(), DEFINITIONS.into());
    if app.check("finish_practice", None, with.clone()).is_err() {
        return;
    }
    leptos::task::spawn_local(async move {
        if let Err(problem) = app.write("finish_practice", None, with).await {
            app.notices.say(problem.sentence);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_practice_has_five_different_examples_of_more_than_one_category() {
        for times in 0..6 {
            let asked = five(times);
            let mut words: Vec<&str> = asked.iter().map(|(_, example)| example.words).collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), FIVE, "time {times}");
            assert!(asked.iter().any(|(category, _)| *category != asked[0].0), "time {times}");
        }
        assert_ne!(five(0)[0].1.words, five(1)[0].1.words);
    }
}
