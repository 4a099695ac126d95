//! What each kind of pack says, as one document. The page and the PDF are drawn from it.

mod baseline;
mod became;
mod commissioner;
mod cross;
mod first;
mod front;
mod governance;
mod halves;
mod inspector;
mod medication;
mod not_well;
mod numbers;
mod patterns;
mod person;
mod pictures;
mod plan;
mod records;
mod supervision;

use crate::{
    doc::{Doc, Section},
    figures::Figures,
    html as page, own_words, pdf as paper, pick,
    request::{PackKind, Request},
    selection::Selection,
    story::Story,
};
pub(crate) use cross::crosses;
use domain::{ids::RecordId, register::Register, roles::Role};
use plan::actions as plan_actions;

/// The pack as one self-contained HTML page. `watermark`: words across every page, for whom a link was made; who reads
/// by a link has this page and no file of the pack.
pub fn html(register: &Register, request: &Request, watermark: Option<&str>) -> String {
    let selection = Selection::of(register, request);
    let figures = Figures::of(&selection);
    let view = View { by_link: watermark.is_some(), ..View::of(&selection, &figures) };
    let doc = view.document(watermark);
    page::page(&doc, pages(&doc))
}

/// On paper: the first part, and all.
pub(crate) fn pages(doc: &Doc) -> [usize; 2] {
    let all = paper::pages(doc);
    [paper::pages(&doc.first_part(all)), all]
}

/// The pack as a PDF.
pub fn pdf(register: &Register, request: &Request, watermark: Option<&str>) -> Vec<u8> {
    paper::file(&document(register, request, watermark), request.made_at)
}

/// The first part of the pack as a PDF.
pub fn first_pdf(register: &Register, request: &Request) -> Vec<u8> {
    let doc = document(register, request, None);
    paper::file(&doc.first_part(paper::pages(&doc)), request.made_at)
}

fn document(register: &Register, request: &Request, watermark: Option<&str>) -> Doc {
    let selection = Selection::of(register, request);
    let figures = Figures::of(&selection);
    View::of(&selection, &figures).document(watermark)
}

/// What the chapters are written from.
pub(crate) struct View<'a> {
    pub selection: &'a Selection<'a>,
    pub figures: &'a Figures,
    /// Records that are told all the way through.
    pub examples: Vec<RecordId>,
    /// Its reader has this page only, and none of the files of a pack.
    pub by_link: bool,
}

impl<'a> View<'a> {
    pub fn of(selection: &'a Selection<'a>, figures: &'a Figures) -> View<'a> {
        let examples = match selection.request.kind {
            // Not examples: all that names the person.
            PackKind::AboutOnePerson => selection.records.iter().map(|record| record.id.clone()).collect(),
            kind if !kind.is_coded_only() => pick::examples(selection),
            _ => Vec::new(),
        };
        View { selection, figures, examples, by_link: false }
    }

    pub fn document(&self, watermark: Option<&str>) -> Doc {
        let (selection, request) = (self.selection, self.selection.request);
        let mut stories = self.stories();
        let mut sections = first::sections(self, &mut stories);
        let first = sections.len();
        sections.extend(match request.kind {
            PackKind::AboutOnePerson => person::sections(self, stories),
            _ => first::more_examples(self, stories),
        });
        sections.extend(match request.kind {
            PackKind::Inspector => inspector::sections(self),
            PackKind::Commissioner => commissioner::sections(self),
            PackKind::GovernanceReport => governance::report(self),
            PackKind::ImprovementPlan => plan::sections(self),
            PackKind::SupervisionNote => supervision::sections(self),
            PackKind::MedicationAuditFile => medication::sections(self),
            PackKind::AboutOnePerson => Vec::new(),
        });
        // About one person it stands on the first page.
        if !request.kind.is_about_one() {
            sections.push(front::left_out(self));
        }
        Doc {
            title: format!("{}: {}", request.kind.title(), request.site_names(selection.register)),
            author: selection.cast.provider().to_owned(),
            running: request.running(selection.register),
            watermark: watermark.map(str::to_owned),
            sections,
            first,
        }
    }

    /// Tells examples.
    fn tells(&self) -> bool {
        let kind = self.selection.request.kind;
        !kind.is_coded_only() && !kind.is_about_one()
    }

    /// Why a number of this pack can be lower than in another one of the same days; none where it is not.
    pub fn without_people(&self) -> Option<&'static str> {
        (self.selection.request.made_by == Role::Commissioner).then_some(
            "The maker of this pack is not shown which person a record is about. Patterns that only show by the person, such \
             as the same thing happening again to somebody at another place, are not counted here: \u{201c}came back\u{201d} \
             can be lower than in a pack that the service makes for the same days.",
        )
    }

    pub fn basis(&self, denominator: &str) -> String {
        self.selection.basis(denominator)
    }

    /// Where a record is told in this document.
    pub fn told_at(&self, id: &str) -> Option<String> {
        let reference = self.selection.reference(id)?;
        self.examples.iter().any(|example| **example == *id).then(|| format!("story-{reference}"))
    }

    /// Where a record stands in the list of records, or is told.
    pub fn address(&self, id: &str) -> Option<String> {
        self.told_at(id)
    }

    /// The examples, told.
    pub fn stories(&self) -> Vec<Section> {
        let (selection, request) = (self.selection, self.selection.request);
        let told = self.examples.iter().filter_map(|id| {
            let record = selection.register.record(id)?;
            let reference = selection.reference(id)?;
            let story = Story::of(
                selection.register,
                record,
                &selection.cast,
                selection.is_coded_only(),
                request.made_at,
            );
            let mut section =
                story.section(format!("story-{reference}"), &reference, &selection.name(record));
            // Behind what the record is called, before anything that was counted.
            section.blocks.splice(1..1, own_words::blocks(request, id));
            Some(section)
        });
        told.collect()
    }
}
