use super::{RootWord, Settings};

#[test]
fn the_layout_of_the_settings_is_the_documented_one() {
    let settings = Settings { alignment: [0xab; 20], grace_days: 0x0102, window_days: 0x03, entries: 0x0405_0607 };

    let bytes = settings.to_bytes();

    assert_eq!(bytes[..20], [0xab; 20]);
    assert_eq!(bytes[20..], [0, 0, 1, 2, 0, 0, 0, 3, 4, 5, 6, 7]);
    assert_eq!(Settings::from_bytes(bytes), settings);
}

#[test]
fn the_layout_of_a_root_is_the_documented_one() {
    let root = RootWord { is_accepted: true, timestamp: Some(0x0102) };

    let bytes = root.to_bytes();

    assert_eq!(bytes[..3], [1, 1, 0]);
    assert_eq!(bytes[3..24], [0; 21]);
    assert_eq!(bytes[24..], [0, 0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(RootWord::from_bytes(bytes), root);
}

#[test]
fn a_root_of_the_second_0_is_open_and_one_that_was_only_sent_is_not() {
    let sent = RootWord { is_accepted: true, timestamp: None };
    for root in [sent, RootWord { timestamp: Some(0), ..sent }, RootWord::default()] {
        assert_eq!(RootWord::from_bytes(root.to_bytes()), root);
    }
    assert_eq!(RootWord::default().to_bytes(), [0; 32]);
}
