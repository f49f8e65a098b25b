//! Ethereum as the relay sees it: stand-ins of Base's portal, registry and games, Arbitrum's real bridge and inbox.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256, address, hex};
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::{SolCall, SolEvent, SolInterface, SolValue};
use mrc53_devnode::chain::Chain;
use mrc53_devnode::chain::block::{BASE_FEE, Outcome};
use mrc53_devnode::config::DEV_ACCOUNT;

use super::super::artifacts::{
    GameFactoryStandIn, GameStandIn, NitroBridge, NitroInbox, PortalStandIn, RegistryStandIn, RootRelay,
};
use super::super::evm::{self, MOST_GAS};
use crate::suite_support::MIDNIGHT;

pub(super) use super::super::artifacts::RelayRefusal as Refusal;

/// Base's type of games since May 2026.
pub(in super::super) const GAME_TYPE: u32 = 621;
/// How games end: for those who challenge the claim, for those who made it.
pub(in super::super) const CHALLENGER_WINS: u8 = 1;
pub(in super::super) const DEFENDER_WINS: u8 = 2;

pub(super) const TARGET: Address = address!("7a00000000000000000000000000000000000001");
pub(super) const REFUND: Address = address!("4e00000000000000000000000000000000000001");
pub(super) const GAS_LIMIT: u64 = 100_000;
pub(super) const FEE_PER_GAS: u128 = 30_000_000;

/// Who may set up bridge and inbox.
const ROLLUP: Address = Address::repeat_byte(0x09);
const BRIDGE: Address = Address::repeat_byte(0xb1);
const INBOX: Address = Address::repeat_byte(0x1b);
/// As the inbox on Ethereum is constructed.
const MAX_DATA_BYTES: u64 = 117_964;

/// The ticket that a message of Arbitrum's bridge asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ticket {
    pub(super) number: U256,
    /// As Arbitrum sees it.
    pub(super) sender: Address,
    pub(super) to: Address,
    pub(super) call_value: U256,
    /// What is given to it on Arbitrum, wei.
    pub(super) deposit: U256,
    pub(super) max_submission_cost: U256,
    pub(super) excess_refund: Address,
    pub(super) beneficiary: Address,
    pub(super) gas_limit: U256,
    pub(super) max_fee_per_gas: U256,
    pub(super) data: Bytes,
}

/// Where everything stands on Ethereum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places {
    pub(crate) factory: Address,
    pub(crate) registry: Address,
    pub(crate) portal: Address,
    pub(crate) inbox: Address,
    pub(crate) relay: Address,
}

pub(super) struct Ethereum {
    pub(super) chain: Chain,
    pub(super) now: u64,
    pub(super) factory: Address,
    pub(super) registry: Address,
    pub(super) portal: Address,
    pub(super) relay: Address,
    games: u64,
}

/// Puts all of it onto `chain`, on which anybody sends without a signature.
pub(crate) fn set_up(chain: &mut Chain) -> Places {
    let factory = evm::create(chain, &GameFactoryStandIn::BYTECODE, Vec::new()).unwrap();
    let registry = create_registry(chain, factory);
    let portal = evm::create(chain, &PortalStandIn::BYTECODE, registry.abi_encode()).unwrap();
    set_up_arbitrum(chain);
    let relay = create_relay(chain, portal, INBOX).unwrap();
    let set = GameFactoryStandIn::setRegistryCall { registry_: registry };
    assert!(evm::send(chain, MIDNIGHT, factory, &set).success);
    Places { factory, registry, portal, inbox: INBOX, relay }
}

impl Ethereum {
    pub(super) fn new() -> Self {
        let mut chain = evm::chain();
        let Places { factory, registry, portal, relay, .. } = set_up(&mut chain);
        Self { chain, now: MIDNIGHT + 1, factory, registry, portal, relay, games: 0 }
    }

