//! Terms that a contract does not take (grace, lock, minimum), in sentences that say what would be accepted.

use alloy::primitives::Bytes;
use alloy::sol_types::SolInterface;
use mrc53_abi::SessionRecorder::ISessionRecorderErrors as OfRecorder;
use mrc53_abi::StakeAlignment::IStakeAlignmentErrors as OfAlignment;
use mrc53_abi::refusal::Refusals;
use mrc53_console::show::trimmed;

/// What a refusal with `data` says: a sentence if it is for a term, else the error with its values.
#[must_use]
pub fn words(data: &Bytes) -> String {
    refused(data).unwrap_or_else(|| Refusals::all().map_or_else(|_| data.to_string(), |refusals| refusals.words(data)))
}

/// Why a call is refused with `data`; none if it is not for a term.
fn refused(data: &Bytes) -> Option<String> {
    if let Ok(OfRecorder::GraceTooLong(it)) = OfRecorder::abi_decode(data) {
        return Some(format!("a grace of {} days is longer than {}", it.graceDays, it.max));
    }
    match OfAlignment::abi_decode(data).ok()? {
        OfAlignment::LockTooShort(it) => {
            Some(format!("a lock of {} s is shorter than {} s, a day", it.lockSeconds, it.min))
        }
        OfAlignment::LockTooLong(it) => {
            Some(format!("a lock of {} s is longer than {} s, a year", it.lockSeconds, it.max))
        }
        OfAlignment::MinimumTooHigh(it) => Some(format!(
            "a minimum stake of {} MOR is more than the {} MOR that can be staked at all",
            trimmed(it.amount),
            trimmed(it.max)
        )),
        _ => None,
    }
}
