//! Help with the provider information return: the numbers and a draft, on the page and as a file.

use super::{
    chosen::Chosen,
    save::{CSV, file_name, register, save},
};
use crate::{
    state::use_app,
    ui::{Button, Buttons, Cell, Details, Kind, Table},
};
use exchange::{Selection, csv, pir};
use markup::prelude::*;

#[component]
pub fn PirPart(chosen: Chosen) -> impl IntoView {
    let app = use_app();
    let is_open = RwSignal::new(false);
    let open = move |()| is_open.set(true);
    view! {
        <section class="stack">
            <h2>"Help with the PIR"</h2>
            <p>
                "The provider information return asks for twelve months. These are the numbers that your records give, each "
                "with what it counts, and a draft in words that names nobody."
            </p>
            {move || match is_open.get() {
                false => {
                    view! {
                        <p>
                            <Button kind=Kind::Secondary icon="calculator" on_press=open>"Work out the numbers"</Button>
                        </p>
                    }
                }
                true => {
                    let selection = chosen.selection();
                    let help = pir::help(&app.register.read(), &selection);
                    view! { <Numbers help chosen /> }
                }
            }}
        </section>
    }
}

#[component]
fn Numbers(help: pir::Help, chosen: Chosen) -> impl IntoView {
    let app = use_app();
    let save_numbers = move |()| {
        // Names nobody, whatever is chosen for the other files.
        let selection = Selection { identified: false, ..untrack(|| chosen.selection()) };
        let help = pir::help(&register(app), &selection);
        save(app, &file_name(&selection, "pir", "csv"), CSV, &csv::to_text(&pir::table(&help), true));
    };
    let mut sections: Vec<&'static str> = help.lines.iter().map(|line| line.section).collect();
    sections.dedup();
    let tables = sections
        .into_iter()
        .map(|section| {
            let rows = help
                .lines
                .iter()
                .filter(|line| line.section == section)
                .map(|line| {
                    let (label, definition) = (line.label.clone(), line.definition.clone());
                    let value = line.value.map_or_else(|| "Not known".to_owned(), |value| value.to_string());
                    view! {
                        <tr role="row">
                            <Cell head="What" names_row=true>{label}</Cell>
                            <Cell head="Number" number=true>{value}</Cell>
                            <Cell head="What is counted">{definition}</Cell>
                        </tr>
                    }
                })
                .collect_view();
            let heads = ["What", "Number", "What is counted"].map(str::to_owned).to_vec();
            view! {
                <Details summary=section>
                    <Table caption=section heads hide_caption=true>{rows}</Table>
                </Details>
            }
        })
        .collect_view();
    let paragraphs =
        help.narrative.split("\n\n").map(|words| view! { <p>{words.to_owned()}</p> }).collect_view();
    view! {
        <div class="stack">
            {tables}
            <h3>"Draft in words"</h3>
            <div class="exchange-draft">{paragraphs}</div>
            <Buttons>
                <Button kind=Kind::Secondary icon="download" on_press=save_numbers>"Save the numbers"</Button>
            </Buttons>
        </div>
    }
}
