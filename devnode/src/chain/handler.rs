//! The life of a transaction where Arbitrum differs from Ethereum.

use super::addresses::NETWORK_FEE_ACCOUNT;
use super::context::{MachineError, NitroContext};
use super::machine::NitroEvm;
use alloy::primitives::U256;
use revm::context_interface::journaled_state::account::JournaledAccountTr;
use revm::context_interface::result::{EVMError, HaltReason, InvalidTransaction};
use revm::context_interface::{Block, Cfg, ContextTr, JournalTr, Transaction};
use revm::handler::evm::FrameTr;
use revm::handler::{EvmTr, FrameResult, Handler, execution};
use revm::interpreter::interpreter_action::FrameInit;
use revm::interpreter::{FrameInput, GasTracker, InitialAndFloorGas, SharedMemory};
use std::convert::Infallible;
use std::marker::PhantomData;

/// The most gas a transaction can burn beyond its intrinsic gas, as in Nitro; more may be offered and
/// is given back.
pub(super) const MAX_EXECUTION_GAS: u64 = 32_000_000;

/// Why a transaction could not run at all.
pub(super) type TransactError = EVMError<Infallible, InvalidTransaction>;

/// Runs one transaction on a [`NitroEvm`].
#[derive(Debug, Default)]
pub(super) struct NitroHandler<'a>(PhantomData<&'a ()>);

impl<'a> Handler for NitroHandler<'a> {
    type Evm = NitroEvm<'a>;
    type Error = TransactError;
    type HaltReason = HaltReason;

    fn tx_gas(&self, evm: &mut Self::Evm, initial: &InitialAndFloorGas) -> GasTracker {
        let ctx: &mut NitroContext<'a> = evm.ctx();
        let limit = ctx.tx().gas_limit();
        let (remaining, reservoir) = initial.initial_gas_and_reservoir(limit, ctx.cfg().tx_gas_limit_cap());
        let is_simulation = ctx.cfg().is_fee_charge_disabled();
        let given = if is_simulation { remaining } else { remaining.min(MAX_EXECUTION_GAS) };
        ctx.chain.intrinsic_gas = limit.saturating_sub(remaining);
        ctx.chain.held_gas = remaining - given;
        GasTracker::new(limit, given, reservoir)
    }

    fn first_frame_input(
        &mut self,
        evm: &mut Self::Evm,
        gas: &mut GasTracker,
    ) -> Result<Option<FrameInit>, Self::Error> {
        let ctx = evm.ctx();
        let memory = SharedMemory::new_with_buffer(ctx.local().shared_memory_buffer.clone());
        let is_static = ctx.chain.is_static;
        let Some(mut frame_input) = execution::create_init_frame(ctx, gas)? else {
            return Ok(None);
        };
        if let FrameInput::Call(call) = &mut frame_input {
            call.is_static = is_static;
        }
        Ok(Some(FrameInit { depth: 0, memory, frame_input }))
    }

    fn last_frame_result(
        &mut self,
        evm: &mut Self::Evm,
        result: &mut <<Self::Evm as EvmTr>::Frame as FrameTr>::FrameResult,
        gas: &mut GasTracker,
    ) -> Result<(), Self::Error> {
        settle_last_frame(result, gas);
        gas.erase_cost(evm.ctx().chain.held_gas);
        *result.gas_mut().tracker_mut() = *gas;
        Ok(())
    }

    /// The whole fee goes to the network fee account: tips are dropped and nothing is burnt.
    fn reward_beneficiary(&self, evm: &mut Self::Evm, result: &mut FrameResult) -> Result<(), Self::Error> {
        let ctx = evm.ctx();
        if ctx.cfg().is_fee_charge_disabled() {
            return Ok(());
        }
        let price = ctx.tx().effective_gas_price(u128::from(ctx.block().basefee()));
        let fee = U256::from(price) * U256::from(result.gas().used());
        let mut account = ctx
            .journal_mut()
            .load_account_mut(NETWORK_FEE_ACCOUNT)
            .map_err(MachineError::Db)
            .map_err(TransactError::from)?;
        account.incr_balance(fee);
        Ok(())
    }
}

/// Returns the first frame's unused gas to the transaction.
fn settle_last_frame(result: &mut FrameResult, gas: &mut GasTracker) {
    let ended = result.instruction_result();
    gas.spend_all();
    let frame = result.gas_mut().tracker_mut();
    if ended.is_ok_or_revert() {
        gas.erase_cost(frame.remaining());
    }
    if ended.is_ok() {
        gas.record_refund(frame.refunded());
    }
}
