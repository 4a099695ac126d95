//! Photos: what is taken out of a JPEG, what is refused, and how an upload goes on after a cut.

use sync::{
    Hash,
    blob::{self, Answer, Headers, PART_BYTES},
    jpeg::{self, Fault},
    receipt::Failure,
    wire::CONTENT_TYPE,
};

/// A picture of 640 by 480 with these segments after its header. Coded data with a stuffed byte and a restart.
fn jpeg(more: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    put(&mut bytes, 0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for (marker, body) in more {
        put(&mut bytes, *marker, body);
    }
    put(&mut bytes, 0xDB, &[0; 65]);
    put(&mut bytes, 0xC0, &[8, 0x01, 0xE0, 0x02, 0x80, 1, 1, 0x11, 0]);
    put(&mut bytes, 0xC4, &[0; 28]);
    put(&mut bytes, 0xDA, &[1, 1, 0, 0, 63, 0]);
    bytes.extend([0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]);
    bytes.extend([0xFF, 0xD9]);
    bytes
}

fn put(bytes: &mut Vec<u8>, marker: u8, body: &[u8]) {
    bytes.extend([0xFF, marker]);
    bytes.extend(u16::try_from(body.len() + 2).expect("short").to_be_bytes());
    bytes.extend(body);
}

const GPS: &[u8] = b"Exif\0\0MM\0*GPSLatitude 51.5074 N";

#[test]
fn f71_gps_and_everything_beside_the_picture_goes() {
    let plain = jpeg(&[]);
    assert_eq!(jpeg::look(&plain), Ok((640, 480)));
    let check = |more: &[(u8, &[u8])]| {
        let dirty = jpeg(more);
        assert_eq!(jpeg::look(&dirty), Err(Fault::Carries), "{more:?}");
        assert_eq!(jpeg::clean(&dirty).expect("a picture"), plain, "{more:?}");
    };
    check(&[(0xE1, GPS)]);
    check(&[
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
        (0xED, b"Photoshop 3.0\0"),
        (0xFE, b"at home"),
    ]);
    check(&[(0xE2, b"ICC_PROFILE\0\x01\x01"), (0xEF, b"maker"), (0xE0, b"JFXX\0\x10 a second picture")]);
    check(&[(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc"), (0xEE, b"Ducky and more")]);
    check(&[(0xF0, b"made by a newer camera"), (0xDC, b"ab")]);
}

#[test]
fn f71_what_follows_the_end_goes_too() {
    let plain = jpeg(&[]);
    let tail = [plain.as_slice(), GPS].concat();
    assert_eq!(jpeg::look(&tail), Err(Fault::Carries));
    assert_eq!(jpeg::clean(&tail).expect("a picture"), plain);
}

#[test]
fn what_is_between_the_scans_of_a_picture_is_looked_at_as_well() {
    let mut bytes = jpeg(&[]);
    bytes.truncate(bytes.len() - 2);
    let before = bytes.len();
    put(&mut bytes, 0xE1, GPS);
    let after = bytes.len();
    put(&mut bytes, 0xDA, &[1, 1, 0, 0, 63, 0]);
    bytes.extend([0x77, 0xFF, 0xD9]);
    assert_eq!(jpeg::look(&bytes), Err(Fault::Carries));
    let clean = jpeg::clean(&bytes).expect("a picture");
    assert_eq!(clean, [&bytes[..before], &bytes[after..]].concat());
    assert_eq!(jpeg::look(&clean), Ok((640, 480)));
}

#[test]
fn anything_else_is_no_picture() {
    let plain = jpeg(&[]);
    for end in 0..plain.len() {
        assert!(jpeg::look(&plain[..end]).is_err(), "{end} bytes");
        assert!(jpeg::clean(&plain[..end]).is_err(), "{end} bytes");
    }
    let check = |bytes: &[u8], fault| assert_eq!(jpeg::look(bytes), Err(fault), "{bytes:?}");
    check(b"\x89PNG\r\n\x1a\n", Fault::NotJpeg);
    check(b"<svg onload=alert(1)>", Fault::NotJpeg);
    check(b"\xFF\xD8\xFF\xD9", Fault::Broken);
    check(b"\xFF\xD8\xFF\xE1\x00\x00", Fault::Broken);
    check(b"\xFF\xD8\xFF\xE1\xFF\xFF", Fault::Broken);
}

#[test]
fn an_upload_goes_on_in_parts_from_where_it_was_cut() {
    let size = 2 * PART_BYTES + 7;
    let mut at = 0;
    let mut parts = 0;
    while let Some(part) = blob::part(size, at) {
        assert_eq!(part.start, at);
        assert!(part.end - part.start <= PART_BYTES);
        (at, parts) = (part.end, parts + 1);
    }
    assert_eq!((at, parts), (size, 3));
    assert_eq!(blob::part(size, PART_BYTES + 5), Some(PART_BYTES + 5..2 * PART_BYTES + 5));
    assert_eq!(blob::part(size, size + 1), None);
    assert_eq!(blob::part(u64::MAX, u64::MAX - 1), Some(u64::MAX - 1..u64::MAX));
}

#[test]
fn only_an_answer_that_knows_the_hash_is_a_receipt() {
    let sha256 = Hash::of(&[b"a photo"]);
    let said = |echo: Option<&Hash>, offset: &str, complete: &str| Headers {
        echo: echo.map(ToString::to_string),
        offset: Some(offset.into()),
        complete: Some(complete.into()),
        content_type: None,
    };
    let check = |status, headers: Headers, answer| {
        assert_eq!(blob::read(&sha256, 100, status, &headers), answer, "{status} {headers:?}");
    };
    let other = Hash::of(&[b"another"]);
    check(200, said(Some(&sha256), "100", "?1"), Answer::Complete);
    check(200, said(Some(&sha256), "40", "?0"), Answer::At(40));
    check(200, said(Some(&sha256), "100", "?0"), Answer::At(100));
    check(200, said(Some(&sha256), "40", "?1"), Answer::Failed(Failure::Mismatch));
    check(200, said(Some(&sha256), "101", "?0"), Answer::Failed(Failure::Mismatch));
    check(200, said(Some(&sha256), "-1", "?0"), Answer::Failed(Failure::Mismatch));
    check(200, said(Some(&other), "100", "?1"), Answer::Failed(Failure::NotOurs));
    check(200, Headers::default(), Answer::Failed(Failure::NotOurs));
    check(204, said(None, "100", "?1"), Answer::Failed(Failure::NotOurs));
    check(409, said(Some(&sha256), "40", "?0"), Answer::AskAgain);
    check(422, said(Some(&sha256), "0", "?0"), Answer::Refused);
    check(422, Headers::default(), Answer::Failed(Failure::Server(422)));
    check(413, Headers::default(), Answer::Failed(Failure::Server(413)));
    check(429, Headers::default(), Answer::Failed(Failure::Busy));
    check(503, Headers::default(), Answer::Failed(Failure::Server(503)));
}

#[test]
fn f35_a_guest_network_that_refuses_a_photo_asks_nobody_to_sign_in_here() {
    let sha256 = Hash::of(&[b"a photo"]);
    let said = |echo: Option<Hash>, content_type: Option<&str>| Headers {
        echo: echo.map(|hash| hash.to_string()),
        content_type: content_type.map(str::to_owned),
        ..Headers::default()
    };
    let strangers = [
        said(None, None),
        said(None, Some("text/html; charset=utf-8")),
        said(None, Some("application/json")),
        said(Some(Hash::of(&[b"another"])), Some("text/html")),
    ];
    for (status, headers) in
        [401, 403, 409, 511].iter().flat_map(|status| strangers.iter().map(move |h| (status, h)))
    {
        let answer = blob::read(&sha256, 100, *status, headers);
        assert_eq!(answer, Answer::Failed(Failure::NotOurs), "{status} {headers:?}");
    }
    // The door knows nothing of the photo; what comes after it repeats the hash.
    for ours in [said(None, Some(CONTENT_TYPE)), said(Some(sha256), Some("text/html"))] {
        for (status, answer) in [
            (401, Answer::Failed(Failure::SignIn)),
            (403, Answer::Failed(Failure::SignIn)),
            (409, Answer::AskAgain),
        ] {
            assert_eq!(blob::read(&sha256, 100, status, &ours), answer, "{status} {ours:?}");
        }
    }
    // At the door nobody has looked at the photo: that settles nothing.
    let door = said(None, Some(CONTENT_TYPE));
    assert_eq!(blob::read(&sha256, 100, 200, &door), Answer::Failed(Failure::NotOurs));
    assert_eq!(blob::read(&sha256, 100, 422, &door), Answer::Failed(Failure::Server(422)));
}

#[test]
fn a_proof_stands_for_one_part_at_one_place() {
    let (photo, part) = (Hash::of(&[b"photo"]), Hash::of(&[b"part"]));
    let proof = blob::proof("d1", &photo, 0, &part);
    assert_ne!(proof, blob::proof("d2", &photo, 0, &part));
    assert_ne!(proof, blob::proof("d1", &part, 0, &part));
    assert_ne!(proof, blob::proof("d1", &photo, 1, &part));
    assert_ne!(proof, blob::proof("d1", &photo, 0, &photo));
}
