//! The governance report. Source: brief.txt, HSCA 2014 regulation 17.

use super::{View, numbers, patterns, pictures, records};
use crate::{
    doc::{Block, Cell, Section, Table},
    labels, words,
};
use domain::{category, patterns::State, time::london_date, vocabulary};

pub(super) fn report(view: &View<'_>) -> Vec<Section> {
    let categories = view.selection.request.wanted_categories();
    let mut sections = Vec::new();

    let mut numbers = Section::new(2, "numbers", "The period in numbers").on_new_page();
    let ids: Vec<&str> = view.figures.whole().iter().map(|figure| figure.id).collect();
    numbers.push(numbers::figures(view, "Every number of this report", &ids));
    numbers.push(pictures::months(view));
    numbers.push(numbers::months(view));
    numbers.blocks.extend(pictures::kinds(view));
    numbers.blocks.extend(numbers::sites(view, &["records", "near_misses", "step_3_in_time", "told_share"]));
    sections.push(numbers);

    let mut found = Section::new(2, "patterns", "Patterns, and what became of them").on_new_page();
    found.push(patterns::alert_table(view, &patterns::alerts(view)));
    found.blocks.extend(escalations(view));
    sections.push(found);

    let mut overdue = Section::new(2, "overdue", "What is late").on_new_page();
    overdue.push(late(view, None));
    sections.push(overdue);

    let mut decisions = Section::new(2, "decisions", "Who had to be told").on_new_page();
    decisions.blocks.extend(records::decisions(view));
    sections.push(decisions);

    let mut audits = Section::new(2, "audits", "Audits and oversight").on_new_page();
    audits.blocks.extend(records::audits(view, &categories));
    audits.blocks.extend(records::oversights(view, &categories));
    sections.push(audits);

    let mut all = Section::new(2, "records", "Every record of this report").on_new_page();
    all.push(
        records::table(view, "Every record, oldest first".into(), &view.selection.records)
            .or("There is no record."),
    );
    sections.push(all);
    sections.push(numbers::definitions(view));
    sections
}

/// What the policy asks for where a pattern repeats: one line for each category that has an open one.
fn escalations(view: &View<'_>) -> Vec<Block> {
    let now = view.selection.request.made_at;
    let lines: Vec<String> = view
        .selection
        .request
        .wanted_categories()
        .into_iter()
        .filter_map(|code| {
            let spec = category::find(code)?;
            let alerts = patterns::alerts(view);
            let open = alerts
                .iter()
                .filter(|alert| alert.escalation == Some(spec.escalation) && alert.state(now) == State::Open)
                .count();
            (open > 0).then(|| {
                format!(
                    "{}: {} open. The policy says: {}.",
                    vocabulary::CATEGORY.label(code),
                    words::count(open, "pattern is", "patterns are"),
                    words::lower_first(vocabulary::ESCALATION.label(spec.escalation)),
                )
            })
        })
        .collect();
    if lines.is_empty() {
        Vec::new()
    } else {
        vec![Block::Heading("What the policy asks for".into()), Block::List(lines)]
    }
}

/// Steps and actions that are overdue on the day the report was made; at most so many, those that are late the longest.
pub(super) fn late(view: &View<'_>, most: Option<usize>) -> Block {
    let (selection, request) = (view.selection, view.selection.request);
    let mut table = Table::new(
        "Late on the day the report was made, oldest due date first",
        &[("Record", 2), ("What", 5), ("What is late", 4), ("Was due", 3), ("Waits for", 4)],
    )
    .based_on(view.basis("none, these are records"));
    let mut rows: Vec<(domain::time::Instant, Vec<Cell>)> = Vec::new();
    for record in &selection.records {
        let settings = selection.register.directory().settings(&record.site);
        for item in domain::due::items(record, &settings) {
            if !item.is_overdue(request.made_at) {
                continue;
            }
            let what = match item.name.as_str() {
                "returned" => "Answer of the reporter".to_owned(),
                name if name.len() == 1 => format!("Step {name}: {}", vocabulary::STEP.label(name)),
                _ => "An action".to_owned(),
            };
            let owners: Vec<String> = item
                .owner
                .iter()
                .map(|owner| match domain::roles::Role::from_code(owner) {
                    Some(role) => vocabulary::ROLE.label(role.code()).to_owned(),
                    None => selection.cast.staff(owner, &record.site),
                })
                .collect();
            let due = item.due.instant();
            rows.push((
                due,
                vec![
                    Cell::linked(
                        selection.reference(&record.id).unwrap_or_default(),
                        view.address(&record.id),
                    ),
                    Cell::from(labels::subtype(record)),
                    Cell::from(what),
                    Cell::from(match item.due {
                        domain::due::Due::On(date) => words::short_day(date),
                        domain::due::Due::At(instant) => words::short_day(london_date(instant)),
                    }),
                    Cell::from(owners.join(", ")),
                ],
            ));
        }
    }
    rows.sort_by_key(|(due, _)| *due);
    let all = rows.len();
    rows.into_iter().for_each(|(_, row)| table.row(row));
    if let Some(most) = most.filter(|most| *most < all) {
        table.rows.truncate(most);
        table.caption =
            format!("Late on the day the pack was made: the {most} that are late the longest, of {all}");
    }
    table.or("Nothing is late.")
}
