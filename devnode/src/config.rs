//! How a devnode is set up: every field is one command line option.

use alloy::primitives::{Address, B256, address, b256};
use std::path::PathBuf;

/// Nitro's dev chain id.
pub const DEV_CHAIN_ID: u64 = 412_346;

/// Of how many blocks the states stay readable unless somebody asks for more.
pub const DEFAULT_HISTORY: u64 = 16_384;

/// The port on which Nitro's dev chain answers.
pub const DEV_PORT: u16 = 8547;

/// The well-known private key of Nitro's dev chain. Its account is funded and owns the chain.
pub const DEV_PRIVATE_KEY: B256 = b256!("b6b15c8cb491557369f3c7d2c287b053eb229daa9c22138887752191c9520659");

/// The account of [`DEV_PRIVATE_KEY`].
pub const DEV_ACCOUNT: Address = address!("3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E");

/// The version of ArbOS, Nitro's system layer, whose rules apply: 50 or 60.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArbosVersion(u64);

impl ArbosVersion {
    /// ArbOS 50.
    pub const V50: Self = Self(50);
    /// ArbOS 60, the default.
    pub const V60: Self = Self(60);
    /// The version that takes the most programs.
    pub(crate) const WIDEST: Self = Self::V50;

    /// The number.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// True if the 32 most recent programs of a block start at the cached price (ArbOS 60 and later).
    #[must_use]
    pub const fn caches_recent_programs(self) -> bool {
        self.0 >= 60
    }

    /// From version 60 on, functions and blocks of a program with several results are refused.
    pub(crate) const fn allows_multi_value(self) -> bool {
        self.0 < 60
    }
}

impl Default for ArbosVersion {
    fn default() -> Self {
        Self::V60
    }
}

/// A version of ArbOS that no devnode runs as.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnknownArbos {
    /// Another number.
    #[error("ArbOS {0} is not supported: use 50 or 60")]
    Unsupported(u64),
    /// No number.
    #[error("`{0}` is not an ArbOS version: use 50 or 60")]
    NoNumber(String),
}

impl TryFrom<u64> for ArbosVersion {
    type Error = UnknownArbos;

    fn try_from(version: u64) -> Result<Self, UnknownArbos> {
        match version {
            50 => Ok(Self::V50),
            60 => Ok(Self::V60),
            other => Err(UnknownArbos::Unsupported(other)),
        }
    }
}

impl std::str::FromStr for ArbosVersion {
    type Err = UnknownArbos;

    fn from_str(text: &str) -> Result<Self, UnknownArbos> {
        text.parse::<u64>().map_err(|_| UnknownArbos::NoNumber(text.to_owned())).and_then(Self::try_from)
    }
}

/// Settings of a devnode. Make one from [`Config::ephemeral`] or the defaults: there will be more of them.
#[derive(Debug, Clone)]
pub struct Config {
    /// TCP port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// Unix seconds of block 0, from where the clock runs; `None` is now.
    pub genesis_timestamp: Option<u64>,
    /// The ArbOS version whose rules and prices hold.
    pub arbos_version: ArbosVersion,
    /// Seconds between empty blocks mined by themselves; `None` mines only when there is a transaction
    /// or `evm_mine` asks.
    pub block_interval: Option<u64>,
    /// Of how many blocks, the newest ones, the states stay readable. Blocks, receipts and logs stay for good, at
    /// about 1.5 kB each and their calldata and logs.
    pub history_blocks: u64,
    /// Largest request accepted, in bytes.
    pub max_request_bytes: u32,
    /// A file written by `dump_state` to start from instead of the genesis.
    pub load_state: Option<PathBuf>,
    /// Where to write the state when the node stops.
    pub dump_state: Option<PathBuf>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            port: DEV_PORT,
            chain_id: DEV_CHAIN_ID,
            genesis_timestamp: None,
            arbos_version: ArbosVersion::default(),
            block_interval: None,
            history_blocks: DEFAULT_HISTORY,
            max_request_bytes: 10 * 1024 * 1024,
            load_state: None,
            dump_state: None,
        }
    }
}

impl Config {
    /// The settings of tests: any free port, otherwise the defaults.
    #[must_use]
    pub fn ephemeral() -> Self {
        Self { port: 0, ..Self::default() }
    }
}
