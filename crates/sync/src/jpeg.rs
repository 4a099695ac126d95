//! A JPEG, segment by segment: what may stay, and what tells more than the picture (place, device, time, comments).
//! Nothing is decoded. The device takes out what must not leave it; the server refuses what still has it.

/// Why bytes are no picture that is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("this is not a JPEG")]
    NotJpeg,
    #[error("this JPEG is cut short or damaged")]
    Broken,
    #[error("this JPEG carries more than the picture")]
    Carries,
}

/// Width and height, in pixels.
pub type Size = (u32, u32);

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const JFIF: u8 = 0xE0;
const ADOBE: u8 = 0xEE;

/// The same picture without anything beside it.
/// # Errors  `NotJpeg`, `Broken`.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut kept = Vec::with_capacity(bytes.len());
    walk(bytes, |marker, segment| {
        if may_stay(marker, segment) {
            kept.extend_from_slice(segment);
        }
    })?;
    Ok(kept)
}

/// The size of a picture that carries nothing else.
/// # Errors  what is wrong with it.
pub fn look(bytes: &[u8]) -> Result<Size, Fault> {
    let mut carries = false;
    let (size, end) = walk(bytes, |marker, segment| carries |= !may_stay(marker, segment))?;
    if carries || end != bytes.len() { Err(Fault::Carries) } else { Ok(size) }
}

/// Tables, frames and scans; the plain header of JFIF, and the note on colours of Adobe, each of one known length.
fn may_stay(marker: u8, segment: &[u8]) -> bool {
    let holds = |name: &[u8], length: usize| segment.len() == length && segment[4..].starts_with(name);
    match marker {
        START | END | SCAN | 0xC0..=0xC2 | 0xC4 | 0xDB | 0xDD => true,
        JFIF => holds(b"JFIF\0", 18),
        ADOBE => holds(b"Adobe", 16),
        _ => false,
    }
}

/// Shows every segment with its marker; entropy-coded data belongs to its scan. Gives the size, and where it ended.
fn walk(bytes: &[u8], mut show: impl FnMut(u8, &[u8])) -> Result<(Size, usize), Fault> {
    if bytes.get(..2) != Some(&[0xFF, START]) {
        return Err(Fault::NotJpeg);
    }
    show(START, &bytes[..2]);
    let (mut at, mut size) = (2, None);
    loop {
        let (marker, body) = marker_at(bytes, at)?;
        if marker == END {
            let size = size.filter(|(w, h)| *w > 0 && *h > 0).ok_or(Fault::Broken)?;
            show(END, &[0xFF, END]);
            return Ok((size, body));
        }
        let length = number(bytes, body).filter(|length| *length >= 2).ok_or(Fault::Broken)?;
        let mut end = body + length as usize;
        if end > bytes.len() {
            return Err(Fault::Broken);
        }
        if matches!(marker, 0xC0..=0xC2) {
            let (h, w) = (number(bytes, body + 3), number(bytes, body + 5));
            size = size.or(w.zip(h));
        }
        if marker == SCAN {
            end = end_of_scan(bytes, end)?;
        }
        // A marker may stand behind any number of fill bytes: they go.
        show(marker, &bytes[body - 2..end]);
        at = end;
    }
}

/// The marker at this place, and where its body begins.
fn marker_at(bytes: &[u8], at: usize) -> Result<(u8, usize), Fault> {
    if bytes.get(at) != Some(&0xFF) {
        return Err(Fault::Broken);
    }
    let fill = bytes[at..].iter().take_while(|byte| **byte == 0xFF).count();
    let marker = *bytes.get(at + fill).ok_or(Fault::Broken)?;
    Ok((marker, at + fill + 1))
}

/// Coded data goes on until a marker that is neither a stuffed byte nor a restart.
fn end_of_scan(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let next = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF);
    let found = bytes.get(from..).ok_or(Fault::Broken)?.windows(2).position(next);
    found.map(|place| from + place).ok_or(Fault::Broken)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(*bytes.get(at)?) << 8 | u32::from(*bytes.get(at + 1)?))
}
