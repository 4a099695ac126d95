//! The bytes of a file as text: UTF-8, UTF-16 with its mark, or Windows-1252 as older spreadsheets write.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
    Windows1252,
}

/// Windows-1252 from 0x80 to 0x9F; the rest is as in Unicode. A blank one is not in use.
const HIGH: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”',
    '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// # Errors  One sentence where it is no text.
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding), String> {
    if bytes.is_empty() {
        return Err("The file is empty.".to_owned());
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(
            "This is a workbook of a spreadsheet, not a CSV file. Open it, choose Save as, and take CSV UTF-8.".to_owned()
        );
    }
    if bytes.starts_with(b"%PDF") {
        return Err("This is a PDF. We can only read a list that is saved as CSV.".to_owned());
    }
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf_8(rest),
        _ => utf_8(bytes),
    }
}

fn utf_16(bytes: &[u8], number: fn([u8; 2]) -> u16) -> Result<(String, Encoding), String> {
    let broken = || "The letters of this file are damaged. Save it again as CSV UTF-8.".to_owned();
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| number(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok((text, Encoding::Utf16)),
        _ => Err(broken()),
    }
}

fn utf_8(bytes: &[u8]) -> Result<(String, Encoding), String> {
    if bytes.contains(&0) {
        return Err("This is no text file, or its letters are written in a way that we cannot read. Save it as CSV UTF-8.".to_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), Encoding::Utf8));
    }
    let text = bytes.iter().map(|byte| match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        byte => char::from(*byte),
    });
    Ok((text.collect(), Encoding::Windows1252))
}
