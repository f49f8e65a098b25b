use super::{Usage, UsageWord, MAX_SECONDS, MAX_SESSIONS};

const FULL: Usage = Usage { seconds: MAX_SECONDS, sessions: MAX_SESSIONS };

#[test]
fn what_is_added_to_a_day_is_read_on_that_day_alone() {
    for day in 20_140..20_144 {
        let word = UsageWord::default().with_added(day, FULL).unwrap();

        for other in 20_140..20_144 {
            assert_eq!(word.day(other), if other == day { FULL } else { Usage::default() });
        }
    }
}

#[test]
fn amounts_add_up() {
    let word = UsageWord::default()
        .with_added(7, Usage { seconds: 86_400, sessions: 1 })
        .and_then(|word| word.with_added(7, Usage { seconds: 1, sessions: 0 }))
        .unwrap();

    assert_eq!(word.day(7), Usage { seconds: 86_401, sessions: 1 });
}

#[test]
fn the_layout_of_a_usage_word_is_the_documented_one() {
    let bytes =
        UsageWord::default().with_added(1, Usage { seconds: 0x01_0203_0405, sessions: 0x06_0708 }).unwrap().to_bytes();

    assert_eq!(bytes[..8], [0; 8]);
    assert_eq!(bytes[8..16], [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(bytes[16..], [0; 16]);
}

#[test]
fn a_word_comes_back_as_it_went_in() {
    let bytes = core::array::from_fn(|index| index as u8);

    assert_eq!(UsageWord::from_bytes(bytes).to_bytes(), bytes);
}

#[test]
fn four_days_in_a_row_share_a_word() {
    assert_eq!([0, 3, 4, 7, 8, u32::MAX].map(UsageWord::index_of), [0, 0, 1, 1, 2, u32::MAX / 4]);
}
