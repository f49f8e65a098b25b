//! Making blocks: one per transaction, or empty ones.

use super::block::{MinedTx, Outcome};
use super::error::{ChainError, insufficient_funds, refusal};
use super::execute::{Mode, Recorded, Recording, Run};
use super::fees::Fees;
use super::mined::Mined;
use super::trace::failure_of_halt;
use super::view::Overlay;
use super::{Chain, tx};
use alloy::consensus::{Transaction, TxEnvelope};
use alloy::primitives::{Address, B256, Bytes};
use revm::context_interface::result::{EVMError, ExecutionResult, HaltReason, Output};

impl Chain {
    /// Mines a transaction of `from`, whose right to send it was checked, and what was held for want of it.
    ///
    /// # Errors
    /// If it is not valid now; a transaction that reverts is mined.
    pub(crate) fn send(&mut self, envelope: TxEnvelope, from: Address) -> Result<B256, ChainError> {
        let mined = self.send_one(envelope, from);
        self.release_held();
        mined
    }

    pub(super) fn send_one(&mut self, envelope: TxEnvelope, from: Address) -> Result<B256, ChainError> {
        let hash = *envelope.tx_hash();
        self.send_recorded(envelope, from, Recording::default())?;
        Ok(hash)
    }

    /// As [`Chain::send_one`], with what was asked to be recorded.
    pub(super) fn send_recorded(
        &mut self,
        envelope: TxEnvelope,
        from: Address,
        recording: Recording,
    ) -> Result<Recorded, ChainError> {
        self.check(&envelope, from)?;
        let hash = *envelope.tx_hash();
        let block = self.next_block(self.next_timestamp());
        let overlay = Overlay::default();
        let env = tx::environment(&envelope, from);
        let mode = if self.may_impersonate(from) { Mode::Impersonated } else { Mode::Transaction };
        let run = self.machine(&overlay).run(&block, env, mode, recording).map_err(|error| refused(&error))?;
        if self.by_tx.contains_key(&hash) {
            return Err(ChainError::refused("already known"));
        }
        let mut undo = Vec::new();
        let outcome = outcome(&run);
        self.state.commit(run.changes, &mut undo);
        let mined = MinedTx { envelope, from, outcome };
        self.push_block(Some(mined), undo);
        Ok(Recorded { calls: run.calls, activation_failure: run.activation_failure })
    }

    /// Mines `count` empty blocks.
    pub fn mine(&mut self, count: u64) {
        for _ in 0..count {
            self.push_block(None, Vec::new());
        }
    }

    pub(super) fn check(&self, envelope: &TxEnvelope, from: Address) -> Result<(), ChainError> {
        match envelope.chain_id() {
            Some(id) if id != self.chain_id() => {
                return Err(ChainError::refused(format!(
                    "invalid chain id for signer: have {id} want {}",
                    self.chain_id()
                )));
            }
            _ => {}
        }
        let cap = envelope.max_fee_per_gas();
        Fees { cap, tip: envelope.max_priority_fee_per_gas().unwrap_or(cap) }.check(from)?;
        let have = self.state.info(from).unwrap_or_default().balance;
        let want = tx::max_cost(envelope);
        if have < want {
            return Err(ChainError::refused(insufficient_funds(from, have, want)));
        }
        Ok(())
    }

    fn push_block(&mut self, tx: Option<MinedTx>, undo: Vec<super::state::Undo>) {
        let (number, last) = (self.number() + 1, self.newest().timestamp);
        let timestamp = self.clock.take(last);
        if let Some(tx) = &tx {
            self.by_tx.insert(*tx.envelope.tx_hash(), number);
        }
        let mut block = Mined::new(number, timestamp, self.l1_number(timestamp), self.rules.arbos.number());
        (block.tx, block.undo) = (tx, undo);
        self.blocks.push(block);
        self.changes += 1;
        self.forget_old_states();
    }
}

/// What a run means for its receipt.
pub(super) fn outcome(run: &Run) -> Outcome {
    let gas = run.result.gas();
    let (success, logs, created, output, failure) = match &run.result {
        ExecutionResult::Success { logs, output, .. } => {
            let created = match output {
                Output::Create(_, address) => *address,
                Output::Call(_) => None,
            };
            (true, logs.clone(), created, output.data().clone(), None)
        }
        ExecutionResult::Revert { output, .. } => {
            (false, Vec::new(), None, output.clone(), Some("execution reverted".to_owned()))
        }
        ExecutionResult::Halt { reason, .. } => {
            (false, Vec::new(), None, Bytes::new(), Some(halt_message(run, reason)))
        }
    };
    Outcome {
        success,
        gas_used: gas.tx_gas_used(),
        execution_gas: run.execution_gas(),
        refund: gas.inner_refunded(),
        logs,
        created,
        output,
        failure,
    }
}

/// Why a run stopped, with the reason of a failed activation if that was it.
pub(super) fn halt_message(run: &Run, reason: &HaltReason) -> String {
    match &run.activation_failure {
        Some(reason) => format!("program activation failed: {reason}"),
        None => failure_of_halt(reason).to_owned(),
    }
}

/// The refusal of a transaction that did not run.
pub(super) fn refused(error: &super::handler::TransactError) -> ChainError {
    ChainError::refused(match error {
        EVMError::Transaction(invalid) => refusal(invalid),
        other => other.to_string(),
    })
}
