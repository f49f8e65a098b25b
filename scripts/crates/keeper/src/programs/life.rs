//! What the chain knows of a program: whether it can be called, since when and until when.

use alloy::primitives::{Address, B256, keccak256};
use alloy::providers::Provider;
use alloy::sol_types::SolInterface;
use anyhow::{Context, Result};
use mrc53_abi::ArbWasm::{ArbWasmErrors, expiryDaysCall, keepaliveDaysCall, programTimeLeftCall};
use mrc53_abi::ArbWasmCache::codehashIsCachedCall;
use mrc53_abi::arbitrum::{ARB_WASM, ARB_WASM_CACHE};
use mrc53_node::book::Record;
use mrc53_node::connection::Connection;
use mrc53_node::head::Head;
use mrc53_node::no_value::NoValue;
use mrc53_suite::contract::Contract;
use serde::Serialize;

/// Seconds of a day.
pub(super) const DAY_SECONDS: u64 = 86_400;
/// Seconds of an hour.
const HOUR_SECONDS: u64 = 3_600;

/// How long the chain keeps programs active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// A program can be called up to and including this age in days.
    pub expiry_days: u16,
    /// Age in days from which its life can be prolonged.
    pub keepalive_days: u16,
}

/// Whether a program can be called. Times are Unix seconds; the chain counts ages from the full hour of activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Activation {
    /// It can be called.
    Active {
        /// Since this full hour.
        activated_at: u64,
        /// The last second in which it can.
        expires_at: u64,
    },
    /// Its time is over: every call fails until it is activated again.
    Expired {
        /// The last second in which it could be called.
        expired_at: u64,
    },
    /// The chain has moved to a newer version of Stylus: every call fails until it is activated again.
    NeedsUpgrade {
        /// The version that it was activated for.
        version: u16,
        /// The chain's.
        stylus_version: u16,
    },
    /// It was never activated.
    NotActivated,
    /// Nothing is at its address.
    NoCode,
}

/// A program of the book, as it is on the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Life {
    /// Package name.
    pub contract: String,
    /// Where it stands.
    pub address: Address,
    /// Whether it is the book's newest of its name.
    pub newest: bool,
    /// keccak256 of the code at the address.
    pub code_hash: B256,
    /// Whether that is the code hash of the book.
    pub code_as_recorded: bool,
    /// Whether it can be called.
    #[serde(flatten)]
    pub activation: Activation,
    /// Whether it starts at the cache's price.
    pub cached: bool,
}

impl Terms {
    /// The chain's terms at `head`.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn read(connection: &Connection, head: Head) -> Result<Self> {
        let reader = connection.reader().at(head);
        let expiry_days = reader.ask(ARB_WASM, expiryDaysCall {}).await.context("ArbWasm.expiryDays")?;
        let keepalive_days = reader.ask(ARB_WASM, keepaliveDaysCall {}).await.context("ArbWasm.keepaliveDays")?;
        Ok(Self { expiry_days, keepalive_days })
    }

    fn expiry_seconds(self) -> u64 {
        u64::from(self.expiry_days) * DAY_SECONDS
    }
}

impl Activation {
    /// Whole days at `now` (Unix seconds) until it expires; 0 if it cannot be called.
    #[must_use]
    pub fn days_left(self, now: u64) -> u64 {
        match self {
            Self::Active { expires_at, .. } => expires_at.saturating_sub(now) / DAY_SECONDS,
            _ => 0,
        }
    }

    /// Whether it can be called.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(self, Self::Active { .. })
    }
}

/// All programs of the book at `head`, the oldest first.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn read_all(connection: &Connection, head: Head, terms: Terms) -> Result<Vec<Life>> {
    let mut lives = Vec::new();
    for record in connection.book.contracts.iter().filter(|record| is_program(record)) {
        lives.push(read(connection, head, terms, record).await?);
    }
    Ok(lives)
}

/// Whether `record` is of a contract of the suite, and no stand-in.
fn is_program(record: &Record) -> bool {
    Contract::of_package(&record.contract).is_some()
}

/// One program of the book at `head`.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn read(connection: &Connection, head: Head, terms: Terms, record: &Record) -> Result<Life> {
    let Record { contract, address, .. } = record;
    let code = connection.provider.get_code_at(*address).block_id(head.id()).await;
    let code = code.with_context(|| format!("the code of {contract} at {address}"))?;
    let code_hash = keccak256(&code);
    let cached = codehashIsCachedCall { codehash: code_hash };
    let cached = connection.reader().at(head).ask(ARB_WASM_CACHE, cached).await.context("ArbWasmCache")?;
    let activation = if code.is_empty() {
        Activation::NoCode
    } else {
        activation(connection, head, terms, *address).await.with_context(|| format!("{contract} at {address}"))?
    };
    Ok(Life {
        contract: contract.clone(),
        address: *address,
        newest: connection.book.newest_named(contract).is_some_and(|newest| newest.address == *address),
        code_hash,
        code_as_recorded: code_hash == record.code_hash,
        activation,
        cached,
    })
}

/// The full hour next to `at`: ages count from full hours, and the clock may run on between two answers.
const fn full_hour(at: u64) -> u64 {
    at.saturating_add(HOUR_SECONDS / 2) / HOUR_SECONDS * HOUR_SECONDS
}

/// Whether the program at `address` can be called at `head`.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn activation(connection: &Connection, head: Head, terms: Terms, address: Address) -> Result<Activation> {
    let no = match connection.reader().at(head).ask(ARB_WASM, programTimeLeftCall { program: address }).await {
        Ok(left) => {
            let activated_at = full_hour(head.timestamp.saturating_add(left).saturating_sub(terms.expiry_seconds()));
            return Ok(Activation::Active {
                activated_at,
                expires_at: activated_at.saturating_add(terms.expiry_seconds()),
            });
        }
        Err(no) => no,
    };
    let refusal = if let NoValue::Refused(data) = &no { ArbWasmErrors::abi_decode(data).ok() } else { None };
    Ok(match refusal {
        Some(ArbWasmErrors::ProgramNotActivated(_)) => Activation::NotActivated,
        Some(ArbWasmErrors::ProgramNeedsUpgrade(upgrade)) => {
            Activation::NeedsUpgrade { version: upgrade.version, stylus_version: upgrade.stylusVersion }
        }
        Some(ArbWasmErrors::ProgramExpired(expired)) => {
            let activated_at = full_hour(head.timestamp.saturating_sub(expired.ageInSeconds));
            Activation::Expired { expired_at: activated_at + terms.expiry_seconds() }
        }
        _ => return Err(no).context("ArbWasm.programTimeLeft"),
    })
}
