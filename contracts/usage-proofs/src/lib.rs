//! `UsageProofs`: how many session-seconds each compute subnet hosted on each UTC day on Base, and how many sessions,
//! proven on Arbitrum. It answers what `SessionRecorder` answers, and the calculator cannot tell the difference.
//!
//! Usage is counted on Base by the same rule, in `UsageBuckets`: four days of a subnet are one word of storage, whatever
//! it hosted. Nobody is trusted but the chains: Base's proposals, as Ethereum holds them for valid, come as roots from the
//! relay there ([`accept_root`]); anybody shows that a root is of a state in which the buckets' account, known by address
//! **and code hash**, has a storage root ([`open_root`]), and that words lie in that storage ([`prove`]).
//!
//! Day `d` is **covered** by a root if the time of its header is at least `(d + 1 + graceDays) · 86400`: then it was final
//! on Base in that state. It is **final here** when the first root that covers it was opened at least `windowDays` ago, and
//! a root whose header's time is at least half a day behind that opening was opened at least a day ago. So whoever starts
//! to fetch proofs within half a day of coverage, and looks once a day what has been opened, is in time, without old state,
//! and while no roots come through no day becomes final. A word that nobody proves in time counts as zero, as a session
//! that nobody records.
//!
//! A day counts for a subnet only if the subnet was **eligible** on it, which `StakeAlignment` answers as a fact of the day:
//! it does not matter when the word is proven, nor by whom.
//!
//! There is no owner, nothing can be paused, and no money is held. The state and its slots: [`UsageProofs`].
//!
//! # Trust
//!
//! Relay, buckets, code hash and `StakeAlignment` are fixed at construction. A root that the relay sent stays accepted for
//! good: whoever can make Ethereum hold a false one for valid can give and take usage on days that are not final here.
//! `StakeAlignment` is trusted to answer truthfully and at bounded cost. What callers send is data: every byte of a proof
//! is used or refused; what lies behind the arguments is not read.
//!
//! [`accept_root`]: UsageProofs::accept_root
//! [`open_root`]: UsageProofs::open_root
//! [`prove`]: UsageProofs::prove

extern crate alloc;

use alloc::vec::Vec;

use alloy_primitives::{Address, FixedBytes};
use mrc53_interfaces::{recorder::DayUsage, wire::emit};
use mrc53_ledger::usage::{UsageWord, DAYS_PER_WORD};
use stylus_sdk::{abi::Bytes, prelude::*};

mod arguments;
mod coverage;
// The entrypoint macro adds a public function without a word that nothing in Rust can reach.
#[allow(missing_docs, unreachable_pub)]
mod entry;
mod errors;
mod events;
mod opening;
mod proving;
mod slots;
mod state;
#[cfg(test)]
mod tests;
mod words;

use words::{RootWord, Settings};

#[cfg(feature = "export-abi")]
pub use entry::print_from_args;
pub use errors::{
    AccountAbsent, AccountMalformed, AlignmentCallFailed, ArgumentsMalformed, CodeHashMismatch, Error, GraceTooLong,
    HeaderInFuture, HeaderMalformed, LengthsDiffer, NodeMalformed, NodeMissing, NodeUnexpected, NodesLeft, NotRelay,
    PreimageMismatch, RootNotOpen, RootUnknown, StateRootMismatch, ValueMalformed, WindowOutOfRange, WordNotAscending,
    WordOutOfRange, ZeroArgument,
};
pub use events::{DayPassedOver, PassedOver, RootAccepted, RootOpened, WordProven};
pub use state::UsageProofs;

/// Longest grace on Base in days: that of its recorder.
pub const MAX_GRACE_DAYS: u32 = 90;

/// Shortest window in days.
pub const MIN_WINDOW_DAYS: u32 = 3;

/// Longest window in days.
pub const MAX_WINDOW_DAYS: u32 = 30;

