//! The whole pack as one file, made step by step so that a page can breathe between them.

mod about_one;
mod log;
mod manifest;
mod tables;
mod verify;
mod zip;

use crate::{
    doc::Doc,
    figures::Figures,
    html,
    ledger::Ledger,
    pack::{self, View},
    pdf,
    request::{Fault, Request},
    selection::Selection,
};
use domain::{ids::RecordId, register::Register};
pub use manifest::{File, sha256};
use std::sync::Arc;
pub use verify::{Problem, Report, verify};

/// What is done in each step, in the present tense.
pub const STEPS: [&str; 9] = [
    "Counting the numbers",
    "Writing the pages",
    "Drawing the page for the browser",
    "Drawing the page for the printer",
    "Writing the tables",
    "Writing the log and its proof",
    "Writing down what each number means",
    "Writing the list of files",
    "Packing it all into one file",
];

/// A pack in the making. Holds its own copy of the register: what arrives meanwhile does not change it.
pub struct Builder {
    register: Register,
    request: Request,
    ledger: Ledger,
    figures: Option<Figures>,
    doc: Option<Doc>,
    files: Vec<File>,
    events: (usize, usize),
    pages: [usize; 2],
    done: usize,
    packed: Vec<u8>,
}

/// A finished pack.
#[derive(Clone, Debug)]
pub struct Built {
    /// Name for the file on disk.
    pub name: String,
    /// The zip file.
    pub bytes: Vec<u8>,
    /// The page, for looking at it at once.
    pub html: String,
    pub pdf: Vec<u8>,
    /// The first part of it only.
    pub first_pdf: Vec<u8>,
    /// On paper: the first part, and all.
    pub pages: [usize; 2],
    /// What both are drawn from.
    pub doc: Arc<Doc>,
    /// SHA-256 of `manifest.json`: who knows it can tell this pack from any other.
    pub manifest_sha256: String,
    pub records: usize,
    /// Those that stand in it with words that somebody typed.
    pub worded: Vec<RecordId>,
    pub events: usize,
    pub with_hash: usize,
}

impl Builder {
    /// # Errors  What is wrong with the request.
    pub fn new(register: Register, request: Request, ledger: Ledger) -> Result<Builder, Vec<Fault>> {
        request.check(&register)?;
        Ok(Builder {
            register,
            request,
            ledger,
            figures: None,
            doc: None,
            files: Vec::new(),
            events: (0, 0),
            pages: [0; 2],
            done: 0,
            packed: Vec::new(),
        })
    }

    /// The step that comes next; none when all are done.
    pub fn next_step(&self) -> Option<(usize, &'static str)> {
        Some((self.done, *STEPS.get(self.done)?))
    }

    /// Does the next step.
    pub fn step(&mut self) {
        let selection = Selection::of(&self.register, &self.request);
        let figures = self.figures.take().unwrap_or_else(|| Figures::of(&selection));
        let mut add = |name: &str, bytes: Vec<u8>| self.files.push(File { name: name.to_owned(), bytes });
        match self.done {
            1 => self.doc = Some(View::of(&selection, &figures).document(None)),
            2 => {
                if let Some(doc) = &self.doc {
                    self.pages = pack::pages(doc);
                    add("pack.html", html::page(doc, self.pages).into_bytes());
                }
            }
            3 => {
                if let Some(doc) = &self.doc {
                    add("pack.pdf", pdf::file(doc, self.request.made_at));
                    let first = doc.first_part(self.pages[1]);
                    add("first-part.pdf", pdf::file(&first, self.request.made_at));
                }
            }
            4 => {
                let view = View::of(&selection, &figures);
                tables::write(&view).into_iter().for_each(|(name, bytes)| add(&name, bytes));
            }
            5 => {
                let log = log::write(&selection, &self.ledger);
                self.events = (log.events, log.with_hash);
                add("log.jsonl", log.lines.into_bytes());
                add("proof.json", manifest::pretty(&log.proof));
            }
            6 => {
                // Figures and audits are about everybody at the sites.
                if !self.request.kind.is_about_one() {
                    add("figures.json", manifest::figures(&selection, &figures));
                    let framework = serde_json::to_value(&self.request.framework).unwrap_or_default();
                    add("framework.json", manifest::pretty(&framework));
                }
                add("README.txt", manifest::readme(&selection));
            }
            7 => {
                self.files.sort_by(|one, other| one.name.cmp(&other.name));
                let manifest = manifest::manifest(&selection, &self.files, self.events.0, self.events.1);
                self.files.push(File { name: "manifest.json".into(), bytes: manifest });
            }
            8 => self.packed = zip::write(&self.files),
            _ => {}
        }
        self.figures = Some(figures);
        self.done += 1;
    }

    /// The finished pack; the steps that are left are done first.
    pub fn finish(mut self) -> Built {
        while self.next_step().is_some() {
            self.step();
        }
        let selection = Selection::of(&self.register, &self.request);
        let records = selection.records.len();
        let worded = selection.records.iter().filter(|_| self.request.is_identified());
        let worded = worded.map(|record| record.id.clone()).collect();
        let doc = self.doc.take().unwrap_or_else(|| {
            let figures = self.figures.take().unwrap_or_else(|| Figures::of(&selection));
            View::of(&selection, &figures).document(None)
        });
        let request = &self.request;
        let name =
            format!("noticed-{}-{}-{}.zip", request.kind.code().replace('_', "-"), request.from, request.to);
        let mut take = |name: &str| -> Vec<u8> {
            let file = self.files.iter_mut().find(|file| file.name == name);
            file.map(|file| std::mem::take(&mut file.bytes)).unwrap_or_default()
        };
        Built {
            name,
            manifest_sha256: sha256(&take("manifest.json")),
            html: String::from_utf8(take("pack.html")).unwrap_or_default(),
            pdf: take("pack.pdf"),
            first_pdf: take("first-part.pdf"),
            pages: self.pages,
            doc: Arc::new(doc),
            bytes: self.packed,
            records,
            worded,
            events: self.events.0,
            with_hash: self.events.1,
        }
    }
}

/// A whole pack at once.
/// # Errors  What is wrong with the request.
pub fn build(register: &Register, request: &Request, ledger: Ledger) -> Result<Built, Vec<Fault>> {
    Ok(Builder::new(register.clone(), request.clone(), ledger)?.finish())
}
