//! One contract of the suite: on which chain and where it belongs, what its code is there, and the transaction that puts
//! it there.

use std::path::Path;

use alloy::primitives::{Address, B256, Bytes, keccak256};
use alloy::sol_types::SolCall;
use anyhow::Result;
use mrc53_abi::StylusDeployer;
use mrc53_abi::abroad::Created;
use mrc53_abi::arbitrum::{CREATE2_FACTORY, STYLUS_DEPLOYER};
use mrc53_console::failure::BadInput;
use mrc53_node::book::Record;
use mrc53_node::connection::Connection;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::{Abroad, Place};
use mrc53_wasm::Artifact;
use mrc53_wasm::deployer;

use super::arguments::{self, Argument};
use super::asking::view;
use super::stand_in::StandIn;

/// A contract of the suite, or a stand-in.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Package name, or the stand-in's.
    pub contract: String,
    /// Its chain.
    pub place: Place,
    /// Where it belongs.
    pub address: Address,
    /// The code there.
    pub code: Bytes,
    /// keccak256 of the initcode.
    pub initcode_hash: B256,
    /// What it is constructed with.
    pub arguments: Vec<Argument>,
    /// Whom the transaction calls.
    pub deployer: Address,
    /// What the transaction calls it with; empty if the contract before it creates it.
    pub call: Bytes,
    /// keccak256 of the wasm; none for what is no program.
    pub wasm_hash: Option<B256>,
    /// What compiled it; none for a stand-in.
    pub toolchain: Option<String>,
}

impl Piece {
    /// Whether it is `contract`.
    #[must_use]
    pub fn is(&self, contract: Contract) -> bool {
        self.contract == contract.package()
    }

    /// The program `artifact`, constructed with `arguments`, of the suite of `salt`.
    ///
    /// # Errors
    /// [`BadInput`] if the chain's deployer does not say how it derives addresses. A failure if the wasm cannot be read
    /// or the node does not answer.
    pub async fn program(
        connection: &Connection,
        artifact: &Artifact,
        arguments: Vec<Argument>,
        salt: B256,
    ) -> Result<Self> {
        let call = deployer::call(&artifact.code, &arguments::encode(&arguments), salt)?;
        let initcode_hash = keccak256(&call.bytecode);
        Ok(Self {
            contract: artifact.contract.clone(),
            place: Place::Arbitrum,
            address: STYLUS_DEPLOYER.create2(create2_salt(connection, &call).await?, initcode_hash),
            code: artifact.code.clone(),
            initcode_hash,
            arguments,
            deployer: STYLUS_DEPLOYER,
            call: call.abi_encode().into(),
            wasm_hash: Some(keccak256(artifact.wasm()?)),
            toolchain: Some(artifact.toolchain.clone()),
        })
    }

    /// A stand-in.
    #[must_use]
    pub fn stand_in(it: &StandIn) -> Self {
        Self {
            contract: it.name.to_owned(),
            place: Place::Arbitrum,
            address: it.address,
            code: it.code.clone(),
            initcode_hash: keccak256(&it.initcode),
            arguments: Vec::new(),
            deployer: CREATE2_FACTORY,
            call: it.call.clone(),
            wasm_hash: None,
            toolchain: None,
        }
    }

    /// The Solidity contract `it`, constructed with `arguments`.
    #[must_use]
    pub fn abroad(contract: Abroad, it: &Created, arguments: Vec<Argument>) -> Self {
        Self {
            contract: contract.package().to_owned(),
            place: contract.place(),
            address: it.address,
            code: it.code.clone(),
            initcode_hash: keccak256(&it.initcode),
            arguments,
            deployer: CREATE2_FACTORY,
            call: it.call.clone(),
            wasm_hash: None,
            toolchain: Some(format!("solc {}", it.compiler)),
        }
    }

    /// Whether it is a Stylus program.
    #[must_use]
    pub fn is_program(&self) -> bool {
        self.wasm_hash.is_some()
    }

    /// Whether it stands in for a contract of others, on a local chain.
    #[must_use]
    pub fn is_stand_in(&self) -> bool {
        !self.is_program() && Abroad::of_package(&self.contract).is_none()
    }

    /// Whether a transaction of its own puts it there; else the contract before it creates it.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        !self.call.is_empty()
    }

    /// keccak256 of the code at its address.
    #[must_use]
    pub fn code_hash(&self) -> B256 {
        keccak256(&self.code)
    }

    /// What the book says of it, put there in `mined`: transaction and block. `chain_id` is its chain, where that is
    /// another than the book's.
    #[must_use]
    pub fn record(
        &self,
        chain_id: Option<u64>,
        commit: Option<String>,
        abi_hash: Option<B256>,
        mined: Option<(B256, u64)>,
    ) -> Record {
        Record {
            contract: self.contract.clone(),
            chain_id,
            address: self.address,
            wasm_hash: self.wasm_hash,
            code_hash: self.code_hash(),
            abi_hash,
            constructor: self.arguments.iter().map(Argument::record).collect(),
            commit,
            transaction: mined.map(|(transaction, _)| transaction),
            block: mined.map(|(_, block)| block),
            toolchain: self.toolchain.clone(),
        }
    }
}

/// The salt that `StylusDeployer` hands to CREATE2: the suite's, hashed with the constructor call. Its releases hash
/// differently, so the one on this chain is asked.
async fn create2_salt(connection: &Connection, call: &StylusDeployer::deployCall) -> Result<B256> {
    let (salt, data, value) = (call.salt, call.initData.clone(), call.initValue);
    let ways = [
        StylusDeployer::initSalt_0Call { salt, initData: data.clone() }.abi_encode(),
        StylusDeployer::initSalt_1Call { salt, initData: data, initValue: value }.abi_encode(),
    ];
    for way in ways {
        // The release that does not know this way reverts.
        let answer = view(&connection.node(), STYLUS_DEPLOYER, &way.into()).await?;
        if let Some(salt) = answer.ok().and_then(|answer| B256::try_from(answer.as_ref()).ok()) {
            return Ok(salt);
        }
    }
    Err(BadInput::new(format!("the StylusDeployer at {STYLUS_DEPLOYER} does not say how it derives addresses")).into())
}

/// keccak256 of the Solidity interface of `contract` in the clone at `root`; none for what is no program.
#[must_use]
pub fn abi_hash(root: &Path, contract: &str) -> Option<B256> {
    let name = Contract::of_package(contract)?.solidity();
    let file = root.join(format!("contracts/solidity/interfaces/I{name}.sol"));
    std::fs::read(file).ok().map(keccak256)
}
