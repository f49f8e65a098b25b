//! From days to the sessions that were served on them: blocks, events, sessions, and all of it held against itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use alloy::primitives::{Address, B256};
use alloy::rpc::types::{Filter, Log};
use alloy::sol_types::SolEvent;
use anyhow::{Result, bail};
use mrc53_abi::Diamond::{SessionClosed, SessionOpened};
use mrc53_console::failure::BadInput;
use mrc53_console::progress::Progress;
use mrc53_console::show::{count, grouped, moment, named_day};
use mrc53_maths::Day;
use mrc53_node::logs::{Answered, Reader};
use mrc53_node::reading::Reading;

use crate::cache::{Cache, Read, Source};
use crate::contradiction::Contradiction;
use crate::days::first_block;
use crate::midnights::{self, Block, Midnight};
use crate::served::Diamonds;
use crate::session::{Event, Session};
use crate::{held, listed};

/// How many blocks are asked for events at first: two days of Base, more than most nodes take.
const BLOCKS_AT_FIRST: u64 = 86_400;
/// Sessions that are asked for before they are written down.
const TOGETHER: usize = 200;

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The Diamond.
    pub diamond: Address,
    /// The UTC days, at least one; all of them must be over.
    pub days: Range<Day>,
    /// The longest session that was ever allowed, in days: so many days before the first are read too.
    pub max_session_days: u32,
    /// How many blocks to stay behind the head.
    pub behind: u64,
}

/// What was served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The sessions that opened or served on the days, in the order of their opening.
    pub sessions: Vec<Session>,
    /// The blocks whose events were read.
    pub blocks: Range<u64>,
}

/// Reads the sessions of the days that are wanted from `node`; what `cache` has is not asked for again, but for sessions
/// that were open.
///
/// # Errors
/// [`BadInput`] if the node contradicts itself or the cache, or there is no Compute Diamond: nothing that was not checked
/// stays in the cache then. A failure if a day is not over, or the node does not answer: what was read until then is there
/// for the next run. Nothing that was checked is ever lost.
pub async fn read(node: &Reading, cache: &mut Cache, wanted: &Wanted) -> Result<History> {
    let mut diamond = Diamonds::new(node, wanted.diamond, wanted.behind).await?;
    let last = diamond.block();
    let times = wanted.days.start.start().saturating_sub(Day(wanted.max_session_days).start())..wanted.days.end.start();
    if last.time < times.end {
        bail!(
            "day {} is not over there: block {}, {} behind the head, is of {}",
            named_day(wanted.days.end.0 - 1),
            last.number,
            wanted.behind,
            moment(last.time)
        );
    }
    match cache.last_midnight() {
        Some(known) => require_same_chain(node, cache, known, last).await?,
        None => diamond.require().await?,
    }
    if let Some(left) = cache.left_midnight() {
        // What no run has checked may be of whatever chain.
        if other_chain(node, left, last).await?.is_some() {
            cache.forget_unchecked()?;
        }
    }
    loop {
        let may_be_anothers = cache.has_unchecked();
        let failure = match checked(&mut diamond, cache, wanted, &times, last).await {
            Ok(history) => return Ok(history),
            Err(failure) => failure,
        };
        let found = failure.downcast::<Contradiction>()?;
        cache.forget_unchecked()?;
        // What an earlier run has left may be of a node that lied: this one is asked for all of it before it is blamed.
        if !may_be_anothers {
            return Err(refusal(node, cache, &found).into());
        }
    }
}

/// Reads what is missing, holds all of it against itself, and keeps it for good. A [`Contradiction`] is the error's type.
async fn checked(
    diamond: &mut Diamonds<'_>,
    cache: &mut Cache,
    wanted: &Wanted,
    times: &Range<u64>,
    last: Block,
) -> Result<History> {
    let node = diamond.node;
    let first = first_block(node, cache, Day::of(times.start), last).await?;
    let blocks = first..first_block(node, cache, wanted.days.end, last).await?;
    if let Err(failure) = events(node, cache, wanted.diamond, &blocks).await {
        // Events that were not asked for: the others may be made up as well.
        if failure.is::<BadInput>() {
            cache.forget_unchecked()?;
        }
        return Err(failure);
    }
    let [opened, closed] = cache.events(&blocks);
    sessions(diamond, cache, &opened, &closed).await?;
    held::against_events(node, cache, [&opened, &closed], times, last).await?;
    if !cache.is_compared(&blocks) {
        let progress = Progress::start("holding events against the lists of providers");
        let found = listed::contradiction(diamond, cache, &opened, times).await?;
        progress.done("held events against the lists of providers");
        found.map_or(Ok(()), Err)?;
    }
    let ids: BTreeSet<B256> = opened.keys().chain(closed.keys()).copied().collect();
    cache.confirm(&ids, &blocks)?;
    let mut sessions: Vec<Session> = ids.iter().filter_map(|id| cache.session(id).cloned()).collect();
    sessions.retain(|session| session.touches(&wanted.days));
    sessions.sort_by_key(|session| (session.opened_at, session.id));
    Ok(History { sessions, blocks })
}

/// Who may be wrong, and what helps: the cache is as good as the nodes that it was read from.
fn refusal(node: &Reading, cache: &Cache, found: &Contradiction) -> BadInput {
    let (url, folder) = (&node.url, cache.folder().display());
    let (who, helps) = if cache.is_new() {
        (String::new(), String::new())
    } else {
        (format!(", or a node did that {folder} was read from"), ", or another folder with --cache".to_owned())
    };
    BadInput::new(format!(
        "{url} leaves something out, or makes it up{who}: {found}; nothing of this run is kept, name another node with \
         --rpc-url{helps}"
    ))
}

