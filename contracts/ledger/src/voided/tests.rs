use super::VoidedDays;

#[test]
fn two_hundred_and_fifty_six_days_share_a_word() {
    assert_eq!([0, 255, 256, 511, 512].map(VoidedDays::index_of), [0, 0, 1, 1, 2]);
}

#[test]
fn a_day_is_voided_alone() {
    for day in 20_224..20_480 {
        let word = VoidedDays::default().with(day);

        assert!((20_224..20_480).all(|other| word.contains(other) == (other == day)));
    }
}

#[test]
fn voiding_a_day_keeps_the_others() {
    let word = VoidedDays::default().with(3).with(3).with(200);

    assert!(word.contains(3) && word.contains(200) && !word.contains(4));
}

#[test]
fn the_layout_of_the_word_is_the_documented_one() {
    assert_eq!(VoidedDays::default().with(0).to_bytes()[31], 1);
    assert_eq!(VoidedDays::default().with(9).to_bytes()[30], 2);
    assert_eq!(VoidedDays::default().with(255).to_bytes()[0], 0x80);
}

#[test]
fn a_word_comes_back_as_it_went_in() {
    let bytes = core::array::from_fn(|index| index as u8);

    assert_eq!(VoidedDays::from_bytes(bytes).to_bytes(), bytes);
}
