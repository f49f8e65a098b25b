//! The functions that the lemmas speak about are those of the code: the same numbers for the same arguments, at the ends
//! of all widths and at random in between.

use std::collections::BTreeSet;

use mrc53_ledger::checkpoint::{Checkpoint, MAX_TOTAL_STAKE_WEI};
use mrc53_ledger::level::Level;
use mrc53_ledger::minimum::DatedMinimum;
use mrc53_maths::{
    Accrual, Day, FEE_PRECISION, RewardInputs, U256, compute, credit_bound, increment, reward, share_down, split,
};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::solver::{functions, z3};

/// What only others of the functions use; the code has no such function, or keeps it to itself.
const PARTS: [&str; 3] = ["least", "most", "stake_denominator"];
/// How many sets of arguments each function is tried with.
const TRIES: usize = 300;

/// A function by its name, its arguments and what the code makes of them.
#[derive(Debug)]
struct Call {
    name: &'static str,
    arguments: Vec<U256>,
    result: U256,
}

fn call(name: &'static str, arguments: &[u128], result: u128) -> Call {
    Call { name, arguments: arguments.iter().copied().map(U256::from).collect(), result: U256::from(result) }
}

impl Call {
    /// The call in SMT-LIB.
    fn question(&self) -> String {
        let arguments: Vec<String> = self.arguments.iter().map(U256::to_string).collect();
        format!("(simplify ({} {}))\n", self.name, arguments.join(" "))
    }
}

/// A number of up to `bits` bits, often one at an end of a width.
fn up_to(bits: u32) -> impl Strategy<Value = u128> + Clone {
    let most = u128::MAX >> (128 - bits);
    let width = (0..=bits).prop_map(move |width| if width == 0 { 0 } else { u128::MAX >> (128 - width) });
    prop_oneof![0..=3_u128.min(most), width.clone(), width.prop_flat_map(|most| 0..=most), 0..=most]
}

/// A day around the emission.
fn around() -> impl Strategy<Value = u32> {
    let edges = [compute::LAUNCH_DAY.0, compute::LAST_DAY.0];
    let edge = (prop::sample::select(edges.to_vec()), 0..4_u32).prop_map(|(edge, more)| edge - 2 + more);
    prop_oneof![1..40_000_u32, edge]
}

/// Of one emission and one subnet's stake and work: every function of the reward.
fn rewards() -> impl Strategy<Value = Vec<Call>> {
    (up_to(72), up_to(84), up_to(64), up_to(64), up_to(104), up_to(104)).prop_map(|(e, c, w, all_w, s, all_s)| {
        let breakdown = reward(&RewardInputs {
            emission: e,
            emitted: c,
            subnet_weight: u64::try_from(w).unwrap(),
            total_weight: u64::try_from(all_w).unwrap(),
            subnet_stake_seconds: s,
            total_stake_seconds: all_s,
        });
        vec![
            call("usage_reward", &[e, w, all_w], breakdown.usage_reward),
            call("stake_reward", &[e, c, s, all_s], breakdown.stake_reward),
            call("payable", &[e, c, w, all_w, s, all_s], breakdown.payable),
            call("credit_bound", &[e, c, s], credit_bound(e, c, s)),
        ]
    })
}

/// Shares, parts and accruals.
fn shares() -> impl Strategy<Value = Vec<Call>> {
    let fee = prop_oneof![Just(FEE_PRECISION - 1), Just(FEE_PRECISION), Just(FEE_PRECISION + 1), up_to(84)];
    (up_to(128), up_to(128), up_to(128), up_to(72), fee).prop_map(|(amount, part, whole, paid, fee)| {
        let parts = split(paid, fee);
        // Above it the code's increment stands still, at a width that integers do not have.
        let pot = if whole == 0 { part } else { part % whole };
        let accrual = Accrual::ZERO.plus(amount, part);
        vec![
            call("share_down", &[amount, part, whole], share_down(amount, part, whole)),
            call("stakers_part", &[paid, fee], parts.stakers),
            call("operator_part", &[paid, fee], parts.operator),
            call("increment", &[pot, whole], increment(pot, whole)),
            Call {
                name: "to_wei_down",
                arguments: vec![U256::from(amount) * U256::from(part)],
                result: U256::from(accrual.to_wei_down()),
            },
        ]
    })
}

