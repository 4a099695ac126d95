//! For a commissioner: found early, measured, fewer incidents. Codes and numbers only; no record by itself.
//! Source: brief.txt "Commissioner expectation", requirement 123.

use super::{View, cross, numbers, pictures, records};
use crate::doc::{Block, Section};

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let categories = view.selection.request.wanted_categories();
    let mut sections = Vec::new();

    let mut early = Section::new(2, "early", "Risks are found early")
        .on_new_page()
        .hinted("what was reported, and how quickly it was looked at");
    early.push(numbers::figures(
        view,
        "Found before harm, and looked at in time",
        &[
            "records",
            "near_misses",
            "high_risk",
            "luck_share",
            "step_2_median",
            "step_2_in_time",
            "step_3_in_time",
        ],
    ));
    early.push(pictures::months(view));
    early.push(numbers::months(view));
    early.blocks.extend(numbers::sites(view, &["records", "near_misses", "step_2_in_time", "told_share"]));
    sections.push(early);

    let mut outcomes = Section::new(2, "outcomes", "Outcomes are measured")
        .on_new_page()
        .hinted("how strong the actions were, and what changed");
    outcomes.push(numbers::figures(
        view,
        "What was done, and whether it worked",
        &[
            "stronger_share",
            "weaker_share",
            "actions_late",
            "actions_overdue",
            "improved_share",
            "better_came_back",
            "worse_or_same",
            "came_back",
            "closed_share",
            "told_share",
        ],
    ));
    outcomes.blocks.extend(view.without_people().map(|words| Block::Note(words.into())));
    sections.push(outcomes);

    let mut governance =
        Section::new(2, "governance", "Governance").on_new_page().hinted("decisions, audits and oversight");
    governance.push(numbers::figures(
        view,
        "Decisions, audits and oversight",
        &[
            "decisions_reasoned",
            "bodies_told",
            "audits_signed_in_time",
            "oversights_signed",
            "audit_findings",
        ],
    ));
    governance.blocks.extend(records::decisions(view));
    governance.blocks.extend(records::audits(view, &categories));
    governance.blocks.extend(records::oversights(view, &categories));
    sections.push(governance);

    let mut tables = Section::new(2, "tables", "Counts with two sides").on_new_page();
    tables.push(Block::Note(
        "A category in which a count is 1 or 2, or in which one could be worked out, is left out of its table; where it \
         could be worked out from the totals, one more category is. For the same reason some numbers of this pack are \
         not split by category, site or month."
            .into(),
    ));
    tables.blocks.extend(cross::crosses(view).iter().map(|cross| cross.block(view)));
    sections.push(tables);
    sections.push(numbers::definitions(view));
    sections
}
