//! Which game, whether its root adds anything, and the transaction.

use alloy::eips::BlockNumberOrTag;
use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::SolCall;
use anyhow::{Result, bail};
use mrc53_abi::UsageProofs::{acceptRootCall, rootCall};
use mrc53_abi::arbitrum::aliased;
use mrc53_console::failure::BadInput;
use mrc53_console::progress::Progress;
use mrc53_console::show::date;
use mrc53_node::fees;
use mrc53_node::sender::Sender;

use super::report::{Outcome, Report};
use crate::block;
use crate::chains::Chains;
use crate::games::choose::earliest_of_day;
use crate::games::ethereum::Ethereum;
use crate::games::find::{Found, newest_valid, why_not};
use crate::games::game::Claim;
use crate::no_proof::NoProof;
use crate::pipeline::standing::Standing;
use crate::relay::Ticket;
use crate::sent;

/// Parts of the estimated gas of `acceptRoot` that are prepaid: half as much again, since the program may have left the
/// chain's cache by then. What is not used comes back.
const PREPAID_HALVES: u64 = 3;

/// Seconds within which a ticket that does not fail arrives.
const ARRIVES_WITHIN_SECONDS: u64 = 3_600;

/// What is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// This game, instead of the one that is found.
    pub game: Option<Address>,
    /// Who gets on Arbitrum what was too much, instead of the sender.
    pub refund: Option<Address>,
    /// Send also what was sent already, or what adds nothing.
    pub anyway: bool,
}

/// Relays what is wanted by `sender`, which sends on Ethereum.
///
/// # Errors
/// A failure if no game is valid now, which says why, or the node does not answer; [`BadInput`] if the game that is named
/// never will be.
pub async fn relay(chains: &Chains<'_>, sender: &Sender<'_>, wanted: Wanted) -> Result<Report> {
    let progress = Progress::start("looking for valid games of Base");
    let standing = chains.standing().await?;
    let (found, claim, header_time) = match wanted.game {
        Some(game) => named(chains, game).await?,
        None => newest(chains, &progress).await?,
    };
    let first_day_not_covered = standing.terms.first_day_not_covered(header_time);
    let outcome = match nothing_to_do(chains, &standing, claim.root, first_day_not_covered, wanted).await? {
        Some(outcome) if !wanted.anyway => outcome,
        _ => {
            progress.detail("sending its root");
            send(chains, sender, claim, wanted).await?
        }
    };
    progress.done("looked at the games of Base");
    let last_covered_day = first_day_not_covered.checked_sub(1);
    Ok(Report { dry_run: sender.is_dry_run(), claim, header_time, last_covered_day, newer: found, outcome })
}

/// The earliest valid game of the newest day.
async fn newest(chains: &Chains<'_>, progress: &Progress) -> Result<(Option<Found>, Claim, u64)> {
    let ethereum = Ethereum::read(&chains.ethereum_reading, chains.portal).await?;
    let found = newest_valid(&ethereum).await?;
    let Some(valid) = found.valid else {
        let why = found.reasons();
        let why = why.first().map_or_else(|| "there is none".to_owned(), Clone::clone);
        bail!("no game of Base of the last thirty days is valid now: {why}");
    };
    progress.detail("the earliest of the newest day");
    let (claim, time) = earliest_of_day(&ethereum, &chains.base, valid).await?;
    Ok((Some(found), claim, time))
}

/// The game `game`, if it is valid.
async fn named(chains: &Chains<'_>, game: Address) -> Result<(Option<Found>, Claim, u64)> {
    let (claim, why) = why_not(&chains.ethereum_reading, chains.portal, game).await?;
    if let Some(why) = why {
        let words = format!("the game {game} is not valid: {}", why.words());
        return Err(if why.passes() { anyhow::anyhow!(words) } else { BadInput::new(words).into() });
    }
    let time = block::time(&chains.base, claim.block).await.map_err(NoProof::into_failure)?;
    Ok((None, claim, time))
}

