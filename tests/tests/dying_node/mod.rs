//! A node's address that dies at a request of the test's choosing and answers nothing ever after.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::Value;

use crate::proxy_support::{Fate, before};

/// What the request at which an address dies comes to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Loses {
    /// It does not reach the node.
    Request,
    /// It reaches the node, whose answer does not come back.
    Answer,
}

/// An address of the node at `url` that dies at request number `fatal` of those that `counts` picks, from 1.
fn dying(url: &str, loses: Loses, fatal: usize, counts: impl Fn(&Value) -> bool + Send + Sync + 'static) -> String {
    let (seen, is_dead) = (AtomicUsize::new(0), AtomicBool::new(false));
    before(url, move |request| {
        if is_dead.load(Ordering::SeqCst) {
            return Fate::HangUp;
        }
        if !counts(request) || seen.fetch_add(1, Ordering::SeqCst) + 1 < fatal {
            return Fate::PassOn;
        }
        is_dead.store(true, Ordering::SeqCst);
        match loses {
            Loses::Request => Fate::HangUp,
            Loses::Answer => Fate::LoseAnswer,
        }
    })
}

/// Dies at request number `fatal`, from 1.
pub(crate) fn dying_at(url: &str, loses: Loses, fatal: usize) -> String {
    dying(url, loses, fatal, |_| true)
}

/// Dies at transaction number `fatal`, from 1.
pub(crate) fn dying_at_transaction(url: &str, loses: Loses, fatal: usize) -> String {
    dying(url, loses, fatal, |request| request["method"] == "eth_sendRawTransaction")
}

/// Never dies; also how many requests it has passed on.
pub(crate) fn counting(url: &str) -> (String, Arc<AtomicUsize>) {
    let seen = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&seen);
    let url = before(url, move |_| {
        counter.fetch_add(1, Ordering::SeqCst);
        Fate::PassOn
    });
    (url, seen)
}
