//! `deployments/<chainId>.json`: what the suite starts from on a chain, and every contract that was ever deployed
//! there for it. Written after each step, so that a deployment goes on wherever it was interrupted.

use std::path::{Path, PathBuf};

use alloy::primitives::{Address, B256, U256};
use anyhow::{Context, Result};
use mrc53_console::addresses;
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Abroad;
use mrc53_suite::terms::Weight;
use serde::{Deserialize, Serialize};

use super::on_base::OnBase;
use super::profile::Network;

/// The file's content.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Book {
    /// The chain.
    pub chain_id: u64,
    /// How people name it.
    pub network: String,
    /// Addresses that stood there before the suite.
    pub inputs: Inputs,
    /// What the contracts are constructed with, once the first deployment has fixed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
    /// What the addresses of this suite were derived with, once the first deployment has fixed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// Every contract deployed, the oldest first. The newest of a name is the one in use.
    #[serde(default)]
    pub contracts: Vec<Record>,
}

/// Addresses that a deployment starts from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Inputs {
    /// MOR.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Input>,
    /// The session source: the Compute Diamond.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub diamond: Option<Input>,
    /// The account that pays rewards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compute_pool: Option<Input>,
    /// Owner of `StakeAlignment` and, unless it has one of its own, of `RewardDistributor`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Input>,
    /// Owner of `RewardDistributor`, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distributor_owner: Option<Input>,
    /// Base, where sessions are counted there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseInputs>,
    /// Ethereum, where sessions are counted on Base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ethereum: Option<EthereumInputs>,
}

/// Base, and what stood there before the suite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BaseInputs {
    /// The chain.
    pub chain_id: u64,
    /// The session source: the Compute Diamond.
    pub diamond: Input,
}

/// Ethereum, and what stood there before the suite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EthereumInputs {
    /// The chain.
    pub chain_id: u64,
    /// Base's portal.
    pub portal: Input,
    /// Arbitrum's inbox.
    pub inbox: Input,
}

/// One address, and how far it can be relied on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Input {
    /// Where it stands.
    #[serde(deserialize_with = "addresses::deserialize")]
    pub address: Address,
    /// Where the address was taken from.
    pub source: String,
    /// Whether `status` or `deploy` has read on chain that it is what it is taken for.
    pub verified: bool,
}

/// What the contracts are constructed with, besides addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// Days for which a day stays open to records.
    pub grace_days: u32,
    /// How long a deposit locks, in seconds.
    pub lock_seconds: u64,
    /// Stake from which a subnet is eligible, MOR wei.
    #[serde(with = "decimal")]
    pub min_subnet_stake_wei: U256,
    /// What the calculator counts.
    pub weight: Weight,
    /// The first UTC day that the distributor settles.
    pub first_day: u32,
    /// Within how many days words of Base are proven; none where sessions are counted on this chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window_days: Option<u32>,
}

/// A contract as it was deployed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Record {
    /// Package name, one of [`mrc53_suite::contract::Contract`] or [`mrc53_suite::place::Abroad`], or a stand-in's.
    pub contract: String,
    /// Its chain, where that is another than the book's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain_id: Option<u64>,
    /// Where it stands.
    #[serde(deserialize_with = "addresses::deserialize")]
    pub address: Address,
    /// keccak256 of the wasm file; none for a stand-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wasm_hash: Option<B256>,
    /// keccak256 of the code at the address.
    pub code_hash: B256,
    /// keccak256 of the Solidity interface; none for a stand-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abi_hash: Option<B256>,
    /// What it was constructed with, in order.
    #[serde(default)]
    pub constructor: Vec<Argument>,
    /// The clone's commit, with `-dirty` behind it where files differed from it; none outside a git clone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The transaction that put it there; none where it was found there already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transaction: Option<B256>,
    /// That transaction's block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u64>,
    /// What compiled it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub toolchain: Option<String>,
}

/// One constructor argument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Argument {
    /// Its name in the ABI.
    pub name: String,
    /// Its value: an address in hex, a number in decimal.
    #[serde(deserialize_with = "addresses::deserialize_text")]
    pub value: String,
}

