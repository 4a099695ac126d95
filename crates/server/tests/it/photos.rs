//! Photos over real HTTP: parts, cuts, what is refused, and who may look.

use crate::{
    harness::{Answer, House},
    phone::{Phone, accepted, all_accepted, environment},
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{fs, path::Path};
use sync::{Hash, blob, receipt::Failure};

/// A JPEG of about this many bytes, different for every seed, with these segments behind its header.
pub fn jpeg(seed: u8, size: usize, more: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    put(&mut bytes, 0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for (marker, body) in more {
        put(&mut bytes, *marker, body);
    }
    put(&mut bytes, 0xDB, &[seed; 65]);
    put(&mut bytes, 0xC0, &[8, 0x01, 0xE0, 0x02, 0x80, 1, 1, 0x11, 0]);
    put(&mut bytes, 0xC4, &[0; 28]);
    put(&mut bytes, 0xDA, &[1, 1, 0, 0, 63, 0]);
    bytes.extend((0..size).map(|place| (place % 251) as u8));
    bytes.extend([0xFF, 0xD9]);
    bytes
}

fn put(bytes: &mut Vec<u8>, marker: u8, body: &[u8]) {
    bytes.extend([0xFF, marker]);
    bytes.extend(u16::try_from(body.len() + 2).expect("short").to_be_bytes());
    bytes.extend(body);
}

pub fn named(full: &[u8], thumb: &[u8]) -> Value {
    json!({ "sha256": Hash::of(&[full]), "bytes": full.len(), "w": 640, "h": 480,
        "thumb": Hash::of(&[thumb]), "thumb_bytes": thumb.len() })
}

pub fn report_with(photos: Value) -> Value {
    let mut with = environment();
    with["photos"] = photos;
    with
}

pub struct Part<'a> {
    pub sha256: Hash,
    pub offset: u64,
    pub size: u64,
    pub bytes: &'a [u8],
}

pub async fn send(phone: &Phone, part: &Part<'_>) -> Answer {
    let hash = Hash::of(&[part.bytes]);
    let proof = phone.sign(blob::proof(&phone.id, &part.sha256, part.offset, &hash));
    let request = phone
        .request(Method::PATCH, &format!("/v1/blob/{}", part.sha256))
        .header("content-type", blob::CONTENT_TYPE)
        .header(blob::OFFSET, part.offset)
        .header(blob::LENGTH, part.size)
        .header(blob::PART_HASH, hash.to_string())
        .header(blob::PROOF, proof);
    Answer::of(request.body(part.bytes.to_vec()).send().await.expect("an answer")).await
}

/// Sends what is missing, as the app does: asks first, then part after part.
pub async fn upload(phone: &Phone, bytes: &[u8]) -> Answer {
    let (sha256, size) = (Hash::of(&[bytes]), bytes.len() as u64);
    let mut answer = ask(phone, sha256).await;
    while answer.status < 300
        && let Some(range) = blob::part(size, at(&answer))
    {
        let part = &bytes[range.start as usize..range.end as usize];
        answer = send(phone, &Part { sha256, offset: range.start, size, bytes: part }).await;
    }
    answer
}

pub async fn ask(phone: &Phone, sha256: Hash) -> Answer {
    let request = phone.request(Method::HEAD, &format!("/v1/blob/{sha256}"));
    Answer::of(request.send().await.expect("an answer")).await
}

pub fn at(answer: &Answer) -> u64 {
    let text = answer.headers[blob::OFFSET].to_str().expect("text");
    text.parse().expect("a number")
}

pub fn is_complete(answer: &Answer) -> bool {
    answer.status == 200 && answer.headers[blob::IS_COMPLETE] == "?1"
}

pub async fn look(phone: &Phone, record: &str, bytes: &[u8]) -> Answer {
    phone.get(&format!("/v1/blob/{}?record={record}", Hash::of(&[bytes]))).await
}

#[tokio::test]
async fn a_photo_goes_from_the_phone_to_whoever_sees_the_record() {
    let house = House::open().await;
    let (mut rita, sean, oki) = (house.join("rita").await, house.join("sean").await, house.join("oki").await);
    let (cora, inga) = (house.join("cora").await, house.join("inga").await);
    let (full, thumb) = (jpeg(1, 600_000, &[]), jpeg(1, 5_000, &[]));
    let report = rita.write("report", "r1", report_with(json!([named(&full, &thumb)])));
    accepted(&rita.push_one(&report).await);
    assert_eq!(look(&sean, "r1", &full).await.refused(404), "photo_not_here", "it has not arrived");
    assert!(is_complete(&upload(&rita, &thumb).await));
    assert!(is_complete(&upload(&rita, &full).await));
    let seen = look(&sean, "r1", &full).await;
    assert_eq!(seen.status, 200);
    let header = |name: &str| seen.headers[name].to_str().expect("text").to_owned();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-disposition").starts_with("inline; filename=\"photo-"));
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(look(&inga, "r1", &thumb).await.status, 200);
    for (who, phone) in [("of another site", &oki), ("who pays and reads codes", &cora)] {
        assert_eq!(look(phone, "r1", &full).await.refused(404), "photo_not_here", "somebody {who}");
    }
    // Also somebody of the other site who has a record of their own that does not name it.
    assert_eq!(look(&sean, "r2", &full).await.refused(404), "photo_not_here");
    // The browser asks for a picture without our header: the address names the device.
    let mut image = sean.clone();
    image.id = String::new();
    let address = format!("/v1/blob/{}?record=r1&device={}", Hash::of(&[&full]), sean.id);
    assert_eq!(image.get(&address).await.status, 200);
}

