//! Programs for people: one line each.

use alloy::primitives::U256;
use alloy::primitives::utils::format_ether;
use mrc53_console::show::{moment, new_table};

use super::cache::{Cache, Entry};
use super::keepalive::{Kept, Place, Step};
use super::life::Activation;

/// The table of `cargo mrc53 keepalive`.
#[must_use]
pub fn kept(kept: &[Kept], dry_run: bool) -> String {
    let mut table = new_table(4, &["contract", "address", "state", "done"]);
    for entry in kept {
        let done = done(entry, dry_run);
        for (index, Place { contract, address }) in entry.contracts.iter().enumerate() {
            let done = if index == 0 { done.clone() } else { "same code as above".into() };
            table.add_row([contract.clone(), address.to_string(), state(entry.before), done]);
        }
    }
    table.to_string()
}

/// The table of `cargo mrc53 cache`.
#[must_use]
pub fn cache(cache: &Cache, dry_run: bool) -> String {
    let mut table = new_table(3, &["contract", "address", "in the cache", "least bid, wei"]);
    for entry in &cache.programs {
        for (index, Place { contract, address }) in entry.contracts.iter().enumerate() {
            let place = if index == 0 { place(entry, cache, dry_run) } else { "same code as above".into() };
            let bid = entry.least_bid_wei.clone().unwrap_or_else(|| "-".into());
            table.add_row([contract.clone(), address.to_string(), place, bid]);
        }
    }
    let manager = match cache.manager {
        Some(manager) => format!("Places are sold by the cache manager {manager}: --bid WEI."),
        None => "The chain has no cache manager; its owner caches.".into(),
    };
    format!("{table}\n{manager}")
}

fn place(entry: &Entry, cache: &Cache, dry_run: bool) -> String {
    match (entry.cached, entry.active, entry.transaction) {
        (true, ..) => "yes".into(),
        (_, false, _) => "no: it is not active".into(),
        (_, _, Some(hash)) => format!("now: {hash}"),
        _ if entry.error.is_some() => "no: FAILED".into(),
        (_, _, None) if dry_run && cache.manager.is_none() => "no: would be cached".into(),
        _ => "no".into(),
    }
}

/// `active until …` and the like.
#[must_use]
pub fn state(activation: Activation) -> String {
    match activation {
        Activation::Active { expires_at, .. } => format!("active until {}", moment(expires_at)),
        Activation::Expired { expired_at } => format!("EXPIRED on {}", moment(expired_at)),
        Activation::NeedsUpgrade { version, stylus_version } => {
            format!("NEEDS UPGRADE from Stylus {version} to {stylus_version}")
        }
        Activation::NotActivated => "NOT ACTIVATED".into(),
        Activation::NoCode => "NO CODE".into(),
    }
}

fn done(entry: &Kept, dry_run: bool) -> String {
    if let Some(error) = &entry.error {
        return format!("FAILED: {error}");
    }
    let verb = match entry.step {
        Step::NotDue { due_at } => return format!("nothing: due from {} on", moment(due_at)),
        Step::TooEarly { allowed_at } => return format!("nothing: too early, allowed from {} on", moment(allowed_at)),
        Step::Activate => "activated",
        Step::Keepalive => "prolonged",
    };
    let fee = entry.fee_wei.as_deref().and_then(|fee| fee.parse::<U256>().ok()).map(format_ether).unwrap_or_default();
    match (entry.after, entry.transaction) {
        (Some(Activation::Active { expires_at, .. }), Some(hash)) => {
            format!("{verb} until {} for {fee} ether: {hash}", moment(expires_at))
        }
        _ if dry_run => format!("would be {verb} for {fee} ether"),
        _ => format!("to be {verb} for {fee} ether: to be signed"),
    }
}
