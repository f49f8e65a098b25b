//! `debug_`: traces of calls.

use super::Module;
use super::answer::Failure;
use crate::chain::Simulation;
use alloy::primitives::B256;
use serde_json::Value;

pub(crate) fn register(module: &mut Module) {
    module.method(&["debug_traceTransaction"], 2, |chain, args| {
        let hash: B256 = args.required()?;
        only_calls(args.optional()?.as_ref())?;
        Ok(chain.trace(hash)?)
    });
    module.method(&["debug_traceCall"], 3, |chain, args| {
        let request = args.object()?;
        let at = args.block(chain)?;
        only_calls(args.optional()?.as_ref())?;
        Ok(chain.trace_call(Simulation::new(request, at))?)
    });
}

/// Other tracers than the call tracer are refused by name.
fn only_calls(options: Option<&Value>) -> Result<(), Failure> {
    match options.and_then(|options| options.get("tracer")) {
        Some(Value::String(name)) if name == "callTracer" => Ok(()),
        Some(other) => Err(Failure::params(format!("tracer {other} is not supported: use \"callTracer\""))),
        None => Err(Failure::params("the opcode logger is not supported: ask for {\"tracer\": \"callTracer\"}")),
    }
}