#[tokio::test]
async fn every_look_at_a_photo_is_written_down() {
    let house = House::open().await;
    let (mut rita, sean) = (house.join("rita").await, house.join("sean").await);
    let (full, thumb) = (jpeg(2, 900, &[]), jpeg(2, 300, &[]));
    let report = rita.write("report", "r1", report_with(json!([named(&full, &thumb)])));
    accepted(&rita.push_one(&report).await);
    upload(&rita, &full).await;
    look(&sean, "r1", &thumb).await;
    look(&sean, "r1", &full).await;
    look(&sean, "r1", &full).await;
    let data = house.data();
    house.server.stop().await;
    let store = crate::ground::place(&data).open().await.expect("the database");
    let tenant = store.door().by_device(&sean.id).await.expect("found").expect("known");
    let views = store.read(&tenant).views_of("r1", 9).await.expect("read");
    let told: Vec<_> = views.iter().map(|view| (view.staff.as_str(), view.device.as_str())).collect();
    let one = ("sean", sean.id.as_str());
    assert_eq!(told, [one, one], "the small one has not arrived, so nobody saw it");
}

#[tokio::test]
async fn f67_four_photos_with_the_connection_cut_after_each_part() {
    let mut house = House::open().await;
    let mut rita = house.join("rita").await;
    let photos: Vec<(Vec<u8>, Vec<u8>)> =
        (10..14).map(|seed| (jpeg(seed, 700_000, &[]), jpeg(seed, 4_000, &[]))).collect();
    let names: Value = photos.iter().map(|(full, thumb)| named(full, thumb)).collect();
    let report = rita.write("report", "r1", report_with(names));
    accepted(&rita.push_one(&report).await);
    for (full, thumb) in &photos {
        assert!(is_complete(&upload(&rita, thumb).await));
        let (sha256, size) = (Hash::of(&[full]), full.len() as u64);
        while let Some(range) = blob::part(size, at(&ask(&rita, sha256).await)) {
            let bytes = &full[range.start as usize..range.end as usize];
            // The answer is lost on the way back: the device knows nothing, and asks.
            drop(send(&rita, &Part { sha256, offset: range.start, size, bytes }).await);
        }
        assert!(is_complete(&ask(&rita, sha256).await));
        // The server itself goes away in between.
        let data = house.data();
        house.server.stop().await;
        let dist = house.folder.path().join("dist");
        house.server = crate::harness::Running::start(crate::harness::config(&data, &dist)).await;
        rita.url.clone_from(&house.server.url);
    }
    house.boss.url.clone_from(&house.server.url);
    for (full, thumb) in &photos {
        assert_eq!(look(&house.boss, "r1", full).await.status, 200);
        assert_eq!(look(&house.boss, "r1", thumb).await.status, 200);
    }
}

#[tokio::test]
async fn f69_a_part_out_of_place_is_told_where_to_go_on() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let full = jpeg(3, 600_000, &[]);
    let (sha256, size) = (Hash::of(&[&full]), full.len() as u64);
    let part = |from: usize, to: usize| Part { sha256, offset: from as u64, size, bytes: &full[from..to] };
    let ahead = send(&rita, &part(262_144, 524_288)).await;
    assert_eq!((ahead.refused(409), at(&ahead)), ("part_elsewhere", 0));
    assert_eq!(at(&send(&rita, &part(0, 262_144)).await), 262_144);
    let again = send(&rita, &part(0, 262_144)).await;
    assert_eq!((again.refused(409), at(&again)), ("part_elsewhere", 262_144), "twice is once");
    assert_eq!(at(&send(&rita, &part(262_144, 300_000)).await), 300_000, "a part may be short");
    let (sevens, ones) = (vec![7; 262_144], vec![1; 200_000]);
    let beyond = Part { sha256, offset: 300_000, size, bytes: &sevens };
    assert_eq!(send(&rita, &beyond).await.status, 200);
    // What came is longer by some bytes than what is left: it does not fit, and is not taken.
    let rest = Part { sha256, offset: 562_144, size, bytes: &ones };
    assert_eq!(send(&rita, &rest).await.refused(409), "part_elsewhere");
    // The whole is not what its address says: it begins anew, and then it arrives.
    let end = Part { sha256, offset: 562_144, size, bytes: &full[562_144..] };
    let wrong = send(&rita, &end).await;
    assert_eq!((wrong.refused(409), at(&wrong)), ("part_elsewhere", 0));
    assert!(is_complete(&upload(&rita, &full).await));
    assert!(is_complete(&upload(&rita, &full).await), "sent again, it is there already");
    assert_eq!(at(&send(&rita, &part(0, 262_144)).await), size, "a late part of a whole photo");
}