    /// A game of the next root, created now and not resolved.
    pub(super) fn open_game(&mut self, game_type: u32) -> (Address, B256) {
        self.games += 1;
        let root = B256::repeat_byte(0xc0).0.map(|byte| byte ^ u8::try_from(self.games).unwrap()).into();
        let block = U256::from(600 * self.games).abi_encode().into();
        let create = GameFactoryStandIn::createCall { gameType: game_type, rootClaim: root, extraData: block };
        let created = self.must(self.factory, &create);
        (Address::abi_decode(&created.output).unwrap(), root)
    }

    /// A game whose claim is valid from the next second on, which it is.
    pub(super) fn valid_game(&mut self) -> (Address, B256) {
        let (game, root) = self.open_game(GAME_TYPE);
        self.end(game, DEFENDER_WINS);
        self.now += 1;
        (game, root)
    }

    pub(super) fn end(&mut self, game: Address, status: u8) {
        self.must(game, &GameStandIn::endCall { status_: status });
    }

    /// A second registry, with games of its own from now on.
    pub(super) fn another_registry(&mut self) -> Address {
        self.chain.set_next_timestamp(self.now).unwrap();
        let registry = create_registry(&mut self.chain, self.factory);
        self.must(self.factory, &GameFactoryStandIn::setRegistryCall { registry_: registry });
        self.now += 1;
        registry
    }

    /// Sends the root of `game` to [`TARGET`] with more ether than the way costs.
    pub(super) fn relay(&mut self, game: Address) -> Result<Ticket, Refusal> {
        let value = self.price() + U256::from(12_345);
        self.relay_with(&call(game), value)
    }

    pub(super) fn relay_with(&mut self, call: &RootRelay::relayCall, value: U256) -> Result<Ticket, Refusal> {
        let outcome = self.send(self.relay, call, value);
        if outcome.success { Ok(ticket(&outcome)) } else { Err(Refusal::abi_decode(&outcome.output).unwrap()) }
    }

    /// What the way costs, as the relay says in a block of this base fee.
    pub(super) fn price(&mut self) -> U256 {
        let call =
            RootRelay::priceCall { gasLimit: GAS_LIMIT, maxFeePerGas: FEE_PER_GAS, baseFee: U256::from(BASE_FEE) };
        U256::abi_decode(&self.must(self.relay, &call).output).unwrap()
    }

    /// Sends a call that must succeed.
    pub(super) fn must(&mut self, to: Address, call: &impl SolCall) -> Outcome {
        let outcome = self.send(to, call, U256::ZERO);
        assert!(outcome.success, "{:?}", outcome.failure);
        outcome
    }

    pub(super) fn send(&mut self, to: Address, call: &impl SolCall, value: U256) -> Outcome {
        self.chain.set_next_timestamp(self.now).unwrap();
        let request = TransactionRequest::default()
            .with_to(to)
            .with_input(call.abi_encode())
            .with_value(value)
            .with_gas_limit(MOST_GAS);
        self.chain.transact(request, DEV_ACCOUNT).unwrap()
    }

    /// Lets nobody send through Arbitrum's inbox.
    pub(super) fn pause_the_inbox(&mut self) {
        let pause = NitroInbox::pauseCall {}.abi_encode();
        assert!(evm::send_with_gas(&mut self.chain, self.now, (ROLLUP, INBOX), pause, MOST_GAS).success);
    }

    /// Wei that lie in Arbitrum's bridge.
    pub(super) fn in_the_bridge(&self) -> U256 {
        self.chain.balance(BRIDGE)
    }
}

/// The root of `game` to [`TARGET`].
pub(super) const fn call(game: Address) -> RootRelay::relayCall {
    RootRelay::relayCall { game, target: TARGET, refund: REFUND, gasLimit: GAS_LIMIT, maxFeePerGas: FEE_PER_GAS }
}

