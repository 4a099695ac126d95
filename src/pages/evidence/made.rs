//! A finished pack: save it, save only a PDF, tell its fingerprint, look at it here.

use super::blocks::DocView;
use crate::{
    state::{Kind as News, use_app},
    text::{common::count, evidence as text},
    ui::{Button, Buttons, Kind, Notice, SummaryList, SummaryRow, Tone},
};
use evidence::Built;
use markup::prelude::*;
use std::sync::Arc;

#[component]
pub fn MadeView(built: Arc<Built>) -> impl IntoView {
    let app = use_app();
    let shown = RwSignal::new(false);
    let save = {
        let built = built.clone();
        move |()| {
            if let Err(problem) = app.save_bytes(&built.name, "application/zip", &built.bytes) {
                app.notices.show(News::Warning, problem.sentence);
            }
        }
    };
    let of_pdf = |ending: &'static str, bytes: fn(&Built) -> &[u8]| {
        let built = built.clone();
        move |()| {
            let name = built.name.replace(".zip", ending);
            if let Err(problem) = app.save_bytes(&name, "application/pdf", bytes(&built)) {
                app.notices.show(News::Warning, problem.sentence);
            }
        }
    };
    let first = of_pdf("-first-part.pdf", |built| &built.first_pdf);
    let pdf = of_pdf(".pdf", |built| &built.pdf);
    let [first_pages, all_pages] = built.pages.map(|pages| count(pages, "page", "pages"));
    let first_words = format!("{} ({first_pages})", text::SAVE_FIRST);
    let pdf_words = format!("{} ({all_pages})", text::SAVE_PDF);
    let size = format!("{} KB", built.bytes.len().div_ceil(1024));
    let events = text::entries(built.events, built.with_hash);
    let (doc, file, fingerprint) = (built.doc.clone(), built.name.clone(), built.manifest_sha256.clone());
    let words = format!("{}. {size}.", count(built.records, "record", "records"));
    view! {
        <div class="pack-made stack">
            <Notice tone=Tone::Success title=text::READY alert=true>
                <p>{words}</p>
            </Notice>
            <Buttons>
                <Button icon="download" on_press=Callback::new(save)>{text::SAVE_PACK}</Button>
                <Button kind=Kind::Secondary icon="file-text" on_press=Callback::new(first)>{first_words}</Button>
                <Button kind=Kind::Secondary icon="file-text" on_press=Callback::new(pdf)>{pdf_words}</Button>
                <Button kind=Kind::Secondary on_press=move |()| shown.update(|shown| *shown = !*shown)>
                    {move || if shown.get() { text::HIDE } else { text::SHOW }}
                </Button>
            </Buttons>
            <SummaryList>
                <SummaryRow key="File">{file}</SummaryRow>
                <SummaryRow key="Log">{events}</SummaryRow>
                <SummaryRow key=text::FINGERPRINT>
                    <code class="fingerprint">{fingerprint}</code>
                    <p class="muted small">{text::FINGERPRINT_HINT}</p>
                </SummaryRow>
            </SummaryList>
            {move || {
                shown.get().then(|| {
                    let doc = doc.clone();
                    view! { <DocView doc /> }
                })
            }}
        </div>
    }
}
