//! `debug_`: traces. Options are honoured or refused by name.

use super::Module;
use super::answer::Failure;
use super::params::{resolve, tagged};
use crate::chain::{At, PrestateOptions, Simulation, Tracing};
use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::primitives::B256;
use alloy::rpc::types::BlockOverrides;
use alloy::rpc::types::state::StateOverride;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(crate) fn register(module: &mut Module) {
    module.method(&["debug_traceTransaction"], 2, |chain, args| {
        let hash: B256 = args.required()?;
        let tracing = tracing(args.optional()?.unwrap_or_default())?;
        Ok(chain.trace(hash, &tracing)?)
    });
    module.method(&["debug_traceBlockByNumber"], 2, |chain, args| {
        let number = tagged(chain, args.required::<BlockNumberOrTag>()?);
        let tracing = tracing(args.optional()?.unwrap_or_default())?;
        Ok(chain.trace_block(number, &tracing)?)
    });
    module.method(&["debug_traceBlockByHash"], 2, |chain, args| {
        let hash: B256 = args.required()?;
        let tracing = tracing(args.optional()?.unwrap_or_default())?;
        match resolve(chain, BlockId::from(hash))? {
            At::Block(number) => Ok(chain.trace_block(number, &tracing)?),
            At::Pending => Err(Failure::refused("header for hash not found")),
        }
    });
    module.method(&["debug_traceCall"], 3, |chain, args| {
        let request = args.object()?;
        let at = args.block(chain)?;
        let mut options: Map<String, Value> = args.optional()?.unwrap_or_default();
        let overrides: Option<StateOverride> = taken(&mut options, "stateOverrides")?;
        let block_overrides: Option<BlockOverrides> = taken(&mut options, "blockOverrides")?;
        let tracing = tracing(options)?;
        let simulation = Simulation { overrides, block_overrides, ..Simulation::new(request, at) };
        Ok(chain.trace_call(simulation, &tracing)?)
    });
}

/// Options of geth's `callTracer`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct CallOptions {
    only_top_call: bool,
    with_log: bool,
}

/// Options of Nitro's `stylusTracer`: it has none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NoOptions {}

/// What to record, by the options of a request.
fn tracing(mut options: Map<String, Value>) -> Result<Tracing, Failure> {
    // How long geth may take, and how far back it may go to rebuild a state: nothing here takes long or is rebuilt.
    let _: Option<String> = taken(&mut options, "timeout")?;
    let _: Option<u64> = taken(&mut options, "reexec")?;
    let Some(tracer) = taken::<String>(&mut options, "tracer")? else {
        refuse_any(&taken::<Map<String, Value>>(&mut options, "tracerConfig")?.unwrap_or_default(), "tracerConfig.")?;
        return Ok(Tracing::Steps(read(Value::Object(options), "options")?));
    };
    let config = taken::<Value>(&mut options, "tracerConfig")?.unwrap_or_else(|| Value::Object(Map::new()));
    let tracing = match tracer.as_str() {
        "callTracer" => {
            let CallOptions { only_top_call, with_log } = read(config, "tracerConfig")?;
            Tracing::Calls { only_top: only_top_call, with_log }
        }
        "prestateTracer" => Tracing::Prestate(read::<PrestateOptions>(config, "tracerConfig")?),
        "stylusTracer" => {
            let NoOptions {} = read(config, "tracerConfig")?;
            Tracing::Hostios
        }
        other => {
            return Err(Failure::params(format!(
                "tracer \"{other}\" is not supported: use \"callTracer\", \"prestateTracer\", \"stylusTracer\", or none for \
                 the opcodes"
            )));
        }
    };
    // geth reads the options of the opcode logger beside a tracer too, and makes nothing of them.
    for option in ["enableMemory", "disableStack", "disableStorage", "enableReturnData"] {
        let _: Option<bool> = taken(&mut options, option)?;
    }
    let _: Option<u64> = taken(&mut options, "limit")?;
    refuse_any(&options, "")?;
    Ok(tracing)
}

/// Takes an option out; null and absent are the same.
fn taken<T: DeserializeOwned>(options: &mut Map<String, Value>, name: &str) -> Result<Option<T>, Failure> {
    options.remove(name).map_or(Ok(None), |value| read(value, name))
}

fn read<T: DeserializeOwned>(value: Value, name: &str) -> Result<T, Failure> {
    serde_json::from_value(value).map_err(|error| Failure::params(format!("invalid {name}: {error}")))
}

fn refuse_any(options: &Map<String, Value>, within: &str) -> Result<(), Failure> {
    match options.keys().next() {
        Some(name) => Err(Failure::params(format!("option `{within}{name}` is not known here"))),
        None => Ok(()),
    }
}
