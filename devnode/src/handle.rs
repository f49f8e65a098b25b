//! The way to the chain, which has a thread of its own: whoever wants something of it hands in work.

use crate::chain::Chain;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use tokio::sync::{oneshot, watch};

/// Stack of the thread that runs transactions. Programs that call programs get further segments.
const STACK_BYTES: usize = 64 << 20;

type Job = Box<dyn FnOnce(&mut Chain) + Send>;

/// The way to the chain: work is done on its thread, one piece after the other.
#[derive(Debug, Clone)]
pub struct ChainHandle {
    jobs: mpsc::Sender<Job>,
    changes: watch::Receiver<u64>,
    interval: watch::Receiver<Option<u64>>,
}

/// The chain's thread has ended, or the work made it panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("internal error: the request could not be served")]
pub struct Broken;

impl ChainHandle {
    /// Gives `chain` a thread of its own.
    pub(crate) fn spawn(mut chain: Chain) -> io::Result<(Self, thread::JoinHandle<Chain>)> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let (change, changes) = watch::channel(chain.changes());
        let (next_interval, interval) = watch::channel(chain.block_interval());
        let thread =
            thread::Builder::new().name("mrc53-chain".to_owned()).stack_size(STACK_BYTES).spawn(move || {
                for job in queue {
                    // A panic must not take the node down. Runs change the state only when they are done,
                    // so it stays whole.
                    let _ = catch_unwind(AssertUnwindSafe(|| job(&mut chain)));
                    announce(&change, chain.changes());
                    announce(&next_interval, chain.block_interval());
                }
                chain
            })?;
        Ok((Self { jobs, changes, interval }, thread))
    }

    /// How often a block came or went, and word of every time.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }

    /// Seconds between the blocks to mine by themselves, and word of every change of it.
    pub(crate) fn intervals(&self) -> watch::Receiver<Option<u64>> {
        self.interval.clone()
    }

    /// Does `work` on the chain and waits for its result without blocking the thread.
    ///
    /// # Errors
    /// [`Broken`] if the work panicked or the node has stopped.
    pub async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Chain) -> T + Send + 'static,
    ) -> Result<T, Broken> {
        let (reply, result) = oneshot::channel();
        let job = Box::new(move |chain: &mut Chain| {
            // The receiver is gone only if the client is.
            let _ = reply.send(work(chain));
        });
        self.jobs.send(job).map_err(|_| Broken)?;
        result.await.map_err(|_| Broken)
    }

    /// As [`ChainHandle::with`], from outside any asynchronous runtime.
    ///
    /// # Errors
    /// [`Broken`] if the work panicked or the node has stopped.
    pub fn with_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Chain) -> T + Send + 'static,
    ) -> Result<T, Broken> {
        let (reply, result) = mpsc::channel();
        let job = Box::new(move |chain: &mut Chain| {
            let _ = reply.send(work(chain));
        });
        self.jobs.send(job).map_err(|_| Broken)?;
        result.recv().map_err(|_| Broken)
    }
}

/// Says so if a value has changed.
fn announce<T: PartialEq>(told: &watch::Sender<T>, now: T) {
    told.send_if_modified(|told| {
        let is_new = *told != now;
        *told = now;
        is_new
    });
}
