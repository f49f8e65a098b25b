//! Programs for people: one line each.

use alloy::primitives::U256;
use alloy::primitives::utils::format_ether;

use super::keepalive::{Kept, Place, Step};
use super::life::Activation;
use crate::show::{moment, new_table};

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
