//! `UsageProofs` and `StakeAlignment` on Arbitrum, the real wasm of both, in the chain's cache of programs; and the subnets
//! whose usage is proven, staked for since the day before.

use alloy::primitives::{Address, B256, Bytes, U256, address};
use alloy::sol_types::{SolCall, SolValue};
use mrc53_abi::arbitrum::ARB_WASM_CACHE;
use mrc53_abi::{ArbWasmCache, MorToken, StakeAlignment, UsageProofs, doubles};
use mrc53_devnode::chain::Chain;
use mrc53_devnode::config::DEV_ACCOUNT;
use mrc53_ledger::usage::{DAYS_PER_WORD, Usage, UsageWord};
use mrc53_suite::contract::Contract;

use super::base::{BUCKETS, Block, CODE_HASH};
use super::figures::Gas;
use super::storage::{Proof, account};
use crate::base::evm;
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR, TODAY, programs};

/// The relay on Ethereum, as its messages arrive.
const RELAY: Address = address!("1111000000000000000000000000000000001112");
const GRACE_DAYS: u32 = 3;
const WINDOW_DAYS: u32 = 7;
const MIN_SUBNET_STAKE_MOR: u128 = 10_000;

/// The number of the word that is proven, the first whose days are all to come.
pub(crate) const WORD: u32 = TODAY / 4 + 1;

pub(crate) struct Arbitrum {
    chain: Chain,
    token: Address,
    alignment: Address,
    proofs: Address,
    /// The time of the next block, Unix seconds.
    now: u64,
}

impl Arbitrum {
    /// With a stake for each of the subnets.
    pub(crate) fn new(subnets: &[Address]) -> Self {
        let mut chain = evm::chain();
        let [token, _] = doubles::artifacts().unwrap();
        let token = evm::create(&mut chain, &token.bytecode, Vec::new()).unwrap();
        let alignment = (token, DEV_ACCOUNT, 7 * DAY, U256::from(MIN_SUBNET_STAKE_MOR * MOR)).abi_encode_params();
        let alignment = deploy(&mut chain, Contract::StakeAlignment, &alignment);
        let proofs = (RELAY, BUCKETS, CODE_HASH, GRACE_DAYS, alignment, WINDOW_DAYS).abi_encode_params();
        let proofs = deploy(&mut chain, Contract::UsageProofs, &proofs);
        let mut arbitrum = Self { chain, token, alignment, proofs, now: MIDNIGHT + HOUR };
        for program in [alignment, proofs] {
            arbitrum.send(DEV_ACCOUNT, ARB_WASM_CACHE, &ArbWasmCache::cacheProgramCall { program });
        }
        arbitrum.stake(subnets);
        arbitrum
    }

    /// Registers these subnets and has one account stake the minimum toward each.
    pub(crate) fn stake(&mut self, subnets: &[Address]) {
        let (token, alignment) = (self.token, self.alignment);
        let (staker, amount) = (account("staker", 0), U256::from(MIN_SUBNET_STAKE_MOR * MOR));
        let value = amount * U256::from(subnets.len());
        self.send(DEV_ACCOUNT, token, &MorToken::mintCall { to: staker, value });
        self.send(staker, token, &MorToken::approveCall { spender: alignment, value });
        for subnet in subnets.iter().copied() {
            self.send(
                subnet,
                alignment,
                &StakeAlignment::registerSubnetCall { subnet, receiver: subnet, fee: U256::ZERO },
            );
            self.send(staker, alignment, &StakeAlignment::stakeCall { subnet, amount });
        }
    }

    /// Accepts and opens the root of a block in which the buckets' storage has this root, once the four days of [`WORD`]
    /// are final on Base; what each took.
    pub(crate) fn open(&mut self, storage_root: B256) -> (B256, Gas, Gas) {
        let covered = u64::from(4 * WORD + 4 + GRACE_DAYS) * DAY;
        self.now = self.now.max(covered + DAY);
        let block = Block::new(storage_root, covered);
        let accepted = self.send(RELAY, self.proofs, &UsageProofs::acceptRootCall { root: block.root });
        let open = UsageProofs::openRootCall {
            root: block.root,
            stateRoot: block.state_root,
            messagePasserRoot: block.message_passer_root,
            header: block.header,
            accountProof: block.account_proof,
        };
        (block.root, accepted, self.send(DEV_ACCOUNT, self.proofs, &open))
    }

    /// What is sent to prove words.
    pub(crate) fn input(root: B256, proof: &Proof) -> Vec<u8> {
        let (subnets, words, nodes) = (proof.subnets(), proof.numbers(), proof.joined());
        UsageProofs::proveCall { root, subnets, words, nodes }.abi_encode()
    }

    /// Proves words by an opened root; every day of each on which something was hosted must be added.
    pub(crate) fn prove(&mut self, root: B256, proof: &Proof) -> Gas {
        let hosted = |held: &UsageWord| (0..DAYS_PER_WORD).filter(|day| held.day(*day) != Usage::default()).count();
        let days: usize = proof.words.iter().map(|(_, held)| hosted(held)).sum();
        let (gas, output) = self.transact(DEV_ACCOUNT, self.proofs, Self::input(root, proof));
        assert_eq!(UsageProofs::proveCall::abi_decode_returns(&output).unwrap() as usize, days);
        gas
    }

    /// What comes of something that is undone afterwards.
    pub(crate) fn aside<T>(&mut self, once: impl FnOnce(&mut Self) -> T) -> T {
        let (moment, now) = (self.chain.snapshot(), self.now);
        let result = once(self);
        assert!(self.chain.revert_to(moment));
        self.now = now;
        result
    }

    fn send(&mut self, from: Address, to: Address, call: &impl SolCall) -> Gas {
        self.transact(from, to, call.abi_encode()).0
    }

    fn transact(&mut self, from: Address, to: Address, input: Vec<u8>) -> (Gas, Bytes) {
        self.now = self.now.max(self.chain.next_timestamp());
        let outcome = evm::send_with_gas(&mut self.chain, self.now, (from, to), input, 30_000_000);
        assert!(outcome.success, "{:?} {}", outcome.failure, outcome.output);
        (outcome.gas_used, outcome.output)
    }
}

fn deploy(chain: &mut Chain, contract: Contract, arguments: &[u8]) -> Address {
    let program = programs().iter().find(|program| program.contract == contract.package()).unwrap();
    chain.deploy_program(&program.wasm().unwrap(), Some(arguments)).unwrap()
}
