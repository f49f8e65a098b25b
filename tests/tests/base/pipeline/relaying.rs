//! `relay`.

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::providers::Provider;
use alloy::sol_types::SolValue;
use serde_json::{Value, json};

use super::super::artifacts::{GameFactoryStandIn, GameStandIn, PortalStandIn, RegistryStandIn};
use super::super::evm;
use super::super::relay::ethereum::{CHALLENGER_WINS, DEFENDER_WINS, GAME_TYPE};
use super::three::{COVERS_TODAY, Proposed, Three, provider, with};
use crate::suite_support::{DAY, TODAY};

fn root(proposed: Proposed) -> Value {
    json!(proposed.root)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_earliest_valid_game_of_the_newest_valid_day_is_sent_and_newer_ones_have_their_reason() {
    let three = Three::new().await;
    three.travel(COVERS_TODAY - 600).await;
    three.propose(COVERS_TODAY - 600).await;
    three.travel(COVERS_TODAY).await;
    let earliest = three.propose(COVERS_TODAY).await;
    three.travel(COVERS_TODAY + 600).await;
    three.propose(COVERS_TODAY + 600).await;
    three.travel(COVERS_TODAY + 1_200).await;
    let open = three.open_game(COVERS_TODAY + 1_200, GAME_TYPE).await;

    let planned = three.keeper(&["relay", "--dry-run", "--json"]).json();
    assert_eq!((&planned["state"], &planned["sent"]), (&json!("would_send"), &json!(false)));
    assert_eq!(provider(&three.ethereum).get_balance(three.places.inbox).await.unwrap(), U256::ZERO);
    let sent = three.keeper(&["relay", "--json"]).json();

    assert_eq!(
        (&sent["root"], &sent["block"], &sent["state"]),
        (&root(earliest), &json!(earliest.block), &json!("sent"))
    );
    assert_eq!((&sent["last_covered_day"], &sent["header_time"]), (&json!(TODAY), &json!(COVERS_TODAY)));
    assert_eq!(sent["newer"][0]["address"], json!(open.game));
    assert_eq!(sent["newer"][0]["why"], "unresolved");
    assert_eq!(three.arrive().await, 1);
    let again = three.keeper(&["relay", "--json"]).json();
    assert_eq!((&again["state"], &again["sent"]), (&json!("arrived"), &json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_that_is_under_way_or_adds_nothing_is_not_sent_again_unless_it_is_asked_for() {
    let three = Three::new().await;
    three.travel(COVERS_TODAY).await;
    three.propose(COVERS_TODAY).await;
    three.keeper(&["relay"]).ok();

    let under_way = three.keeper(&["relay", "--json"]).json();
    assert_eq!(under_way["state"], "under_way");
    three.arrive().await;
    three.stand.travel(COVERS_TODAY + 300).await;
    three.keeper(&["prove"]).ok();
    // Another one of the same day.
    three.travel(COVERS_TODAY + 600).await;
    let other = three.propose(COVERS_TODAY + 600).await.game.to_string();
    let adds_nothing = three.keeper(&["relay", "--game", &other]).ok();
    assert!(adds_nothing.contains("covers no day that is not covered already, up to 2025-02-21"), "{adds_nothing}");
    let sent = three.keeper(&["relay", "--game", &other, "--anyway", "--json"]).json();
    assert_eq!(sent["state"], "sent");
}

/// What `relay --game` says of a game that it refuses.
fn refused(three: &Three, game: Address, code: i32) -> String {
    let said = three.keeper(&["relay", "--game", &game.to_string()]).failed(code);
    said.lines().find(|line| line.starts_with("error: ")).unwrap_or_else(|| panic!("{said}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_that_is_not_valid_is_refused_in_one_line_with_its_reason() {
    let three = Three::new().await;
    let registry = three.places.registry;
    three.travel(COVERS_TODAY).await;
    let open = three.open_game(COVERS_TODAY, GAME_TYPE).await;
    three.travel(COVERS_TODAY + 60).await;
    let lost = three.open_game(COVERS_TODAY + 60, GAME_TYPE).await;
    three.travel(COVERS_TODAY + 300).await;
    let other = three.open_game(COVERS_TODAY + 300, GAME_TYPE + 1).await;
    three.resolve(lost.game, COVERS_TODAY + 400, CHALLENGER_WINS).await;
    three.resolve(other.game, COVERS_TODAY + 410, DEFENDER_WINS).await;
    let none = three.keeper(&["relay"]).failed(1);
    assert!(none.contains("no game of Base of the last thirty days is valid now: "), "{none}");

    assert!(refused(&three, open.game, 1).contains("it is not resolved yet"));
    assert!(refused(&three, lost.game, 2).contains("challenged and lost"));
    let words =
        format!("it is of type {}, which did not count when it was created; now {GAME_TYPE} does", GAME_TYPE + 1);
    assert!(refused(&three, other.game, 2).contains(&words));
    three.resolve(open.game, COVERS_TODAY + 500, DEFENDER_WINS).await;
    three.on_ethereum(registry, RegistryStandIn::setPausedCall { paused_: true }).await;
    assert!(refused(&three, open.game, 1).contains("Base is paused on Ethereum"));
    three.on_ethereum(registry, RegistryStandIn::setPausedCall { paused_: false }).await;
    three.on_ethereum(registry, RegistryStandIn::blacklistDisputeGameCall { game: open.game }).await;
    assert!(refused(&three, open.game, 2).contains("has blacklisted it"));
    three.on_ethereum(registry, RegistryStandIn::updateRetirementTimestampCall {}).await;
    assert!(refused(&three, lost.game, 2).contains("has retired all games of its time"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_in_its_window_is_refused_with_the_second_from_which_on_it_is_valid() {
    let three = Three::new().await;
    let (factory, portal) = (three.places.factory, three.places.portal);
    let registry = with(&three.ethereum, move |chain| {
        let arguments = (factory, GAME_TYPE, U256::from(DAY)).abi_encode_params();
        evm::create(chain, &RegistryStandIn::BYTECODE, arguments).unwrap()
    })
    .await;
    three.on_ethereum(factory, GameFactoryStandIn::setRegistryCall { registry_: registry }).await;
    three.on_ethereum(portal, PortalStandIn::moveRegistryCall { registry }).await;
    three.travel(COVERS_TODAY).await;
    let game = three.propose(COVERS_TODAY).await.game;

    // Resolved two minutes after midnight; valid once more than a day has passed since.
    let said = three.keeper(&["relay"]).failed(1);
    assert!(said.contains("it is resolved and becomes valid at 2025-02-26 00:02:01 UTC"), "{said}");
    assert!(refused(&three, game, 1).contains("2025-02-26 00:02:01 UTC"));
    three.travel(COVERS_TODAY + DAY + 121).await;
    three.keeper(&["relay"]).ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_of_another_registry_is_not_registered_and_what_is_no_game_is_bad_input() {
    let three = Three::new().await;
    three.travel(COVERS_TODAY).await;
    let foreign = with(&three.ethereum, |chain| {
        let other = evm::create(chain, &GameFactoryStandIn::BYTECODE, Vec::new()).unwrap();
        let arguments = (other, GAME_TYPE, U256::ZERO).abi_encode_params();
        let registry = evm::create(chain, &RegistryStandIn::BYTECODE, arguments).unwrap();
        let claim = U256::from(1).abi_encode();
        let arguments = (registry, GAME_TYPE, B256::ZERO, Bytes::from(claim)).abi_encode_params();
        evm::create(chain, &GameStandIn::BYTECODE, arguments).unwrap()
    })
    .await;

    assert!(refused(&three, foreign, 2).contains("the registry that Base's portal names now does not know it"));
    assert!(refused(&three, Address::repeat_byte(0x77), 2).contains("does not answer gameType()"));
}
