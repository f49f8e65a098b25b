//! Sums at the ends of their fields: taken up to the last value, refused from the first above, exact in between.

use mrc53_ledger::{
    account::{AccountWord, MAX_OWED_WEI},
    checkpoint::{Checkpoint, LAST_DAY, MAX_TOTAL_STAKE_WEI},
    level::Level,
    minimum::Minimum,
    usage::{Overflow, Usage, UsageWord, DAYS_PER_WORD, MAX_SECONDS, MAX_SESSIONS},
};

/// Midnight of 2025-02-21.
const MIDNIGHT: u64 = 1_740_096_000;
const DAY_SECONDS: u64 = 86_400;

/// What one adds: the ends and the middle of a range, what is right above it, and the end of the type.
fn amounts(most: u128, type_max: u128) -> Vec<u128> {
    let mut amounts = vec![0, 1, most / 2, most / 2 + 1, most - 1, most, most + 1, type_max];
    amounts.dedup();
    amounts
}

#[test]
fn a_bucket_takes_every_sum_within_its_fields_and_refuses_every_other() {
    let seconds = || amounts(MAX_SECONDS.into(), u64::MAX.into()).into_iter().map(|number| number as u64);
    let sessions = || amounts(MAX_SESSIONS.into(), u32::MAX.into()).into_iter().map(|number| number as u32);
    let usages = || seconds().flat_map(|seconds| sessions().map(move |sessions| Usage { seconds, sessions }));
    let fits = |usage: &Usage| usage.seconds <= MAX_SECONDS && usage.sessions <= MAX_SESSIONS;
    for day in 0..DAYS_PER_WORD {
        for old in usages().filter(fits) {
            let word = UsageWord::default().with_added(day, old).expect("fits");
            for more in usages() {
                let sum = Usage {
                    seconds: old.seconds.saturating_add(more.seconds),
                    sessions: old.sessions.saturating_add(more.sessions),
                };
                let expected = if fits(&sum) { Ok(sum) } else { Err(Overflow) };
                assert_eq!(word.with_added(day, more).map(|word| word.day(day)), expected, "{old:?} {more:?}");
            }
        }
    }
}

#[test]
fn a_debt_takes_every_sum_within_its_field_and_refuses_every_other() {
    let amounts = amounts(MAX_OWED_WEI, u128::MAX);
    for owed in amounts.iter().copied().filter(|owed| *owed <= MAX_OWED_WEI) {
        let account = AccountWord { accumulator: u128::MAX, owed, next: u16::MAX };
        for more in &amounts {
            let sum = owed.saturating_add(*more);
            let expected = (sum <= MAX_OWED_WEI).then_some(AccountWord { owed: sum, ..account });
            assert_eq!(account.with_more_owed(*more), expected, "{owed} {more}");
        }
    }
}

#[test]
fn a_minimum_above_what_can_be_staked_is_refused_now_and_for_later() {
    for amount in amounts(MAX_TOTAL_STAKE_WEI, u128::MAX) {
        let fits = amount <= MAX_TOTAL_STAKE_WEI;
        assert_eq!(Minimum::new(amount, 20_140).is_some(), fits, "{amount}");
        assert_eq!(Minimum::default().schedule(amount, 20_140).is_some(), fits, "{amount}");
    }
}

/// The first and last seconds of a day, its middle, and the last day that has a number.
fn times() -> impl Iterator<Item = u64> {
    let last = u64::from(LAST_DAY) * DAY_SECONDS;
    [MIDNIGHT, last].into_iter().flat_map(|midnight| [0, 1, 43_200, 86_398, 86_399].map(|second| midnight + second))
}

/// A level that has held `balance` since long before.
fn held(balance: u128) -> Level {
    Level { checkpoint: Checkpoint { balance, stake_seconds: 0, day: 1 }, history_len: 1, mark: 0 }
}

#[test]
fn a_deposit_counts_exactly_up_to_the_most_that_can_be_staked_and_no_further() {
    let amounts = amounts(MAX_TOTAL_STAKE_WEI, u128::MAX);
    for balance in amounts.iter().copied().filter(|balance| *balance <= MAX_TOTAL_STAKE_WEI) {
        for amount in amounts.iter().copied() {
            for now in times() {
                let left = u128::from(DAY_SECONDS - now % DAY_SECONDS);
                let sum = balance.saturating_add(amount);
                let expected =
                    (sum <= MAX_TOTAL_STAKE_WEI).then(|| (sum, balance * u128::from(DAY_SECONDS) + amount * left));
                let found = held(balance).deposit(amount, now).map(|step| step.level.checkpoint);
                assert_eq!(
                    found.map(|found| (found.balance, found.stake_seconds)),
                    expected,
                    "{balance} {amount} {now}"
                );
                assert!(found.is_none_or(|found| found.stake_seconds < 1 << 104));
            }
        }
    }
}

#[test]
fn a_withdrawal_takes_every_amount_up_to_the_balance_and_refuses_every_other() {
    let amounts = amounts(MAX_TOTAL_STAKE_WEI, u128::MAX);
    for balance in amounts.iter().copied().filter(|balance| *balance <= MAX_TOTAL_STAKE_WEI) {
        for amount in amounts.iter().copied() {
            for now in times() {
                let left = u128::from(DAY_SECONDS - now % DAY_SECONDS);
                let expected =
                    (amount <= balance).then(|| (balance - amount, balance * u128::from(DAY_SECONDS) - amount * left));
                let found = held(balance).withdraw(amount, now).map(|step| step.level.checkpoint);
                assert_eq!(
                    found.map(|found| (found.balance, found.stake_seconds)),
                    expected,
                    "{balance} {amount} {now}"
                );
            }
        }
    }
}

#[test]
fn a_debt_above_its_field_is_stored_as_the_most_that_fits_and_touches_no_neighbour() {
    for owed in [MAX_OWED_WEI, MAX_OWED_WEI + 1, u128::MAX] {
        let stored = AccountWord { owed, ..AccountWord::default() }.to_bytes();
        assert_eq!(AccountWord::from_bytes(stored), AccountWord { owed: MAX_OWED_WEI, ..AccountWord::default() });
    }
}