pub(super) fn create_relay(chain: &mut Chain, portal: Address, inbox: Address) -> Result<Address, Bytes> {
    evm::create(chain, &RootRelay::BYTECODE, (portal, inbox).abi_encode_params())
}

/// As [`Address`] of Ethereum stands on Arbitrum.
pub(in super::super) fn alias(address: Address) -> Address {
    let offset = U256::from_be_bytes(address!("1111000000000000000000000000000000001111").into_word().0);
    let sum: U256 = U256::from_be_bytes(address.into_word().0) + offset;
    Address::from_word(sum.into())
}

/// What a ticket with this much data costs, wei, by the formula of Arbitrum's documentation.
pub(super) fn submission_fee(data_bytes: u64) -> U256 {
    U256::from((1_400 + 6 * data_bytes) * BASE_FEE)
}

fn create_registry(chain: &mut Chain, factory: Address) -> Address {
    let arguments = (factory, GAME_TYPE, U256::ZERO).abi_encode_params();
    evm::create(chain, &RegistryStandIn::BYTECODE, arguments).unwrap()
}

/// Puts bridge and inbox where they are called through proxies, as on Ethereum.
fn set_up_arbitrum(chain: &mut Chain) {
    let bridge = evm::create(chain, &NitroBridge::BYTECODE, Vec::new()).unwrap();
    let inbox = evm::create(chain, &NitroInbox::BYTECODE, U256::from(MAX_DATA_BYTES).abi_encode()).unwrap();
    for (proxy, logic) in [(BRIDGE, bridge), (INBOX, inbox)] {
        // EIP-1167.
        let code = [&hex!("363d3d373d3d3d363d73")[..], logic.as_slice(), &hex!("5af43d82803e903d91602b57fd5bf3")];
        chain.set_code(proxy, code.concat().into());
    }
    let initialize = NitroInbox::initializeCall { _bridge: BRIDGE, _sequencerInbox: Address::ZERO };
    for (from, to, input) in [
        (DEV_ACCOUNT, BRIDGE, NitroBridge::initializeCall { rollup_: ROLLUP }.abi_encode()),
        (DEV_ACCOUNT, INBOX, initialize.abi_encode()),
        (ROLLUP, BRIDGE, NitroBridge::setDelayedInboxCall { inbox: INBOX, enabled: true }.abi_encode()),
    ] {
        assert!(evm::send_with_gas(chain, MIDNIGHT, (from, to), input, MOST_GAS).success);
    }
}

/// The ticket that a transaction asks for, as Arbitrum reads it: from the bridge who sends it, from the inbox the rest.
fn ticket(outcome: &Outcome) -> Ticket {
    let delivered: Vec<_> =
        outcome.logs.iter().filter_map(|log| NitroBridge::MessageDelivered::decode_log(log).ok()).collect();
    let messages: Vec<_> =
        outcome.logs.iter().filter_map(|log| NitroInbox::InboxMessageDelivered::decode_log(log).ok()).collect();
    let ([delivered], [message]) = (&delivered[..], &messages[..]) else { panic!("{:?}", outcome.logs) };
    // A retryable ticket is a message of kind 9.
    assert_eq!((delivered.address, delivered.kind, message.address), (BRIDGE, 9, INBOX));
    assert_eq!(delivered.messageIndex, message.messageNum);
    let (words, data) = message.data.data.split_at(9 * 32);
    let word = |number: usize| U256::from_be_slice(&words[number * 32..][..32]);
    let account = |number| Address::from_word(word(number).into());
    assert_eq!(word(8), U256::from(data.len()));
    Ticket {
        number: delivered.messageIndex,
        sender: delivered.sender,
        to: account(0),
        call_value: word(1),
        deposit: word(2),
        max_submission_cost: word(3),
        excess_refund: account(4),
        beneficiary: account(5),
        gas_limit: word(6),
        max_fee_per_gas: word(7),
        data: data.to_vec().into(),
    }
}