#[tokio::test]
async fn f35_whatever_refuses_a_photo_says_that_it_is_ours() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    let full = jpeg(7, 2_000, &[]);
    let (sha256, size) = (Hash::of(&[&full]), full.len() as u64);
    let part = Part { sha256, offset: 0, size, bytes: &full };
    let reads = |answer: &Answer| {
        let header = |name| answer.headers.get(name).map(|value| value.to_str().expect("text").to_owned());
        let headers = blob::Headers {
            echo: header(blob::ECHO),
            offset: header(blob::OFFSET),
            complete: header(blob::IS_COMPLETE),
            content_type: header("content-type"),
        };
        blob::read(&sha256, size, answer.status, &headers)
    };
    let mut nobody = rita.clone();
    nobody.id = String::new();
    let mut stranger = rita.clone();
    stranger.id = "somebody-else".into();
    let mut forger = house.join("sean").await;
    forger.id.clone_from(&rita.id);
    let answers = [
        (403, ask(&nobody, sha256).await),
        (403, send(&nobody, &part).await),
        (403, ask(&stranger, sha256).await),
        (403, send(&stranger, &part).await),
        (401, send(&forger, &part).await),
    ];
    for (number, (status, answer)) in answers.iter().enumerate() {
        assert_eq!(answer.status, *status, "{number}");
        assert_eq!(reads(answer), blob::Answer::Failed(Failure::SignIn), "{number}: {:?}", answer.headers);
    }
    let beyond = send(&rita, &Part { offset: 9, ..part }).await;
    assert_eq!((beyond.status, reads(&beyond)), (409, blob::Answer::AskAgain));
}

#[tokio::test]
async fn what_was_changed_on_the_way_or_comes_from_somebody_else_is_not_taken() {
    let house = House::open().await;
    let (rita, sean) = (house.join("rita").await, house.join("sean").await);
    let full = jpeg(4, 2_000, &[]);
    let (sha256, size) = (Hash::of(&[&full]), full.len() as u64);
    let other_part = Hash::of(&[b"another"]);
    let request = |part: Hash, proof: String| {
        rita.request(Method::PATCH, &format!("/v1/blob/{sha256}"))
            .header(blob::OFFSET, 0)
            .header(blob::LENGTH, size)
            .header(blob::PART_HASH, part.to_string())
            .header(blob::PROOF, proof)
            .body(full.clone())
    };
    let proof = |phone: &Phone, part: &Hash| phone.sign(blob::proof(&rita.id, &sha256, 0, part));
    let changed = request(other_part, proof(&rita, &other_part)).send().await.expect("an answer");
    assert_eq!(Answer::of(changed).await.refused(409), "part_differs");
    let part = Hash::of(&[&full]);
    let forged = request(part, proof(&sean, &part)).send().await.expect("an answer");
    assert_eq!(Answer::of(forged).await.refused(401), "wrong_proof");
    assert_eq!(at(&ask(&rita, sha256).await), 0);
}

