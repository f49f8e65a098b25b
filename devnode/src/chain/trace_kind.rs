//! What a trace is to show.

use super::execute::Recording;
use super::prestate::PrestateOptions;
use super::steps::{StepOptions, Steps};
use super::trace::Tracer;
use crate::stylus::hostios::Hostios;

/// What to record.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Tracing {
    /// The calls, as geth's `callTracer`.
    Calls {
        /// Only the transaction's own.
        only_top: bool,
        /// With their logs.
        with_log: bool,
    },
    /// The accounts, as geth's `prestateTracer`.
    Prestate(PrestateOptions),
    /// The opcodes, as geth without a tracer.
    Steps(StepOptions),
    /// What programs ask of the chain, as Nitro's `stylusTracer`.
    Hostios,
}

impl Tracing {
    /// What to record for it while the machine runs.
    pub(super) fn recording(&self) -> Recording {
        match self {
            Self::Calls { .. } => Recording { calls: Some(Tracer::default()), ..Recording::default() },
            Self::Prestate(_) => Recording::default(),
            Self::Hostios => Recording { hostios: Some(Hostios::default()), ..Recording::default() },
            Self::Steps(options) => Recording { steps: Some(Steps::new(options.clone())), ..Recording::default() },
        }
    }
}
