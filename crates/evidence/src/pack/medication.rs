//! The medication audit file: errors by kind and stage, who caught them, actions, audits. Source: brief.txt example 1
//! step 4; the categories of the provider information return.

use super::{View, numbers, patterns, pictures, plan_actions, records};
use crate::{
    doc::{Block, Section},
    labels,
};
use domain::{category::medication, record::Record};

pub(super) fn sections(view: &View<'_>) -> Vec<Section> {
    let mut numbers = Section::new(2, "numbers", "The period in numbers").on_new_page();
    numbers.push(numbers::figures(
        view,
        "Medicines",
        &[
            "records",
            "near_misses",
            "incidents",
            "high_risk",
            "luck_share",
            "step_2_in_time",
            "stronger_share",
            "actions_late",
            "improved_share",
            "audits_signed_in_time",
            "audit_findings",
        ],
    ));
    numbers.push(pictures::months(view));
    numbers.push(numbers::months(view));

    let mut kinds = Section::new(2, "kinds", "What nearly went wrong").on_new_page();
    let errors = pictures::tally(
        view.selection
            .records
            .iter()
            .filter_map(|record| record.facts.code("error_type").map(|_| labels::subtype(record))),
    );
    let picture = pictures::most("kinds", "What nearly went wrong most", "records", &errors);
    kinds.blocks.extend(picture.map(Block::Picture));
    kinds.push(pictures::shares(view, "By what nearly went wrong", ("Error", "Records"), &errors));
    kinds.push(counted(view, "By category of the provider information return", "Category", |record| {
        Some(medication::PIR_CATEGORY.label(record.national().pir?).to_owned())
    }));
    kinds.push(counted(view, "By stage", "Stage", |record| {
        Some(medication::MEDICATION_STAGE.label(record.facts.code("stage")?).to_owned())
    }));
    kinds.push(counted(view, "By kind of medicine", "Kind of medicine", |record| {
        Some(medication::RISK_GROUP.label(record.facts.code("risk_group")?).to_owned())
    }));
    kinds.push(counted(view, "By who noticed it", "Noticed by", |record| {
        Some(domain::vocabulary::CAUGHT_BY.label(record.facts.code("caught_by")?).to_owned())
    }));

    let mut actions = Section::new(2, "actions", "Corrective actions").on_new_page();
    actions.push(plan_actions(view));
    let mut audits = Section::new(2, "audits", "Audits of medicines").on_new_page();
    audits.blocks.extend(records::audits(view, &["medication"]));
    audits.blocks.extend(records::oversights(view, &["medication"]));
    let mut found = Section::new(2, "patterns", "Patterns, and what became of them").on_new_page();
    found.push(patterns::alert_table(view, &patterns::alerts(view)));
    let mut sections = vec![numbers, kinds, actions, audits, found];
    let mut all = Section::new(2, "records", "Every record of this file").on_new_page();
    all.push(
        records::table(view, "Every record, oldest first".into(), &view.selection.records)
            .or("There is no record."),
    );
    sections.push(all);
    sections.push(numbers::definitions(view));
    sections
}

/// Counts by a code, the most first.
fn counted(
    view: &View<'_>,
    caption: &str,
    side: &'static str,
    of: impl Fn(&Record) -> Option<String>,
) -> Block {
    let counts = pictures::tally(view.selection.records.iter().filter_map(|record| of(record)));
    pictures::shares(view, caption, (side, "Records"), &counts)
}
