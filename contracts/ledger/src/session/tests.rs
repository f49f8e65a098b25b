use super::SessionWord;

#[test]
fn the_layout_of_a_session_word_is_the_documented_one() {
    let word = SessionWord { subnet: [0xab; 20], booked_until: 0x0102_0304_0506_0708, is_complete: true };
    let bytes = word.to_bytes();

    assert_eq!(bytes[..20], [0xab; 20]);
    assert_eq!(bytes[20..28], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(bytes[28..], [1, 0, 0, 0]);
}

#[test]
fn the_zero_word_is_a_session_that_was_never_booked() {
    assert_eq!(SessionWord::default().to_bytes(), [0; 32]);
    assert!(!SessionWord::from_bytes([0; 32]).is_booked());
    assert!(SessionWord { booked_until: 1, ..SessionWord::default() }.is_booked());
}
