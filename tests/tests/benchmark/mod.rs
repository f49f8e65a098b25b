//! What proofs of usage on Base cost Arbitrum, held to `snapshots/proofs.json`: reading them, beside verifiers in Solidity;
//! a day of the market, beside recording each of its sessions there; and towns of more and more subnets. The tables of
//! `docs/benchmarks.md` are made of the snapshot: `MRC53_UPDATE_DOCS=1` writes them.

mod arbitrum;
mod base;
mod figures;
mod market;
mod page;
mod soundness;
mod storage;
mod towns;
mod verifiers;
mod verifying;

use std::collections::BTreeMap;

use figures::{Figures, Gas, Row};
use verifiers::Verifier;

use crate::snapshots::{folder, moved, snapshot};

const FILE: &str = "proofs.json";

/// The snapshot as it is.
fn kept() -> Figures {
    serde_json::from_str(&std::fs::read_to_string(folder().join(FILE)).unwrap()).unwrap()
}

/// What recording each session of a day of the market on Arbitrum takes, in batches of 50, programs cached.
fn recorded() -> Gas {
    let text = std::fs::read_to_string(folder().join("gas.json")).unwrap();
    let gas: BTreeMap<String, BTreeMap<String, Gas>> = serde_json::from_str(&text).unwrap();
    gas["recordMany of 50, closed, first of each"]["cached"] * Gas::from(market::SESSIONS_A_DAY) / 50
}

#[test]
fn no_proof_moves_by_more_than_one_percent_of_gas() {
    let mut now = Figures::new();
    verifying::measure(&mut now);
    market::measure(&mut now);
    towns::measure(&mut now);
    let then = snapshot(FILE, &now);

    assert_eq!(then.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    let shape = |row: &Row| (row.words, row.nodes, row.node_bytes, row.gas.keys().cloned().collect::<Vec<_>>());
    let has_moved = |row: &Row, then: &Row| {
        shape(row) != shape(then) || row.gas.iter().any(|(what, gas)| moved(then.gas[what], *gas))
    };
    let moved: Vec<String> = now
        .iter()
        .filter(|(label, row)| has_moved(row, &then[*label]))
        .map(|(label, row)| format!("{label}: {:?} became {row:?}", then[label]))
        .collect();
    assert!(moved.is_empty(), "{}", moved.join("\n"));
}

#[test]
fn the_walk_over_twenty_words_takes_a_sixth_of_the_gas_of_assembly_and_a_hundredth_of_openzeppelin() {
    let gas = &kept()["verifying 20 words"].gas;
    let walk = gas[Verifier::Cached.label()];

    for assembly in [Verifier::Assembly, Verifier::Trusting] {
        assert!(6 * walk <= gas[assembly.label()], "{gas:?}");
    }
    assert!(100 * walk <= gas[Verifier::OpenZeppelin.label()], "{gas:?}");
}

#[test]
fn a_word_takes_at_most_120_000_gas_and_among_twenty_48_000_once_200_000_sessions_are_recorded_on_base() {
    let figures = kept();

    assert!(figures["proving 1 word, first of all"].total() <= 120_000, "{figures:?}");
    assert!(figures["proving 20 words"].total() <= 20 * 48_000, "{figures:?}");
}

#[test]
fn a_day_of_the_market_takes_a_hundredth_of_the_gas_of_recording_its_sessions_on_arbitrum() {
    let proven = page::day_of_the_market(&kept());

    assert!(100 * proven <= recorded(), "{proven} against {}", recorded());
}

#[test]
fn what_a_proof_takes_besides_its_nodes_is_the_same_among_one_subnet_and_ten_thousand() {
    let figures = kept();
    let [first, others @ ..] = towns::SIZES.map(|size| figures[&towns::label(size)].gas["rest"]);

    for other in others {
        assert!(!moved(first, other), "{first} and {other}");
    }
}

#[test]
fn the_page_shows_the_figures_of_the_snapshot() {
    let path = folder().parent().unwrap().join("docs/benchmarks.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let put = |page: String, table: Vec<String>| page::with_table(&page, &table).unwrap_or_else(|| panic!("{table:?}"));
    let fresh = page::tables(&kept(), recorded()).into_iter().fold(page.clone(), put);
    if std::env::var_os("MRC53_UPDATE_DOCS").is_some() {
        std::fs::write(&path, &fresh).unwrap();
        return;
    }

    assert_eq!(page, fresh, "MRC53_UPDATE_DOCS=1 writes it anew");
}
