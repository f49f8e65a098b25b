//! The way of a day from Base to Arbitrum: its steps in their order, each on its chain, as late as it must be and no later.

use mrc53_stage::demo::base::{BaseReport, Step, table};
use mrc53_suite::place::Place;
use serde_json::Value;

use super::{on_three_chains, scenario};
use crate::suite_support::{DAY, HOUR, run};

/// From the end of a day, with a grace of three days, to the first proposal after it, and to the root's arrival on
/// Arbitrum: five days until it is valid, twelve seconds until somebody sends it, a quarter of an hour on the way.
const PROPOSED: u64 = 3 * DAY + HOUR / 3;
const ARRIVED: u64 = PROPOSED + 5 * DAY + 12 + HOUR / 4;
/// Days for which words can be proven.
const WINDOW: u64 = 7 * DAY;

fn steps<'a>(report: &'a BaseReport, kind: &str) -> Vec<&'a Step> {
    report.steps.iter().filter(|step| step.step == kind).collect()
}

#[test]
fn a_day_passes_every_chain_in_order_and_is_settled_in_the_second_in_which_it_is_final() {
    let report = on_three_chains(&scenario("mrc53-v2"));

    for (kind, chain, delay) in [
        ("propose", Place::Ethereum, PROPOSED),
        ("resolve", Place::Ethereum, PROPOSED + 5 * DAY),
        ("relay", Place::Ethereum, PROPOSED + 5 * DAY + 12),
        ("ticket", Place::Arbitrum, ARRIVED),
        ("open root", Place::Arbitrum, ARRIVED),
        ("prove", Place::Arbitrum, ARRIVED),
        ("settle", Place::Arbitrum, ARRIVED + WINDOW),
        ("claim", Place::Arbitrum, ARRIVED + WINDOW),
        ("claim_stake", Place::Arbitrum, ARRIVED + WINDOW),
    ] {
        let all = steps(&report, kind);
        assert!(all.iter().all(|step| step.chain == chain && step.gas > 21_000), "{all:?}");
        let of_the_day: Vec<_> = all.iter().filter(|step| step.day == Some(20_140)).collect();
        assert!(!of_the_day.is_empty(), "{kind}");
        assert!(of_the_day.iter().all(|step| step.delay_seconds == Some(delay)), "{of_the_day:?}");
    }
    assert_eq!(report.window_days, 7);
    assert!(report.steps.is_sorted_by_key(|step| step.at));
}

#[test]
fn sessions_are_opened_and_recorded_on_base_and_a_day_is_proven_by_one_transaction_for_all_subnets() {
    let report = on_three_chains(&scenario("mrc53-v2"));

    for kind in ["open", "record"] {
        let all = steps(&report, kind);
        assert_eq!(all.len(), 6, "{kind}");
        assert!(all.iter().all(|step| step.chain == Place::Base && step.delay_seconds.is_none()), "{all:?}");
    }
    assert_eq!(steps(&report, "prove").len(), 1);
}

#[test]
fn the_tool_shows_the_way_names_what_stands_in_and_pays_the_proposals_example_to_the_wei() {
    let shown = run(&["demo", "--base"]).ok();

    for line in ["| propose ", "| prove ", "Stand-ins:", "DiamondHarness", "nobody proves anything", "15 d 0.5 h"] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(shown.contains(" 305.601083255596990795 |"), "{shown}");
}

#[test]
fn json_has_the_steps_that_the_table_has() {
    let told: Value = serde_json::from_str(&run(&["demo", "--base", "--json"]).ok()).unwrap();

    let report = on_three_chains(&scenario("mrc53-v2"));
    assert_eq!(told, serde_json::to_value(&report).unwrap());
    assert!(table(&report).contains("| open root   | Arbitrum |"));
}

#[test]
fn a_node_of_ones_own_and_three_chains_are_not_both_played_on() {
    let words = ["demo", "--base", "--rpc-url", "http://127.0.0.1:1", "--private-key", "0x01"];

    let said = run(&words).failed(2);

    assert!(said.contains("'--base' cannot be used with '--rpc-url"), "{said}");
}
