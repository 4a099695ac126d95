//! What each kind of pack says, as one document. The page and the PDF are drawn from it.

mod baseline;
mod became;
mod commissioner;
mod cross;
mod front;
mod governance;
mod halves;
mod inspector;
mod medication;
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
    html as page, own_words, pick,
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
    page::page(&view.document(watermark))
}

/// The pack as a PDF.
pub fn pdf(register: &Register, request: &Request, watermark: Option<&str>) -> Vec<u8> {
    let selection = Selection::of(register, request);
    let figures = Figures::of(&selection);
    let view = View::of(&selection, &figures);
    crate::pdf::file(&view.document(watermark), request.made_at)
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
        let tells = !matches!(selection.request.kind, PackKind::Commissioner);
        let examples = match selection.request.kind {
            // Not examples: all that names the person.
            PackKind::AboutOnePerson => selection.records.iter().map(|record| record.id.clone()).collect(),
            _ if tells => pick::examples(selection),
            _ => Vec::new(),
        };
        View { selection, figures, examples, by_link: false }
    }

    pub fn document(&self, watermark: Option<&str>) -> Doc {
        let (selection, request) = (self.selection, self.selection.request);
        let body = match request.kind {
            PackKind::Inspector => inspector::sections(self),
            PackKind::Commissioner => commissioner::sections(self),
            PackKind::GovernanceReport => governance::report(self),
            PackKind::ImprovementPlan => plan::sections(self),
            PackKind::SupervisionNote => supervision::sections(self),
            PackKind::MedicationAuditFile => medication::sections(self),
            PackKind::AboutOnePerson => person::sections(self),
        };
        let is_about_one = request.kind.is_about_one();
        let mut sections = vec![if is_about_one { person::front(self) } else { front::front(self) }];
        sections.extend(body);
        // Who has ten minutes finds the way in on the first page, before the long list.
        let has_way_in = matches!(request.kind, PackKind::Inspector | PackKind::Commissioner);
        sections.insert(if has_way_in { 2 } else { 1 }, front::contents());
        // About one person it stands on the first page.
        if !is_about_one {
            sections.push(front::left_out(self));
        }
        sections.push(front::checking(self));
        Doc {
            title: format!("{}: {}", request.kind.title(), request.site_names(selection.register)),
            author: selection.cast.provider().to_owned(),
            running: request.running(selection.register),
            watermark: watermark.map(str::to_owned),
            sections,
        }
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
        let mut sections: Vec<Section> = told.collect();
        // The first stands under the heading of its chapter.
        if let Some(first) = sections.first_mut() {
            first.new_page = false;
        }
        sections
    }
}
