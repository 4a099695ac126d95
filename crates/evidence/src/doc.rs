//! A document as data: what the HTML page and the PDF are both drawn from, so that they say the same.

use crate::words;

/// A whole document.
#[derive(Clone, Debug, PartialEq)]
pub struct Doc {
    pub title: String,
    /// Who wrote it, for the properties of the file.
    pub author: String,
    /// Stands on every page: sites, period, rule versions.
    pub running: String,
    /// Printed across every page.
    pub watermark: Option<String>,
    pub sections: Vec<Section>,
    /// So many sections stand alone, as the first part: who has ten minutes reads or prints no more.
    pub first: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Address inside the document, unique.
    pub id: String,
    pub title: String,
    /// Said after its title in the contents; may be empty.
    pub hint: &'static str,
    /// 2 for a chapter, 3 for a part of one.
    pub level: u8,
    /// Begins on a page of its own when printed.
    pub new_page: bool,
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Para(String),
    /// Stands out: something that the reader must not miss.
    Note(String),
    /// Words that somebody wrote.
    Quote(String),
    /// A heading below the headings of sections.
    Heading(String),
    List(Vec<String>),
    /// Lines that lead to other sections.
    Links(Vec<Link>),
    /// Label and value.
    Facts(Vec<(String, String)>),
    /// Label, and so many empty lines for the pen.
    Write(Vec<(&'static str, usize)>),
    Table(Table),
    Picture(Picture),
    /// List of all chapters; drawn by the output.
    Contents,
}

/// A chart. Its numbers are in a table beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub title: String,
    /// What it says, for everybody.
    pub sentence: String,
    /// What of the numbers is drawn; empty where all are. Said where it is drawn.
    pub part: String,
    /// The drawing and its key.
    pub drawn: Vec<charts::Element>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Id of a section.
    pub to: String,
    pub text: String,
    /// Said after the link.
    pub more: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub caption: String,
    /// Period, filters, denominator and rule version of the numbers, in one line; empty where there are none.
    pub basis: String,
    pub heads: Vec<&'static str>,
    /// Widths in relation to each other; as many as heads.
    pub widths: Vec<u8>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    pub text: String,
    /// Id of a section that the cell leads to.
    pub to: Option<String>,
    /// Set to the right, figures under figures.
    pub number: bool,
}

impl Section {
    pub fn new(level: u8, id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), hint: "", level, new_page: false, blocks: Vec::new() }
    }

    pub(crate) fn is_contents(&self) -> bool {
        self.blocks.contains(&Block::Contents)
    }

    pub fn on_new_page(self) -> Self {
        Self { new_page: true, ..self }
    }

    pub fn hinted(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    pub fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    pub fn para(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Para(text.into()));
    }

    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }
}

impl Table {
    pub fn new(caption: impl Into<String>, columns: &[(&'static str, u8)]) -> Self {
        Self {
            caption: caption.into(),
            heads: columns.iter().map(|(head, _)| *head).collect(),
            widths: columns.iter().map(|(_, width)| *width).collect(),
            ..Self::default()
        }
    }

    pub fn based_on(self, basis: impl Into<String>) -> Self {
        Self { basis: basis.into(), ..self }
    }

    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table, or a sentence where it has no rows.
    pub fn or(self, empty: &str) -> Block {
        if self.rows.is_empty() { Block::Para(empty.to_owned()) } else { Block::Table(self) }
    }
}

impl Cell {
    pub fn number(text: impl ToString) -> Self {
        Self { text: words::grouped(&text.to_string()), number: true, ..Self::default() }
    }

    pub fn linked(text: impl Into<String>, to: Option<String>) -> Self {
        Self { text: text.into(), to, number: false }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}
