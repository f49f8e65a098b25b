//! The four contracts together: what they are made with, the order they are deployed in, where they stand.

use alloy::primitives::{Address, B256, Bytes};
use alloy::sol_types::SolValue;
use anyhow::{Context, Result};
use mrc53_console::progress::Progress;
use mrc53_node::book::Settings;
use mrc53_suite::contract::Contract;
use mrc53_suite::terms::{Weight, weight_number};
use mrc53_wasm::Artifact;

use super::chain::Chain;
use super::deploy::{self, Deployed};
use super::travel;

/// What the contracts are constructed with.
#[derive(Clone, Debug)]
pub struct Construction {
    /// MOR.
    pub token: Address,
    /// Where the sessions are.
    pub sessions: Sessions,
    /// The Compute pool's account.
    pub pool: Address,
    /// Owner of `StakeAlignment` and `RewardDistributor`.
    pub owner: Address,
    /// What no address is.
    pub settings: Settings,
}

/// Where the sessions are that the suite counts.
#[derive(Clone, Copy, Debug)]
pub enum Sessions {
    /// On the suite's own chain, in this Diamond.
    Here(Address),
    /// On Base, from where they are proven.
    OnBase(Proven),
}

/// What `UsageProofs` believes.
#[derive(Clone, Copy, Debug)]
pub struct Proven {
    /// The relay on Ethereum, as its messages arrive.
    pub relay_alias: Address,
    /// `UsageBuckets` on Base.
    pub buckets: Address,
    /// The hash of its code.
    pub code_hash: B256,
    /// How long a covered day can be proven.
    pub window_days: u32,
}

impl Sessions {
    /// How long a covered day can be proven, where that is needed.
    #[must_use]
    pub const fn window_days(&self) -> Option<u32> {
        match self {
            Self::Here(_) => None,
            Self::OnBase(proven) => Some(proven.window_days),
        }
    }
}

/// Where the contracts stand.
#[derive(Clone, Debug)]
pub struct Suite {
    /// `SessionRecorder`, or `UsageProofs`, which answers the same.
    pub recorder: Address,
    /// `StakeAlignment`.
    pub alignment: Address,
    /// The first `RewardCalculator`.
    pub calculator: Address,
    /// `RewardDistributor`.
    pub distributor: Address,
}

impl Suite {
    /// All four.
    #[must_use]
    pub const fn addresses(&self) -> [Address; 4] {
        [self.recorder, self.alignment, self.calculator, self.distributor]
    }

    /// Deploys the four contracts in the order of what they know of each other, each in a block of timestamp `at`
    /// where one is given, and says what each cost in gas.
    ///
    /// # Errors
    /// Fails at the first contract that does not deploy.
    pub async fn deploy(
        chain: &Chain,
        programs: &[Artifact],
        made: &Construction,
        at: Option<u64>,
        progress: &Progress,
    ) -> Result<(Self, Vec<(String, u64)>)> {
        let mut gas = Vec::new();
        let mut put = async |contract: Contract, arguments: Vec<u8>| -> Result<Address> {
            progress.detail(format!("deploying {}", contract.package()));
            if let Some(at) = at {
                travel::set_next(chain, at).await?;
            }
            let Deployed { address, gas: used } =
                deploy::stylus(chain, contract.package(), &code(programs, contract)?, arguments).await?;
            gas.push((contract.package().to_owned(), used));
            Ok(address)
        };
        let Construction { token, sessions, pool, owner, settings } = *made;
        let alignment = (token, owner, settings.lock_seconds, settings.min_subnet_stake_wei).abi_encode_params();
        let alignment = put(Contract::StakeAlignment, alignment).await?;
        let (counting, arguments) = match sessions {
            Sessions::Here(diamond) => {
                (Contract::SessionRecorder, (diamond, alignment, settings.grace_days).abi_encode_params())
            }
            Sessions::OnBase(Proven { relay_alias, buckets, code_hash, window_days }) => {
                let arguments = (relay_alias, buckets, code_hash, settings.grace_days, alignment, window_days);
                (Contract::UsageProofs, arguments.abi_encode_params())
            }
        };
        let recorder = put(counting, arguments).await?;
        let calculator =
            put(Contract::RewardCalculator, calculator_arguments(recorder, alignment, settings.weight)).await?;
        let distributor = (token, alignment, calculator, pool, owner, settings.first_day).abi_encode_params();
        let distributor = put(Contract::RewardDistributor, distributor).await?;
        Ok((Self { recorder, alignment, calculator, distributor }, gas))
    }

    /// Deploys one more calculator for the same recorder and alignment.
    ///
    /// # Errors
    /// Fails if it does not deploy.
    pub async fn deploy_calculator(&self, chain: &Chain, programs: &[Artifact], weight: Weight) -> Result<Address> {
        let arguments = calculator_arguments(self.recorder, self.alignment, weight);
        let contract = Contract::RewardCalculator;
        Ok(deploy::stylus(chain, contract.package(), &code(programs, contract)?, arguments).await?.address)
    }
}

fn calculator_arguments(recorder: Address, alignment: Address, weight: Weight) -> Vec<u8> {
    (recorder, alignment, weight_number(weight)).abi_encode_params()
}

/// The code at an address of `contract`, among `programs`.
///
/// # Errors
/// Fails if it has not been built.
pub fn code(programs: &[Artifact], contract: Contract) -> Result<Bytes> {
    let contract = contract.package();
    let program = programs.iter().find(|program| program.contract == contract);
    Ok(program.with_context(|| format!("{contract} has not been built"))?.code.clone())
}
