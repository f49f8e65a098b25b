//! Compiled programs: instrumented, turned into machine code once per code hash, ready to start.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use alloy::primitives::B256;
use wasmtime::{Config, Engine, InstancePre, Linker, OptLevel};

use super::{
    code,
    env::Env,
    hooks, instrument,
    module::Module,
    rejection::{ActivationError, refuse},
};
use crate::config::ArbosVersion;

/// Native stack a program may use: far more than frames of 22,000 words, as the depth check counts them, take.
pub(crate) const WASM_STACK_BYTES: usize = 16 << 20;

/// A program in machine code, its imports resolved.
pub struct Program {
    pub(crate) instance: InstancePre<Env>,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Program").finish_non_exhaustive()
    }
}

/// The compiler and everything it has compiled. Cheap to share between threads.
pub struct Programs {
    engine: Engine,
    linker: Linker<Env>,
    by_code_hash: Mutex<HashMap<B256, Arc<Program>>>,
}

impl std::fmt::Debug for Programs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Programs").finish_non_exhaustive()
    }
}

/// Programs cannot be compiled for this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoCompiler(String);

static OF_THIS_PROCESS: OnceLock<Arc<Programs>> = OnceLock::new();

impl Programs {
    /// The compiler of this process: nodes that share it compile a program once between them.
    ///
    /// # Errors
    /// [`NoCompiler`] if there is none for this machine.
    pub fn shared() -> Result<Arc<Self>, NoCompiler> {
        if let Some(programs) = OF_THIS_PROCESS.get() {
            return Ok(Arc::clone(programs));
        }
        let programs = Arc::new(Self::new()?);
        Ok(Arc::clone(OF_THIS_PROCESS.get_or_init(|| programs)))
    }

    /// A compiler for this machine.
    ///
    /// # Errors
    /// [`NoCompiler`] if there is none.
    pub fn new() -> Result<Self, NoCompiler> {
        Self::compiler().map_err(|error| NoCompiler(error.to_string()))
    }

    fn compiler() -> wasmtime::Result<Self> {
        let mut config = Config::new();
        config.max_wasm_stack(WASM_STACK_BYTES);
        // Not used, but wasmtime wants it to be at least as large.
        config.async_stack_size(WASM_STACK_BYTES);
        // Ink bounds how long a program runs, so quick compilation is worth more than quick code.
        config.cranelift_opt_level(OptLevel::None);
        let engine = Engine::new(&config)?;
        let mut linker = Linker::new(&engine);
        hooks::link(&mut linker)?;
        Ok(Self { engine, linker, by_code_hash: Mutex::default() })
    }

    /// The program whose on-chain code is `code`, compiled at most once per `code_hash`.
    ///
    /// # Errors
    /// [`ActivationError`] if `code` is not a program that can be activated.
    pub fn load(&self, code_hash: B256, code: &[u8]) -> Result<Arc<Program>, ActivationError> {
        let known = self.by_code_hash.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(program) = known.get(&code_hash) {
            return Ok(Arc::clone(program));
        }
        drop(known);
        let program = Arc::new(self.compile(&code::decompress(code)?)?);
        let mut known = self.by_code_hash.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(code_hash, Arc::clone(&program));
        Ok(program)
    }

    /// Compiles `wasm`, which need not be on any chain.
    ///
    /// # Errors
    /// [`ActivationError`] if it is not a program that can be activated.
    pub fn compile(&self, wasm: &[u8]) -> Result<Program, ActivationError> {
        // What was activated under an older `ArbOS` stays runnable: the widest rules apply.
        let module = Module::parse(wasm, ArbosVersion::WIDEST)?;
        let instrumented = instrument::instrument(&module)?;
        let bytes = instrument::encode(&module, &instrumented)?;
        let failed = |error: wasmtime::Error| refuse(format!("the program does not compile: {error}"));
        let module = wasmtime::Module::new(&self.engine, bytes).map_err(failed)?;
        let instance = self.linker.instantiate_pre(&module).map_err(failed)?;
        Ok(Program { instance })
    }
}
