//! The relay of roots on Ethereum: which games it takes, what it sends, and who pays.

pub(crate) mod ethereum;

use alloy::primitives::{Address, U256};
use alloy::sol;
use alloy::sol_types::{SolCall, SolError};

use super::artifacts::{GameFactoryStandIn, GameStandIn, PortalStandIn, RegistryStandIn, RootRelay};
use super::evm;
use ethereum::{
    CHALLENGER_WINS, DEFENDER_WINS, Ethereum, FEE_PER_GAS, GAME_TYPE, GAS_LIMIT, REFUND, Refusal, TARGET, Ticket,
    alias, call, create_relay, submission_fee,
};

sol! {
    /// What a target answers to.
    function acceptRoot(bytes32 root) external;
}

/// Bytes of a call of it.
const DATA_BYTES: u64 = 36;

fn not_valid(game: Address, registry: Address) -> Refusal {
    Refusal::GameNotValid(RootRelay::GameNotValid { game, registry })
}

fn no_answer<View: SolCall>(asked: Address) -> Refusal {
    Refusal::NoAnswer(RootRelay::NoAnswer { asked, selector: View::SELECTOR.into() })
}

#[test]
fn the_root_of_a_valid_game_goes_to_the_target_from_the_relays_alias() {
    let mut ethereum = Ethereum::new();
    let (game, root) = ethereum.valid_game();
    let value = ethereum.price() + U256::from(7);

    let ticket = ethereum.relay_with(&call(game), value).unwrap();

    let expected = Ticket {
        number: U256::ZERO,
        sender: alias(ethereum.relay),
        to: TARGET,
        call_value: U256::ZERO,
        deposit: value,
        max_submission_cost: submission_fee(DATA_BYTES),
        excess_refund: REFUND,
        beneficiary: alias(ethereum.relay),
        gas_limit: U256::from(GAS_LIMIT),
        max_fee_per_gas: U256::from(FEE_PER_GAS),
        data: acceptRootCall { root }.abi_encode().into(),
    };
    assert_eq!(ticket, expected);
    assert_eq!(ethereum.in_the_bridge(), value);
}

#[test]
fn a_root_may_be_sent_again_and_to_another_target() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();
    let value = ethereum.price();

    let first = ethereum.relay(game).unwrap();
    let second = ethereum.relay(game).unwrap();
    let elsewhere = ethereum.relay_with(&RootRelay::relayCall { target: REFUND, ..call(game) }, value).unwrap();

    assert_eq!([first.number, second.number, elsewhere.number], [0, 1, 2].map(U256::from));
    assert_eq!((first.data, elsewhere.to), (elsewhere.data, REFUND));
}

#[test]
fn a_game_that_is_not_resolved_or_whose_claim_lost_is_refused() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.open_game(GAME_TYPE);
    ethereum.now += 1;
    assert_eq!(ethereum.relay(game), Err(not_valid(game, ethereum.registry)));

    ethereum.end(game, CHALLENGER_WINS);
    ethereum.now += 1;

    assert_eq!(ethereum.relay(game), Err(not_valid(game, ethereum.registry)));
}

#[test]
fn a_game_is_taken_from_the_second_after_its_resolution_on() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.open_game(GAME_TYPE);
    ethereum.now += 1;
    ethereum.end(game, DEFENDER_WINS);

    assert_eq!(ethereum.relay(game), Err(not_valid(game, ethereum.registry)));
    ethereum.now += 1;
    assert!(ethereum.relay(game).is_ok());
}

#[test]
fn a_blacklisted_game_is_refused_and_others_are_not() {
    let mut ethereum = Ethereum::new();
    let ((game, _), (other, _)) = (ethereum.valid_game(), ethereum.valid_game());
    ethereum.must(ethereum.registry, &RegistryStandIn::blacklistDisputeGameCall { game });

    assert_eq!(ethereum.relay(game), Err(not_valid(game, ethereum.registry)));
    assert!(ethereum.relay(other).is_ok());
}

#[test]
fn games_created_up_to_the_second_of_a_retirement_are_refused() {
    for (later, is_retired) in [(0, true), (1, false), (2, false)] {
        let mut ethereum = Ethereum::new();
        ethereum.must(ethereum.registry, &RegistryStandIn::updateRetirementTimestampCall {});
        ethereum.now += later;
        let (game, _) = ethereum.valid_game();

        let answer = ethereum.relay(game);

        if is_retired {
            assert_eq!(answer, Err(not_valid(game, ethereum.registry)));
        } else {
            assert!(answer.is_ok());
        }
    }
}

