//! The four contracts against the reference model: the same history on both, compared after every operation.
//!
//! Histories are the model's random scenarios. Of each operation the answer or the typed refusal is compared, then
//! every view that it touches; now and then, and at the end, everything that can be read. One difference fails the
//! test: the history is shrunk, kept in `tests/scenarios/regressions`, and played by everybody from then on.

mod answers;
mod counts;
mod everything;
mod player;
mod regressions;
mod seeds;
mod shrinking;
#[path = "../suite_support/mod.rs"]
mod suite_support;
mod touched;
mod views;

use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use alloy_primitives::{keccak256, Address, B256, U256};
use mrc53_model::{random, BigUint};

use self::counts::Counts;
use self::player::Player;
use self::shrinking::{difference, shrunk};

/// Where the contracts and the model part.
#[derive(Clone, Debug)]
struct Difference {
    /// The event after which they do, by its place in the scenario.
    event: usize,
    /// What was asked, and both answers.
    what: String,
}

/// A comparison: what differs, if anything does.
type Compared = Result<(), String>;

/// Holds what the model says of `what` against what the contracts say.
#[allow(clippy::needless_pass_by_value, reason = "both are made for the comparison")]
fn same<T: PartialEq + core::fmt::Debug>(what: impl FnOnce() -> String, model: T, contracts: T) -> Compared {
    if model == contracts {
        return Ok(());
    }
    Err(format!("{}: {model:?} by the model, {contracts:?} by the contracts", what()))
}

/// The account called `name`.
fn address(name: &str) -> Address {
    Address::from_slice(&keccak256(name)[12..])
}

/// The session called `name`.
fn session_id(name: &str) -> B256 {
    keccak256(name)
}

/// A number of the model's as a word.
///
/// # Panics
/// If it is 2^256 or more, which no scenario and no view holds.
fn word(number: &BigUint) -> U256 {
    U256::from_be_slice(&number.to_bytes_be())
}

/// Events of a random history, besides its end, in which everything is settled and claimed.
const EVENTS: usize = 200;

/// Keeps the other tests of this binary waiting: motsu holds all state behind a few locks and gives up on one after 10
/// milliseconds, which on a busy machine is not enough for two threads that play all the time.
fn alone() -> MutexGuard<'static, ()> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn random_histories_come_to_the_same_by_the_contracts_and_by_the_model() {
    let _alone = alone();
    let mut counts = Counts::default();
    for seed in seeds::all(&counts.operations()) {
        let scenario = random::scenario(seed, EVENTS);
        if let Some(found) = difference(&scenario, |op, refusal| counts.add(op, refusal)) {
            let (scenario, Difference { event, what }) = shrunk(scenario, found);
            let file = regressions::keep(&format!("seed-{seed}"), &scenario);
            let (played, file) = (counts.operations().get(), file.display());
            panic!("seed {seed} differs, after {played} operations; kept as {file}, whose event {event} does: {what}");
        }
    }
    random::count(counts.operations().get() as u64, "operations on the contracts and on the model");
    // Not through the test harness, which shows what a test prints only if it fails.
    writeln!(std::io::stderr(), "{counts}").expect("a place to say it");
    assert_eq!(counts.never_met(), Vec::<String>::new(), "the generator has gone blind");
}

#[test]
fn every_history_that_is_kept_comes_to_the_same() {
    let _alone = alone();
    for (name, scenario) in regressions::all() {
        if let Err(Difference { event, what }) = Player::play(&scenario, |_, _| ()) {
            panic!("{name}: event {event}: {what}");
        }
    }
}

mod the_finder {
    use mrc53_model::{Op, Scenario};

    use super::*;

    /// Differs as soon as a session is recorded after a subnet has lowered its fee.
    fn naive(scenario: &Scenario) -> Option<Difference> {
        let lowered = scenario.events.iter().position(|event| matches!(event.op, Op::SetFee { .. }))?;
        let is_record = |op: &Op| matches!(op, Op::Record { .. });
        let event = (lowered..scenario.events.len()).find(|at| is_record(&scenario.events[*at].op))?;
        Some(Difference { event, what: "recorded after a fee cut".to_owned() })
    }

    #[test]
    fn leaves_of_a_history_only_what_makes_the_difference() {
        let mut scenarios = (0..).map(|seed| random::scenario(seed, EVENTS));
        let (scenario, found) =
            scenarios.find_map(|scenario| naive(&scenario).map(|found| (scenario, found))).expect("one has both");

        let (shrunk, difference) = shrinking::shrunk_by(scenario, found, naive);

        let verbs: Vec<_> = shrunk.events.iter().map(|event| event.op.verb()).collect();
        assert_eq!((verbs.as_slice(), difference.event), (["set_fee", "record"].as_slice(), 1));
    }

    #[test]
    fn takes_a_panic_for_a_difference() {
        let _alone = alone();
        let mut scenario = random::scenario(1, EVENTS);
        // No such MOR exists: the token double refuses to make it, and the player cannot go on.
        let all = Op::Fund { amount: (BigUint::from(1_u8) << 256_u32) - 1_u8 };
        scenario.events[3].op = all.clone();
        scenario.events[4].op = all;

        let found = difference(&scenario, |_, _| ()).expect("the second does not fit");

        assert!(found.event <= 4 && found.what.starts_with("panicked: "), "{found:?}");
    }
}

mod the_stage {
    use motsu::prelude::*;
    use mrc53_model::{Event, Op, Scenario};
    use openzeppelin_stylus::token::erc20::IErc20;
    use stake_alignment::TokenTransferFailed;

    use super::*;

    /// motsu rolls a refused call back as a chain does: without this, the comparison would see what is not there.
    #[test]
    fn a_call_that_is_refused_after_it_wrote_leaves_no_trace() {
        let _alone = alone();
        let mut scenario: Scenario = random::scenario(0, 0);
        let subnet = "north".to_owned();
        let register = Op::Register { subnet: subnet.clone(), fee: BigUint::default() };
        let stake = Op::Stake { subnet, staker: "alice".to_owned(), amount: BigUint::from(5_u8) };
        scenario.events = [register, stake].map(|op| Event { at: scenario.start, op }).into();
        let mut player = Player::new(&scenario);
        player.step(&scenario.events[0]).expect("both register it").expect("nothing is against it");
        let (alice, alignment) = (address("alice"), &player.suite.alignment);
        player.suite.mor.sender(alice).approve(alignment.address(), U256::ZERO).motsu_unwrap();

        let refusal = alignment.sender(alice).stake(address("north"), U256::from(5)).motsu_unwrap_err();

        assert_eq!(refusal, TokenTransferFailed { token: player.suite.mor.address() }.into());
        assert_eq!(player.compare_all_days(), Ok(()));
        assert_eq!(player.compare_stake("north", "alice"), Ok(()));
    }
}
