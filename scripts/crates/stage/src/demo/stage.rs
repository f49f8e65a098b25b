//! The stage of a scenario: token, Diamond harness and suite on their chains, accounts with ether, MOR and allowances.

use alloy::primitives::{Address, Bytes, TxKind, U256};
use alloy::sol_types::SolCall;
use anyhow::{Result, ensure};
use mrc53_abi::arbitrum::ARB_WASM_CACHE;
use mrc53_abi::doubles::artifacts;
use mrc53_abi::{ArbWasmCache, MorToken};
use mrc53_console::progress::Progress;
use mrc53_node::book::Settings;
use mrc53_wasm::Artifact;

use crate::chain::Chain;
use crate::deploy;
use crate::scenario::{Names, Scenario, names};
use crate::suite::{Construction, Sessions, Suite};
use crate::travel;

/// Ether in wei that every account gets for its transactions.
const ETHER_EACH: u128 = 1_000_000_000_000_000_000;
/// MOR wei that every staker has: more than the suite takes from all of them together (2^87 - 1).
const MOR_EACH: u128 = 1 << 96;
/// Seconds of a UTC day.
const DAY_SECONDS: u64 = 86_400;

/// Where sessions are opened, closed and recorded.
#[derive(Clone, Copy)]
pub(super) struct Market<'a> {
    pub chain: &'a Chain,
    pub diamond: Address,
    pub recorder: Address,
}

/// What a scenario is played on.
pub(super) struct Stage<'a> {
    /// The suite's.
    pub chain: &'a Chain,
    pub names: &'a Names,
    pub programs: &'a [Artifact],
    pub token: Address,
    pub pool: Address,
    pub suite: Suite,
    pub market: Market<'a>,
    /// Gas of each deployment.
    pub deployments: Vec<(String, u64)>,
}

/// Where a suite is to stand, and for what.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub chain: &'a Chain,
    pub scenario: &'a Scenario,
    pub names: &'a Names,
    pub programs: &'a [Artifact],
    pub token: Address,
}

/// Deploys EVM initcode in a block of timestamp `at`, and notes its gas.
pub(super) async fn put(
    chain: &Chain,
    at: u64,
    what: &str,
    initcode: Bytes,
    deployments: &mut Vec<(String, u64)>,
) -> Result<Address> {
    travel::set_next(chain, at).await?;
    let deployed = deploy::evm(chain, what, initcode).await?;
    deployments.push((what.to_owned(), deployed.gas));
    Ok(deployed.address)
}

impl<'a> Stage<'a> {
    /// Sets it up on one chain; every block has the timestamp of the scenario's start.
    pub(super) async fn set(
        chain: &'a Chain,
        scenario: &'a Scenario,
        names: &'a Names,
        programs: &'a [Artifact],
        progress: &Progress,
    ) -> Result<Self> {
        let [token, diamond] = artifacts()?;
        let mut deployments = Vec::new();
        progress.detail("deploying the token and the Diamond harness");
        let token = put(chain, scenario.start, "MorToken", token.bytecode, &mut deployments).await?;
        let diamond = put(chain, scenario.start, "DiamondHarness", diamond.bytecode, &mut deployments).await?;
        let sessions = Sessions::Here(diamond);
        let place = Place { chain, scenario, names, programs, token };
        let market = |suite: &Suite| Market { chain, diamond, recorder: suite.recorder };
        Self::with_suite(place, sessions, market, deployments, progress).await
    }

    /// Deploys the suite for `sessions` at `place`, and gives all accounts there what they need.
    pub(super) async fn with_suite(
        place: Place<'a>,
        sessions: Sessions,
        market: impl FnOnce(&Suite) -> Market<'a>,
        mut deployments: Vec<(String, u64)>,
        progress: &Progress,
    ) -> Result<Self> {
        let Place { chain, scenario, names, programs, token } = place;
        let start = scenario.start;
        let pool = names::pool_key().address();
        let settings = Settings {
            grace_days: scenario.grace_days,
            lock_seconds: scenario.lock_seconds.into(),
            min_subnet_stake_wei: scenario.min_subnet_stake,
            weight: scenario.weight,
            first_day: u32::try_from(start / DAY_SECONDS)?,
            window_days: sessions.window_days(),
        };
        let made = Construction { token, sessions, pool, owner: chain.main, settings };
        let (suite, gas) = Suite::deploy(chain, programs, &made, Some(start), progress).await?;
        deployments.extend(gas);

        let market = market(&suite);
        let stage = Self { chain, names, programs, token, pool, suite, market, deployments };
        progress.detail("funding the accounts");
        stage.fund_accounts(start, scenario.pool).await?;
        Ok(stage)
    }

    /// Puts the contracts into the chain's cache of programs; a later calculator has the code of the first.
    pub(super) async fn cache_programs(&self, at: u64) -> Result<()> {
        for program in self.suite.addresses() {
            travel::set_next(self.chain, at).await?;
            let cache = ArbWasmCache::cacheProgramCall { program }.abi_encode();
            self.chain.must("caching a contract", self.chain.main, ARB_WASM_CACHE, cache).await?;
        }
        Ok(())
    }

    /// Ether for everybody, MOR and allowances for stakers and the pool.
    async fn fund_accounts(&self, start: u64, pool_wei: U256) -> Result<()> {
        let accounts = self.names.signers().map(alloy::signers::local::PrivateKeySigner::address);
        for account in accounts.chain([self.pool]) {
            travel::set_next(self.chain, start).await?;
            let to = TxKind::Call(account);
            let receipt = self.chain.send(self.chain.main, to, [].into(), U256::from(ETHER_EACH)).await?;
            ensure!(receipt.status(), "ether for {account}: transaction {} failed", receipt.transaction_hash);
        }
        for staker in self.names.stakers() {
            let staker = names::address(staker);
            self.mint(start, staker, U256::from(MOR_EACH)).await?;
            self.approve(start, staker, self.suite.alignment).await?;
        }
        self.approve(start, self.pool, self.suite.distributor).await?;
        self.mint(start, self.pool, pool_wei).await
    }

    async fn mint(&self, at: u64, to: Address, value: U256) -> Result<()> {
        travel::set_next(self.chain, at).await?;
        let mint = MorToken::mintCall { to, value }.abi_encode();
        self.chain.must("minting MOR", self.chain.main, self.token, mint).await.map(drop)
    }

    async fn approve(&self, at: u64, from: Address, spender: Address) -> Result<()> {
        travel::set_next(self.chain, at).await?;
        let approve = MorToken::approveCall { spender, value: U256::MAX }.abi_encode();
        self.chain.must("approving MOR", from, self.token, approve).await.map(drop)
    }
}
