//! Handing transactions in: mined at once, or held until the gap before their nonce closes.

use super::Chain;
use super::error::{ChainError, refusal};
use super::held::{HOLD, MOST_HELD, Submitted, Waiting};
use alloy::consensus::{Transaction, TxEnvelope};
use alloy::primitives::Address;
use revm::context_interface::result::InvalidTransaction;
use std::time::Instant;
use tokio::sync::oneshot;

impl Chain {
    /// Mines a transaction of `from`, whose right to send it was checked, or holds it if its nonce is too high.
    ///
    /// # Errors
    /// If it is not valid now.
    pub(crate) fn submit(&mut self, envelope: TxEnvelope, from: Address) -> Result<Submitted, ChainError> {
        self.give_up_where(|waiting| waiting.until <= Instant::now());
        if envelope.nonce() <= self.nonce(from) || self.held.waiting.len() >= MOST_HELD {
            return self.send(envelope, from).map(Submitted::Mined);
        }
        self.check(&envelope, from)?;
        let (reply, answer) = oneshot::channel();
        self.held.last_ticket += 1;
        let ticket = self.held.last_ticket;
        self.held.waiting.push(Waiting { ticket, until: Instant::now() + HOLD, envelope, from, reply });
        Ok(Submitted::Held { ticket, answer })
    }

    /// Refuses a transaction that still waits.
    pub(crate) fn give_up(&mut self, ticket: u64) {
        self.give_up_where(|waiting| waiting.ticket == ticket);
    }

    /// Mines what waited for the nonces that its senders have now.
    pub(super) fn release_held(&mut self) {
        let is_due = |chain: &Self, waiting: &Waiting| waiting.envelope.nonce() <= chain.nonce(waiting.from);
        while let Some(due) = self.held.waiting.iter().position(|waiting| is_due(self, waiting)) {
            let waiting = self.held.waiting.remove(due);
            let mined = self.send_one(waiting.envelope, waiting.from);
            // The receiver is gone only if the client is.
            let _ = waiting.reply.send(mined);
        }
    }

    fn give_up_where(&mut self, is_given_up: impl Fn(&Waiting) -> bool) {
        for waiting in self.held.waiting.extract_if(.., |waiting| is_given_up(waiting)).collect::<Vec<_>>() {
            let (tx, state) = (waiting.envelope.nonce(), self.nonce(waiting.from));
            let refused = ChainError::refused(refusal(&InvalidTransaction::NonceTooHigh { tx, state }));
            let _ = waiting.reply.send(Err(refused));
        }
    }
}