#[tokio::test]
async fn f71_only_a_picture_and_nothing_beside_it_is_kept() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let gps: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08 GPSLatitude 51.5074";
    let tail = [jpeg(5, 900, &[]).as_slice(), gps].concat();
    let refused = [
        ("photo_carries", jpeg(5, 900, &[(0xE1, gps)])),
        ("photo_carries", jpeg(5, 900, &[(0xED, b"Photoshop 3.0\0")])),
        ("photo_carries", jpeg(5, 900, &[(0xFE, b"taken at home")])),
        ("photo_carries", tail),
        ("not_a_photo", b"\x89PNG\r\n\x1a\n and more".to_vec()),
        ("not_a_photo", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("not_a_photo", jpeg(5, 900, &[])[..700].to_vec()),
    ];
    for (code, bytes) in &refused {
        let answer = upload(&rita, bytes).await;
        assert_eq!((answer.refused(422), at(&answer)), (*code, 0));
    }
    // A picture of few bytes that would take gigabytes to look at.
    let mut huge = jpeg(5, 900, &[]);
    let frame = huge.windows(2).position(|two| two == [0xFF, 0xC0]).expect("a frame");
    huge[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    let answer = upload(&rita, &huge).await;
    assert_eq!((answer.refused(413), at(&answer)), ("photo_too_large", 0));
    for (h, w) in [(1600_u16, 1600_u16), (640, 4000)] {
        huge[frame + 5..frame + 7].copy_from_slice(&h.to_be_bytes());
        huge[frame + 7..frame + 9].copy_from_slice(&w.to_be_bytes());
        assert!(is_complete(&upload(&rita, &huge).await), "{w} by {h}");
    }
    let large = jpeg(6, 1_000_000, &[]);
    let part =
        Part { sha256: Hash::of(&[&large]), offset: 0, size: large.len() as u64, bytes: &large[..1_000] };
    assert_eq!(send(&rita, &part).await.refused(413), "photo_too_large");
    let fine = jpeg(5, 900, &[]);
    let too_long = Part { sha256: Hash::of(&[&fine]), offset: 0, size: 999_999, bytes: &vec![0; 300_000] };
    assert_eq!(send(&rita, &too_long).await.refused(413), "too_large");
    assert!(is_complete(&upload(&rita, &fine).await));
    let report = rita.write("report", "r1", report_with(json!([named(&fine, &fine)])));
    accepted(&rita.push_one(&report).await);
    let names = files(&house.data().join("photos"));
    assert_eq!(names.len(), 3, "nothing that was refused lies there");
    let hash = Hash::of(&[&fine]).to_string();
    assert!(!names.iter().any(|name| name.contains(&hash)), "its place does not tell its hash");
}

#[tokio::test]
async fn two_providers_with_the_same_photo_share_nothing() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let mut foreign = house.another_provider().await;
    let full = jpeg(7, 5_000, &[]);
    let sha256 = Hash::of(&[&full]);
    assert!(is_complete(&upload(&rita, &full).await));
    let unknown = ask(&foreign, sha256).await;
    assert_eq!((at(&unknown), is_complete(&unknown)), (0, false), "what another has is not told");
    let report = rita.write("report", "r1", report_with(json!([named(&full, &full)])));
    all_accepted(&rita.push(&[report]).await);
    assert_eq!(look(&foreign, "r1", &full).await.refused(404), "photo_not_here");
    let mut with = environment();
    with["photos"] = json!([named(&full, &full)]);
    let report = foreign.write("report", "r1", with);
    accepted(&foreign.push_one(&report).await);
    assert_eq!(
        look(&foreign, "r1", &full).await.refused(404),
        "photo_not_here",
        "it names it and has not sent it"
    );
    assert!(is_complete(&upload(&foreign, &full).await));
    assert_eq!(look(&foreign, "r1", &full).await.status, 200);
    let places = files(&house.data().join("photos"));
    assert_eq!(places.len(), 2);
    let name = |place: &String| place.rsplit('/').next().expect("a name").to_owned();
    assert_ne!(name(&places[0]), name(&places[1]), "the places do not show that they are the same");
}

#[tokio::test]
async fn a_photo_that_rots_where_it_lies_is_not_shown() {
    let house = House::open().await;
    let mut rita = house.join("rita").await;
    let full = jpeg(8, 5_000, &[]);
    let report = rita.write("report", "r1", report_with(json!([named(&full, &full)])));
    accepted(&rita.push_one(&report).await);
    upload(&rita, &full).await;
    let place = files(&house.data().join("photos")).remove(0);
    fs::write(place, jpeg(9, 5_000, &[])).expect("written");
    assert_eq!(look(&rita, "r1", &full).await.refused(404), "photo_not_here");
}

#[tokio::test]
async fn a_device_begins_so_many_photos_a_day() {
    let house = House::open().await;
    let rita = house.join("rita").await;
    for number in 0..400_u32 {
        let sha256 = Hash::of(&[&number.to_be_bytes()]);
        assert_eq!(send(&rita, &Part { sha256, offset: 0, size: 9, bytes: b"part" }).await.status, 200);
    }
    let sha256 = Hash::of(&[b"one more"]);
    let more = send(&rita, &Part { sha256, offset: 0, size: 9, bytes: b"part" }).await;
    assert_eq!(more.refused(429), "too_many_tries");
    let known = Hash::of(&[&0_u32.to_be_bytes()]);
    assert_eq!(send(&rita, &Part { sha256: known, offset: 4, size: 9, bytes: b"mor" }).await.status, 200);
}

fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path.display().to_string()),
        }
    }
    found.sort();
    found
}
