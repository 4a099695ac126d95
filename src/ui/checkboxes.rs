//! Several answers out of a few.

use super::{Bound, Choice, Group, Icon, radios::option_id};
use markup::prelude::*;

/// A question with any number of answers. A choice marked `exclusive` stands last and takes the others away.
/// The first input has the id `id`, so that an error can link to it.
#[component]
pub fn Checkboxes(
    #[prop(into)] id: String,
    #[prop(into)] legend: String,
    #[prop(into)] options: Signal<Vec<Choice>>,
    /// The chosen values, in the order of the choices.
    #[prop(into)]
    value: Bound<Vec<String>>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    /// The legend is the heading of the page.
    #[prop(optional)]
    heading: bool,
    /// Small words above the heading.
    #[prop(into, optional)]
    caption: MaybeProp<String>,
) -> impl IntoView {
    let name = id.clone();
    let choices = move || {
        let all = options.get();
        all.iter()
            .cloned()
            .enumerate()
            .map(|(index, choice)| {
                let or = choice.exclusive.then(|| view! { <p class="checkboxes__or">"or"</p> });
                view! {
                    {or}
                    <Checkbox name=name.clone() index choice options value />
                }
            })
            .collect_view()
    };
    view! {
        <Group id legend hint error heading caption>
            <div class="checkboxes">{choices}</div>
        </Group>
    }
}

#[component]
fn Checkbox(
    name: String,
    index: usize,
    choice: Choice,
    options: Signal<Vec<Choice>>,
    value: Bound<Vec<String>>,
) -> impl IntoView {
    let id = option_id(&name, index);
    let hint_id = choice.hint.as_ref().map(|_| format!("{id}-hint"));
    let mine = choice.value.clone();
    let checked = move || value.get().contains(&mine);
    let change = {
        let code = choice.value.clone();
        move |event| {
            let on = event_target_checked(&event);
            value.set(after_change(&options.get_untracked(), &untrack(|| value.get()), &code, on));
        }
    };
    view! {
        <div class="checkbox">
            <input
                class="checkbox__input"
                type="checkbox"
                id=id.clone()
                name=name
                value=choice.value
                aria-describedby=hint_id.clone()
                prop:checked=checked
                on:change=change
            />
            <label class="checkbox__label" for=id>
                {choice.icon.map(|name| view! { <Icon name /> })}
                {choice.label}
            </label>
            {choice.hint.map(|words| view! { <div class="checkbox__hint" id=hint_id>{words}</div> })}
        </div>
    }
}

/// The chosen values after `code` was switched on or off.
fn after_change(options: &[Choice], chosen: &[String], code: &str, on: bool) -> Vec<String> {
    let exclusive = options.iter().any(|choice| choice.exclusive && choice.value == code);
    if on && exclusive {
        return vec![code.to_owned()];
    }
    let stays = |choice: &Choice| {
        if choice.value == code { on } else { chosen.contains(&choice.value) && !(on && choice.exclusive) }
    };
    options.iter().filter(|choice| stays(choice)).map(|choice| choice.value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::Choice, after_change};

    fn check(chosen: &[&str], code: &str, on: bool, expected: &[&str]) {
        let options = [Choice::new("a", "A"), Choice::new("b", "B"), Choice::new("none", "None").exclusive()];
        let chosen: Vec<String> = chosen.iter().map(|code| (*code).to_owned()).collect();
        assert_eq!(after_change(&options, &chosen, code, on), expected);
    }

    #[test]
    fn none_of_these_takes_the_others_away() {
        check(&["a", "b"], "none", true, &["none"]);
        check(&["none"], "a", true, &["a"]);
        check(&["none"], "none", false, &[]);
    }

    #[test]
    fn answers_keep_the_order_of_the_choices() {
        check(&["b"], "a", true, &["a", "b"]);
        check(&["a", "b"], "a", false, &["b"]);
    }
}
