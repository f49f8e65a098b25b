//! A suite that stands on the chain and that no book knows. Its distributor's address follows from its first day, so
//! with another day a second one would be planned beside it, and both would pay.

use std::pin::pin;

use alloy::primitives::Address;
use alloy::providers::Provider;
use alloy::rpc::types::{Filter, Log};
use alloy::sol_types::SolEvent;
use anyhow::Result;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use mrc53_abi::RewardDistributor::{self, CalculatorScheduled, ComputePoolSet, OwnershipTransferred};
use mrc53_console::failure::BadInput;
use mrc53_console::show::date;
use mrc53_node::book::Book;
use mrc53_node::connection::Connection;
use mrc53_node::words;
use mrc53_suite::contract::Contract;

use super::asking::code_at;
use super::compare::Action;
use super::goal::{DEFAULT_SALT, Goal};
use super::step::Step;

/// A distributor and what it was constructed with.
struct Found {
    address: Address,
    first_day: u32,
    /// Its owner and pool at first, where its first events can be read.
    constructed: Option<(Address, Address)>,
}

/// Who pays by a calculator.
enum Paying {
    Nobody,
    By(Found),
    /// The node does not search for it, for this reason.
    Unknown(String),
}

/// Checks that a distributor is planned beside contracts that the book does not know only if no other pays for them,
/// and if somebody has named its first day. What could not be searched for is answered in words.
///
/// # Errors
/// [`BadInput`] with the flags that find the one that stands, or how to find its first day. A failure if the node does
/// not answer.
pub(super) async fn require_first_day(connection: &Connection, goal: &Goal, steps: &[Step]) -> Result<Option<String>> {
    let found: Vec<&Step> = steps.iter().filter(|it| it.piece.is_program() && it.action == Action::Found).collect();
    let distributor = steps.iter().find(|it| it.piece.is(Contract::RewardDistributor));
    let Some(distributor) = distributor.filter(|it| it.action == Action::Deploy && it.replaces.is_none()) else {
        return Ok(None);
    };
    if found.is_empty() {
        return require_no_other(connection, goal, distributor).await;
    }
    let names: Vec<&str> = found.iter().map(|step| step.piece.contract.as_str()).collect();
    let stand = format!("{} stand on the chain and not in the book", names.join(", "));
    let calculator = found.iter().find(|step| step.piece.is(Contract::RewardCalculator));
    let paying = match calculator {
        Some(calculator) => paying_by(connection, calculator.address, distributor).await?,
        None => Paying::Nobody,
    };
    if let Paying::By(other) = &paying {
        let constructed = other.constructed.map_or_else(
            || "with the --owner and --compute-pool that it was deployed with".to_owned(),
            |(owner, pool)| format!("--owner {owner} --compute-pool {pool}"),
        );
        return Err(BadInput::new(format!(
            "{stand}, and the reward-distributor at {} pays by them from day {} ({}) on: a second one would pay twice. \
             To write it down: --first-day {} {constructed}",
            other.address,
            other.first_day,
            date(other.first_day),
            other.first_day,
        ))
        .into());
    }
    if goal.is_first_day_named {
        return Ok(match paying {
            Paying::Unknown(reason) => Some(format!(
                "{stand}, and whether a reward-distributor pays by them: {}",
                unsearched(connection, &reason)
            )),
            Paying::Nobody | Paying::By(_) => None,
        });
    }
    let book = Book::path(&connection.folder, &connection.network);
    Err(BadInput::new(format!(
        "{stand}, so a reward-distributor may stand too, at an address that follows from its first day: name it with \
         --first-day DAY. It is firstDay() of the distributor that the pool allows to take MOR, the day of the first \
         deployment unless one was named; a copy of {} says it too",
        book.display()
    ))
    .into())
}

/// Where the book is empty and nobody asks for a second suite, checks that no distributor of this code pays the token:
/// with another owner, lock or minimum than then every address is another one, and nothing of the suite is found. Says so
/// where the node does not search.
async fn require_no_other(connection: &Connection, goal: &Goal, step: &Step) -> Result<Option<String>> {
    if connection.book.here().next().is_some() || goal.salt != DEFAULT_SALT {
        return Ok(None);
    }
    let logs = match distributors(connection, scheduled(), step).await {
        Ok(logs) => logs,
        Err(reason) => {
            let why = unsearched(connection, &reason);
            return Ok(Some(format!("whether a suite stands that no book here knows: {why}")));
        }
    };
    let mut logs = pin!(logs);
    while let Some(log) = logs.try_next().await? {
        let address = log.address();
        if connection.reader().view(address, RewardDistributor::tokenCall {}).await? == goal.token.address {
            let owner = constructed(connection, &log).await;
            let owner = owner.map_or_else(String::new, |(owner, _)| format!(" (first of all --owner {owner})"));
            return Err(BadInput::new(format!(
                "a reward-distributor of this code stands at {address}, pays this token, and is in no book here: was its \
                 book lost? With what it was deployed with, deploy finds it{owner}: run it with --dry-run first. For a \
                 second suite: --salt NAME"
            ))
            .into());
        }
    }
    Ok(None)
}

/// Why it is not known what stands.
fn unsearched(connection: &Connection, reason: &str) -> String {
    format!("{} does not search all of its blocks at once ({reason})", connection.url)
}

/// The newest distributor of the code of `step` that has scheduled `calculator`.
async fn paying_by(connection: &Connection, calculator: Address, step: &Step) -> Result<Paying> {
    let filter = scheduled().topic1(calculator.into_word());
    let logs = match distributors(connection, filter, step).await {
        Ok(logs) => logs,
        Err(reason) => return Ok(Paying::Unknown(reason)),
    };
    let mut logs = pin!(logs);
    let Some(log) = logs.try_next().await? else { return Ok(Paying::Nobody) };
    let address = log.address();
    let first_day = connection.reader().view(address, RewardDistributor::firstDayCall {}).await?;
    Ok(Paying::By(Found { address, first_day, constructed: constructed(connection, &log).await }))
}

/// What a distributor logs when it is constructed, and for each calculator after the first.
fn scheduled() -> Filter {
    Filter::new().event_signature(CalculatorScheduled::SIGNATURE_HASH).from_block(0)
}

/// The logs that fit `filter` and are of contracts of the code of `step`, the newest first, each looked at when its turn
/// comes; the node's reason if it does not search all of its blocks at once.
async fn distributors(
    connection: &Connection,
    filter: Filter,
    step: &Step,
) -> Result<impl Stream<Item = Result<Log>>, String> {
    let logs = connection.provider.get_logs(&filter).await.map_err(|error| words::of(&error.into()))?;
    Ok(stream::iter(logs.into_iter().rev()).filter_map(async |log| {
        match code_at(&connection.node(), log.address()).await {
            Ok(code) => (code == step.piece.code).then_some(Ok(log)),
            Err(error) => Some(Err(error)),
        }
    }))
}

/// Owner and pool that the distributor of `log` was constructed with, by the other events of its block.
async fn constructed(connection: &Connection, log: &Log) -> Option<(Address, Address)> {
    let block = log.block_number?;
    let filter = Filter::new().address(log.address()).from_block(block).to_block(block);
    let logs = connection.provider.get_logs(&filter).await.ok()?;
    let owner = logs.iter().find_map(|log| OwnershipTransferred::decode_log(&log.inner).ok())?;
    let pool = logs.iter().find_map(|log| ComputePoolSet::decode_log(&log.inner).ok())?;
    Some((owner.newOwner, pool.pool))
}
