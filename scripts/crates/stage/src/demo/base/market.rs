//! Base: where sessions are, and where they are recorded.

use alloy::primitives::{B256, keccak256};
use alloy::providers::Provider;
use anyhow::{Result, ensure};
use mrc53_abi::{BaseRecorder, abroad, doubles};
use mrc53_base::fetch::Buckets;

use super::super::stage::{Market, put};
use crate::chain::Chain;

/// What stands on Base.
#[derive(Clone, Copy)]
pub(super) struct Base<'a> {
    pub market: Market<'a>,
    pub buckets: Buckets,
}

impl<'a> Base<'a> {
    /// Deploys the Diamond harness and the recorder in blocks of timestamp `at`.
    pub(super) async fn set(
        chain: &'a Chain,
        grace_days: u32,
        at: u64,
        deployments: &mut Vec<(String, u64)>,
    ) -> Result<Self> {
        let [_, harness] = doubles::artifacts()?;
        let diamond = put(chain, at, "DiamondHarness", harness.bytecode, deployments).await?;
        let [recorder, _] = abroad::recorder(B256::ZERO, diamond, grace_days)?;
        let recorder = put(chain, at, "base-session-recorder", recorder.initcode, deployments).await?;
        let buckets = chain.reader().ask(recorder, BaseRecorder::bucketsCall {}).await?;
        let code = chain.provider.get_code_at(buckets).await?;
        ensure!(!code.is_empty(), "the recorder's buckets at {buckets} have no code");
        let buckets = Buckets { address: buckets, code_hash: keccak256(code) };
        Ok(Self { market: Market { chain, diamond, recorder }, buckets })
    }
}
