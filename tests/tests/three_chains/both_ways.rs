//! Every scenario on one chain and on three: usage and rewards of every day are the same, and what differs is what the
//! later settlement makes of fee cuts, voided days and pauses, and what is asked elsewhere.

use std::collections::BTreeSet;

use alloy::primitives::U256;
use mrc53_stage::demo::Report;
use mrc53_stage::scenario::{Event, Op, Scenario};

use super::differences::{Difference, differences};
use super::{on_one_chain, on_three_chains, scenario, scenario_names};
use crate::suite_support::DAY;

/// The fee was cut after the days were settled on one chain, and before they are here: the operator gets less of them, its
/// stakers more.
const FEE_CUT_BEFORE: &str = "the fee is cut before the days are settled";
/// The days were voided after this subnet had settled them on one chain, and before it does here.
const VOIDED_BEFORE: &str = "the day is voided before it is settled";
/// What a pause refused on one chain waits here until it is over.
const PAUSE_OVER: &str = "the pause is over by then";
/// What was refused before has settled the days already.
const SETTLED_ALREADY: &str = "the settlement that the pause refused on one chain has settled the days";
/// On Base nobody asks for the stake: the session is booked, and its days are not proven.
const NO_STAKE_ON_BASE: &str = "eligibility is asked when usage is proven, not when it is recorded";

/// What differs in a scenario, and why.
fn expected(name: &str) -> Vec<(&'static str, &'static str)> {
    match name {
        "late-stake" => vec![("event 19", NO_STAKE_ON_BASE)],
        "unfunded-pool" => vec![("event 9", PAUSE_OVER), ("event 11", SETTLED_ALREADY), ("event 19", PAUSE_OVER)],
        "week" => vec![
            ("event 11", NO_STAKE_ON_BASE),
            ("credited to operators: north", FEE_CUT_BEFORE),
            ("credited to stakers: north/judy", FEE_CUT_BEFORE),
            ("credited to stakers: north/kim", FEE_CUT_BEFORE),
            ("paid to operators: north", FEE_CUT_BEFORE),
            ("paid to stakers: north/judy", FEE_CUT_BEFORE),
            ("paid to stakers: north/kim", FEE_CUT_BEFORE),
        ],
        "owner" => vec![
            ("event 60", PAUSE_OVER),
            ("day 20400 of ash: payable", VOIDED_BEFORE),
            ("credited to operators: ash", VOIDED_BEFORE),
            ("credited to stakers: ash/quinn", VOIDED_BEFORE),
            ("paid to operators: ash", VOIDED_BEFORE),
            ("paid to stakers: ash/quinn", VOIDED_BEFORE),
        ],
        _ => Vec::new(),
    }
}

/// `scenario`, and if it settles nothing, a settlement of every subnet behind it, once all of its days are final on one
/// chain: else no usage would be compared.
fn settled_in_the_end(mut scenario: Scenario) -> Scenario {
    if !scenario.events.iter().any(|event| matches!(event.op, Op::Settle { .. })) {
        let at = scenario.events.last().unwrap().at + u64::from(scenario.grace_days + 1) * DAY;
        let registered = scenario.events.iter().filter_map(|event| match &event.op {
            Op::Register { subnet, .. } => Some(Op::Settle { subnet: subnet.clone(), max_days: u32::MAX }),
            _ => None,
        });
        let settlements: Vec<_> = registered.map(|op| Event { at, op }).collect();
        scenario.events.extend(settlements);
    }
    scenario
}

/// Plays scenario `name` both ways, and holds what differs to what is expected.
fn played(name: &str) -> (Report, Report) {
    let scenario = settled_in_the_end(scenario(name));
    let (one, three) = (on_one_chain(&scenario), on_three_chains(&scenario).report);
    let found = differences(&one, &three);
    let names: BTreeSet<&str> = found.iter().map(|difference| &*difference.what).collect();
    let expected: BTreeSet<&str> = expected(name).into_iter().map(|(what, _)| what).collect();
    assert_eq!(names, expected, "{name}: {found:#?}");
    (one, three)
}

/// What `account` of `role` got of each of two reports.
fn credited(report: &Report, account: &str) -> U256 {
    let all = report.credited.operators.iter().chain(&report.credited.stakers);
    all.filter(|(name, _)| name == account).map(|(_, wei)| *wei).sum()
}

fn outcome<'a>(found: &'a [Difference], what: &str) -> (&'a str, &'a str) {
    let difference = found.iter().find(|difference| difference.what == what).unwrap();
    (&difference.one, &difference.three)
}

#[test]
fn every_scenario_and_every_kept_history_hosts_and_earns_the_same_both_ways_but_for_what_is_explained() {
    let names = scenario_names();
    assert!(names.len() > 12, "{names:?}");
    for name in names {
        let (one, three) = played(&name);

        assert_eq!(one.days.len(), three.days.len(), "{name}");
        assert!(one.days.iter().any(|day| day.total_seconds != 0), "{name} has no usage, so that none was compared");
    }
}

#[test]
fn a_fee_cut_before_the_later_settlement_moves_from_the_operator_to_its_stakers_and_no_further() {
    let (one, three) = played("week");

    let accounts = ["north", "north/judy", "north/kim"];
    let sum = |report: &Report| accounts.iter().map(|account| credited(report, account)).sum::<U256>();
    // Stakers are floored once for each claim.
    assert!(sum(&one).abs_diff(sum(&three)) <= U256::from(accounts.len()), "{} and {}", sum(&one), sum(&three));
    assert!(credited(&one, "north") > credited(&three, "north"));
    for staker in &accounts[1..] {
        assert!(credited(&one, staker) < credited(&three, staker), "{staker}");
    }
}

#[test]
fn a_day_that_is_voided_before_the_later_settlement_pays_nothing_and_every_other_day_what_it_did() {
    let (one, three) = played("owner");

    let voided: U256 =
        one.days.iter().filter(|day| (day.day, &*day.subnet) == (20_400, "ash")).map(|day| day.payable).sum();
    let of_ash = |report: &Report| credited(report, "ash") + credited(report, "ash/quinn");
    assert!(voided > U256::ZERO);
    assert!((of_ash(&one) - of_ash(&three)).abs_diff(voided) <= U256::from(1), "{voided}");
}

#[test]
fn what_a_pause_or_a_lack_of_stake_refused_on_one_chain_is_done_here() {
    for (name, what, one, three) in [
        ("unfunded-pool", "event 9", "SettlingIsPaused()", "done"),
        ("unfunded-pool", "event 19", "ClaimingIsPaused()", "done"),
        ("late-stake", "event 19", "SubnetNotEligible(rogue)", "done"),
    ] {
        let scenario = scenario(name);
        let found = differences(&on_one_chain(&scenario), &on_three_chains(&scenario).report);

        assert_eq!(outcome(&found, what), (one, three), "{name}");
    }
}
