use std::vec::Vec;

use proptest::prelude::*;

use super::{Level, Step};
use crate::checkpoint::{Checkpoint, LAST_DAY};

const DAY: u64 = 20_140;
const MIDNIGHT: u64 = DAY * 86_400;

fn staked(amount: u128, at: u64) -> Level {
    Level::default().deposit(amount, at).expect("within bounds").level
}

#[test]
fn the_layout_of_a_level_is_a_checkpoint_with_two_fields_behind() {
    let checkpoint = Checkpoint { balance: 1, stake_seconds: 2, day: 3 };

    let bytes = Level { checkpoint, history_len: 0x0405, mark: 0x0607_0809 }.to_bytes();

    assert_eq!(bytes[..26], checkpoint.to_bytes()[..26]);
    assert_eq!(bytes[26..], [4, 5, 6, 7, 8, 9]);
}

#[test]
fn a_deposit_counts_for_the_seconds_left_of_its_day() {
    for (at, seconds) in [(MIDNIGHT - 1, 1), (MIDNIGHT, 86_400), (MIDNIGHT + 1, 86_399), (MIDNIGHT + 86_399, 1)] {
        assert_eq!(staked(10, at).checkpoint.stake_seconds, 10 * seconds, "at {at}");
    }
}

#[test]
fn the_first_change_ever_pushes_nothing_to_history() {
    let step = Level::default().deposit(10, MIDNIGHT).expect("within bounds");

    assert_eq!((step.pushed, step.level.history_len), (None, 0));
}

#[test]
fn a_second_change_on_the_same_day_pushes_nothing_to_history() {
    let level = staked(10, MIDNIGHT);

    let step = level.withdraw(4, MIDNIGHT + 86_399).expect("enough");

    assert_eq!((step.pushed, step.level.history_len), (None, 0));
    assert_eq!(step.level.checkpoint, Checkpoint { balance: 6, stake_seconds: 864_000 - 4, day: DAY as u16 });
}

#[test]
fn the_first_change_of_a_new_day_pushes_the_day_before_and_starts_from_a_whole_day() {
    let level = staked(10, MIDNIGHT - 1);

    let step = level.deposit(1, MIDNIGHT).expect("within bounds");

    assert_eq!(step.pushed, Some(level.checkpoint));
    assert_eq!(step.level.history_len, 1);
    assert_eq!(step.level.checkpoint, Checkpoint { balance: 11, stake_seconds: 11 * 86_400, day: DAY as u16 });
}

#[test]
fn a_change_keeps_the_mark() {
    let level = Level { mark: 7, ..Level::default() };

    let deposited = level.deposit(10, MIDNIGHT).expect("within bounds").level;
    let withdrawn = deposited.withdraw(10, MIDNIGHT + 86_400).expect("enough").level;

    assert_eq!((deposited.mark, withdrawn.mark), (7, 7));
}

#[test]
fn after_the_last_day_number_balances_change_and_stake_seconds_stand_still() {
    let last_second = (u64::from(LAST_DAY) + 1) * 86_400 - 1;
    let level = staked(10, last_second);

    let later = level.deposit(5, last_second + 1).expect("within bounds");
    let emptied = later.level.withdraw(15, u64::MAX).expect("everything can be withdrawn");

    assert_eq!(level.checkpoint.stake_seconds, 10);
    assert_eq!(later.level.checkpoint, Checkpoint { balance: 15, stake_seconds: 10, day: LAST_DAY });
    assert_eq!(emptied.level.checkpoint, Checkpoint { balance: 0, stake_seconds: 10, day: LAST_DAY });
    assert_eq!((later.pushed, emptied.pushed), (None, None));
}

#[test]
fn a_withdrawal_succeeds_even_if_the_clock_ran_backwards() {
    let level = staked(10, MIDNIGHT + 86_399);

    let step = level.withdraw(10, MIDNIGHT).expect("everything can be withdrawn");

    assert_eq!(step.level.checkpoint, Checkpoint { balance: 0, stake_seconds: 0, day: DAY as u16 });
}

/// Integrates a history second by second intervals: the balance between two changes times the seconds of the overlap.
fn stake_seconds_by_integration(changes: &[(u64, i128)], day: u64) -> u128 {
    let (start, end) = (day * 86_400, (day + 1) * 86_400);
    let mut total = 0;
    let mut balance = 0_i128;
    let mut since = 0;
    for (at, change) in changes.iter().copied().chain([(u64::MAX, 0)]) {
        let overlap = at.min(end).saturating_sub(since.max(start));
        total += balance * i128::from(overlap);
        balance += change;
        since = at;
    }
    u128::try_from(total).expect("never negative")
}

proptest! {
    #[test]
    fn level_arithmetic_equals_naive_integration(
        steps in prop::collection::vec((0_u64..40_000, 0_u128..1_000_000, any::<bool>()), 1..60),
    ) {
        let mut now = MIDNIGHT;
        let mut level = Level::default();
        let mut history = Vec::new();
        let mut changes = Vec::new();
        for (pause, amount, deposits) in steps {
            now += pause;
            let amount = if deposits { amount } else { amount.min(level.checkpoint.balance) };
            let step = if deposits { level.deposit(amount, now) } else { level.withdraw(amount, now) };
            let Step { level: after, pushed } = step.expect("within bounds");
            history.extend(pushed);
            level = after;
            let signed = i128::try_from(amount).expect("small");
            changes.push((now, if deposits { signed } else { -signed }));
        }

        prop_assert_eq!(history.len(), usize::from(level.history_len));
        history.push(level.checkpoint);
        for pair in history.windows(2) {
            prop_assert!(pair[0].day < pair[1].day);
        }
        for day in DAY - 1..=now / 86_400 + 2 {
            let in_force = history.iter().rev().find(|checkpoint| u64::from(checkpoint.day) <= day);
            let stake_seconds = in_force.map_or(0, |checkpoint| checkpoint.stake_seconds_on(day as u32));
            prop_assert_eq!(stake_seconds, stake_seconds_by_integration(&changes, day));
        }
    }
}
