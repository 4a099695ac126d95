//! Data in and out: files for a spreadsheet and for other systems, help with the PIR, and past incidents read in.
//! Everything is made on this device from what the person may see.

mod chosen;
mod files;
mod import;
mod look;
mod named;
mod pir;
mod result;
mod save;

use super::oversee::{NotYours, sections::KEEPERS};
use crate::{
    routes,
    state::use_app,
    text::oversee as text,
    ui::{ErrorSummary, LinkButton, Notice, Page, Tone},
};
use chosen::{Chosen, ChosenFields};
use domain::roles::{
    Role::{Administrator, RegisteredManager},
    Roles,
};
use files::{OtherFiles, TableFiles};
use import::ImportForm;
use markup::prelude::*;
use pir::PirPart;

const TITLE: &str = "Data in and out";
const IMPORT_TITLE: &str = "Read in past incidents";
/// May read in past incidents.
const IMPORTERS: Roles = Roles::of(&[RegisteredManager, Administrator]);
/// Sees the settings and no record.
const ONLY_SETTINGS: Roles = Roles::of(&[Administrator]);

#[component]
pub fn ExchangePage() -> impl IntoView {
    let app = use_app();
    let chosen = Chosen::new(app);
    let roles = Memo::new(move |_| app.roles());
    live(move || {
        let roles = roles.get();
        if !roles.meets(KEEPERS) {
            return view! { <NotYours heading=TITLE /> };
        }
        let site = app.site().map(|site| app.site_name(&site)).unwrap_or_default();
        let may_import = roles.meets(IMPORTERS);
        let files = if roles == ONLY_SETTINGS {
            view! {
                <Notice tone=Tone::Info title="You look after the settings">
                    <p>"You see no records, so there are no files for you here. You can read in past incidents."</p>
                </Notice>
            }
        } else {
            view! { <ChosenFields chosen /> <TableFiles chosen /> <OtherFiles chosen /> <PirPart chosen /> }
        };
        view! {
            <Page
                title=TITLE
                heading=TITLE
                caption=site
                back=routes::OVERSEE
                back_label=text::OVERSEE
                wide=true
            >
                <ErrorSummary errors=chosen.errors />
                <p class="lede">
                    "Take your records with you in files that other programs can read. They are made on this device."
                </p>
                {files}
                {may_import.then(|| {
                    view! {
                        <section class="stack">
                            <h2>{IMPORT_TITLE}</h2>
                            <p>
                                "Bring in the list that you kept before Noticed. Past incidents count in your numbers. "
                                "They raise no alerts and ask nobody to do anything."
                            </p>
                            <p>
                                <LinkButton href=routes::IMPORT icon="upload">"Read in a list"</LinkButton>
                            </p>
                        </section>
                    }
                })}
            </Page>
        }
    })
}

#[component]
pub fn ImportPastPage() -> impl IntoView {
    let app = use_app();
    let roles = Memo::new(move |_| app.roles());
    live(move || {
        if !roles.get().meets(IMPORTERS) {
            let words = "The Registered Manager or the administrator reads in past incidents.";
            return view! { <NotYours heading=IMPORT_TITLE words /> };
        }
        view! { <ImportForm /> }
    })
}
