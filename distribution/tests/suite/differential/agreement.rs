//! The tests: random histories, and those that are kept.

use std::io::Write;

use mrc53_model::random;

use super::counts::Counts;
use super::player::Player;
use super::shrinking::{difference, shrunk};
use super::{regressions, seeds, Difference};

/// Events of a random history, besides its end, in which everything is settled and claimed.
const EVENTS: usize = 200;

#[test]
fn random_histories_come_to_the_same_by_the_contracts_and_by_the_model() {
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
    // Not through the test harness, which shows what a test prints only if it fails.
    writeln!(std::io::stderr(), "{counts}").expect("a place to say it");
    assert_eq!(counts.never_met(), Vec::<String>::new(), "the generator has gone blind");
}

#[test]
fn every_history_that_is_kept_comes_to_the_same() {
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

        let (shrunk, difference) = super::super::shrinking::shrunk_by(scenario, found, naive);

        let verbs: Vec<_> = shrunk.events.iter().map(|event| event.op.verb()).collect();
        assert_eq!((verbs.as_slice(), difference.event), (["set_fee", "record"].as_slice(), 1));
    }

    #[test]
    fn takes_a_panic_for_a_difference() {
        let mut scenario = random::scenario(1, EVENTS);
        // No such MOR exists: the token double refuses to make it, and the player cannot go on.
        let all = Op::Fund { amount: (mrc53_model::BigUint::from(1_u8) << 256_u32) - 1_u8 };
        scenario.events[3].op = all.clone();
        scenario.events[4].op = all;

        let found = difference(&scenario, |_, _| ()).expect("the second does not fit");

        assert!(found.event <= 4 && found.what.starts_with("panicked: "), "{found:?}");
    }
}
