//! A table in which more is darker. The numbers stand in it, so that nothing is said by shade alone.

use markup::prelude::*;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    pub caption: String,
    /// Above the names of the rows.
    pub corner: String,
    /// Short, and in full for those who hear them.
    pub columns: Vec<(String, String)>,
    pub rows: Vec<(String, Vec<HeatCell>)>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatCell {
    pub words: String,
    /// What it counts.
    pub href: Option<String>,
    /// For those who hear the link.
    pub about: String,
    /// From 0, nothing, to 4.
    pub level: u8,
}

impl HeatCell {
    /// Level of a count where the highest of the table is known.
    pub fn level(count: usize, highest: usize) -> u8 {
        match (count, highest) {
            (0, _) | (_, 0) => 0,
            _ => u8::try_from((count * 4).div_ceil(highest)).unwrap_or(4).clamp(1, 4),
        }
    }
}

#[component]
pub fn HeatTable(heat: Heat) -> impl IntoView {
    let columns = heat.columns.into_iter().map(|(short, full)| {
        let label = (short != full).then_some(full);
        view! { <th scope="col" aria-label=label>{short}</th> }
    });
    let rows = heat.rows.into_iter().map(|(name, cells)| {
        let cells = cells.into_iter().map(|cell| {
            let level = cell.level.to_string();
            let words = match cell.href {
                Some(href) => {
                    view! { <a class="heat__link" href=href aria-label=cell.about>{cell.words}</a> }
                }
                None => view! { <span>{cell.words}</span> },
            };
            view! { <td data-level=level>{words}</td> }
        });
        view! { <tr><th scope="row">{name}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="heat">
            <caption class="heat__caption">{heat.caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{heat.corner}</th>
                    {columns.collect_view()}
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}

#[cfg(test)]
mod tests {
    use super::HeatCell;

    #[test]
    fn nothing_has_no_shade_and_the_highest_has_the_darkest() {
        let levels =
            [(0, 8), (1, 8), (3, 8), (8, 8), (1, 1), (0, 0)].map(|(count, top)| HeatCell::level(count, top));
        assert_eq!(levels, [0, 1, 2, 4, 4, 0]);
    }
}