/// Why the root need not be sent, if it need not.
async fn nothing_to_do(
    chains: &Chains<'_>,
    standing: &Standing,
    root: B256,
    first_day_not_covered: u32,
    wanted: Wanted,
) -> Result<Option<Outcome>> {
    let known = chains.connection.reader().view(chains.proofs, rootCall { root }).await?;
    if known.isAccepted {
        return Ok(Some(Outcome::Arrived));
    }
    let covered = standing.first_day_not_covered();
    // Somebody has opened another root of the same day: keepers have the proofs of the earliest, and need it to prove by.
    let is_needed = wanted.game.is_none() && first_day_not_covered == covered;
    if first_day_not_covered <= covered && !is_needed {
        return Ok(Some(Outcome::AddsNothing { covered_to: covered.saturating_sub(1) }));
    }
    let Some(sent) = sent::find(chains, &[root], 1).await?.pop() else { return Ok(None) };
    let is_late = match sent.block {
        Some(block) => is_late(chains, block).await?,
        None => false,
    };
    Ok(sent.transaction.filter(|_| !is_late).map(|transaction| Outcome::UnderWay { transaction }))
}

/// Whether what was sent in this block of Ethereum should have arrived by now. Then its ticket has failed: anybody can send a
/// root with too little gas for Arbitrum, and must not keep others from sending it by that.
async fn is_late(chains: &Chains<'_>, block: u64) -> Result<bool> {
    let ethereum = &chains.ethereum;
    let time = async |block: BlockNumberOrTag| {
        let answer = ethereum.provider.get_block_by_number(block).await;
        let answer = answer.map_err(|error| ethereum.url.blame("when the root was sent", &error))?;
        anyhow::Ok(answer.map(|block| block.header.timestamp))
    };
    let (sent, last) = (time(block.into()).await?, time(BlockNumberOrTag::Latest).await?);
    Ok(sent.zip(last).is_some_and(|(sent, last)| last.saturating_sub(sent) > ARRIVES_WITHIN_SECONDS))
}

async fn send(chains: &Chains<'_>, sender: &Sender<'_>, claim: Claim, wanted: Wanted) -> Result<Outcome> {
    let arbitrum = chains.connection;
    let call = acceptRootCall { root: claim.root }.abi_encode();
    let request =
        TransactionRequest::default().with_from(aliased(chains.relay)).with_to(chains.proofs).with_input(call);
    let gas = arbitrum.provider.estimate_gas(request).await;
    let gas = gas.map_err(|error| arbitrum.url.blame("what acceptRoot takes", &error))?;
    let fees = fees::next(&arbitrum.provider).await.map_err(|error| arbitrum.url.blame("its base fee", &error))?;
    let ticket = Ticket {
        game: claim.game.address,
        target: chains.proofs,
        refund: wanted.refund.unwrap_or(sender.address()),
        gas_limit: gas.saturating_mul(PREPAID_HALVES) / 2,
        max_fee_per_gas: fees.max_fee_per_gas,
    };
    let cost = ticket.cost(&chains.ethereum_reading, chains.relay).await?;
    let sent = sender.send(&ticket.transaction(chains.relay, cost.value())).await?;
    Ok(Outcome::Sent { ticket, cost, sent })
}

impl Outcome {
    /// What became of `root`, and what is to be done about it.
    #[must_use]
    pub fn words(&self, root: B256) -> String {
        match self {
            Self::Arrived => format!("nothing to send: {root} has arrived on Arbitrum already; `prove` opens it"),
            Self::AddsNothing { covered_to } => format!(
                "nothing to send: it covers no day that is not covered already, up to {} (--anyway sends it)",
                date(*covered_to)
            ),
            Self::UnderWay { transaction } => format!(
                "nothing to send: {transaction} has sent it, and it has not arrived on Arbitrum yet; if it does not within \
                 an hour, `relay` sends it again, --anyway at once; anybody can also redeem its ticket there, for seven days"
            ),
            Self::Sent { .. } => format!("{root} is on its way; it arrives within minutes, then `prove` opens it"),
        }
    }
}
