//! A question with one answer, answered in one tap; or with radios and Continue for those who want it.

use super::{Bound, Button, Choice, Form, Group, Radios, Tile, radios::option_id};
use markup::prelude::*;

/// The answers of one question as buttons. With `press_continue` it becomes radios and a Continue button.
#[component]
pub fn Tiles(
    /// Name of the question; also the id of its first answer.
    #[prop(into)]
    id: String,
    #[prop(into)] legend: String,
    #[prop(into)] options: Signal<Vec<Choice>>,
    /// The earlier answer, when the person came back.
    #[prop(into)]
    selected: Signal<Option<String>>,
    /// Called with the value of the answer; the page goes on to the next question.
    #[prop(into)]
    on_choose: Callback<String>,
    #[prop(into, optional)] hint: MaybeProp<String>,
    #[prop(into, optional)] error: MaybeProp<String>,
    /// The legend is the heading of the page; true unless said otherwise.
    #[prop(default = true)]
    heading: bool,
    /// Small words above the heading: "Medication, question 3 of 7".
    #[prop(into, optional)]
    caption: MaybeProp<String>,
    /// The setting "Ask me to press Continue".
    #[prop(into, optional)]
    press_continue: Signal<bool>,
    /// Said when Continue is pressed without an answer: "Select what nearly happened".
    #[prop(into, default = "Select an answer".to_owned())]
    missing: String,
) -> impl IntoView {
    live(move || {
        let (id, legend, missing) = (id.clone(), legend.clone(), missing.clone());
        if press_continue.get() {
            view! { <AsRadios id legend options selected on_choose hint error heading caption missing /> }
        } else {
            view! { <AsTiles id legend options selected on_choose hint error heading caption /> }
        }
    })
}

#[component]
fn AsTiles(
    id: String,
    legend: String,
    options: Signal<Vec<Choice>>,
    selected: Signal<Option<String>>,
    on_choose: Callback<String>,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
    heading: bool,
    caption: MaybeProp<String>,
) -> impl IntoView {
    let name = id.clone();
    let tile = move |(index, choice): (usize, Choice)| {
        let (mine, chosen) = (choice.value.clone(), choice.value.clone());
        let selected = Signal::derive(move || selected.get().as_ref() == Some(&mine));
        let press = move |()| on_choose.run(chosen.clone());
        view! {
            <li>
                <Tile name=name.clone() id=option_id(&name, index) choice selected on_press=press />
            </li>
        }
    };
    let tiles = move || options.get().into_iter().enumerate().map(&tile).collect_view();
    let answered = move || {
        selected.get().map(|value| {
            view! { <Button on_press=move |()| on_choose.run(value.clone())>"Continue"</Button> }
        })
    };
    view! {
        <Form on_submit=|()| ()>
            <Group id legend hint error heading caption>
                <ul class="tiles">{tiles}</ul>
            </Group>
            {answered}
        </Form>
    }
}

#[component]
fn AsRadios(
    id: String,
    legend: String,
    options: Signal<Vec<Choice>>,
    selected: Signal<Option<String>>,
    on_choose: Callback<String>,
    hint: MaybeProp<String>,
    error: MaybeProp<String>,
    heading: bool,
    caption: MaybeProp<String>,
    missing: String,
) -> impl IntoView {
    let answer = RwSignal::new(selected.get_untracked());
    let unanswered = RwSignal::new(None::<String>);
    let error = Signal::derive(move || unanswered.get().or_else(|| error.get()));
    let go_on = move |()| match answer.get_untracked() {
        Some(value) => on_choose.run(value),
        None => unanswered.set(Some(missing.clone())),
    };
    let value = Bound::new(move || answer.get(), move |value| answer.set(value));
    view! {
        <Form on_submit=go_on>
            <Radios id legend options value hint error heading caption />
            <Button>"Continue"</Button>
        </Form>
    }
}
