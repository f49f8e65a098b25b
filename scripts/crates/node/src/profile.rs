//! A network by name or from a TOML file.
//! `docs/networks.md` and `docs/network.schema.json` say what the file may hold.

use std::path::Path;

use alloy::primitives::{Address, U256, address};
use mrc53_console::addresses;
use mrc53_console::amounts::deserialize_wei;
use mrc53_console::days::deserialize_some;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use mrc53_suite::terms::Weight;
use serde::Deserialize;

use super::url::RpcUrl;

/// Chain id of Nitro's dev chain and of this project's devnode.
pub const LOCAL_CHAIN_ID: u64 = 412_346;
/// Chain id of Arbitrum Sepolia.
pub const ARBITRUM_SEPOLIA_CHAIN_ID: u64 = 421_614;

/// What is known of a network before anything is read from it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// How people name it.
    pub name: String,
    /// What its node must answer to `eth_chainId`.
    pub chain_id: u64,
    /// The node, unless `--rpc-url` names another.
    pub rpc_url: RpcUrl,
    /// Addresses that stand there already.
    #[serde(default)]
    pub inputs: Inputs,
    /// What the suite is constructed with there.
    #[serde(default)]
    pub settings: Settings,
    /// Whether its addresses are those that Morpheus has published, not those of a file.
    #[serde(skip)]
    is_published: bool,
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
        }
    }
}

impl Network {
    /// The network called `name`: `arbitrum-sepolia`, `local`, or the path of a TOML file (it ends in `.toml`).
    ///
    /// # Errors
    /// [`BadInput`] if there is no such network, or the file is missing or malformed.
    pub fn find(name: &str) -> Result<Self, BadInput> {
        match name {
            "arbitrum-sepolia" => Ok(Self::arbitrum_sepolia()),
            "local" => Ok(Self::local()),
            file if Path::new(file).extension().is_some_and(|extension| extension == "toml") => Self::load(file),
            "arbitrum-one" => Err(BadInput::new(
                "there is no network `arbitrum-one`: where money is, a file names addresses that you have read on chain \
                 yourself (docs/networks.md says how, and why)",
            )),
            _ => Err(BadInput::new(format!(
                "no network `{name}`: arbitrum-sepolia, local, or a file that ends in .toml (docs/networks.md has its format)"
            ))),
        }
    }

    fn load(file: &str) -> Result<Self, BadInput> {
        let text = files::read(file)?;
        toml::from_str(&text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let number = text.get(..start).unwrap_or_default().matches('\n').count();
            // Not what is set: it may be a secret.
            let line = text.lines().nth(number).and_then(|line| line.split('=').next()).unwrap_or_default().trim();
            BadInput::new(format!("{file}: line {}, `{line}`: {}", number + 1, error.message()))
        })
    }

    /// Arbitrum Sepolia, with the addresses that Morpheus has published for it.
    fn arbitrum_sepolia() -> Self {
        Self {
            name: "arbitrum-sepolia".into(),
            chain_id: ARBITRUM_SEPOLIA_CHAIN_ID,
            rpc_url: published("https://sepolia-rollup.arbitrum.io/rpc"),
            inputs: Inputs {
                token: Some(address!("34a285A1B1C166420Df5b6630132542923B5b27E")),
                diamond: Some(address!("b8C55cD613af947E73E262F0d3C54b7211Af16CF")),
                ..Inputs::default()
            },
            settings: Settings::default(),
            is_published: true,
        }
    }

    /// A devnode on this machine; token and Diamond are deployed as stand-ins where none are named.
    fn local() -> Self {
        Self {
            name: "local".into(),
            chain_id: LOCAL_CHAIN_ID,
            rpc_url: published("http://127.0.0.1:8547"),
            inputs: Inputs::default(),
            settings: Settings::default(),
            is_published: false,
        }
    }

    /// Where the addresses that it names were taken from.
    #[must_use]
    pub fn source(&self) -> String {
        if self.is_published { "published by Morpheus".into() } else { format!("network profile {}", self.name) }
    }

    /// Whether nothing of value can be here, so that keys may be given on the command line and stand-ins deployed.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.chain_id == LOCAL_CHAIN_ID
    }
}

fn published(url: &str) -> RpcUrl {
    // SAFETY: both are URLs, as the tests of this file see.
    RpcUrl::parse(url, "rpc_url").expect("a URL")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Result<Network, BadInput> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("network.toml");
        std::fs::write(&path, text).unwrap();
        Network::find(path.to_str().unwrap())
    }

    #[test]
    fn the_published_networks_go_by_their_names() {
        assert_eq!(Network::find("arbitrum-sepolia").unwrap().chain_id, 421_614);
        assert!(Network::find("local").unwrap().is_local());
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_known_ones() {
        let error = Network::find("mainnet").unwrap_err().to_string();
        assert!(error.contains("mainnet") && error.contains("arbitrum-sepolia"), "{error}");
    }

    #[test]
    fn why_arbitrum_one_is_none_of_them_is_said() {
        let error = Network::find("arbitrum-one").unwrap_err().to_string();
        assert!(error.contains("docs/networks.md"), "{error}");
    }

    #[test]
    fn a_file_names_its_network_and_may_leave_the_rest_to_the_protocol() {
        let network = file("name = \"x\"\nchain_id = 7\nrpc_url = \"http://127.0.0.1:1\"").unwrap();
        assert_eq!((network.chain_id, network.inputs), (7, Inputs::default()));
        assert_eq!(network.settings, Settings::default());
    }

    #[test]
    fn a_file_may_set_everything() {
        let network = file(
            r#"name = "x"
            chain_id = 7
            rpc_url = "http://127.0.0.1:1"
            [inputs]
            token = "0x34a285A1B1C166420Df5b6630132542923B5b27E"
            [settings]
            grace_days = 5
            min_subnet_stake_wei = "1000"
            weight = "sessions"
            first_day = 20140"#,
        )
        .unwrap();
        assert!(network.inputs.token.is_some());
        assert_eq!((network.settings.grace_days, network.settings.first_day), (5, Some(20_140)));
        assert_eq!(network.settings.min_subnet_stake_wei, U256::from(1_000));
        assert_eq!(network.settings.weight, Weight::Sessions);
    }

    #[test]
    fn a_value_of_another_kind_is_refused_by_its_line_and_key() {
        let text = "name = \"x\"\nchain_id = 7\nrpc_url = \"http://127.0.0.1:1\"\n[settings]\ngrace_days = \"three\"";
        let error = file(text).unwrap_err().to_string();
        assert!(error.contains("network.toml: line 5, `grace_days`: "), "{error}");
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let error = file("name = \"x\"\nchain_id = 7\nrpc = \"http://127.0.0.1:1\"").unwrap_err().to_string();
        assert!(error.contains("rpc"), "{error}");
    }
}
