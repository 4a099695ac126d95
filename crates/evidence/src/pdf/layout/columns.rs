//! How wide the columns of a table are, and how much of a block stays with the heading before it.

use super::{BODY, CAPTION, CELL, HEAD, HEADING, KEPT, PAD, PEN, SMALL, picture};
use crate::{
    doc::{Block, Table},
    pdf::{
        page::{BOTTOM, LEFT, RIGHT, TOP},
        type_set::{Font, encode},
    },
};

/// Height of the part of a block that stays with the heading before it.
pub(super) fn begins(block: &Block) -> f32 {
    let lines = |text: &str, room: f32| BODY.wrap(text, room).len();
    match block {
        Block::Table(table) => table_begins(table),
        Block::Note(text) => lines(text, RIGHT - LEFT - 12.0) as f32 * BODY.leading() + 8.0,
        Block::Para(text) | Block::Quote(text) => lines(text, RIGHT - LEFT).min(KEPT) as f32 * BODY.leading(),
        Block::Heading(_) => HEADING.leading() * 2.0 + BODY.leading() * 2.0,
        Block::Picture(picture) => picture::height(picture),
        Block::Write(parts) => parts.first().map_or(0.0, |(_, lines)| PEN * *lines as f32),
        Block::Facts(_) | Block::List(_) | Block::Links(_) | Block::Contents => BODY.leading() * KEPT as f32,
    }
}

/// Caption, head and first row of a table.
pub(super) fn table_begins(table: &Table) -> f32 {
    let columns = Columns::of(table);
    let tallest = |font: Font, texts: &mut dyn Iterator<Item = &str>| {
        let lines = texts.enumerate().map(|(at, text)| font.wrap(text, columns.inner(at)).len());
        lines.max().unwrap_or(1) as f32 * font.leading() + PAD
    };
    let caption = CAPTION.wrap(&table.caption, RIGHT - LEFT).len() as f32 * CAPTION.leading();
    let basis = match table.basis.as_str() {
        "" => 0.0,
        basis => SMALL.wrap(basis, RIGHT - LEFT).len() as f32 * SMALL.leading(),
    };
    let first = table.rows.first().map(|row| {
        // A row that is longer than a page is split anyway.
        tallest(CELL, &mut row.iter().map(|cell| cell.text.as_str())).min((TOP - BOTTOM) / 3.0)
    });
    caption + basis + 4.0 + tallest(HEAD, &mut table.heads.iter().copied()) + first.unwrap_or_default()
}

/// Left edges and widths of the columns of a table.
pub(super) struct Columns(Vec<(f32, f32)>);

impl Columns {
    pub fn of(table: &Table) -> Columns {
        let room = RIGHT - LEFT;
        let words = |at: usize| {
            let cells = table.rows.iter().filter_map(move |row| Some((CELL, row.get(at)?.text.as_str())));
            let head = table.heads.get(at).map(|head| (HEAD, *head));
            let wide = |(font, text): (Font, &str)| {
                let text = encode(text);
                text.split(|byte| matches!(byte, b' ' | b'\n'))
                    .map(|word| font.width(word))
                    .fold(0.0, f32::max)
            };
            head.into_iter().chain(cells).map(wide).fold(0.0, f32::max)
        };
        // The longest word of a column stays whole, unless it is as long as a hash. Half a point for rounding.
        let least: Vec<f32> =
            (0..table.widths.len()).map(|at| (words(at) + 2.0 * PAD + 0.5).min(room / 3.0)).collect();
        let mut left = LEFT;
        let widths = shared_out(&table.widths, &least, room).into_iter().map(|own| {
            let column = (left, own);
            left += own;
            column
        });
        Columns(widths.collect())
    }

    /// Room for text.
    pub fn inner(&self, column: usize) -> f32 {
        self.0.get(column).map_or(40.0, |(_, width)| width - 2.0 * PAD)
    }

    pub fn x(&self, column: usize, is_number: bool, font: Font, line: &[u8]) -> f32 {
        let (left, width) = self.0.get(column).copied().unwrap_or((LEFT, 40.0));
        if is_number { left + width - PAD - font.width(line) } else { left + PAD }
    }
}

/// The room shared out as the widths ask, but no column narrower than its least width while that is possible.
fn shared_out(widths: &[u8], least: &[f32], room: f32) -> Vec<f32> {
    let asked = |at: usize| f32::from(widths.get(at).copied().unwrap_or(1));
    let mut fixed = vec![false; widths.len()];
    let possible = least.iter().sum::<f32>() <= room;
    loop {
        let free = |at: &usize| !fixed[*at];
        let sum: f32 = (0..widths.len()).filter(free).map(asked).sum::<f32>().max(1.0);
        let taken: f32 = (0..widths.len()).filter(|at| fixed[*at]).map(|at| least[at]).sum();
        let own = |at: usize| if fixed[at] { least[at] } else { (room - taken) * asked(at) / sum };
        let narrow = (0..widths.len()).find(|at| possible && !fixed[*at] && own(*at) < least[*at]);
        match narrow {
            Some(at) => fixed[at] = true,
            None => return (0..widths.len()).map(own).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::Cell;

    #[test]
    fn no_word_of_a_table_is_broken_where_there_is_room() {
        let mut table =
            Table::new("Records", &[("No.", 2), ("What", 9), ("Risk", 2), ("Where it stands", 9)]);
        table.row(["R1", "Wrong dose or amount", "Moderate", "Waits for the decision"].map(Cell::from));
        let columns = Columns::of(&table);
        for (at, cell) in table.rows[0].iter().enumerate() {
            for line in CELL.wrap(&cell.text, columns.inner(at)) {
                let line = String::from_utf8_lossy(&line).into_owned();
                assert!(
                    line.split(' ').all(|word| cell.text.split(' ').any(|whole| whole == word)),
                    "{line}"
                );
            }
        }
        let all: f32 = columns.0.iter().map(|(_, width)| width).sum();
        assert!((all - (RIGHT - LEFT)).abs() < 0.01, "{all}");
        assert_eq!(shared_out(&[1, 1], &[400.0, 400.0], 500.0), [250.0, 250.0], "no room: as they ask");
    }
}
