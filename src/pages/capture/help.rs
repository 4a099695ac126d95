//! What comes before the next question: getting help, or making it safe.

use super::flow::Flow;
use crate::{
    text::capture as text,
    ui::{Button, Buttons, Interruption, Kind, LinkButton},
};
use markup::prelude::*;

/// It may have reached or hurt somebody.
#[component]
pub fn GetHelp(flow: Flow) -> impl IntoView {
    let draft = flow.draft();
    let directory = flow.app.directory.get_untracked();
    let on_call = directory.sites.get(&draft.site).map(|site| site.on_call.trim().to_owned());
    let call = on_call.filter(|number| !number.is_empty()).map(|number| {
        let dialled: String =
            number.chars().filter(|digit| digit.is_ascii_digit() || *digit == '+').collect();
        view! {
            <LinkButton href=format!("tel:{dialled}") kind=Kind::Danger icon="phone">
                {text::call(&number)}
            </LinkButton>
        }
    });
    let back = flow.step().before(flow.spec, &draft.answers);
    view! {
        <Interruption title=text::HELP_FIRST>
            <p class="lede">{text::HELP_NOW}</p>
            {call}
            <LinkButton href="tel:999" kind=Kind::Danger icon="phone">
                {text::device::CALL_999}
            </LinkButton>
            <p>{text::MAY_BE_INCIDENT}</p>
            <Buttons>
                <Button on_press=move |()| flow.go_on()>{text::CONTINUE}</Button>
                <LinkButton href=format!("/quick?draft={}", draft.id) kind=Kind::Secondary>
                    {text::SAVE_WHAT_I_KNOW}
                </LinkButton>
                <LinkButton href=back kind=Kind::Quiet>
                    {text::GO_BACK}
                </LinkButton>
            </Buttons>
        </Interruption>
    }
}

/// A sentence that must be read before going on, for example "Keep people away".
#[component]
pub fn Advice(flow: Flow, words: &'static str) -> impl IntoView {
    let back = flow.step().before(flow.spec, &flow.answers());
    view! {
        <Interruption title=text::ADVICE>
            <p class="lede">{words}</p>
            <Buttons>
                <Button on_press=move |()| flow.go_on()>{text::CONTINUE}</Button>
                <LinkButton href=back kind=Kind::Quiet>
                    {text::GO_BACK}
                </LinkButton>
            </Buttons>
        </Interruption>
    }
}