impl Inputs {
    /// Who owns `RewardDistributor`.
    #[must_use]
    pub fn owner_of_distributor(&self) -> Option<&Input> {
        self.distributor_owner.as_ref().or(self.owner.as_ref())
    }
}

impl Input {
    /// An address that somebody named and nobody has checked yet.
    #[must_use]
    pub fn unverified(address: Address, source: impl Into<String>) -> Self {
        Self { address, source: source.into(), verified: false }
    }
}

impl Record {
    /// Whether it is one of `contract`.
    #[must_use]
    pub fn is(&self, contract: Contract) -> bool {
        self.contract == contract.package()
    }
}

impl Book {
    /// A book without deployments, for `network`, from the inputs that its profile names.
    #[must_use]
    pub fn new(network: &Network) -> Self {
        let published = |address, by| Input::unverified(address, network.source(by));
        let input = |address: Option<Address>| address.map(|address| published(address, "Morpheus"));
        let on_base = network.on_base.as_ref();
        let inputs = Inputs {
            token: input(network.inputs.token),
            diamond: input(network.inputs.diamond),
            compute_pool: input(network.inputs.compute_pool),
            owner: input(network.inputs.owner),
            distributor_owner: None,
            base: on_base.map(|OnBase { base, .. }| BaseInputs {
                chain_id: base.chain_id,
                diamond: published(base.diamond, "Morpheus"),
            }),
            ethereum: on_base.map(|OnBase { ethereum, .. }| EthereumInputs {
                chain_id: ethereum.chain_id,
                portal: published(ethereum.portal, "Base"),
                inbox: published(ethereum.inbox, "Arbitrum"),
            }),
        };
        Self {
            chain_id: network.chain_id,
            network: network.name.clone(),
            inputs,
            settings: None,
            salt: None,
            contracts: Vec::new(),
        }
    }

    /// Where the book of `network` is kept in `folder`.
    #[must_use]
    pub fn path(folder: &Path, network: &Network) -> PathBuf {
        folder.join(format!("{}.json", network.chain_id))
    }

    /// The book of `network` in `folder`, or a new one.
    ///
    /// # Errors
    /// [`BadInput`] if the file cannot be read, is malformed or cut off, or belongs to another chain.
    pub fn load(folder: &Path, network: &Network) -> Result<Self> {
        let path = Self::path(folder, network);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::new(network)),
            Err(error) => return Err(files::unreadable(&path, &error).into()),
        };
        let book: Self = serde_json::from_str(&text).map_err(|error| {
            let path = path.display();
            BadInput::new(format!("{path} is no book of deployments: {error}; mend it, or take it back from git"))
        })?;
        if book.chain_id != network.chain_id {
            let (found, wanted) = (book.chain_id, network.chain_id);
            return Err(BadInput::new(format!("{}: of chain {found}, not {wanted}", path.display())).into());
        }
        Ok(book)
    }

    /// Writes the book to `folder`: whole or not at all.
    ///
    /// # Errors
    /// Fails if the folder cannot be written.
    pub fn save(&self, folder: &Path) -> Result<()> {
        let path = folder.join(format!("{}.json", self.chain_id));
        let fresh = folder.join(format!(".{}.json.{}", self.chain_id, std::process::id()));
        let text = self.text()?;
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&fresh, text))
            .and_then(|()| std::fs::rename(&fresh, &path))
            .with_context(|| path.display().to_string())
    }

    /// The file's text.
    ///
    /// # Errors
    /// Fails if it cannot be written as JSON.
    pub fn text(&self) -> Result<String> {
        Ok(format!("{}\n", serde_json::to_string_pretty(self)?))
    }

    /// The newest record of `contract`: the one in use.
    #[must_use]
    pub fn newest(&self, contract: Contract) -> Option<&Record> {
        self.newest_named(contract.package())
    }

    /// The newest record of this name: a contract of the suite, or a stand-in.
    #[must_use]
    pub fn newest_named(&self, name: &str) -> Option<&Record> {
        self.contracts.iter().rev().find(|record| record.contract == name)
    }

    /// The block in which the newest record of this name was deployed; the first of its chain if the book does not say.
    #[must_use]
    pub fn since(&self, name: &str) -> u64 {
        began(self.newest_named(name))
    }

    /// The same of what stands at `address`.
    #[must_use]
    pub fn since_at(&self, address: Address) -> u64 {
        began(self.contracts.iter().find(|record| record.address == address))
    }

    /// The records of the book's own chain, the oldest first.
    pub fn here(&self) -> impl Iterator<Item = &Record> {
        self.contracts.iter().filter(|record| record.chain_id.is_none())
    }

    /// Whether `contract` has ever been deployed at `address`.
    #[must_use]
    pub fn knows(&self, contract: Contract, address: Address) -> bool {
        self.contracts.iter().any(|record| record.is(contract) && record.address == address)
    }

    /// Where `contract` stands.
    ///
    /// # Errors
    /// [`BadInput`] if it was never deployed there.
    pub fn address(&self, contract: Contract) -> Result<Address, BadInput> {
        self.address_named(contract.package())
    }

    /// Where `contract` stands on its chain.
    ///
    /// # Errors
    /// [`BadInput`] if it was never deployed there.
    pub fn address_abroad(&self, contract: Abroad) -> Result<Address, BadInput> {
        self.address_named(contract.package())
    }

    fn address_named(&self, contract: &str) -> Result<Address, BadInput> {
        self.newest_named(contract).map(|record| record.address).ok_or_else(|| {
            let network = &self.network;
            BadInput::new(format!(
                "{contract} has not been deployed on {network}: cargo mrc53 deploy --network {network}"
            ))
        })
    }
}

