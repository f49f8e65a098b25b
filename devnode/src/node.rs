//! A running devnode: the chain, and the server that speaks for it.

use crate::chain::{Chain, NotDeployed};
use crate::config::Config;
pub use crate::handle::{Broken, ChainHandle};
use crate::rpc;
use crate::state_file::StateFile;
use alloy::primitives::Address;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Why a devnode did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port is taken.
    #[error("port {0} is already in use: stop what listens there, or choose another with --port")]
    PortInUse(u16),
    /// The port cannot be listened on for another reason.
    #[error("cannot listen on port {port}: {source}")]
    Listen {
        /// The port.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The state could not be written at the end.
    #[error("cannot write the state to {}: {source}", path.display())]
    DumpState {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The chain could not be made.
    #[error("cannot start the chain: {0}")]
    Chain(#[from] crate::chain::ChainError),
    /// A thread or the runtime could not be made.
    #[error("cannot start the node: {0}")]
    Io(#[from] io::Error),
}

/// Why a node did not deploy a program.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeployError {
    /// The chain did not.
    #[error(transparent)]
    NotDeployed(#[from] NotDeployed),
    /// The node has stopped.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// A devnode. Use [`Devnode::start`].
#[derive(Debug, Clone, Copy)]
pub struct Devnode;

/// A running devnode; dropping it stops the server and forgets the chain.
#[derive(Debug)]
pub struct Handle {
    address: SocketAddr,
    chain: ChainHandle,
    dump_state: Option<StateFile>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Devnode {
    /// Starts a node and returns when it answers.
    ///
    /// # Errors
    /// [`StartError`], with the port if that is the trouble.
    pub fn start(config: &Config) -> Result<Handle, StartError> {
        let dump_state = config.dump_state.as_deref().map(tried_out).transpose()?;
        let listener = listen(config.port)?;
        let address = listener.local_addr()?;
        let (chain, _thread) = ChainHandle::spawn(Chain::new(config)?)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("mrc53-rpc")
            .enable_all()
            .build()?;
        let listener = {
            let _guard = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        runtime.spawn(rpc::serve(listener, chain.clone(), config.max_request_bytes));
        runtime.spawn(mine_at_intervals(chain.clone()));
        Ok(Handle { address, chain, dump_state, runtime: Some(runtime) })
    }
}

fn tried_out(path: &Path) -> Result<StateFile, StartError> {
    StateFile::try_out(path).map_err(|source| StartError::DumpState { path: path.to_owned(), source })
}

/// Mines empty blocks as often as the chain asks for, for as long as it lives.
async fn mine_at_intervals(chain: ChainHandle) {
    let mut interval = chain.intervals();
    loop {
        let seconds = *interval.borrow_and_update();
        let mine = async {
            let Some(seconds) = seconds else { return std::future::pending().await };
            let mut ticks = tokio::time::interval(Duration::from_secs(seconds));
            ticks.tick().await;
            loop {
                ticks.tick().await;
                if let Err(broken) = chain.with(|chain| chain.mine(1)).await {
                    return broken;
                }
            }
        };
        tokio::select! {
            _broken = mine => return,
            changed = interval.changed() => if changed.is_err() { return },
        }
    }
}

fn listen(port: u16) -> Result<TcpListener, StartError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|source| {
        if source.kind() == io::ErrorKind::AddrInUse {
            StartError::PortInUse(port)
        } else {
            StartError::Listen { port, source }
        }
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

impl Handle {
    /// Where the node answers: `http://127.0.0.1:<port>`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The port it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// Puts the program `wasm` on the chain, ready to be called, and returns where it stands; `constructor` has the
    /// ABI-encoded arguments of its constructor, if it has one. As [`Chain::deploy_program`], which says more.
    ///
    /// # Errors
    /// If it is too large, does not activate, or its constructor refuses, with the reason; or if the node has stopped.
    pub async fn deploy_program(
        &self,
        wasm: impl Into<Vec<u8>>,
        constructor: Option<Vec<u8>>,
    ) -> Result<Address, DeployError> {
        let wasm = wasm.into();
        Ok(self.chain.with(move |chain| chain.deploy_program(&wasm, constructor.as_deref())).await??)
    }

    /// The chain itself, for tests that look behind the RPC.
    #[must_use]
    pub const fn chain(&self) -> &ChainHandle {
        &self.chain
    }

    /// Blocks until Ctrl-C, SIGTERM, or the SIGHUP of a terminal that closes (unless it is ignored, as under `nohup`),
    /// then does as [`Handle::stop`]. Calls `ready` once none can be missed.
    ///
    /// # Errors
    /// If the signals cannot be listened for, or the state cannot be written.
    pub fn run_until_ctrl_c(self, ready: impl FnOnce()) -> io::Result<()> {
        if let Some(runtime) = &self.runtime {
            runtime.block_on(async {
                let mut interrupt = signal(SignalKind::interrupt())?;
                let mut terminate = signal(SignalKind::terminate())?;
                let mut hangup = if hangup_is_ignored() { None } else { Some(signal(SignalKind::hangup())?) };
                ready();
                tokio::select! {
                    _ = interrupt.recv() => io::Result::Ok(()),
                    _ = terminate.recv() => Ok(()),
                    () = received(hangup.as_mut()) => Ok(()),
                }
            })?;
        }
        self.stop()
    }

    /// Stops the node; writes its state first if [`Config::dump_state`] asks for it.
    ///
    /// # Errors
    /// If the state cannot be written, with the file's path.
    pub fn stop(self) -> io::Result<()> {
        let Some(file) = &self.dump_state else {
            return Ok(());
        };
        let dump = self.chain.with_blocking(|chain| chain.dump()).map_err(io::Error::other)?;
        dump.and_then(|dump| file.write(&dump)).map_err(|error| {
            io::Error::new(error.kind(), format!("cannot write the state to {}: {error}", file.path().display()))
        })
    }
}

/// Whether whoever started this process had it ignore SIGHUP: bit 0 of what Linux says of ignored signals.
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.is_some_and(|mask| mask.trim().ends_with(['1', '3', '5', '7', '9', 'b', 'd', 'f']))
}

/// Waits for a signal; for none, for ever.
async fn received(signal: Option<&mut Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