#[public]
impl UsageProofs {
    /// Fixes for good whom the contract believes, whom it asks, and how long a covered day can be proven.
    ///
    /// `relay` is the relay on Ethereum as its messages arrive here: its address plus
    /// 0x1111000000000000000000000000000000001111. `buckets` and `code_hash` are address and code hash of `UsageBuckets` on
    /// Base, `grace_days` the grace of the recorder there, at most [`MAX_GRACE_DAYS`]. `alignment` answers `eligibleDays`.
    /// `window_days` is at least [`MIN_WINDOW_DAYS`] and at most [`MAX_WINDOW_DAYS`].
    ///
    /// # Errors
    /// [`ZeroArgument`] if an address or the code hash is zero, [`GraceTooLong`], [`WindowOutOfRange`].
    #[constructor]
    pub fn constructor(
        &mut self,
        relay: Address,
        buckets: Address,
        code_hash: FixedBytes<32>,
        grace_days: u32,
        alignment: Address,
        window_days: u32,
    ) -> Result<(), Error> {
        if relay.is_zero() || buckets.is_zero() || code_hash.is_zero() || alignment.is_zero() {
            return Err(ZeroArgument {}.into());
        }
        if grace_days > MAX_GRACE_DAYS {
            return Err(GraceTooLong { graceDays: grace_days, max: MAX_GRACE_DAYS }.into());
        }
        if !(MIN_WINDOW_DAYS..=MAX_WINDOW_DAYS).contains(&window_days) {
            let refusal = WindowOutOfRange { windowDays: window_days, min: MIN_WINDOW_DAYS, max: MAX_WINDOW_DAYS };
            return Err(refusal.into());
        }
        let settings = Settings { alignment: alignment.into_array(), grace_days, window_days, entries: 0 };
        self.relay.set(relay);
        self.settings.set(FixedBytes(settings.to_bytes()));
        self.buckets.set(buckets);
        self.code_hash.set(code_hash);
        Ok(())
    }

    /// Takes a root of Base that Ethereum holds for valid. Taking it twice changes nothing.
    ///
    /// # Events
    /// [`RootAccepted`], the first time.
    ///
    /// # Errors
    /// [`NotRelay`] for anybody but the relay.
    pub fn accept_root(&mut self, root: FixedBytes<32>) -> Result<(), Error> {
        let caller = self.vm().msg_sender();
        if caller != self.relay.get() {
            return Err(NotRelay { caller }.into());
        }
        let known = self.root_word(root);
        if !known.is_accepted {
            self.set_root_word(root, RootWord { is_accepted: true, ..known });
            emit::<RootAccepted>(self.vm(), &[root], &[]);
        }
        Ok(())
    }

    /// Opens an accepted root: from now on [`Self::prove`] takes proofs against it. Permissionless; roots may be opened in
    /// any order, and every opened one stays usable. Opening twice changes nothing, whatever else is sent.
    ///
    /// The root is the hash of version 0 (a word of zeros), `state_root`, `message_passer_root` and the hash of `header`,
    /// the RLP of the block's header, which must have that state root and a time that is not later than now.
    /// `account_proof` are the nodes from the state root to the account of the buckets, one behind the other; the account
    /// must have the code hash of the constructor. If the root covers more days than any before, coverage moves, and the
    /// window of these days begins now.
    ///
    /// # Events
    /// [`RootOpened`], the first time.
    ///
    /// # Errors
    /// In this order: [`ArgumentsMalformed`], [`RootUnknown`], [`PreimageMismatch`], [`HeaderMalformed`],
    /// [`StateRootMismatch`], [`HeaderInFuture`], of the proof [`NodeMissing`], [`NodeUnexpected`], [`NodeMalformed`],
    /// [`NodesLeft`], then [`AccountAbsent`], [`AccountMalformed`], [`CodeHashMismatch`].
    pub fn open_root(
        &mut self,
        root: FixedBytes<32>,
        state_root: FixedBytes<32>,
        message_passer_root: FixedBytes<32>,
        header: Bytes,
        account_proof: Bytes,
    ) -> Result<(), Error> {
        entry::encoded(&(root, state_root, message_passer_root, header, account_proof), |arguments| {
            self.open_encoded(arguments)
        })
    }

    /// Proves words of the buckets on Base by an opened root, and returns how many days were added. Permissionless.
    ///
    /// Word number `words[i]` of `subnets[i]` holds its days `4 · words[i]` to `4 · words[i] + 3`. The pairs stand in
    /// strictly ascending order of their hashed slots, keccak256 of keccak256(word ‖ keccak256(subnet ‖ 0)). `nodes` are
    /// those of the storage's trie, one behind the other: each once, depth first, in the order in which the pairs need
    /// them; a node that stands inside its parent may be listed again behind it.
    ///
    /// Every day on which something was hosted, that is covered by the root, not final, not proven yet, and on which the
    /// subnet was eligible is added to the subnet's bucket and to the total. The others are passed over with an event, and
    /// the rest goes on; of a day on which nothing was hosted there is nothing to say.
    ///
    /// # Events
    /// For each word [`DayPassedOver`] for each day passed over, then [`WordProven`] if a day was added.
    ///
    /// # Errors
    /// [`ArgumentsMalformed`], [`LengthsDiffer`], [`RootNotOpen`]; for each word [`WordOutOfRange`], [`WordNotAscending`],
    /// [`NodeMissing`], [`NodeUnexpected`], [`NodeMalformed`], [`ValueMalformed`], [`AlignmentCallFailed`]; then
    /// [`NodesLeft`].
    pub fn prove(
        &mut self,
        root: FixedBytes<32>,
        subnets: Vec<Address>,
        words: Vec<u32>,
        nodes: Bytes,
    ) -> Result<u32, Error> {
        entry::encoded(&(root, subnets, words, nodes), |arguments| self.prove_encoded(arguments))
    }

