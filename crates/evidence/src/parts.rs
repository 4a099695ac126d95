//! The parts of a document: its chapters, and the first part as a document of its own.

use crate::{
    doc::{Block, Cell, Doc, Link, Section, Table},
    words,
};
use std::collections::BTreeSet;

impl Doc {
    /// Links to every chapter in order, but to the list of them.
    pub fn chapters(&self) -> impl Iterator<Item = Link> {
        chapters(&self.sections)
    }

    /// The first part, which stands alone: nothing in it leads to what is not in it. `pages`: of the whole document on
    /// paper.
    pub fn first_part(&self, pages: usize) -> Doc {
        let (first, rest) = self.sections.split_at(self.first.min(self.sections.len()));
        let known: BTreeSet<&str> = first.iter().map(|section| section.id.as_str()).collect();
        let sections = first.iter().map(|section| match section.is_contents() {
            true => elsewhere(rest, pages),
            false => Section {
                blocks: section.blocks.iter().map(|block| alone(block, &known)).collect(),
                ..section.clone()
            },
        });
        Doc { title: format!("{} (first part)", self.title), sections: sections.collect(), ..self.clone() }
    }
}

fn chapters(sections: &[Section]) -> impl Iterator<Item = Link> {
    sections.iter().filter(|section| section.level == 2 && !section.is_contents()).map(|section| Link {
        to: section.id.clone(),
        text: section.title.clone(),
        more: section.hint.to_owned(),
    })
}

/// What stands where the contents of the whole do.
fn elsewhere(rest: &[Section], pages: usize) -> Section {
    let mut section = Section::new(2, "contents", "What the whole pack holds");
    section.para(format!(
        "This is the first part of a pack, and it stands alone. All of it is in pack.html and pack.pdf ({}). After this \
         part come:",
        words::count(pages, "page", "pages")
    ));
    section.push(Block::List(chapters(rest).map(|chapter| said(&chapter)).collect()));
    section
}

/// "Governance – decisions, audits and oversight".
fn said(link: &Link) -> String {
    match link.more.is_empty() {
        true => link.text.clone(),
        false => format!("{} \u{2013} {}", link.text, link.more),
    }
}

/// The same without what leads elsewhere.
fn alone(block: &Block, known: &BTreeSet<&str>) -> Block {
    match block {
        Block::Links(links) if links.iter().all(|link| known.contains(link.to.as_str())) => block.clone(),
        Block::Links(links) => Block::List(links.iter().map(said).collect()),
        Block::Table(table) => {
            let cell = |cell: &Cell| Cell {
                to: cell.to.clone().filter(|to| known.contains(to.as_str())),
                ..cell.clone()
            };
            let rows = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
            Block::Table(Table { rows, ..table.clone() })
        }
        other => other.clone(),
    }
}
