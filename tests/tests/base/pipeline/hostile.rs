//! Nodes, games, roots and files that are made to keep a keeper from its work.

use alloy::primitives::{B256, Bytes, U256};
use alloy::sol_types::SolValue;
use serde_json::{Value, json};

use super::super::artifacts::GameFactoryStandIn;
use super::super::relay::ethereum::GAME_TYPE;
use super::keeping::{proposed, pruned};
use super::three::{COVERS_FOUR_DAYS, COVERS_TODAY, Three};
use crate::proxy_support::{Fate, asked, before};
use crate::suite_support::TODAY;

/// Three chains on which four days were hosted and a root that covers them has arrived.
async fn arrived() -> Three {
    let three = Three::new().await;
    for day in TODAY..TODAY + 4 {
        three.host(three.atlas, day).await;
    }
    three.relayed(COVERS_FOUR_DAYS).await;
    three
}

#[tokio::test(flavor = "multi_thread")]
async fn games_of_a_type_that_does_not_count_keep_nobody_from_keeping_and_proving_whatever_block_they_claim() {
    let (three, first) = proposed().await;
    for block in [U256::from(u64::MAX), U256::MAX, U256::from(first.block + 1)] {
        let extra_data: Bytes = block.abi_encode().into();
        let create =
            GameFactoryStandIn::createCall { gameType: GAME_TYPE + 1, rootClaim: B256::ZERO, extraData: extra_data };
        three.on_ethereum(three.places.factory, create).await;
    }

    let kept = three.keeper(&["prove", "--only-keep", "--json"]).json();
    assert!(kept["kept"].as_array().unwrap().iter().any(|line| line["root"] == json!(first.root)), "{kept}");
    three.keeper(&["relay"]).ok();
    three.arrive().await;
    three.stand.travel(COVERS_FOUR_DAYS + 900).await;
    three.keeper(&["prove"]).ok();

    assert_eq!(three.four_days().await, [3_600; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn roots_that_add_nothing_keep_nobody_from_the_one_that_does_however_many_arrive_behind_it() {
    let three = Three::new().await;
    for day in TODAY..TODAY + 4 {
        three.host(three.atlas, day).await;
    }
    let mut old = Vec::new();
    for minutes in (0..20).step_by(2) {
        three.travel(COVERS_TODAY + minutes * 300).await;
        old.push(three.propose(COVERS_TODAY + minutes * 300).await.game);
    }
    // Of one that nobody can tell the block of, either.
    three.accept(B256::repeat_byte(7)).await;
    let good = three.relayed(COVERS_FOUR_DAYS).await;
    for game in old {
        three.keeper(&["relay", "--game", &game.to_string(), "--anyway"]).ok();
    }
    three.arrive().await;

    let done = three.keeper(&["prove", "--json"]).json();

    assert_eq!((&done["opened"][0]["root"], done["opened"].as_array().unwrap().len()), (&json!(good.root), 1));
    assert_eq!(three.four_days().await, [3_600; 4]);
    // What adds nothing is no failure, though no node has its state any more.
    let node = pruned(&three, good.block);
    let again = three.keeper(&["prove", "--base-rpc-url", &node]).ok();
    assert!(again.ends_with("nothing to prove\n"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_root_is_named_if_nobody_can_tell_which_block_it_is_of() {
    let three = Three::new().await;
    three.accept(B256::repeat_byte(7)).await;

    let said = three.keeper(&["prove"]).failed(1);

    assert!(said.contains(&format!("has sent {}: which block it is of is not known", B256::repeat_byte(7))), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_whose_last_block_or_time_is_at_the_end_of_all_numbers_is_refused_in_one_line() {
    let (three, _) = proposed().await;
    let url = three.base.url();
    let late = move |request: &Value| {
        if request["method"] != "eth_getBlockByNumber" {
            return Fate::PassOn;
        }
        let mut answer = asked(&url, request);
        answer["timestamp"] = json!("0x7fffffffffffffff");
        Fate::Answer(answer)
    };
    let last = |request: &Value| match request["method"].as_str() {
        Some("eth_blockNumber") => Fate::Answer(json!("0xffffffffffffffff")),
        _ => Fate::PassOn,
    };
    let nodes = [before(&three.base.url(), late), before(&three.base.url(), last)];
    for (node, (code, words)) in nodes.iter().zip([(2, "and on Arbitrum it is 2025-"), (1, "has no block")]) {
        for verb in [&["prove"][..], &["prove", "--only-keep"]] {
            let said = three.keeper(&[verb, &["--base-rpc-url", node]].concat()).failed(code);

            let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error: ")).collect();
            assert!(errors.len() == 1 && errors[0].contains(words), "{said}");
        }
    }
    assert_eq!(three.four_days().await, [0; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_file_that_was_cut_off_is_found_before_anything_is_sent() {
    let three = arrived().await;
    three.keeper(&["prove", "--only-keep"]).ok();
    let path = three.kept().join(format!("1-{}.json", B256::repeat_byte(1)));
    std::fs::write(&path, "{\"header\":\"0x").unwrap();

    let said = three.keeper(&["prove"]).failed(2);

    assert!(said.contains(path.to_str().unwrap()) && said.contains("remove it"), "{said}");
    assert_eq!(three.four_days().await, [0; 4]);
    std::fs::remove_file(&path).unwrap();
    three.keeper(&["prove"]).ok();
    assert_eq!(three.four_days().await, [3_600; 4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_that_has_not_arrived_within_an_hour_is_sent_again() {
    let three = Three::new().await;
    three.travel(COVERS_TODAY).await;
    three.propose(COVERS_TODAY).await;
    three.keeper(&["relay"]).ok();

    for (later, state) in [(3_000, "under_way"), (7_200, "sent"), (7_300, "under_way")] {
        three.travel(COVERS_TODAY + later).await;
        assert_eq!(three.keeper(&["relay", "--json"]).json()["state"], state, "{later}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_root_of_the_day_opened_by_somebody_keeps_nobody_from_proving_by_the_one_whose_proofs_are_kept() {
    let (three, first) = proposed().await;
    three.keeper(&["prove", "--only-keep"]).ok();
    three.travel(COVERS_FOUR_DAYS + 600).await;
    let other = three.propose(COVERS_FOUR_DAYS + 600).await;
    three.keeper(&["relay", "--game", &other.game.to_string()]).ok();
    three.arrive().await;
    three.travel(COVERS_FOUR_DAYS + 900).await;
    let opened = three.keeper(&["prove", "--subnet", &three.places.portal.to_string(), "--json"]).json();
    assert_eq!(opened["opened"][0]["root"], json!(other.root));
    let node = pruned(&three, other.block);

    let sent = three.keeper(&["relay", "--json"]).json();
    assert_eq!((&sent["state"], &sent["root"]), (&json!("sent"), &json!(first.root)));
    three.arrive().await;
    let done = three.keeper(&["prove", "--base-rpc-url", &node, "--json"]).json();

    assert_eq!((&done["opened"][0]["root"], &done["root"]), (&json!(first.root), &json!(first.root)));
    assert_eq!(three.four_days().await, [3_600; 4]);
    // And once is enough.
    assert_eq!(three.keeper(&["relay", "--json"]).json()["state"], "arrived");
    assert!(three.keeper(&["prove", "--base-rpc-url", &node]).ok().ends_with("nothing to prove\n"));
}