/// Days, and spans of seconds.
fn days() -> impl Strategy<Value = Vec<Call>> {
    let second = || (around(), 0..2 * 86_400_u64).prop_map(|(day, into)| u64::from(day) * 86_400 + into);
    let span = (around(), second(), second(), 0..3 * 86_400_u64);
    (around(), around(), span).prop_map(|(from, to, (day, start, elsewhere, length))| {
        let near = Day(day).start() + start % 86_400;
        let spans = [(start, elsewhere), (near.saturating_sub(86_400), near + length), (near, near + length)];
        let seconds = spans.map(|(start, end)| {
            let arguments = [day.into(), start.into(), end.into()];
            call("seconds_of", &arguments, Day(day).seconds_of(start, end).into())
        });
        let mut calls = vec![
            call("emission_of", &[from.into()], compute::emission_of(Day(from))),
            call("emitted_by_end_of", &[from.into()], compute::emitted_by_end_of(Day(from))),
            call("emission_of_days", &[from.into(), to.into()], compute::emission_of_days(Day(from), Day(to))),
        ];
        calls.extend(seconds);
        calls
    })
}

/// A minimum, one deposit and one withdrawal, on a day that has begun; the withdrawal also of a level that block time running
/// backwards left with too little.
fn stakes() -> impl Strategy<Value = Vec<Call>> {
    (up_to(86), up_to(104), up_to(86), 0..86_400_u32).prop_map(|(balance, stake_seconds, amount, into)| {
        let day = u16::try_from(compute::LAUNCH_DAY.0).unwrap();
        let now = u64::from(day) * 86_400 + u64::from(into);
        let checkpoint = Checkpoint { balance, stake_seconds, day };
        let level = Level { checkpoint, history_len: 0, mark: 0 };
        assert!(balance + amount <= MAX_TOTAL_STAKE_WEI);
        let amounts = [amount, balance.min(amount)];
        let arguments = amounts.map(|amount| [stake_seconds, amount, 86_400 - u128::from(into)]);
        let after = [level.deposit(amounts[0], now), level.withdraw(amounts[1], now)]
            .map(|step| step.unwrap().level.checkpoint.stake_seconds);
        let minimum = DatedMinimum { amount, from_day: day };
        vec![
            call("after_deposit", &arguments[0], after[0]),
            call("after_withdrawal", &arguments[1], after[1]),
            call("required_stake_seconds", &[amount], minimum.required_stake_seconds()),
        ]
    })
}

/// As many sets of calls as are tried, the same on every run.
fn tries(strategy: impl Strategy<Value = Vec<Call>>) -> Vec<Call> {
    let mut runner = TestRunner::deterministic();
    (0..TRIES).flat_map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn z3_computes_every_function_as_the_code_does() {
    let mut calls = tries(rewards());
    calls.extend(tries(shares()));
    calls.extend(tries(days()));
    calls.extend(tries(stakes()));
    let asked: String = calls.iter().map(Call::question).collect();
    let said = z3(&format!("{}{asked}", functions()));
    assert_eq!(said.len(), calls.len());
    for (call, said) in calls.iter().zip(&said) {
        assert_eq!(*said, call.result.to_string(), "{}", call.question());
    }

    let tried: BTreeSet<&str> = calls.iter().map(|call| call.name).chain(PARTS).collect();
    let functions = functions();
    let defined = functions.lines().filter_map(|line| line.strip_prefix("(define-fun ")?.split(' ').next());
    assert_eq!(tried, defined.collect());
}