#[test]
fn while_base_is_paused_every_game_is_refused_and_afterwards_none_is_lost() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();
    ethereum.must(ethereum.registry, &RegistryStandIn::setPausedCall { paused_: true });
    assert_eq!(ethereum.relay(game), Err(not_valid(game, ethereum.registry)));

    ethereum.must(ethereum.registry, &RegistryStandIn::setPausedCall { paused_: false });

    assert!(ethereum.relay(game).is_ok());
}

#[test]
fn a_game_of_another_type_is_refused_and_what_is_respected_when_it_was_created_counts() {
    let mut ethereum = Ethereum::new();
    let (respected, _) = ethereum.valid_game();
    let (other, _) = ethereum.open_game(GAME_TYPE + 1);
    ethereum.end(other, DEFENDER_WINS);
    ethereum.must(ethereum.registry, &RegistryStandIn::setRespectedGameTypeCall { gameType: GAME_TYPE + 1 });
    ethereum.now += 1;

    assert_eq!(ethereum.relay(other), Err(not_valid(other, ethereum.registry)));
    assert!(ethereum.relay(respected).is_ok());
}

#[test]
fn a_game_that_the_factory_did_not_create_is_refused_whatever_it_says_of_itself() {
    let mut ethereum = Ethereum::new();
    let (real, _) = ethereum.valid_game();
    let other = evm::create(&mut ethereum.chain, &GameFactoryStandIn::BYTECODE, Vec::new()).unwrap();
    ethereum.must(other, &GameFactoryStandIn::setRegistryCall { registry_: ethereum.registry });
    let factory = std::mem::replace(&mut ethereum.factory, other);
    let (forged, _) = ethereum.valid_game();
    ethereum.factory = factory;

    assert_eq!(ethereum.relay(forged), Err(not_valid(forged, ethereum.registry)));
    // What is no contract cannot even be asked what it claims.
    let nobody = Address::repeat_byte(0x77);
    assert_eq!(ethereum.relay(nobody), Err(no_answer::<RegistryStandIn::isGameClaimValidCall>(ethereum.registry)));
    assert!(ethereum.relay(real).is_ok());
}

#[test]
fn the_registry_that_the_portal_names_at_that_moment_is_asked() {
    let mut ethereum = Ethereum::new();
    let (before, _) = ethereum.valid_game();
    let moved = ethereum.another_registry();
    let (after, _) = ethereum.valid_game();
    assert_eq!(ethereum.relay(after), Err(not_valid(after, ethereum.registry)));

    ethereum.must(ethereum.portal, &PortalStandIn::moveRegistryCall { registry: moved });

    assert_eq!(ethereum.relay(before), Err(not_valid(before, moved)));
    assert!(ethereum.relay(after).is_ok());
}

#[test]
fn a_portal_a_registry_or_a_game_that_does_not_answer_is_named() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();
    let nobody = Address::repeat_byte(0x77);
    // Answers every call with the word 2: PUSH1 2, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
    let two = Address::repeat_byte(0x02);
    ethereum.chain.set_code(two, [0x60, 2, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3].into());

    for registry in [nobody, two] {
        ethereum.must(ethereum.portal, &PortalStandIn::moveRegistryCall { registry });
        assert_eq!(ethereum.relay(game), Err(no_answer::<RegistryStandIn::isGameClaimValidCall>(registry)));
    }
    ethereum.must(ethereum.portal, &PortalStandIn::moveRegistryCall { registry: ethereum.registry });
    ethereum.chain.set_code(ethereum.portal, [].into());
    assert_eq!(ethereum.relay(game), Err(no_answer::<PortalStandIn::anchorStateRegistryCall>(ethereum.portal)));
}

#[test]
fn nothing_else_is_asked_of_a_game_but_its_root() {
    let mut ethereum = Ethereum::new();
    let (game, root) = ethereum.valid_game();
    // A registry that holds everything valid: answers every call with the word 1.
    let credulous = Address::repeat_byte(0x01);
    ethereum.chain.set_code(credulous, [0x60, 1, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3].into());
    ethereum.must(ethereum.portal, &PortalStandIn::moveRegistryCall { registry: credulous });
    let slots = ethereum.chain.storage(game).count();
    assert!(slots > 0);
    for (slot, _) in ethereum.chain.storage(game).collect::<Vec<_>>() {
        ethereum.chain.set_slot(game, slot, U256::ZERO);
    }

    assert_eq!(ethereum.relay(game).unwrap().data, acceptRootCall { root }.abi_encode());
    ethereum.chain.set_code(game, [].into());
    assert_eq!(ethereum.relay(game), Err(no_answer::<GameStandIn::rootClaimCall>(game)));
}

