//! ArbOS' table of Stylus programs: who is active, until when, at what price. Kept in ArbOS' storage, so
//! that reverts and snapshots treat it like any other state.

use super::addresses::ARBOS_STATE;
use super::context::NitroContext;
use crate::stylus::activate::Activation;
use alloy::primitives::{B256, U256, keccak256};
use revm::context_interface::{ContextTr, JournalTr};
use std::convert::Infallible;

/// The Stylus version that programs are activated for.
pub(super) const STYLUS_VERSION: u16 = 2;

/// Days after which a program must be activated again.
pub(super) const EXPIRY_DAYS: u16 = 365;

/// Age in days from which a program's life can be prolonged.
pub(super) const KEEPALIVE_DAYS: u16 = 31;

/// How many programs a block keeps at the cached price (ArbOS 60).
pub(super) const BLOCK_CACHE_SIZE: u16 = 32;

/// Unix seconds at which Arbitrum's time began, from where ArbOS counts.
pub(super) const ARBITRUM_START: u64 = 1_421_388_000;

const SECONDS_PER_DAY: u64 = 86_400;

/// A row of the table, packed as Nitro packs it: version, init cost, cached cost and footprint (two bytes
/// each), activation hour and kilobytes of machine code (three bytes each), cached (one byte).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Program {
    /// Stylus version of the activation; 0 if there was none.
    pub(super) version: u16,
    /// Start cost figure without the cache.
    pub(super) init_cost: u16,
    /// Start cost figure with the cache.
    pub(super) cached_cost: u16,
    /// Memory pages at the start.
    pub(super) footprint: u16,
    /// Hours since ArbOS began to count.
    pub(super) activated_hour: u32,
    /// Estimated size of the machine code in KiB.
    pub(super) asm_kilobytes: u32,
    /// True if the program is in the long-term cache.
    pub(super) cached: bool,
}

/// Why a program cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inactive {
    /// Never activated.
    NotActivated,
    /// Activated for this older version.
    NeedsUpgrade(u16),
    /// Activated this many seconds ago.
    Expired(u64),
}

impl Program {
    /// The row of a fresh activation.
    #[must_use]
    pub(super) fn activated(activation: &Activation, now: u64, cached: bool) -> Self {
        Self {
            version: STYLUS_VERSION,
            init_cost: activation.init_cost,
            cached_cost: activation.cached_cost,
            footprint: activation.pages,
            activated_hour: hour_of(now),
            asm_kilobytes: activation.asm_estimate.div_ceil(1024),
            cached,
        }
    }

    /// The row with this code hash.
    pub(super) fn load(ctx: &mut NitroContext<'_>, code_hash: B256) -> Self {
        Self::unpack(load(ctx, program_key(code_hash)))
    }

    /// Writes the row.
    pub(super) fn store(&self, ctx: &mut NitroContext<'_>, code_hash: B256) {
        store(ctx, program_key(code_hash), self.pack());
    }

    fn unpack(word: U256) -> Self {
        let bytes = word.to_be_bytes::<32>();
        let two = |at: usize| u16::from_be_bytes([bytes[at], bytes[at + 1]]);
        let three = |at: usize| u32::from_be_bytes([0, bytes[at], bytes[at + 1], bytes[at + 2]]);
        Self {
            version: two(0),
            init_cost: two(2),
            cached_cost: two(4),
            footprint: two(6),
            activated_hour: three(8),
            asm_kilobytes: three(11),
            cached: bytes[14] != 0,
        }
    }

    fn pack(&self) -> U256 {
        let mut bytes = [0; 32];
        bytes[0..2].copy_from_slice(&self.version.to_be_bytes());
        bytes[2..4].copy_from_slice(&self.init_cost.to_be_bytes());
        bytes[4..6].copy_from_slice(&self.cached_cost.to_be_bytes());
        bytes[6..8].copy_from_slice(&self.footprint.to_be_bytes());
        bytes[8..11].copy_from_slice(&self.activated_hour.to_be_bytes()[1..]);
        bytes[11..14].copy_from_slice(&self.asm_kilobytes.to_be_bytes()[1..]);
        bytes[14] = u8::from(self.cached);
        U256::from_be_bytes(bytes)
    }

