//! Times and settings beyond all sense.

use super::*;

#[test]
fn a_clock_beyond_every_calendar_counts_as_the_moment_of_receipt() {
    let received = at("2026-06-11T08:00+01:00");
    for (device_time, offset_ms) in [
        (received, i64::MAX),
        (received, i64::MIN),
        (received, i64::MAX / 100_000),
        (Instant::MIN_UTC, 1),
        (Instant::MAX_UTC, -1),
        (Instant::MIN_UTC, 0),
    ] {
        assert_eq!(corrected(device_time, offset_ms, received), received, "{device_time} {offset_ms}");
    }
    assert_eq!(corrected(received, 60_000, received), at("2026-06-11T07:59+01:00"));
}

#[test]
fn absurd_settings_of_a_site_break_nothing() {
    let mut home = Home::reported("environment");
    let mut directory = home.register.directory().clone();
    let settings = crate::directory::Settings {
        step2_hours: u64::MAX,
        step3_hours: u64::MAX,
        step4_days: u64::MAX,
        step5_days: u64::MAX,
        returned_hours: u64::MAX,
        at_once_grace_min: u64::MAX,
        late_sync_min: u64::MAX,
        clock_skew_min: u64::MAX,
        audit_due_days: u64::MAX,
        oversight_due_days: u64::MAX,
        contract_hours: Some(u64::MAX),
        ..Default::default()
    };
    directory.sites.insert("meadow".into(), Site { settings, ..Site::default() });
    home.register.set_directory(Arc::new(directory));
    home.does("care", "amend", "r", json!({"changes": {"concern": "very"}, "reason": "I saw more"}));
    assert!(crate::due::overdue_list(&home.register, "meadow", home.now).is_empty());
}
