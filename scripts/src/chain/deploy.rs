//! Contracts onto a chain: plain EVM initcode, and Stylus programs through `StylusDeployer`, which deploys, activates
//! and constructs in one transaction, so that nobody else can run the constructor in between.

use alloy::primitives::{Address, B256, Bytes, TxKind, U256, address};
use alloy::providers::{DynProvider, Provider};
use alloy::rpc::types::TransactionReceipt;
use alloy::rpc::types::state::{AccountOverride, StateOverridesBuilder};
use alloy::sol_types::{SolCall, SolError, SolEvent};
use anyhow::{Context, Result, bail};
use mrc53_devnode::stylus::code::initcode;

use super::abi::{ArbWasm, StylusDeployer, stylus_constructorCall};
use super::client::{ARB_WASM, Chain, revert_data};
use super::refusal::Refusals;
use crate::failure::BadInput;
use crate::scenario::Names;

/// Where `StylusDeployer` stands on every Arbitrum chain.
pub const STYLUS_DEPLOYER: Address = address!("cEcba2F1DC234f70Dd89F2041029807F8D03A990");
/// The deterministic deployment proxy: called with a salt and initcode it deploys that by CREATE2.
pub const CREATE2_FACTORY: Address = address!("4e59b44847b379578588920cA78FbF26c0B4956C");
/// Spare on the predicted data fee, which may rise before the transaction; the deployer sends back what is left.
const DATA_FEE_SPARE_PERCENT: u64 = 20;

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

/// The call of `StylusDeployer` that deploys, activates and constructs the program `code` (with its prefix) with
/// ABI-encoded `arguments`.
///
/// # Errors
/// Fails for code above 65,535 bytes.
pub fn call(code: &[u8], arguments: &[u8], salt: B256) -> Result<StylusDeployer::deployCall> {
    Ok(StylusDeployer::deployCall {
        bytecode: initcode(code).context("code is larger than any chain takes")?.into(),
        initData: [stylus_constructorCall::SELECTOR.as_slice(), arguments].concat().into(),
        initValue: U256::ZERO,
        salt,
    })
}

/// What to send along for a data fee of `fee` wei; what is left comes back.
#[must_use]
pub fn with_spare(fee: U256) -> U256 {
    fee + fee * U256::from(DATA_FEE_SPARE_PERCENT) / U256::from(100)
}

/// What activating `code` (with its prefix) costs `payer` in wei; 0 if the same code is active already.
///
/// # Errors
/// Fails if the chain refuses to activate it.
pub async fn data_fee(provider: &DynProvider, payer: Address, code: &[u8]) -> Result<U256> {
    // Any address without code serves: the code stands there only for this call.
    let program = Address::with_last_byte(0xfe);
    let ether = U256::from(10).pow(U256::from(18));
    let overrides = StateOverridesBuilder::default()
        .append(program, AccountOverride::default().with_code(Bytes::copy_from_slice(code)))
        .append(payer, AccountOverride::default().with_balance(ether * U256::from(2)))
        .build();
    let arb_wasm = ArbWasm::new(ARB_WASM, provider);
    let call = arb_wasm.activateProgram(program).from(payer).value(ether).state(overrides);
    match call.call().await {
        Ok(answer) => Ok(answer.dataFee),
        Err(alloy::contract::Error::TransportError(error)) => match revert_data(&error) {
            Some(data) if data.starts_with(&ArbWasm::ProgramUpToDate::SELECTOR) => Ok(U256::ZERO),
            _ => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}

/// Why the deployer refused.
async fn deployer_refusal(chain: &Chain, data: Bytes, value: U256, receipt: &TransactionReceipt) -> Result<String> {
    let block = receipt.block_number.context("a receipt without a block")?;
    let data = chain.revert_data(chain.main, STYLUS_DEPLOYER, data, value, block).await?;
    Ok(Refusals::all()?.words(&data, &Names::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_above_sixty_four_kibibytes_is_refused() {
        assert!(call(&vec![0; 65_536], &[], B256::ZERO).is_err());
    }
}