/// What all of a cache for `diamond` on the chain of `node` is of.
#[must_use]
pub fn source(node: &Reading, diamond: Address) -> Source {
    Source { chain_id: node.chain_id, diamond }
}

/// That the block `known` is the one that was read.
async fn require_same_chain(node: &Reading, cache: &Cache, known: Midnight, last: Block) -> Result<()> {
    let Some(why) = other_chain(node, known, last).await? else { return Ok(()) };
    Err(BadInput::new(format!(
        "{} has read a chain up to block {}, and {why}: another chain of that id, or one that began anew; name another \
         folder with --cache, or another node",
        cache.folder().display(),
        known.block
    ))
    .into())
}

/// Why the block `known` is not of the chain of `node`, if it is not.
async fn other_chain(node: &Reading, known: Midnight, last: Block) -> Result<Option<String>> {
    let (url, number) = (&node.url, known.block);
    if number > last.number {
        return Ok(Some(format!("{url} is at block {}", last.number)));
    }
    let is_same = midnights::block(node, number).await?.hash == known.hash;
    Ok((!is_same).then(|| format!("block {number} of {url} is another")))
}

/// Reads the events of `blocks` that the cache does not have.
async fn events(node: &Reading, cache: &mut Cache, diamond: Address, blocks: &Range<u64>) -> Result<()> {
    let missing = cache.missing(blocks);
    if missing.is_empty() {
        return Ok(());
    }
    let all: u64 = missing.iter().map(|stretch| stretch.end - stretch.start).sum();
    let progress = Progress::start(format!("reading events of {} blocks", grouped(&all.to_string())));
    let (mut read, mut events) = (0, 0);
    let filter = Filter::new().address(diamond);
    let filter = filter.event_signature(vec![SessionOpened::SIGNATURE_HASH, SessionClosed::SIGNATURE_HASH]);
    for stretch in missing {
        let mut reader = Reader::new(&node.provider, filter.clone(), stretch).beginning_with(BLOCKS_AT_FIRST);
        while let Some(answered) = reader.next().await? {
            read += answered.blocks.end - answered.blocks.start;
            events += answered.logs.len();
            cache.add_read(of_answer(&answered, diamond)?)?;
            progress.detail(format!("{} blocks, {events} events", grouped(&read.to_string())));
        }
    }
    progress.done(format!("read {} of {} blocks", count(events, "event"), grouped(&read.to_string())));
    Ok(())
}

fn of_answer(answered: &Answered, diamond: Address) -> Result<Read, BadInput> {
    let (mut opened, mut closed) = (Vec::new(), Vec::new());
    for log in &answered.logs {
        let block = log.block_number.unwrap_or_default();
        let event = |id, provider| Event { id, provider, block };
        match (SessionOpened::decode_log(&log.inner), SessionClosed::decode_log(&log.inner)) {
            _ if log.address() != diamond => return Err(stranger(log, block)),
            (Ok(log), _) => opened.push(event(log.sessionId, log.providerId)),
            (_, Ok(log)) => closed.push(event(log.sessionId, log.providerId)),
            _ => return Err(stranger(log, block)),
        }
    }
    Ok(Read { first: answered.blocks.start, end: answered.blocks.end, opened, closed })
}

fn stranger(log: &Log, block: u64) -> BadInput {
    BadInput::new(format!(
        "asked for sessions that opened and closed, the node answers with another event, of {} in block {block}: name \
         another node with --rpc-url",
        log.address()
    ))
}

/// Asks for the sessions of these events that the cache does not have, or has as open.
async fn sessions(
    diamond: &mut Diamonds<'_>,
    cache: &mut Cache,
    opened: &BTreeMap<B256, Event>,
    closed: &BTreeMap<B256, Event>,
) -> Result<()> {
    let events: BTreeMap<B256, Event> = closed.iter().chain(opened).map(|(id, event)| (*id, *event)).collect();
    // A provider is what an event says, and the event may have been a liar's.
    let is_known = |event: &Event| {
        cache.session(&event.id).is_some_and(|session| session.is_over() && session.provider == event.provider)
    };
    let asked: Vec<Event> = events.into_values().filter(|event| !is_known(event)).collect();
    if asked.is_empty() {
        return Ok(());
    }
    let progress = Progress::start(format!("reading {}", count(asked.len(), "session")));
    let mut read = 0;
    for events in asked.chunks(TOGETHER) {
        diamond.keep_up().await?;
        let ids: Vec<B256> = events.iter().map(|event| event.id).collect();
        let told = diamond.sessions(&ids).await?;
        let unknown = events.iter().zip(&told).find(|(_, session)| session.openedAt == 0);
        if let Some((Event { id, block, .. }, _)) = unknown {
            return Err(Contradiction::Unknown { id: *id, block: *block }.into());
        }
        let read_at = diamond.block().time;
        let held: Vec<Session> =
            events.iter().zip(&told).map(|(event, told)| Session::new(*event, told, read_at)).collect();
        cache.add_sessions(&held)?;
        read += held.len();
        progress.detail(format!("{read} of {}", asked.len()));
    }
    progress.done(format!("read {}", count(read, "session")));
    Ok(())
}