#[test]
fn the_price_is_what_arbitrum_takes_for_a_ticket_and_the_gas_that_is_prepaid() {
    let mut ethereum = Ethereum::new();

    assert_eq!(ethereum.price(), submission_fee(DATA_BYTES) + U256::from(u128::from(GAS_LIMIT) * FEE_PER_GAS));
}

#[test]
fn too_little_ether_is_refused_with_what_is_needed_and_all_that_comes_goes_with_the_ticket() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();
    let needed = ethereum.price();
    let sent = needed - U256::ONE;

    let refusal = ethereum.relay_with(&call(game), sent).unwrap_err();

    assert_eq!(refusal, Refusal::TooLittleEther(RootRelay::TooLittleEther { needed, sent }));
    for value in [needed, needed + U256::ONE, U256::from(10).pow(U256::from(18))] {
        let before = ethereum.in_the_bridge();
        let ticket = ethereum.relay_with(&call(game), value).unwrap();
        assert_eq!((ticket.deposit, ethereum.in_the_bridge() - before), (value, value));
        assert_eq!(ethereum.chain.balance(ethereum.relay), U256::ZERO);
    }
}

#[test]
fn what_is_too_much_goes_to_the_refund_address_aliased_if_it_is_a_contract() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();
    let value = ethereum.price();
    let contract = ethereum.portal;

    for (refund, on_arbitrum) in [(REFUND, REFUND), (contract, alias(contract))] {
        let ticket = ethereum.relay_with(&RootRelay::relayCall { refund, ..call(game) }, value).unwrap();
        assert_eq!(ticket.excess_refund, on_arbitrum);
    }
}

#[test]
fn the_beneficiary_is_a_contract_that_can_send_nothing_but_roots_so_nobody_cancels_a_ticket() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();

    let ticket = ethereum.relay(game).unwrap();

    assert_eq!(ticket.beneficiary, alias(ethereum.relay));
    let mut functions: Vec<[u8; 4]> = RootRelay::RootRelayCalls::SELECTORS.to_vec();
    functions.sort_unstable();
    let mut known = [
        RootRelay::relayCall::SELECTOR,
        RootRelay::rootOfCall::SELECTOR,
        RootRelay::priceCall::SELECTOR,
        RootRelay::portalCall::SELECTOR,
        RootRelay::inboxCall::SELECTOR,
    ];
    known.sort_unstable();
    assert_eq!(functions, known);
}

#[test]
fn zero_addresses_are_refused() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();
    let value = ethereum.price();
    let zero = Refusal::ZeroAddress(RootRelay::ZeroAddress {});

    let to_nobody = RootRelay::relayCall { target: Address::ZERO, ..call(game) };
    assert_eq!(ethereum.relay_with(&to_nobody, value), Err(zero.clone()));
    let to_nowhere = RootRelay::relayCall { refund: Address::ZERO, ..call(game) };
    assert_eq!(ethereum.relay_with(&to_nowhere, value), Err(zero));
    for (portal, inbox) in [(Address::ZERO, TARGET), (TARGET, Address::ZERO)] {
        let refusal = create_relay(&mut ethereum.chain, portal, inbox).unwrap_err();
        assert_eq!(refusal, RootRelay::ZeroAddress {}.abi_encode());
    }
}

#[test]
fn what_the_inbox_refuses_is_refused_and_no_ether_is_kept() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();
    let value = ethereum.price();
    // Arbitrum's inbox answers a gas limit or a fee of 1 with what it would send.
    for magic in
        [RootRelay::relayCall { gasLimit: 1, ..call(game) }, RootRelay::relayCall { maxFeePerGas: 1, ..call(game) }]
    {
        assert!(!ethereum.send(ethereum.relay, &magic, value).success);
    }
    ethereum.pause_the_inbox();
    assert!(!ethereum.send(ethereum.relay, &call(game), value).success);

    assert_eq!((ethereum.in_the_bridge(), ethereum.chain.balance(ethereum.relay)), (U256::ZERO, U256::ZERO));
}

#[test]
fn a_root_on_its_way_costs_ethereum_at_most_150_000_gas() {
    let mut ethereum = Ethereum::new();
    let (game, _) = ethereum.valid_game();
    let value = ethereum.price();
    ethereum.relay(game).unwrap();

    let outcome = ethereum.send(ethereum.relay, &call(game), value);

    eprintln!("a root: {} gas on Ethereum", outcome.gas_used);
    assert!(outcome.success && outcome.gas_used <= 150_000, "{}", outcome.gas_used);
}
