//! The first part of every pack: a few pages that stand alone, for who has ten minutes. What it covers, the numbers with
//! what each counts, what is late, one example all the way through, what changed, and how to check it.

use super::{View, front, halves, not_well, numbers, person, plan, supervision};
use crate::{
    doc::{Block, Link, Section},
    labels, pick,
    request::PackKind,
    words,
};
use domain::vocabulary;

const KEY: [&str; 8] = [
    "records",
    "near_misses",
    "step_2_in_time",
    "step_3_in_time",
    "stronger_share",
    "improved_share",
    "told_share",
    "audits_signed_in_time",
];
/// Results of what changed; all of them stand in the table of results and in the records.
const MOST_RESULTS: usize = 10;

pub(super) fn sections(view: &View<'_>, stories: &mut Vec<Section>) -> Vec<Section> {
    let mut sections = match view.selection.request.kind {
        PackKind::AboutOnePerson => vec![person::front(view), front::contents(), person::list(view)],
        PackKind::SupervisionNote => {
            let mut sections = vec![front::front(view), front::contents()];
            sections.extend(supervision::first(view));
            sections.extend(example(view, stories));
            sections.push(supervision::agreed());
            sections
        }
        _ => {
            let mut sections =
                vec![front::front(view), ten_minutes(view), front::contents(), not_well::not_well(view)];
            sections.extend(example(view, stories));
            sections.push(changed(view));
            sections
        }
    };
    sections.retain(|section| !section.blocks.is_empty());
    sections.push(front::checking(view));
    sections
}

fn ten_minutes(view: &View<'_>) -> Section {
    let mut section = Section::new(2, "ten-minutes", "If you have ten minutes");
    if view.tells() {
        section.push(Block::Heading("Show me one example all the way through".into()));
        let links: Vec<Link> = view.examples.iter().filter_map(|id| link(view, id)).collect();
        section.push(match links.is_empty() {
            true => Block::Para("There is no record to show.".into()),
            false => Block::Links(links),
        });
    }
    section.push(numbers::told(view, "Where the service stands", &KEY));
    section
}

fn link(view: &View<'_>, id: &str) -> Option<Link> {
    let record = view.selection.register.record(id)?;
    let reference = view.selection.reference(id)?;
    let apart = match pick::did_not_last(record, view.selection.register) {
        true => "One that did not last: ",
        false => "",
    };
    Some(Link {
        to: view.told_at(id)?,
        text: format!("{apart}{}: {} ({reference})", labels::category(record), labels::subtype(record)),
        more: format!(
            "{}, {}",
            words::short_day(record.facts.occurred_on()),
            words::lower_first(vocabulary::STATE.label(record.state.code()))
        ),
    })
}

/// The first of the stories; the others stay for the rest of the pack.
fn example(view: &View<'_>, stories: &mut Vec<Section>) -> Vec<Section> {
    if !view.tells() {
        return Vec::new();
    }
    let mut chapter = Section::new(2, "examples", "One example all the way through").on_new_page();
    chapter.para(pick::RULE);
    if stories.is_empty() {
        chapter.para("There is no record to show.");
        return vec![chapter];
    }
    // It stands under the heading of its chapter.
    let first = Section { new_page: false, ..stories.remove(0) };
    vec![chapter, first]
}

/// The other examples, for the rest of the pack.
pub(super) fn more_examples(view: &View<'_>, mut stories: Vec<Section>) -> Vec<Section> {
    if !view.tells() || stories.is_empty() {
        return Vec::new();
    }
    stories[0].new_page = false;
    let mut chapter = Section::new(2, "more-examples", "More examples all the way through").on_new_page();
    chapter.para("Picked by the same rule as the first.");
    let mut sections = vec![chapter];
    sections.extend(stories);
    sections
}

fn changed(view: &View<'_>) -> Section {
    let mut section =
        Section::new(2, "changed", "What changed").on_new_page().hinted("with what chance alone would bring");
    section.para(
        "Incidents are counted beside the near misses that were reported, because fewer reports alone would also look \
         like fewer risks.",
    );
    section.blocks.extend(halves::halves(view));
    if !view.selection.is_coded_only() {
        section.push(plan::outcomes(view, Some(MOST_RESULTS)));
    }
    section
}
