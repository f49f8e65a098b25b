//! Contracts onto a chain: plain EVM initcode, and Stylus programs through `StylusDeployer`, which deploys, activates
//! and constructs in one transaction, so that nobody else can run the constructor in between.

use alloy::primitives::{Address, B256, Bytes, TxKind, U256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionReceipt;
use alloy::sol_types::{SolCall, SolEvent};
use anyhow::{Context, Result, bail};
use mrc53_abi::StylusDeployer;
use mrc53_abi::arbitrum::STYLUS_DEPLOYER;
use mrc53_abi::refusal::Refusals;
use mrc53_console::failure::BadInput;
use mrc53_node::data_fee::{data_fee, with_spare};
use mrc53_wasm::deployer::call;

use super::chain::Chain;

/// A contract that has just been deployed.
#[derive(Clone, Debug)]
pub struct Deployed {
    /// Where it stands.
    pub address: Address,
    /// Gas of the transaction that put it there.
    pub gas: u64,
}

/// Deploys EVM initcode from the main account.
///
/// # Errors
/// Fails if the transaction does.
pub async fn evm(chain: &Chain, what: &str, initcode: Bytes) -> Result<Deployed> {
    let receipt = chain.send(chain.main, TxKind::Create, initcode, U256::ZERO).await?;
    match receipt.contract_address {
        Some(address) if receipt.status() => Ok(Deployed { address, gas: receipt.gas_used }),
        _ => bail!("{what} was not deployed: transaction {}", receipt.transaction_hash),
    }
}

/// Deploys, activates and constructs the program `code` (with its prefix) with ABI-encoded `arguments`, from the main
/// account.
///
/// # Errors
/// Fails if the program does not activate or its constructor refuses.
pub async fn stylus(chain: &Chain, what: &str, code: &[u8], arguments: Vec<u8>) -> Result<Deployed> {
    let fee = data_fee(&chain.provider, chain.main, code).await;
    let value = with_spare(fee.with_context(|| format!("{what} does not activate"))?);
    // Without a salt the address follows from the deployer's nonce, so that a suite can be deployed twice.
    let data = Bytes::from(call(code, &arguments, B256::ZERO)?.abi_encode());
    let receipt = chain.send(chain.main, STYLUS_DEPLOYER.into(), data.clone(), value).await?;
    if !receipt.status() {
        bail!("{what} was not deployed: {}", deployer_refusal(chain, data, value, &receipt).await?);
    }
    let deployed = receipt.logs().iter().find_map(|log| {
        let is_deployer = log.address() == STYLUS_DEPLOYER;
        is_deployer.then(|| StylusDeployer::ContractDeployed::decode_log(&log.inner).ok()).flatten()
    });
    let address = deployed.with_context(|| format!("{what}: the deployer does not say where"))?.deployedContract;
    Ok(Deployed { address, gas: receipt.gas_used })
}

/// Checks that programs can be deployed on this chain.
///
/// # Errors
/// [`BadInput`] if `StylusDeployer` is not there: value sent to an empty address would be lost.
pub async fn require_deployer(chain: &Chain) -> Result<()> {
    if chain.provider.get_code_at(STYLUS_DEPLOYER).await?.is_empty() {
        return Err(
            BadInput::new(format!("the chain at {} has no StylusDeployer at {STYLUS_DEPLOYER}", chain.url)).into()
        );
    }
    Ok(())
}

/// Why the deployer refused.
async fn deployer_refusal(chain: &Chain, data: Bytes, value: U256, receipt: &TransactionReceipt) -> Result<String> {
    let block = receipt.block_number.context("a receipt without a block")?;
    let data = chain.revert_data(chain.main, STYLUS_DEPLOYER, data, value, block).await?;
    Ok(Refusals::all()?.words(&data))
}
