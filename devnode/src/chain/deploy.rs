//! A wasm file onto the chain in one call: compressed, placed, activated, constructed.
//!
//! A program with a constructor goes through `StylusDeployer`, which does all of it in one transaction, so that nobody
//! else can construct it; one without is created and activated. The dev account sends and pays.

use super::addresses::{ARB_WASM, STYLUS_DEPLOYER};
use super::block::Outcome;
use super::error::ChainError;
use super::execute::Recording;
use super::not_deployed::{NotDeployed, stylus_constructorCall};
use super::precompiles::IArbWasm::{activateProgramCall, programVersionCall};
use super::trace::Tracer;
use super::{At, Chain, Simulation};
use crate::config::DEV_ACCOUNT;
use crate::stylus::code::{MAX_CODE_BYTES, compress, initcode};
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::rpc::types::TransactionRequest;
use alloy::sol;
use alloy::sol_types::SolCall;

sol! {
    function deploy(bytes bytecode, bytes initData, uint256 initValue, bytes32 salt) external payable returns (address);
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
    /// [`NotDeployed`] says why. But for [`NotDeployed::TooLong`], transactions were mined.
    pub fn deploy_program(&mut self, wasm: &[u8], constructor: Option<&[u8]>) -> Result<Address, NotDeployed> {
        let code = compress(wasm);
        let too_long = NotDeployed::TooLong { bytes: code.len(), most: MAX_CODE_BYTES };
        let initcode = initcode(&code).filter(|_| code.len() <= MAX_CODE_BYTES).ok_or(too_long)?.into();
        match constructor {
            None => self.activated(initcode),
            Some(arguments) => self.constructed(initcode, arguments),
        }
    }

    fn activated(&mut self, initcode: Bytes) -> Result<Address, NotDeployed> {
        let created = self.pay(TransactionRequest::default().with_deploy_code(initcode))?.created;
        let program = created.ok_or_else(|| ChainError::refused("nothing was created"))?;
        // The same code may be active already, from another address.
        if !self.is_active(program) {
            self.pay(to(ARB_WASM, &activateProgramCall { program }).with_value(FEE_WEI))?;
        }
        Ok(program)
    }

    fn constructed(&mut self, initcode: Bytes, arguments: &[u8]) -> Result<Address, NotDeployed> {
        let deploy = deployCall {
            bytecode: initcode,
            initData: [stylus_constructorCall::SELECTOR.as_slice(), arguments].concat().into(),
            initValue: U256::ZERO,
            // None: the address follows from the deployer's nonce, so that a program can be deployed twice.
            salt: B256::ZERO,
        };
        let outcome = self.pay(to(STYLUS_DEPLOYER, &deploy).with_value(FEE_WEI))?;
        let program = deployCall::abi_decode_returns(&outcome.output);
        program.map_err(|error| ChainError::refused(error.to_string()).into())
    }

    fn is_active(&self, program: Address) -> bool {
        self.call(Simulation::new(to(ARB_WASM, &programVersionCall { program }), At::Pending)).is_ok()
    }

    /// Sends `request` from the dev account; what fails is an error.
    fn pay(&mut self, request: TransactionRequest) -> Result<Outcome, NotDeployed> {
        let recording = Recording { calls: Some(Tracer::default()), ..Recording::default() };
        let (outcome, recorded) = self.transact_recorded(request.with_gas_limit(GAS), DEV_ACCOUNT, recording)?;
        if outcome.success { Ok(outcome) } else { Err(NotDeployed::by(recorded)) }
    }
}

fn to(address: Address, call: &impl SolCall) -> TransactionRequest {
    TransactionRequest::default().with_to(address).with_input(call.abi_encode())
}
