//! Files as people carry them: packed bodies, rescue files, lists of the past.

use super::{Files, lines};
use anyhow::{Context, Result};
use domain::{register::Register, time::Instant};
use exchange::{Selection, csv};
use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder},
};
use serde_json::json;
use std::io::Write;
use sync::{
    Envelope, Signed,
    rescue::{HEAD_BYTES, MAGIC, VERSION},
};

const LISTS: [(&str, &str); 4] = [
    (
        "plain",
        "date,category,what,harm\n2025-01-02,medication,\"Wrong dose, seen in time\",none\n2025-02-30,environment,Loose rail,\n",
    ),
    (
        "semicolons",
        "Date of incident;Time;Incident category;Type;Service user;Event type;Hands on;Action taken\n1/2/2025;10:05;medicines;wrong dose;R14;near miss;n;Told the pharmacy\n1.3.25;7pm;distress;throwing;;incident;yes;\n",
    ),
    (
        "tabs",
        "when\tarea\thazard\troom\tlevel of harm\tdetails\n2025-03-04T10:00:00Z\tpremises\tslip trip surface\tlounge\tminor\t\"A long\ntext\"\n",
    ),
    (
        "twice",
        "date,time,category,kind,text\n1/2/2025,10:00,meds,near miss,a\n1/2/2025,10:00,meds,near miss,a\n,,,,\n1/2/2025,,meds,good catch,b\n",
    ),
];

pub fn packed(body: &[u8]) -> Result<Files> {
    let gzip = |bytes: &[u8], level| -> Result<Vec<u8>> {
        let mut packer = GzEncoder::new(Vec::new(), level);
        packer.write_all(bytes)?;
        Ok(packer.finish()?)
    };
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::best());
    deflate.write_all(body)?;
    let two = [gzip(b"{}", Compression::best())?, gzip(b" ", Compression::none())?].concat();
    let all = [
        ("push", gzip(body, Compression::best())?),
        ("stored", gzip(&body[..body.len().min(200)], Compression::none())?),
        ("two", two),
        ("bomb", gzip(&vec![b' '; 300_000], Compression::best())?),
        ("deflate", deflate.finish()?),
        ("plain", b"{\"protocol\":1}".to_vec()),
    ];
    Ok(all.into_iter().map(|(name, bytes)| (format!("seeds/packed/{name}"), bytes)).collect())
}

/// As `public/rescue.js` writes them, before they are encrypted; one that is; and a picture.
pub fn rescue(rows: &[(Signed, Envelope)]) -> Files {
    let event = |(signed, envelope): &(Signed, Envelope)| {
        let Envelope { device, epoch, dseq, .. } = envelope;
        let slot = format!("{device}/{epoch}/{dseq:012}/0");
        json!({ "key": dseq, "value": { "slot": slot, "bytes": signed.bytes, "sig": signed.sig, "hash": signed.hash() } })
    };
    let events: Vec<_> = rows.iter().take(3).map(event).collect();
    let letter = json!({
        "key": "letter-1", "record": "r-1", "site": "elm", "verb": "report", "with": {}, "state": "waiting",
        "written_at": "2026-03-02T08:00:00Z",
    });
    let kept = json!([{ "key": "l", "value": letter.to_string() }]);
    let first =
        json!({ "noticed_rescue": 1, "made_at": "2026-03-02T08:00:00Z", "event": events, "letter": kept });
    let picture = jpeg();
    let photos = json!({
        "noticed_rescue": 2, "event": events, "draft": kept, "photo": [picture.len(), picture.len() - 2],
    });
    let second = [photos.to_string().as_bytes(), b"\0", &picture, &picture].concat();
    let mut locked = [MAGIC.as_slice(), &[VERSION]].concat();
    locked.extend((0..HEAD_BYTES + 40 - locked.len()).map(|at| (at % 251) as u8));
    let all = [
        ("words", first.to_string().into_bytes()),
        ("photos", second),
        ("locked", locked),
        ("picture", picture),
        ("entries", lines(rows.iter().take(1).map(|row| &row.0)).into_bytes()),
    ];
    all.into_iter().map(|(name, bytes)| (format!("seeds/rescue/{name}"), bytes)).collect()
}

/// A picture of 640 by 480, with a place in it that must not stay.
fn jpeg() -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    let segments: [(u8, &[u8]); 6] = [
        (0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        (0xE1, b"Exif\0\0MM\0*GPSLatitude"),
        (0xDB, &[0; 65]),
        (0xC0, &[8, 0x01, 0xE0, 0x02, 0x80, 1, 1, 0x11, 0]),
        (0xC4, &[0; 28]),
        (0xDA, &[1, 1, 0, 0, 63, 0]),
    ];
    for (marker, body) in segments {
        bytes.extend([0xFF, marker]);
        bytes.extend(u16::try_from(body.len() + 2).unwrap_or(u16::MAX).to_be_bytes());
        bytes.extend(body);
    }
    bytes.extend([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56, 0xFF, 0xD9]);
    bytes
}

/// Lists as people keep them, in the letters of three kinds of spreadsheet, and our own list read back.
/// # Errors  When there is no list of ours.
pub fn lists(register: &Register, now: Instant) -> Result<Files> {
    let mut all: Vec<(&str, Vec<u8>)> =
        LISTS.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    let letters = "date,category,text\n1/1/2025,meds,caf\u{e9}\n";
    all.push(("utf-16", letters_of_two_bytes(letters)));
    all.push((
        "windows",
        letters.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect(),
    ));
    all.push(("marked", [b"\xef\xbb\xbf", letters.as_bytes()].concat()));
    let (from, to) = (now.date_naive() - chrono::Duration::days(400), now.date_naive());
    let selection = Selection { site: None, category: None, from, to, identified: true, why: None, now };
    let mut table = csv::table(register, &selection, "records.csv").context("our own list")?;
    table.rows.truncate(6);
    all.push(("ours", csv::to_text(&table, true).into_bytes()));
    Ok(all.into_iter().map(|(name, bytes)| (format!("seeds/list/{name}"), bytes)).collect())
}

fn letters_of_two_bytes(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xFF, 0xFE].into_iter().chain(units).collect()
}
