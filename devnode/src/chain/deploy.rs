//! A wasm file onto the chain in one call: compressed, placed, activated, constructed.
//!
//! A program with a constructor goes through `StylusDeployer`, which does all of it in one transaction, so that nobody
//! else can construct it; one without is created and activated. The dev account sends and pays.

use super::Chain;
use super::addresses::{ARB_WASM, STYLUS_DEPLOYER};
use super::block::Outcome;
use super::error::ChainError;
use super::tx::unsigned;
use crate::config::DEV_ACCOUNT;
use crate::stylus::code::{compress, initcode};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::rpc::types::TransactionRequest;
use alloy::sol;
use alloy::sol_types::{SolCall, SolError};

sol! {
    function deploy(bytes bytecode, bytes initData, uint256 initValue, bytes32 salt) external payable returns (address);
    function activateProgram(address program) external payable returns (uint16, uint256);
    function stylus_constructor() external;
    error ProgramUpToDate();
}

/// Sent along for the data fee, wei; what is left comes back. More than any program's.
const FEE_WEI: U256 = U256::from_limbs([1_000_000_000_000_000_000, 0, 0, 0]);
/// Gas for it: activating the largest program takes a third.
const GAS: u64 = 100_000_000;

impl Chain {
    /// Puts the program `wasm` on the chain, ready to be called, and returns where it stands. `constructor` has the
    /// ABI-encoded arguments of its constructor (empty if that takes none); none if the program has no constructor.
    ///
    /// # Errors
    /// If it is too large, does not activate, or its constructor refuses.
    pub fn deploy_program(&mut self, wasm: &[u8], constructor: Option<&[u8]>) -> Result<Address, ChainError> {
        let too_large = || ChainError::refused("the program is larger than any chain takes");
        let initcode = Bytes::from(initcode(&compress(wasm)).ok_or_else(too_large)?);
        let Some(arguments) = constructor else {
            let created = self.pay(TransactionRequest::default().with_deploy_code(initcode))?.created;
            let program = created.ok_or_else(|| ChainError::refused("nothing was created"))?;
            return match self.pay(to(ARB_WASM, &activateProgramCall { program })) {
                // The same code is active already, from another address.
                Err(ChainError::Reverted(data)) if data.starts_with(&ProgramUpToDate::SELECTOR) => Ok(program),
                activated => activated.map(|_| program),
            };
        };
        let deploy = deployCall {
            bytecode: initcode,
            initData: [stylus_constructorCall::SELECTOR.as_slice(), arguments].concat().into(),
            initValue: U256::ZERO,
            // None: the address follows from the deployer's nonce, so that a program can be deployed twice.
            salt: B256::ZERO,
        };
        let outcome = self.pay(to(STYLUS_DEPLOYER, &deploy))?;
        deployCall::abi_decode_returns(&outcome.output).map_err(|error| ChainError::refused(error.to_string()))
    }

    /// Sends `request` from the dev account; what was reverted is an error.
    fn pay(&mut self, request: TransactionRequest) -> Result<Outcome, ChainError> {
        let request = request
            .with_nonce(self.nonce(DEV_ACCOUNT))
            .with_chain_id(self.chain_id())
            .with_gas_limit(GAS)
            .with_gas_price(super::block::BASE_FEE.into());
        self.send(unsigned(request, DEV_ACCOUNT)?, DEV_ACCOUNT)?;
        let outcome = self.head().tx.as_ref().map(|tx| tx.outcome.clone());
        let outcome = outcome.ok_or_else(|| ChainError::refused("nothing was mined"))?;
        if outcome.success { Ok(outcome) } else { Err(ChainError::Reverted(outcome.output)) }
    }
}

fn to(address: Address, call: &impl SolCall) -> TransactionRequest {
    TransactionRequest::default().with_to(address).with_value(FEE_WEI).with_input(call.abi_encode())
}
