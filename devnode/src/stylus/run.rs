//! Running a program in a frame: what it pays to start, how it ends, what is left.
//!
//! A program ends by returning a status (0 succeeds, any other reverts with the output it wrote), by a
//! trap or a misused hook (reverts with no output, keeps its gas), or by running out of ink or of stack
//! (burns all gas). Output costs at least what the EVM would ask for the memory that holds it.
//! Source: Nitro `arbos/programs/programs.go` and `stylus/src/run.rs`.
//!
//! Frames nest on the native stack, up to 1,024 deep: each run makes sure that there is room for the interpreter
//! and the host and takes a fresh stack segment if there is not. A program's own calls do not nest there.

use alloy::primitives::Bytes;
use wasmi::{Instance, Store, TrapCode, Val};

use super::{
    cache::StorageCache,
    env::{Env, Escape, Exports},
    host::{Frame, Host, HostError},
    hostios::Hostio,
    instrument::{
        depth::MAX_STACK_WORDS,
        globals::{INK_LEFT, INK_STATUS, STACK_LEFT},
    },
    lend::{Lent, lend},
    prices::{self, INK_PER_GAS},
    program::Program,
};

/// Room for the interpreter, and for the host between a program and the next.
const RED_ZONE_BYTES: usize = 1 << 20;
/// A fresh segment: 16 MiB of address space, backed as far as it is touched.
const SEGMENT_BYTES: usize = 16 << 20;

/// What starting a program costs, from its activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// Memory pages it starts with.
    pub pages: u16,
    /// [`super::activate::Activation::init_cost`].
    pub init_cost: u16,
    /// [`super::activate::Activation::cached_cost`].
    pub cached_cost: u16,
    /// True if it is in the cache, or was among the last programs of this block.
    pub is_cached: bool,
}

