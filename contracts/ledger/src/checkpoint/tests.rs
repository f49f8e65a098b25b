use super::{Checkpoint, MAX_TOTAL_STAKE_WEI};

#[test]
fn the_layout_of_a_checkpoint_is_the_documented_one() {
    let bytes = Checkpoint { balance: 0x0102, stake_seconds: 0x0304, day: 0x0506 }.to_bytes();

    assert_eq!(bytes[..11], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    assert_eq!(bytes[11..24], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 4]);
    assert_eq!(bytes[24..], [5, 6, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn a_checkpoint_speaks_of_its_own_day_and_of_whole_days_after() {
    let checkpoint = Checkpoint { balance: 10, stake_seconds: 7, day: 100 };

    assert_eq!(checkpoint.stake_seconds_on(100), 7);
    assert_eq!(checkpoint.stake_seconds_on(101), 864_000);
    assert_eq!(checkpoint.stake_seconds_on(u32::MAX), 864_000);
}

#[test]
fn the_most_that_can_be_staked_fills_87_bits() {
    assert_eq!(MAX_TOTAL_STAKE_WEI, u128::MAX >> (128 - 87));
}
