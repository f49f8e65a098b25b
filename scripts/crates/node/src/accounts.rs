//! Contracts that can do nothing in anybody's name: neither approve a spender, as the Compute pool must, nor take an
//! ownership. Everything else may be a wallet.

use alloy::primitives::{Address, B256, keccak256};
use alloy::providers::Provider;
use anyhow::Result;
use mrc53_abi::arbitrum::{CREATE2_FACTORY, STYLUS_DEPLOYER};

use super::connection::Connection;

/// What Arbitrum has as the code of its precompiles: an opcode that is none.
const PRECOMPILE_CODE: &[u8] = &[0xfe];

/// A contract of a suite.
#[derive(Clone, Debug)]
pub struct Program {
    /// Package name.
    pub contract: String,
    /// Where it stands or is to stand.
    pub address: Address,
    /// keccak256 of its code.
    pub code_hash: B256,
}

/// What `account` is if it can do nothing in its own name: the zero address, the token, the Diamond, one of `programs`
/// or of the book, one of the same code in another suite, a precompile, or what deploys contracts.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn cannot_act(
    connection: &Connection,
    account: Address,
    token: Option<Address>,
    diamond: Option<Address>,
    programs: &[Program],
) -> Result<Option<String>> {
    let named = [
        (Some(Address::ZERO), "the zero address"),
        (token, "the token"),
        (diamond, "the Diamond"),
        (Some(STYLUS_DEPLOYER), "the StylusDeployer"),
        (Some(CREATE2_FACTORY), "the CREATE2 factory"),
    ];
    if let Some((_, name)) = named.iter().find(|(address, _)| *address == Some(account)) {
        return Ok(Some((*name).to_owned()));
    }
    let booked = connection.book.contracts.iter().map(|record| Program {
        contract: record.contract.clone(),
        address: record.address,
        code_hash: record.code_hash,
    });
    let programs: Vec<Program> = programs.iter().cloned().chain(booked).collect();
    if let Some(own) = programs.iter().find(|program| program.address == account) {
        return Ok(Some(format!("the suite's own {}", own.contract)));
    }
    let code = connection.provider.get_code_at(account).await;
    let code = code.map_err(|error| connection.url.blame(&format!("the code at {account}"), &error))?;
    if code.as_ref() == PRECOMPILE_CODE {
        return Ok(Some("a precompile".into()));
    }
    let code_hash = keccak256(&code);
    let alike = programs.iter().find(|program| !code.is_empty() && program.code_hash == code_hash);
    Ok(alike.map(|program| format!("the {} of another suite", program.contract)))
}