fn began(record: Option<&Record>) -> u64 {
    record.and_then(|record| record.block).unwrap_or(0)
}

/// Numbers that JSON cannot hold, as decimal strings.
mod decimal {
    pub(super) use mrc53_console::amounts::as_string as serialize;
    pub(super) use mrc53_console::amounts::deserialize_wei as deserialize;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network() -> Network {
        Network::find("arbitrum-sepolia").unwrap()
    }

    #[test]
    fn a_network_without_a_file_starts_from_its_profile_unverified() {
        let folder = tempfile::tempdir().unwrap();
        let book = Book::load(folder.path(), &network()).unwrap();
        assert_eq!(book.contracts, []);
        assert!(book.inputs.token.is_some_and(|token| !token.verified));
    }

    #[test]
    fn what_was_saved_is_loaded_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = Book::new(&network());
        book.settings = Some(Settings {
            grace_days: 3,
            lock_seconds: 604_800,
            min_subnet_stake_wei: U256::from(1) << 80,
            weight: Weight::Seconds,
            first_day: 20_140,
            window_days: None,
        });
        book.save(folder.path()).unwrap();
        assert_eq!(Book::load(folder.path(), &network()).unwrap(), book);
    }

    #[test]
    fn a_file_cut_off_in_the_middle_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("421614.json"), "{\"chainId\": 4216").unwrap();
        let error = Book::load(folder.path(), &network()).unwrap_err();
        assert_eq!(mrc53_console::failure::exit_code(&error), 2);
        assert!(error.to_string().contains("421614.json"), "{error}");
    }

    #[test]
    fn the_newest_record_of_a_contract_is_the_one_in_use() {
        let mut book = Book::new(&network());
        let record = |last| Record {
            contract: "reward-calculator".into(),
            chain_id: None,
            address: Address::with_last_byte(last),
            wasm_hash: None,
            code_hash: B256::ZERO,
            abi_hash: None,
            constructor: Vec::new(),
            commit: None,
            transaction: None,
            block: None,
            toolchain: None,
        };
        book.contracts = vec![record(1), record(2)];
        assert_eq!(book.address(Contract::RewardCalculator).unwrap(), Address::with_last_byte(2));
        assert!(book.address(Contract::RewardDistributor).is_err());
    }
}