    /// The usage of `subnet` and of all subnets on `day` as proven by now, whether the day is final or not. Zeros for a
    /// day of which nothing was proven.
    #[must_use]
    pub fn usage_of(&self, subnet: Address, day: u32) -> DayUsage {
        let number = UsageWord::index_of(day);
        day_usage(self.subnet_word(subnet, number), self.total_word(number), day)
    }

    /// The usage on each of the days `[from_day, to_day)` that are final: one element a day from `from_day` on, ending
    /// before [`Self::first_open_day`]. These never change again.
    ///
    /// Empty if no day of the range is final, or the range is empty or reversed. The cost grows with the number of
    /// days answered, and every four days share their reads.
    #[must_use]
    pub fn final_usage(&self, subnet: Address, from_day: u32, to_day: u32) -> Vec<DayUsage> {
        let to_day = to_day.min(self.first_open_day());
        let mut days = Vec::with_capacity(to_day.saturating_sub(from_day) as usize);
        let mut words = (UsageWord::default(), UsageWord::default());
        for day in from_day..to_day {
            if day == from_day || day % DAYS_PER_WORD == 0 {
                let number = UsageWord::index_of(day);
                words = (self.subnet_word(subnet, number), self.total_word(number));
            }
            days.push(day_usage(words.0, words.1, day));
        }
        days
    }

    /// The first day that is not final: day `d` is final if and only if `d` is below it. 0 before the first.
    #[must_use]
    pub fn first_open_day(&self) -> u32 {
        self.first_open(self.settings())
    }

    /// Whether the relay has sent `root`, whether it is opened, and if so the time of its header (unix seconds) and the
    /// root of the buckets' storage.
    #[must_use]
    pub fn root(&self, root: FixedBytes<32>) -> (bool, bool, u64, FixedBytes<32>) {
        let known = self.root_word(root);
        let is_open = known.timestamp.is_some();
        (known.is_accepted, is_open, known.timestamp.unwrap_or_default(), self.storage_roots.get(root))
    }

    /// How often coverage has moved.
    #[must_use]
    pub fn coverage_entries(&self) -> u32 {
        self.settings().entries
    }

    /// The first day that was not covered once coverage had moved for the time number `number`, counted from 0, and when
    /// that was (unix seconds). Zeros if it has not.
    #[must_use]
    pub fn coverage_entry(&self, number: u32) -> (u32, u64) {
        let entry = self.entry(number);
        (entry.first_day_not_covered, entry.opened_at)
    }

    /// Who sends roots: the relay on Ethereum, as its messages arrive.
    #[must_use]
    pub fn relay(&self) -> Address {
        self.relay.get()
    }

    /// The `UsageBuckets` on Base, and the hash of their code.
    #[must_use]
    pub fn buckets(&self) -> (Address, FixedBytes<32>) {
        (self.buckets.get(), self.code_hash.get())
    }

    /// The `StakeAlignment` that is asked on which days subnets were eligible.
    #[must_use]
    pub fn alignment(&self) -> Address {
        Address::new(self.settings().alignment)
    }

    /// Days after its end during which a day can still be booked on Base.
    #[must_use]
    pub fn grace_days(&self) -> u32 {
        self.settings().grace_days
    }

    /// Days for which a covered day can be proven, at least.
    #[must_use]
    pub fn window_days(&self) -> u32 {
        self.settings().window_days
    }
}

fn day_usage(of_subnet: UsageWord, of_all: UsageWord, day: u32) -> DayUsage {
    let (of_subnet, of_all) = (of_subnet.day(day), of_all.day(day));
    DayUsage {
        subnetSeconds: of_subnet.seconds,
        totalSeconds: of_all.seconds,
        subnetSessions: of_subnet.sessions,
        totalSessions: of_all.sessions,
    }
}
