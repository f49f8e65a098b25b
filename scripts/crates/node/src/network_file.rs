//! A network's TOML file, read whole and held to itself: what one key says must fit what the others do.

use alloy::primitives::{Address, U256};
use mrc53_console::addresses;
use mrc53_console::amounts::deserialize_wei;
use mrc53_console::days::deserialize_some;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use mrc53_suite::place::Place;
use mrc53_suite::terms::{MAX_WINDOW_DAYS, MIN_WINDOW_DAYS, Weight};
use serde::{Deserialize, Deserializer, de::Error};

use crate::on_base::{Base, Ethereum, OnBase};
use crate::url::RpcUrl;

/// The file's content.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) chain_id: u64,
    pub(crate) rpc_url: RpcUrl,
    #[serde(default)]
    pub(crate) inputs: Inputs,
    #[serde(default)]
    pub(crate) settings: Settings,
    base: Option<Base>,
    ethereum: Option<Ethereum>,
}

/// Addresses that a deployment starts from.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct Inputs {
    /// MOR.
    #[serde(deserialize_with = "addresses::deserialize_option")]
    pub token: Option<Address>,
    /// The session source: the Compute Diamond.
    #[serde(deserialize_with = "addresses::deserialize_option")]
    pub diamond: Option<Address>,
    /// The account that pays rewards; the owner unless named.
    #[serde(deserialize_with = "addresses::deserialize_option")]
    pub compute_pool: Option<Address>,
    /// Owner of `StakeAlignment` and `RewardDistributor`; the sender unless named.
    #[serde(deserialize_with = "addresses::deserialize_option")]
    pub owner: Option<Address>,
}

/// What the contracts are constructed with, besides addresses.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Days for which a day stays open to records.
    pub grace_days: u32,
    /// How long a deposit locks, in seconds.
    pub lock_seconds: u64,
    /// Stake from which a subnet is eligible, MOR wei; a decimal string in the file.
    #[serde(deserialize_with = "deserialize_wei")]
    pub min_subnet_stake_wei: U256,
    /// What the calculator counts.
    pub weight: Weight,
    /// The first UTC day that the distributor settles; the day of the first deployment unless named. A date or a number
    /// in the file.
    #[serde(deserialize_with = "deserialize_some")]
    pub first_day: Option<u32>,
    /// Within how many days words of Base are proven, where sessions are counted there;
    /// [`DEFAULT_WINDOW_DAYS`](mrc53_suite::terms::DEFAULT_WINDOW_DAYS) unless named.
    #[serde(deserialize_with = "window")]
    pub window_days: Option<u32>,
}

/// A window that `UsageProofs` takes.
fn window<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    match u32::deserialize(deserializer)? {
        days @ MIN_WINDOW_DAYS..=MAX_WINDOW_DAYS => Ok(Some(days)),
        days => Err(D::Error::custom(format!(
            "a window of {days} days is not within {MIN_WINDOW_DAYS} and {MAX_WINDOW_DAYS}"
        ))),
    }
}

impl Default for Settings {
    /// The protocol's own: a grace of 3 days, a lock of 7, 10,000 MOR, session-seconds.
    fn default() -> Self {
        Self {
            grace_days: 3,
            lock_seconds: 7 * 86_400,
            min_subnet_stake_wei: U256::from(10_000) * U256::from(10).pow(U256::from(18)),
            weight: Weight::Seconds,
            first_day: None,
            window_days: None,
        }
    }
}

impl File {
    /// What `file` holds.
    ///
    /// # Errors
    /// [`BadInput`] with the line and the key if it cannot be read.
    pub(crate) fn read(file: &str) -> Result<Self, BadInput> {
        let text = files::read(file)?;
        toml::from_str(&text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let number = text.get(..start).unwrap_or_default().matches('\n').count();
            // Not what is set: it may be a secret.
            let line = text.lines().nth(number).and_then(|line| line.split('=').next()).unwrap_or_default().trim();
            BadInput::new(format!("{file}: line {}, `{line}`: {}", number + 1, error.message()))
        })
    }

    /// The two other chains, if sessions are on Base; `file` is where they stand.
    ///
    /// # Errors
    /// [`BadInput`] if one of them is named without the other, two chains have one id, or a key belongs to the other kind
    /// of network.
    pub(crate) fn on_base(&self, file: &str) -> Result<Option<OnBase>, BadInput> {
        let refused = |why: String| Err(BadInput::new(format!("{file}: {why}")));
        let (base, ethereum) = match (&self.base, &self.ethereum) {
            (Some(base), Some(ethereum)) => (base, ethereum),
            (None, None) if self.settings.window_days.is_none() => return Ok(None),
            (None, None) => {
                return refused("settings.window_days is for sessions on Base: it takes [base] and [ethereum]".into());
            }
            (Some(_), None) => {
                return refused("[base] without [ethereum]: Base is proven through it, so name both or none".into());
            }
            (None, Some(_)) => {
                return refused(
                    "[ethereum] without [base]: only sessions on Base take it, so name both or none".into(),
                );
            }
        };
        if self.inputs.diamond.is_some() {
            return refused(
                "inputs.diamond beside [base]: sessions are counted there, so its diamond is the one; leave this out"
                    .into(),
            );
        }
        let ids =
            [(Place::Arbitrum, self.chain_id), (Place::Base, base.chain_id), (Place::Ethereum, ethereum.chain_id)];
        let same = |(index, (place, id)): (usize, &(Place, u64))| {
            let other = ids.iter().take(index).find(|(_, other)| other == id);
            other.map(|(other, id)| format!("{other} and {place} are both chain {id}: they are different chains"))
        };
        if let Some(why) = ids.iter().enumerate().find_map(same) {
            return refused(why);
        }
        let (mut base, mut ethereum) = (base.clone(), ethereum.clone());
        base.rpc_url = base.rpc_url.of(Place::Base);
        ethereum.rpc_url = ethereum.rpc_url.of(Place::Ethereum);
        Ok(Some(OnBase { base, ethereum }))
    }
}
