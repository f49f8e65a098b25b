//! Programs ready to start: instrumented, validated and read by the interpreter once per code hash.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use alloy::primitives::B256;
use wasmi::{Config, Engine, Linker, Store};

use super::{
    code,
    env::Env,
    hooks,
    instrument::{self, depth::MAX_STACK_WORDS},
    module::Module,
    rejection::{ActivationError, refuse},
};
use crate::config::ArbosVersion;

/// Room for a program's values: far more than frames of 22,000 words, as the depth check counts them, take.
const VALUE_STACK_BYTES: usize = 16 << 20;

/// A program in the interpreter's code, with what its imports mean.
pub struct Program {
    module: wasmi::Module,
    hooks: Arc<Linker<Env>>,
}

impl Program {
    /// A store for one run of the program, and the program in it.
    ///
    /// # Errors
    /// The interpreter's, if there is no memory for another instance.
    pub(crate) fn instance(&self, env: Env) -> Result<(Store<Env>, wasmi::Instance), wasmi::Error> {
        let mut store = Store::new(self.hooks.engine(), env);
        let instance = self.hooks.instantiate_and_start(&mut store, &self.module)?;
        Ok((store, instance))
    }
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Program").finish_non_exhaustive()
    }
}

/// The interpreter and everything it has read. Cheap to share between threads.
pub struct Programs {
    hooks: Arc<Linker<Env>>,
    by_code_hash: Mutex<HashMap<B256, Arc<Program>>>,
}

impl std::fmt::Debug for Programs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Programs").finish_non_exhaustive()
    }
}

/// Programs cannot be run by this build.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NoCompiler(String);

static OF_THIS_PROCESS: OnceLock<Arc<Programs>> = OnceLock::new();

impl Programs {
    /// Those of this process: nodes that share them read a program once between them.
    ///
    /// # Errors
    /// [`NoCompiler`] if the hooks cannot be told to the interpreter.
    pub fn shared() -> Result<Arc<Self>, NoCompiler> {
        if let Some(programs) = OF_THIS_PROCESS.get() {
            return Ok(Arc::clone(programs));
        }
        let programs = Arc::new(Self::new()?);
        Ok(Arc::clone(OF_THIS_PROCESS.get_or_init(|| programs)))
    }

    /// An interpreter that has read nothing yet.
    ///
    /// # Errors
    /// As [`Self::shared`].
    pub fn new() -> Result<Self, NoCompiler> {
        Self::interpreter().map_err(|error| NoCompiler(error.to_string()))
    }

    fn interpreter() -> Result<Self, wasmi::Error> {
        let mut config = Config::default();
        // The depth check comes first: a frame has 4 words at least.
        config.set_max_recursion_depth(MAX_STACK_WORDS.unsigned_abs() as usize);
        config.set_max_stack_height(VALUE_STACK_BYTES);
        let mut hooks = Linker::new(&Engine::new(&config));
        hooks::link(&mut hooks)?;
        Ok(Self { hooks: Arc::new(hooks), by_code_hash: Mutex::default() })
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
        let failed = |error: wasmi::Error| refuse(format!("the program does not compile: {error}"));
        let module = wasmi::Module::new(self.hooks.engine(), bytes).map_err(failed)?;
        Ok(Program { module, hooks: Arc::clone(&self.hooks) })
    }
}
