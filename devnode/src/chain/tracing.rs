//! Traces: a transaction, a block or a call is run, again or for trial, and what was asked for is recorded.

use super::at::At;
use super::error::ChainError;
use super::execute::{Mode, Run};
use super::mined::Mined;
use super::prestate::{self, Before};
use super::simulation::Simulation;
use super::steps::Steps;
use super::trace_kind::Tracing;
use super::view::Overlay;
use super::{Chain, tx};
use crate::stylus::hostios::Hostios;
use alloy::consensus::Transaction;
use alloy::primitives::{B256, hex};
use serde_json::{Value, json};

impl Chain {
    /// Runs a mined transaction again and says what was recorded.
    ///
    /// # Errors
    /// If the transaction is unknown or its parent's state is no longer kept.
    pub fn trace(&self, hash: B256, tracing: &Tracing) -> Result<Value, ChainError> {
        let number = self.by_tx.get(&hash).ok_or_else(|| ChainError::refused("transaction not found"))?;
        let block = self.require_mined(*number)?;
        self.trace_mined(block, tracing)?.ok_or_else(|| ChainError::refused("transaction not found"))
    }

    /// As [`Chain::trace`] for what a block holds, each result with the hash of its transaction.
    ///
    /// # Errors
    /// If the block is unknown or its parent's state is no longer kept.
    pub fn trace_block(&self, number: u64, tracing: &Tracing) -> Result<Vec<Value>, ChainError> {
        if number == 0 {
            return Err(ChainError::refused("genesis is not traceable"));
        }
        let block = self.require_mined(number)?;
        let hash = block.tx.as_ref().map(|tx| *tx.envelope.tx_hash());
        let result = self.trace_mined(block, tracing)?;
        Ok(result.map(|result| json!({ "txHash": hash, "result": result })).into_iter().collect())
    }

    /// Runs a call and says what was recorded.
    ///
    /// # Errors
    /// If the call cannot run at all.
    pub fn trace_call(&self, simulation: Simulation, tracing: &Tracing) -> Result<Value, ChainError> {
        let prepared = self.prepare_paid(simulation)?;
        let run = self.run(&prepared, prepared.env.clone(), Mode::Simulation, tracing.recording())?;
        self.told(tracing, run, &prepared.overlay, prepared.env.gas_limit)
    }

    fn trace_mined(&self, block: &Mined, tracing: &Tracing) -> Result<Option<Value>, ChainError> {
        let Some(mined) = &block.tx else { return Ok(None) };
        let overlay = self.overlay_at(At::Block(block.number.saturating_sub(1)))?;
        let env = tx::environment(&mined.envelope, mined.from);
        let run = self
            .machine(&overlay)
            .run(&self.facts_at(At::Block(block.number))?, env, Mode::Impersonated, tracing.recording())
            .map_err(|error| super::mine::refused(&error))?;
        self.told(tracing, run, &overlay, mined.envelope.gas_limit()).map(Some)
    }

    fn told(&self, tracing: &Tracing, run: Run, before: &Overlay, gas_limit: u64) -> Result<Value, ChainError> {
        let gas_used = run.result.gas().tx_gas_used();
        Ok(match tracing {
            Tracing::Calls { only_top, with_log } => {
                let root = run.calls.ok_or_else(|| ChainError::refused("it made no call"))?;
                json!(root.of_whole_transaction(gas_limit, gas_used).trimmed(*with_log, *only_top))
            }
            Tracing::Prestate(options) => {
                prestate::show(Before { state: &self.state, overlay: before }, &run.changes, *options)
            }
            Tracing::Steps(_) => json!({
                "gas": gas_used,
                "failed": !run.result.is_success(),
                "returnValue": hex::encode_prefixed(run.result.output().cloned().unwrap_or_default()),
                "structLogs": run.steps.map(Steps::into_recorded).transpose()?,
            }),
            Tracing::Hostios => {
                let too_long = || ChainError::refused("more host functions than one trace may hold");
                json!(run.hostios.and_then(Hostios::into_steps).ok_or_else(too_long)?)
            }
        })
    }
}