impl Start {
    /// Gas to start the program while `pages` are held.
    #[must_use]
    pub fn gas(&self, pages: super::host::Pages) -> u64 {
        let init = if self.is_cached { 0 } else { prices::init_gas(self.init_cost) };
        pages.price_of(self.pages).saturating_add(prices::cached_start_gas(self.cached_cost)).saturating_add(init)
    }
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunStatus {
    /// Status 0.
    Success,
    /// Another status, a trap, or a misused hook.
    Revert,
    /// Out of ink, or not enough gas to start. No gas is left.
    OutOfGas,
    /// Out of stack. No gas is left.
    StackOverflow,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunOutcome {
    /// How it ended.
    pub status: RunStatus,
    /// Return data or revert data.
    pub output: Bytes,
    /// Gas not used.
    pub gas_left: u64,
}

impl RunOutcome {
    fn burnt(status: RunStatus) -> Self {
        Self { status, output: Bytes::new(), gas_left: 0 }
    }
}

/// Runs `program` in `frame` to its end, start costs included.
///
/// # Errors
/// [`HostError`] if the chain failed, or if there is no memory for another instance.
pub fn run(program: &Program, start: Start, frame: &Frame, host: &mut dyn Host) -> Result<RunOutcome, HostError> {
    let held = *host.pages();
    let Some(gas) = frame.gas_limit.checked_sub(start.gas(held)) else {
        return Ok(RunOutcome::burnt(RunStatus::OutOfGas));
    };
    host.pages().open_more(start.pages);
    let outcome =
        stacker::maybe_grow(RED_ZONE_BYTES, SEGMENT_BYTES, || lend(host, |lent| execute(program, frame, gas, lent)));
    host.pages().open = held.open;
    let mut outcome = outcome?;
    if !outcome.output.is_empty() {
        let memory = prices::evm_memory_gas(outcome.output.len());
        let Some(most) = frame.gas_limit.checked_sub(memory) else {
            return Ok(RunOutcome::burnt(RunStatus::OutOfGas));
        };
        outcome.gas_left = outcome.gas_left.min(most);
    }
    Ok(outcome)
}

fn execute(program: &Program, frame: &Frame, gas: u64, mut host: Lent) -> Result<RunOutcome, HostError> {
    let is_traced = host.get().is_some_and(|host| host.hostios().is_some());
    let env = Env {
        host,
        frame: frame.clone(),
        cache: StorageCache::default(),
        output: Vec::new(),
        return_data: Bytes::new(),
        last_code: None,
        is_traced,
        exports: None,
    };
    let (mut store, instance) = program.instance(env).map_err(|error| broken(&error))?;
    set_meters(&mut store, instance, gas).map_err(|error| broken(&error))?;
    let arguments = super::env::length(&frame.calldata);
    let entrypoint = instance.get_typed_func::<u32, u32>(&store, "user_entrypoint").map_err(|error| broken(&error))?;
    mark(&mut store, instance, "user_entrypoint", Bytes::copy_from_slice(&arguments.to_be_bytes()), Bytes::new());
    let verdict = match entrypoint.call(&mut store, arguments) {
        Ok(status) => Verdict::Exit(status),
        Err(error) => judge(&error, &mut store, instance)?,
    };
    let status = match verdict {
        Verdict::Exit(status) => {
            mark(&mut store, instance, "user_returned", Bytes::new(), Bytes::copy_from_slice(&status.to_be_bytes()));
            if status == 0 { RunStatus::Success } else { RunStatus::Revert }
        }
        Verdict::Failure => {
            store.data_mut().output.clear();
            RunStatus::Revert
        }
        Verdict::Burnt(status) => return Ok(RunOutcome::burnt(status)),
    };
    let gas_left = global(&store, instance, INK_LEFT).cast_unsigned() / INK_PER_GAS;
    let output = std::mem::take(&mut store.data_mut().output).into();
    Ok(RunOutcome { status, output, gas_left })
}

/// The beginning and the end of a program are steps of a trace too.
fn mark(store: &mut Store<Env>, instance: Instance, name: &'static str, args: Bytes, outs: Bytes) {
    let ink = global(store, instance, INK_LEFT).cast_unsigned();
    if let Some(hostios) = store.data_mut().host.get().and_then(|host| host.hostios()) {
        hostios.record(Hostio::new(name, args, outs, (ink, ink)));
    }
}

enum Verdict {
    Exit(u32),
    Failure,
    Burnt(RunStatus),
}

fn judge(error: &wasmi::Error, store: &mut Store<Env>, instance: Instance) -> Result<Verdict, HostError> {
    if let Some(Escape::Host(error)) = error.downcast_ref() {
        return Err(error.clone());
    }
    let is_overflow = error.as_trap_code() == Some(TrapCode::StackOverflow);
    if is_overflow || global(store, instance, STACK_LEFT) == 0 {
        return Ok(Verdict::Burnt(RunStatus::StackOverflow));
    }
    if global(store, instance, INK_STATUS) != 0 {
        return Ok(Verdict::Burnt(RunStatus::OutOfGas));
    }
    Ok(match error.downcast_ref() {
        Some(Escape::Exit(status)) => Verdict::Exit(*status),
        _ => Verdict::Failure,
    })
}

fn set_meters(store: &mut Store<Env>, instance: Instance, gas: u64) -> Result<(), wasmi::Error> {
    let missing = || wasmi::Error::new("the program was not instrumented");
    let find = |name| instance.get_global(&*store, name).ok_or_else(missing);
    let (ink_left, ink_status) = (find(INK_LEFT)?, find(INK_STATUS)?);
    let stack_left = find(STACK_LEFT)?;
    let memory = instance.get_memory(&*store, "memory").ok_or_else(missing)?;
    let ink = gas.saturating_mul(INK_PER_GAS);
    ink_left.set(&mut *store, Val::I64(ink.cast_signed())).map_err(|_| missing())?;
    stack_left.set(&mut *store, Val::I32(MAX_STACK_WORDS)).map_err(|_| missing())?;
    store.data_mut().exports = Some(Exports { memory, ink_left, ink_status });
    Ok(())
}

fn global(store: &Store<Env>, instance: Instance, name: &str) -> i64 {
    match instance.get_global(store, name).map(|global| global.get(store)) {
        Some(Val::I64(value)) => value,
        Some(Val::I32(value)) => value.into(),
        _ => 0,
    }
}

fn broken(error: &wasmi::Error) -> HostError {
    HostError(format!("cannot start a program: {error}"))
}
