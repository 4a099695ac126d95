//! Text in the two built-in fonts: which byte a letter becomes, how wide a line is, where it breaks.

/// Widths of the letters from the blank to the tilde, in thousandths of the size. Source: Adobe font metrics, Helvetica.
const PLAIN: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// The same of Helvetica-Bold.
const BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278,
    556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584,
    556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556,
    333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    pub bold: bool,
    /// Points.
    pub size: f32,
}

impl Font {
    pub const fn plain(size: f32) -> Font {
        Font { bold: false, size }
    }

    pub const fn bold(size: f32) -> Font {
        Font { bold: true, size }
    }

    /// Points from one line to the next.
    pub fn leading(self) -> f32 {
        self.size * 1.35
    }

    pub fn width(self, text: &[u8]) -> f32 {
        let sum: u32 = text.iter().map(|byte| u32::from(self.byte_width(*byte))).sum();
        sum as f32 * self.size / 1000.0
    }

    fn byte_width(self, byte: u8) -> u16 {
        let table = if self.bold { &BOLD } else { &PLAIN };
        match byte {
            32..=126 => table[usize::from(byte - 32)],
            0x91 | 0x92 => {
                if self.bold {
                    278
                } else {
                    222
                }
            }
            0x93 | 0x94 => {
                if self.bold {
                    500
                } else {
                    333
                }
            }
            0x95 => 350,
            0x85 | 0x97 => 1000,
            0xa0 | 0xb7 => 278,
            0xb0 => 400,
            // Letters with accents are as wide as the widest of their kind: a line is never too long.
            0xc0..=0xde => 778,
            0xec..=0xef => 278,
            _ => 611,
        }
    }

    /// Lines no wider than `width`; a word that is too long is broken.
    pub fn wrap(self, text: &str, width: f32) -> Vec<Vec<u8>> {
        let mut lines = Vec::new();
        for part in text.split('\n') {
            self.wrap_part(&encode(part), width, &mut lines);
        }
        lines
    }

    fn wrap_part(self, text: &[u8], width: f32, lines: &mut Vec<Vec<u8>>) {
        let mut line: Vec<u8> = Vec::new();
        let mut used = 0.0;
        let blank = self.width(b" ");
        for word in text.split(|byte| *byte == b' ').filter(|word| !word.is_empty()) {
            let wide = self.width(word);
            if !line.is_empty() && used + blank + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if wide > width {
                for byte in word {
                    let one = f32::from(self.byte_width(*byte)) * self.size / 1000.0;
                    if used + one > width && !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(*byte);
                    used += one;
                }
                continue;
            }
            if !line.is_empty() {
                line.push(b' ');
                used += blank;
            }
            line.extend_from_slice(word);
            used += wide;
        }
        lines.push(line);
    }
}

/// WinAnsi bytes; a letter that the built-in fonts do not have becomes the nearest one that they have.
pub fn encode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' '..='~' => bytes.push(letter as u8),
            '\t' | '\r' => bytes.push(b' '),
            '\u{a0}'..='\u{ff}' => bytes.push(u32::from(letter) as u8),
            '\u{2018}' => bytes.push(0x91),
            '\u{2019}' | '\u{2032}' => bytes.push(0x92),
            '\u{201c}' => bytes.push(0x93),
            '\u{201d}' | '\u{2033}' => bytes.push(0x94),
            '\u{2022}' => bytes.push(0x95),
            '\u{2010}' | '\u{2011}' | '\u{2212}' => bytes.push(b'-'),
            '\u{2013}' => bytes.push(0x96),
            '\u{2014}' => bytes.push(0x97),
            '\u{2026}' => bytes.push(0x85),
            '\u{20ac}' => bytes.push(0x80),
            '\u{2122}' => bytes.push(0x99),
            '\u{160}' => bytes.push(0x8a),
            '\u{161}' => bytes.push(0x9a),
            '\u{17d}' => bytes.push(0x8e),
            '\u{17e}' => bytes.push(0x9e),
            '\u{152}' => bytes.push(0x8c),
            '\u{153}' => bytes.push(0x9c),
            '\u{178}' => bytes.push(0x9f),
            '\u{2265}' => bytes.extend_from_slice(b">="),
            '\u{2264}' => bytes.extend_from_slice(b"<="),
            '\u{2192}' => bytes.extend_from_slice(b"->"),
            '\u{2190}' => bytes.extend_from_slice(b"<-"),
            '\u{2713}' | '\u{2714}' => bytes.extend_from_slice(b"[yes]"),
            '\u{2717}' | '\u{2718}' => bytes.extend_from_slice(b"[no]"),
            '\u{2000}'..='\u{200a}' => bytes.push(b' '),
            '\u{200b}'..='\u{200f}' | '\u{fe0f}' | '\u{feff}' => {}
            '\u{100}'..='\u{17f}' => bytes.push(base_letter(letter)),
            '\0'..='\u{1f}' | '\u{7f}' => {}
            _ => bytes.push(b'?'),
        }
    }
    bytes
}

/// Letters of Latin Extended-A without their marks, in the order of their numbers.
fn base_letter(letter: char) -> u8 {
    const BASE: &[u8; 128] = b"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
    let place = (u32::from(letter).saturating_sub(0x100)) as usize;
    BASE.get(place).copied().unwrap_or(b'?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_what_the_fonts_have() {
        assert_eq!(encode("caf\u{e9} \u{2713} \u{141}\u{f3}d\u{17a} \u{4e2d}"), b"caf\xe9 [yes] L\xf3dz ?");
        assert_eq!(encode("\u{201c}a\u{201d}\u{2013}\u{20ac}\u{200b}"), b"\x93a\x94\x96\x80");
    }

    #[test]
    fn a_line_is_never_wider_than_its_place() {
        let font = Font::plain(9.0);
        let text = format!("one two {} three\nfour", "x".repeat(300));
        let lines = font.wrap(&text, 100.0);
        assert!(lines.iter().all(|line| font.width(line) <= 100.0));
        let whole: Vec<u8> = lines.concat().into_iter().filter(|byte| *byte != b' ').collect();
        assert_eq!(whole.len(), text.chars().filter(|letter| !letter.is_whitespace()).count());
        assert_eq!(lines.last().map(Vec::as_slice), Some(&b"four"[..]));
    }
}
