//! One suite on a chain, and the gas of each call made there.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, U256, keccak256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolCall;
use mrc53_abi::arbitrum::{ARB_WASM, ARB_WASM_CACHE};
use mrc53_abi::{ArbWasm, ArbWasmCache, DiamondHarness, MorToken, StakeAlignment};
use mrc53_stage::demo::Starts;
use mrc53_stage::scenario::names;

use crate::suite_support::{HOUR, MIDNIGHT, MOR, Stand};

/// Gas of a whole transaction; there is no parent chain, so none for its data.
pub(crate) type Gas = u64;

/// Calls on one chain, in order, with what each used.
pub(crate) struct Ledger {
    pub(crate) stand: Stand,
    pub(crate) rows: Vec<(String, Gas)>,
    /// The time of the next block, Unix seconds.
    pub(crate) now: u64,
}

impl Ledger {
    pub(crate) async fn new(starts: Starts) -> Self {
        let stand = Stand::new().await;
        if starts == Starts::Cached {
            for program in stand.suite.addresses() {
                stand.call(stand.chain.main, ARB_WASM_CACHE, ArbWasmCache::cacheProgramCall { program }).await;
            }
        }
        let mut ledger = Self { stand, rows: Vec::new(), now: MIDNIGHT + HOUR };
        for name in ["atlas", "borealis", "alice", "bob"] {
            ledger.stand.fund(name).await;
        }
        ledger.wait(0);
        ledger
    }

    /// Lets `seconds` pass before the next call.
    pub(crate) fn wait(&mut self, seconds: u64) {
        self.now += seconds;
    }

    /// Prolongs the life of the contracts, which expire a year after their activation.
    pub(crate) async fn keep_alive(&mut self) {
        let chain = &self.stand.chain;
        for program in self.stand.suite.addresses() {
            let codehash = keccak256(chain.provider.get_code_at(program).await.unwrap());
            let keep = ArbWasm::codehashKeepaliveCall { codehash }.abi_encode();
            self.now += 1;
            self.stand.at(self.now).await;
            let ether = U256::from(10).pow(U256::from(18));
            let receipt = chain.send(chain.main, ARB_WASM.into(), keep.into(), ether).await.unwrap();
            assert!(receipt.status());
        }
    }

    /// Sends `call` now, a second after the call before it, and returns its gas.
    pub(crate) async fn send(&mut self, from: Address, to: Address, call: impl SolCall) -> Gas {
        self.now += 1;
        self.stand.at(self.now).await;
        let receipt = self.stand.chain.must("a step of the test", from, to, call.abi_encode()).await.unwrap();
        receipt.gas_used
    }

    /// As [`Self::send`], kept under `label`.
    pub(crate) async fn measure(&mut self, label: &str, from: Address, to: Address, call: impl SolCall) -> Gas {
        let gas = self.send(from, to, call).await;
        self.rows.push((label.to_owned(), gas));
        gas
    }

    /// Keeps what a view costs whoever calls it in a transaction of its own.
    pub(crate) async fn view(&mut self, label: &str, to: Address, call: impl SolCall) {
        self.now += 1;
        self.stand.at(self.now).await;
        let main = self.stand.chain.main;
        let request = TransactionRequest::default()
            .with_from(main)
            .with_to(to)
            .with_input(call.abi_encode())
            .with_gas_limit(30_000_000);
        let sent = self.stand.chain.provider.send_transaction(request).await.unwrap();
        let receipt = sent.get_receipt().await.unwrap();
        assert!(receipt.status(), "{label}");
        self.rows.push((label.to_owned(), receipt.gas_used));
    }

    /// Registers the subnet called `name` with a fee of 20 %.
    pub(crate) async fn register(&mut self, name: &str) -> Address {
        let subnet = names::address(name);
        let fee = U256::from(2) * U256::from(10).pow(U256::from(24));
        let register = StakeAlignment::registerSubnetCall { subnet, receiver: subnet, fee };
        self.send(subnet, self.stand.suite.alignment, register).await;
        subnet
    }

    /// Gives the account called `name` MOR and lets `StakeAlignment` take it.
    pub(crate) async fn provide(&mut self, name: &str) -> Address {
        let (staker, amount) = (names::address(name), U256::from(1_000_000 * MOR));
        let (main, token, alignment) = (self.stand.chain.main, self.stand.token, self.stand.suite.alignment);
        self.send(main, token, MorToken::mintCall { to: staker, value: amount }).await;
        self.send(staker, token, MorToken::approveCall { spender: alignment, value: U256::MAX }).await;
        staker
    }

    /// `staker` stakes `mor` MOR toward `subnet`.
    pub(crate) async fn stake(&mut self, subnet: Address, staker: Address, mor: u128) -> Gas {
        let amount = U256::from(mor * MOR);
        self.send(staker, self.stand.suite.alignment, StakeAlignment::stakeCall { subnet, amount }).await
    }

    /// Opens the session called `name` on `subnet`, for `seconds`.
    pub(crate) async fn open(&mut self, name: &str, subnet: Address, seconds: u64) -> B256 {
        let session_id = names::session_id(name);
        let ends_at = u128::from(self.now + seconds);
        let (main, diamond) = (self.stand.chain.main, self.stand.diamond);
        let open = DiamondHarness::openSessionCall { sessionId: session_id, provider: subnet, endsAt: ends_at };
        self.send(main, diamond, open).await;
        session_id
    }

    /// Closes the session now.
    pub(crate) async fn close(&mut self, session: B256) {
        let (main, diamond) = (self.stand.chain.main, self.stand.diamond);
        self.send(main, diamond, DiamondHarness::closeSessionCall { sessionId: session }).await;
    }
}
