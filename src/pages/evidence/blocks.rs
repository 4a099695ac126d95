//! A document of the evidence crate on the screen: the same words as the page and the PDF.

use crate::{
    text::common::count,
    ui::{Cell, SummaryList, SummaryRow, Table, chart::Chart},
};
use evidence::doc::{self, Block, Doc, Section};
use markup::prelude::*;
use std::sync::Arc;

/// Rows of a table on the screen; the pack has them all.
const MOST_ROWS: usize = 50;

#[component]
pub fn DocView(doc: Arc<Doc>) -> impl IntoView {
    let sections = doc.sections.iter().map(|section| section_view(&doc, section)).collect_view();
    view! { <article class="doc" aria-label=doc.title.clone()>{sections}</article> }
}

fn section_view(doc: &Doc, section: &Section) -> Node {
    let blocks =
        section.blocks.iter().map(|block| block_view(Some(doc), block, section.level)).collect_view();
    let (id, title) = (section.id.clone(), section.title.clone());
    let heading = match section.level {
        2 => view! { <h2>{title}</h2> },
        _ => view! { <h3>{title}</h3> },
    };
    view! { <section class="doc__section" id=id>{heading} {blocks}</section> }
}

/// One block. Without a document there is nothing to list the contents of.
pub fn block_view(doc: Option<&Doc>, block: &Block, level: u8) -> Node {
    match block {
        Block::Para(text) => view! { <p>{text.clone()}</p> },
        Block::Note(text) => view! { <p class="doc__note">{text.clone()}</p> },
        Block::Quote(text) => {
            view! {
                <figure class="quote">
                    <blockquote>{text.clone()}</blockquote>
                </figure>
            }
        }
        Block::Heading(text) if level == 2 => view! { <h3>{text.clone()}</h3> },
        Block::Heading(text) => view! { <h4>{text.clone()}</h4> },
        Block::List(lines) => {
            let lines = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
            view! { <ul>{lines}</ul> }
        }
        Block::Links(links) => links_view(links),
        Block::Contents => links_view(&doc.map(|doc| doc.chapters().collect::<Vec<_>>()).unwrap_or_default()),
        Block::Facts(facts) => {
            let rows = facts
                .iter()
                .map(|(name, value)| (name.clone(), value.clone()))
                .map(|(key, value)| view! { <SummaryRow key>{value}</SummaryRow> })
                .collect_view();
            view! { <SummaryList>{rows}</SummaryList> }
        }
        Block::Write(parts) => {
            let rows = parts.iter().map(|(key, lines)| {
                let pen = (0..*lines).map(|_| view! { <span class="doc__pen"></span> }).collect_view();
                view! { <SummaryRow key=*key>{pen}</SummaryRow> }
            });
            let rows = rows.collect_view();
            view! { <SummaryList>{rows}</SummaryList> }
        }
        Block::Table(table) => table_view(table),
        Block::Picture(picture) => {
            let drawn = picture.drawn.clone();
            view! {
                <figure class="doc__picture">
                    <figcaption>
                        <b>{picture.title.clone()}</b>
                        " "
                        {picture.sentence.clone()}
                        {(!picture.part.is_empty()).then(|| format!(" {}", picture.part))}
                    </figcaption>
                    <Chart drawn />
                </figure>
            }
        }
    }
}

fn links_view(links: &[doc::Link]) -> Node {
    let lines = links
        .iter()
        .map(|link| {
            let more = if link.more.is_empty() { String::new() } else { format!(" \u{2013} {}", link.more) };
            view! { <li><a href=here(&link.to)>{link.text.clone()}</a> {more}</li> }
        })
        .collect_view();
    view! { <ul class="doc__links">{lines}</ul> }
}

/// A place on this page.
fn here(id: &str) -> String {
    format!("#{id}")
}

fn table_view(table: &doc::Table) -> Node {
    let heads: Vec<String> = table.heads.iter().map(|head| (*head).to_owned()).collect();
    let rows = table
        .rows
        .iter()
        .take(MOST_ROWS)
        .map(|row| {
            let cells = row
                .iter()
                .zip(&table.heads)
                .enumerate()
                .map(|(column, (cell, head))| {
                    let words = match &cell.to {
                        Some(to) => view! { <a href=here(to)>{cell.text.clone()}</a> },
                        None => cell.text.clone().into_node(),
                    };
                    view! { <Cell head=*head names_row=column == 0 number=cell.number>{words}</Cell> }
                })
                .collect_view();
            view! { <tr role="row">{cells}</tr> }
        })
        .collect_view();
    let more = table.rows.len().saturating_sub(MOST_ROWS);
    let basis = (!table.basis.is_empty()).then(|| view! { <p class="muted small">{table.basis.clone()}</p> });
    let rest = (more > 0).then(|| {
        let words = format!("{} more in the pack.", count(more, "row", "rows"));
        view! { <p class="muted">{words}</p> }
    });
    view! {
        <div class="doc__table">
            <Table caption=table.caption.clone() heads>{rows}</Table>
            {basis}
            {rest}
        </div>
    }
}
