//! Pages while they are drawn: text with its tags, lines, links, and what can only be drawn when all pages are known.

use super::type_set::Font;
use pdf_writer::{Content, Name, Rect, Str, types::StructRole};

pub const WIDTH: f32 = 595.0;
pub const HEIGHT: f32 = 842.0;
pub const LEFT: f32 = 48.0;
pub const RIGHT: f32 = WIDTH - 48.0;
pub const TOP: f32 = HEIGHT - 66.0;
pub const BOTTOM: f32 = 56.0;

const INK: [f32; 3] = [0.09, 0.13, 0.12];
const SOFT: [f32; 3] = [0.29, 0.34, 0.33];
const LINK: [f32; 3] = [0.04, 0.36, 0.34];

/// One page.
pub struct Draft {
    pub content: Content,
    /// Element of each marked piece of text, by its number on the page.
    pub marks: Vec<usize>,
    /// Where a link is, and the id of the section that it leads to.
    pub links: Vec<(Rect, String)>,
    /// Numbers of pages that are known later: element, baseline, id of the section.
    pub late: Vec<(usize, f32, String)>,
    open: Option<usize>,
}

/// One element of the structure that a screen reader walks.
pub struct Element {
    pub role: StructRole,
    pub parent: usize,
    pub children: Vec<usize>,
    /// Page and number on the page.
    pub marks: Vec<(usize, i32)>,
    /// A drawing: what it says, and where it is.
    pub says: Option<(String, Rect)>,
}

impl Element {
    pub fn new(role: StructRole, parent: usize) -> Element {
        Element { role, parent, children: Vec::new(), marks: Vec::new(), says: None }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Ink,
    Soft,
    Link,
}

impl Tone {
    fn colour(self) -> [f32; 3] {
        match self {
            Tone::Ink => INK,
            Tone::Soft => SOFT,
            Tone::Link => LINK,
        }
    }
}

impl Draft {
    /// `watermark`: drawn first, so that it stands behind the text.
    pub fn new(watermark: Option<&[u8]>) -> Draft {
        let mut draft = Draft {
            content: Content::new(),
            marks: Vec::new(),
            links: Vec::new(),
            late: Vec::new(),
            open: None,
        };
        if let Some(text) = watermark {
            draft.across(text);
        }
        draft
    }

    /// One line of text of an element. Gives the number of the mark when a new one begins.
    pub fn text(
        &mut self,
        element: usize,
        tag: Name<'_>,
        at: (f32, f32),
        font: Font,
        tone: Tone,
        text: &[u8],
    ) -> Option<i32> {
        let begun = self.within(element, tag);
        self.show(at, font, tone, text);
        begun
    }

    /// What is drawn next belongs to an element. Gives the number of the mark when a new one begins.
    pub fn within(&mut self, element: usize, tag: Name<'_>) -> Option<i32> {
        (self.open != Some(element)).then(|| {
            self.close();
            let number = i32::try_from(self.marks.len()).unwrap_or(i32::MAX);
            self.content.begin_marked_content_with_properties(tag).properties().identify(number);
            self.marks.push(element);
            self.open = Some(element);
            number
        })
    }

    fn show(&mut self, (x, y): (f32, f32), font: Font, tone: Tone, text: &[u8]) {
        let [red, green, blue] = tone.colour();
        let name = if font.bold { Name(b"B") } else { Name(b"P") };
        self.content.begin_text().set_fill_rgb(red, green, blue).set_font(name, font.size);
        self.content.next_line(x, y).show(Str(text)).end_text();
    }

    /// Text outside the structure; the caller marks it.
    pub fn plain(&mut self, x: f32, y: f32, font: Font, text: &[u8]) {
        self.show((x, y), font, Tone::Ink, text);
    }

    pub fn close(&mut self) {
        if self.open.take().is_some() {
            self.content.end_marked_content();
        }
    }

    /// What is drawn here means nothing to who listens.
    pub fn meaningless(&mut self, draw: impl FnOnce(&mut Content)) {
        self.close();
        self.content.begin_marked_content(Name(b"Artifact"));
        draw(&mut self.content);
        self.content.end_marked_content();
    }

    pub fn rule(&mut self, from: f32, to: f32, y: f32, width: f32) {
        self.meaningless(|content| {
            content.set_stroke_rgb(0.79, 0.83, 0.82).set_line_width(width);
            content.move_to(from, y).line_to(to, y).stroke();
        });
    }

    pub fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, colour: [f32; 3]) {
        self.meaningless(|content| {
            content.set_fill_rgb(colour[0], colour[1], colour[2]).rect(x, y, width, height).fill_nonzero();
        });
    }

    /// Head and foot of the page: they are on every page and mean nothing to who listens.
    pub fn furniture(&mut self, running: &[Vec<u8>], foot: &[u8]) {
        self.close();
        self.content.begin_marked_content(Name(b"Artifact"));
        let font = Font::plain(7.5);
        for (line, text) in running.iter().enumerate() {
            self.show((LEFT, HEIGHT - 30.0 - line as f32 * 9.5), font, Tone::Soft, text);
        }
        self.show((RIGHT - font.width(foot), 30.0), font, Tone::Soft, foot);
        self.content.end_marked_content();
    }

    fn across(&mut self, text: &[u8]) {
        let font = Font::bold(30.0);
        let (sin, cos) = (0.5_f32, 0.866_f32);
        let half = font.width(text) / 2.0;
        let (x, y) = (WIDTH / 2.0 - half * cos, HEIGHT / 2.0 - half * sin);
        self.content.begin_marked_content(Name(b"Artifact"));
        self.content.begin_text().set_fill_gray(0.9).set_font(Name(b"B"), font.size);
        self.content.set_text_matrix([cos, sin, -sin, cos, x, y]).show(Str(text)).end_text();
        self.content.end_marked_content();
    }
}
