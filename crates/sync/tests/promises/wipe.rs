//! A removed device forgets when it is told to by whom it knows, and never before its last word has a receipt.

use crate::support::at;
use sync::wipe::{Left, Next, PHOTO_PATIENCE_MINUTES, Verdict, WipeOrder};

fn order() -> WipeOrder {
    WipeOrder { device: "phone-1".into(), epoch: 2, at: 1_780_000_000_000_000, sig: "s".into() }
}

#[test]
fn f74_an_order_is_for_one_device_in_one_enrolment() {
    let check = |device: &str, epoch, pinned, expected| {
        assert_eq!(order().judge(device, epoch, pinned), expected, "{device} {epoch} {pinned:?}");
    };
    check("phone-1", 2, Some("key"), Verdict::SignedBy("key"));
    check("phone-1", 3, Some("key"), Verdict::NotOurs);
    check("phone-2", 2, Some("key"), Verdict::NotOurs);
    check("phone-1", 2, None, Verdict::Unproven);
    check("phone-2", 2, None, Verdict::NotOurs);
}

#[test]
fn what_is_signed_names_device_enrolment_and_time() {
    let text = order().text();
    assert_eq!(text, "nm.wipe.v1\nphone-1\n2\n1780000000000000");
    for other in [
        WipeOrder { device: "phone-2".into(), ..order() },
        WipeOrder { epoch: 1, ..order() },
        WipeOrder { at: 0, ..order() },
    ] {
        assert_ne!(other.text(), text);
    }
}

#[test]
fn an_order_is_found_in_a_receipt_and_in_a_refusal_and_nowhere_else() {
    let order = order();
    let json = serde_json::to_string(&order).expect("json");
    let refusal = format!(r#"{{"code":"device_revoked","sentence":"Gone.","wipe":{json}}}"#);
    let receipt = format!(r#"{{"nonce":"n","receipts":[],"wipe":{json},"sum":"x"}}"#);
    assert_eq!(WipeOrder::in_answer(&refusal), Some(order.clone()));
    assert_eq!(WipeOrder::in_answer(&receipt), Some(order));
    for body in ["", "<html>wipe</html>", r#"{"wipe":true}"#, r#"{"wipe":{"device":"phone-1"}}"#, "null"] {
        assert_eq!(WipeOrder::in_answer(body), None, "{body}");
    }
}

#[test]
fn nothing_is_forgotten_while_one_word_has_no_receipt() {
    let since = Some(at("2026-06-11T08:00:00Z"));
    for now in
        ["2026-06-11T08:00:00Z", "2026-06-12T08:00:00Z", "2036-06-11T08:00:00Z", "1970-01-01T00:00:00Z"]
    {
        for photos in [0, 3] {
            let left = Left { words: 1, photos, since };
            assert_eq!(left.next(at(now)), Next::SendWords, "{now}");
        }
    }
}

#[test]
fn photos_are_waited_for_but_not_for_ever() {
    let began = at("2026-06-11T08:00:00Z");
    let check = |photos, since, minutes, expected| {
        let now = began + chrono::Duration::minutes(minutes);
        assert_eq!(Left { words: 0, photos, since }.next(now), expected, "{photos} after {minutes}");
    };
    check(0, Some(began), 0, Next::Forget);
    check(0, None, 0, Next::Forget);
    check(2, None, 0, Next::SendPhotos);
    check(2, Some(began), PHOTO_PATIENCE_MINUTES - 1, Next::SendPhotos);
    check(2, Some(began), PHOTO_PATIENCE_MINUTES, Next::Forget);
    // The clock was put back: the words are safe, and nobody can stretch the time.
    check(2, Some(began), -60, Next::Forget);
}
