//! Seconds or sessions.

use mrc53_maths::Weight;

#[test]
fn version_2_counts_seconds_and_version_1_sessions() {
    assert_eq!(Weight::Seconds.of(3_600, 2), 3_600);
    assert_eq!(Weight::Sessions.of(3_600, 2), 2);
    assert_eq!(Weight::default(), Weight::Seconds);
}

#[test]
fn numbers_name_weights_and_others_are_refused() {
    assert_eq!(Weight::try_from(0), Ok(Weight::Seconds));
    assert_eq!(Weight::try_from(1), Ok(Weight::Sessions));
    assert_eq!(Weight::try_from(2), Err(2));
    assert_eq!(Weight::try_from(255), Err(255));
}
