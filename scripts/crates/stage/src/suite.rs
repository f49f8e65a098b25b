//! The four contracts together: what they are made with, the order they are deployed in, where they stand.

use alloy::primitives::{Address, U256};
use alloy::sol_types::SolValue;
use anyhow::{Context, Result};
use mrc53_console::progress::Progress;
use mrc53_suite::terms::{Weight, weight_number};
use mrc53_wasm::Artifact;

use super::chain::Chain;
use super::deploy::{self, Deployed};
use super::travel;

/// What the contracts are constructed with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// MOR.
    pub token: Address,
    /// The session source: the Diamond.
    pub diamond: Address,
    /// The Compute pool's account.
    pub pool: Address,
    /// Owner of `StakeAlignment` and `RewardDistributor`.
    pub owner: Address,
    /// Days for which a day stays open to records.
    pub grace_days: u32,
    /// How long a deposit locks, in seconds.
    pub lock_seconds: u64,
    /// Stake from which a subnet is eligible, MOR wei.
    pub min_subnet_stake: U256,
    /// The calculator's weight.
    pub weight: Weight,
    /// The first day that the distributor settles.
    pub first_day: u32,
}

/// Where the contracts stand.
#[derive(Clone, Debug)]
pub struct Suite {
    /// `SessionRecorder`.
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
        settings: &Settings,
        at: Option<u64>,
        progress: &Progress,
    ) -> Result<(Self, Vec<(String, u64)>)> {
        let mut gas = Vec::new();
        let mut put = async |contract: &str, arguments: Vec<u8>| -> Result<Address> {
            progress.detail(format!("deploying {contract}"));
            if let Some(at) = at {
                travel::set_next(chain, at).await?;
            }
            let Deployed { address, gas: used } =
                deploy::stylus(chain, contract, &code(programs, contract)?, arguments).await?;
            gas.push((contract.to_owned(), used));
            Ok(address)
        };
        let s = settings;
        let alignment = (s.token, s.owner, s.lock_seconds, s.min_subnet_stake).abi_encode_params();
        let alignment = put("stake-alignment", alignment).await?;
        let recorder = put("session-recorder", (s.diamond, alignment, s.grace_days).abi_encode_params()).await?;
        let calculator = put("reward-calculator", calculator_arguments(recorder, alignment, s.weight)).await?;
        let distributor = (s.token, alignment, calculator, s.pool, s.owner, s.first_day).abi_encode_params();
        let distributor = put("reward-distributor", distributor).await?;
        Ok((Self { recorder, alignment, calculator, distributor }, gas))
    }

    /// Deploys one more calculator for the same recorder and alignment.
    ///
    /// # Errors
    /// Fails if it does not deploy.
    pub async fn deploy_calculator(&self, chain: &Chain, programs: &[Artifact], weight: Weight) -> Result<Address> {
        let arguments = calculator_arguments(self.recorder, self.alignment, weight);
        let contract = "reward-calculator";
        Ok(deploy::stylus(chain, contract, &code(programs, contract)?, arguments).await?.address)
    }
}

fn calculator_arguments(recorder: Address, alignment: Address, weight: Weight) -> Vec<u8> {
    (recorder, alignment, weight_number(weight)).abi_encode_params()
}

/// The code at an address of `contract`, a package among `programs`.
///
/// # Errors
/// Fails if it has not been built, or its file cannot be read.
pub fn code(programs: &[Artifact], contract: &str) -> Result<Vec<u8>> {
    let program = programs.iter().find(|program| program.contract == contract);
    program.with_context(|| format!("{contract} has not been built"))?.code()
}
