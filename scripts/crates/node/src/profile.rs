//! A network by name or from a TOML file.
//! `docs/networks.md` and `docs/network.schema.json` say what the file may hold.

use std::path::Path;

use alloy::primitives::address;
use mrc53_console::failure::BadInput;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Place;

use super::network_file::File;
pub use super::network_file::{Inputs, Settings};
use super::on_base::{Base, Ethereum, OnBase};
use super::url::RpcUrl;

/// Chain id of Nitro's dev chain and of this project's devnode.
pub const LOCAL_CHAIN_ID: u64 = 412_346;
/// Chain id of Arbitrum Sepolia.
pub const ARBITRUM_SEPOLIA_CHAIN_ID: u64 = 421_614;

/// What is known of a network before anything is read from it.
#[derive(Clone, Debug)]
pub struct Network {
    /// How people name it.
    pub name: String,
    /// What its node must answer to `eth_chainId`.
    pub chain_id: u64,
    /// The node, unless `--rpc-url` names another.
    pub rpc_url: RpcUrl,
    /// Addresses that stand there already.
    pub inputs: Inputs,
    /// What the suite is constructed with there.
    pub settings: Settings,
    /// The two other chains, where sessions are counted on Base.
    pub on_base: Option<OnBase>,
    /// Whether its addresses are those that were published, not those of a file.
    is_published: bool,
}

impl Network {
    /// The network called `name`: `arbitrum-sepolia`, `arbitrum-sepolia-base`, `local`, or the path of a TOML file (it
    /// ends in `.toml`).
    ///
    /// # Errors
    /// [`BadInput`] if there is no such network, or the file is missing or malformed.
    pub fn find(name: &str) -> Result<Self, BadInput> {
        match name {
            "arbitrum-sepolia" => Ok(Self::arbitrum_sepolia()),
            "arbitrum-sepolia-base" => Ok(Self::arbitrum_sepolia_base()),
            "local" => Ok(Self::local()),
            file if Path::new(file).extension().is_some_and(|extension| extension == "toml") => Self::load(file),
            "arbitrum-one" => Err(BadInput::new(
                "there is no network `arbitrum-one`: where money is, a file names addresses that you have read on chain \
                 yourself (docs/networks.md says how, and why)",
            )),
            _ => Err(BadInput::new(format!(
                "no network `{name}`: arbitrum-sepolia, arbitrum-sepolia-base, local, or a file that ends in .toml (docs/networks.md has its format)"
            ))),
        }
    }

    fn load(file: &str) -> Result<Self, BadInput> {
        let read = File::read(file)?;
        let on_base = read.on_base(file)?;
        let File { name, chain_id, rpc_url, inputs, settings, .. } = read;
        Ok(Self { name, chain_id, rpc_url, inputs, settings, on_base, is_published: false })
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
            on_base: None,
            is_published: true,
        }
    }

    /// Arbitrum Sepolia with the sessions of Base Sepolia, with the addresses that Morpheus, Base and Arbitrum have
    /// published for these chains and Sepolia.
    fn arbitrum_sepolia_base() -> Self {
        let here = Self::arbitrum_sepolia();
        let base = Base {
            chain_id: 84_532,
            rpc_url: published("https://sepolia.base.org").of(Place::Base),
            diamond: address!("6e4d0B775E3C3b02683A6F277Ac80240C4aFF930"),
        };
        let ethereum = Ethereum {
            chain_id: 11_155_111,
            rpc_url: published("https://ethereum-sepolia-rpc.publicnode.com").of(Place::Ethereum),
            portal: address!("49f53e41452C74589E85cA1677426Ba426459e85"),
            inbox: address!("aAe29B0366299461418F5324a79Afc425BE5ae21"),
        };
        Self {
            name: "arbitrum-sepolia-base".into(),
            inputs: Inputs { diamond: None, ..here.inputs },
            on_base: Some(OnBase { base, ethereum }),
            ..here
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
            on_base: None,
            is_published: false,
        }
    }

    /// Where the addresses that it names were taken from: from whoever answers for them, `of`, or from a file.
    #[must_use]
    pub fn source(&self, of: &str) -> String {
        if self.is_published { format!("published by {of}") } else { format!("network profile {}", self.name) }
    }

    /// The programs of a suite there, in the order in which their constructors know of each other.
    #[must_use]
    pub const fn contracts(&self) -> [Contract; 4] {
        if self.on_base.is_some() { Contract::PROVEN } else { Contract::DEPLOYED }
    }

    /// Whom calculators there ask for usage.
    #[must_use]
    pub const fn counted_by(&self) -> Contract {
        if self.on_base.is_some() { Contract::UsageProofs } else { Contract::SessionRecorder }
    }

    /// Whether nothing of value can be here, so that keys may be given on the command line and stand-ins deployed.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.chain_id == LOCAL_CHAIN_ID
    }
}

fn published(url: &str) -> RpcUrl {
    // SAFETY: all are URLs, as the tests of this file see.
    RpcUrl::parse(url, "rpc_url").expect("a URL")
}

#[cfg(test)]
mod tests {
    use alloy::primitives::U256;
    use mrc53_suite::terms::Weight;

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
        let three = Network::find("arbitrum-sepolia-base").unwrap();
        let OnBase { base, ethereum } = three.on_base.unwrap();
        assert_eq!([three.chain_id, base.chain_id, ethereum.chain_id], [421_614, 84_532, 11_155_111]);
        assert_eq!((three.inputs.diamond, three.inputs.token.is_some()), (None, true));
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