    /// Seconds since the hour of activation.
    #[must_use]
    pub(super) fn age(&self, now: u64) -> u64 {
        now.saturating_sub(ARBITRUM_START + u64::from(self.activated_hour) * 3_600)
    }

    /// True if the program was never activated or its time is over.
    #[must_use]
    pub(super) fn expired(&self, now: u64) -> bool {
        self.activated_hour == 0 || self.age(now) > expiry_seconds()
    }

    /// The program itself if it can be used at `now`.
    ///
    /// # Errors
    /// Why it cannot.
    pub(super) fn active(self, now: u64) -> Result<Self, Inactive> {
        if self.version == 0 {
            Err(Inactive::NotActivated)
        } else if self.version != STYLUS_VERSION {
            Err(Inactive::NeedsUpgrade(self.version))
        } else if self.age(now) > expiry_seconds() {
            Err(Inactive::Expired(self.age(now)))
        } else {
            Ok(self)
        }
    }

    /// Seconds until the program expires.
    #[must_use]
    pub(super) fn seconds_left(&self, now: u64) -> u64 {
        expiry_seconds().saturating_sub(self.age(now))
    }

    /// Estimated bytes of machine code.
    #[must_use]
    pub(super) const fn asm_bytes(&self) -> u32 {
        self.asm_kilobytes.saturating_mul(1024)
    }
}

/// Unix seconds to ArbOS hours.
#[must_use]
pub(super) fn hour_of(now: u64) -> u32 {
    let hours = now.saturating_sub(ARBITRUM_START) / 3_600;
    u32::try_from(hours).unwrap_or(u32::MAX).min(0x00FF_FFFF)
}

const fn expiry_seconds() -> u64 {
    EXPIRY_DAYS as u64 * SECONDS_PER_DAY
}

/// Age in seconds from which a keepalive is taken.
#[must_use]
pub(super) const fn keepalive_seconds() -> u64 {
    KEEPALIVE_DAYS as u64 * SECONDS_PER_DAY
}

fn program_key(code_hash: B256) -> U256 {
    keccak256([b"programs".as_slice(), code_hash.as_slice()].concat()).into()
}

/// Reads a word of ArbOS' state without a trace of the access in what later accesses cost: only ArbOS
/// itself ever reads it.
pub(super) fn load(ctx: &mut NitroContext<'_>, key: U256) -> U256 {
    let journal = ctx.journal_mut();
    let _ = infallible(journal.load_account(ARBOS_STATE));
    infallible(journal.sload(ARBOS_STATE, key)).data
}

/// Writes a word of ArbOS' state.
pub(super) fn store(ctx: &mut NitroContext<'_>, key: U256, value: U256) {
    let journal = ctx.journal_mut();
    let _ = infallible(journal.load_account(ARBOS_STATE));
    journal.touch_account(ARBOS_STATE);
    infallible(journal.sstore(ARBOS_STATE, key, value));
}

fn infallible<T>(result: Result<T, Infallible>) -> T {
    match result {
        Ok(value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::{ARBITRUM_START, Inactive, Program, STYLUS_VERSION, expiry_seconds};

    const NOW: u64 = ARBITRUM_START + 1_000 * 3_600;

    fn program() -> Program {
        Program {
            version: STYLUS_VERSION,
            init_cost: 0x0102,
            cached_cost: 0x0304,
            footprint: 0x0506,
            activated_hour: 1_000,
            asm_kilobytes: 0x0007_0809,
            cached: true,
        }
    }

    #[test]
    fn a_row_survives_its_packing() {
        assert_eq!(Program::unpack(program().pack()), program());
    }

    #[test]
    fn a_program_lives_exactly_365_days() {
        assert!(program().active(NOW + expiry_seconds()).is_ok());
        let expired = program().active(NOW + expiry_seconds() + 1);
        assert_eq!(expired, Err(Inactive::Expired(expiry_seconds() + 1)));
    }

    #[test]
    fn a_program_of_an_older_version_needs_an_upgrade() {
        let old = Program { version: 1, ..program() };
        assert_eq!(old.active(NOW), Err(Inactive::NeedsUpgrade(1)));
    }

    #[test]
    fn a_program_without_a_row_is_not_activated() {
        assert_eq!(Program::default().active(NOW), Err(Inactive::NotActivated));
    }
}
