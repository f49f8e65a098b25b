//! Events held against the providers' own lists: the Diamond appends a session to its provider's list as it opens, so the
//! sessions that opened between two times lie side by side there, and each must have its event.
//!
//! In each list the first such session is looked for by halving, in all lists together: as many requests as a list has
//! digits in base two, however many providers there are.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use alloy::primitives::{Address, B256, U256};
use anyhow::{Result, bail};
use mrc53_abi::Diamond::{getActiveProvidersCall, getProviderSessionsCall};
use mrc53_node::no_value::NoValue;

use crate::cache::Cache;
use crate::contradiction::Contradiction;
use crate::served::Diamonds;
use crate::session::Event;

/// Session ids of a page.
const PAGE: u64 = 200;
/// More providers than are active.
const MOST_PROVIDERS: u64 = 1_000;

/// A provider's list, and where in it the first session is that opened at a time or later: in `[low, high]`.
#[derive(Clone, Copy, Debug)]
struct List {
    provider: Address,
    low: u64,
    high: u64,
    total: u64,
}

/// The first contradiction between the lists and `opened`, which are all the events of sessions that opened in `times`.
///
/// # Errors
/// Fails if the Diamond, or the node, does not answer.
pub(crate) async fn contradiction(
    diamond: &mut Diamonds<'_>,
    cache: &Cache,
    opened: &BTreeMap<B256, Event>,
    times: &Range<u64>,
) -> Result<Option<Contradiction>> {
    let mut of_providers: BTreeMap<Address, BTreeSet<B256>> = BTreeMap::new();
    for provider in active(diamond).await? {
        of_providers.entry(provider).or_default();
    }
    for event in opened.values() {
        of_providers.entry(event.provider).or_default().insert(event.id);
    }
    let providers: Vec<Address> = of_providers.keys().copied().collect();
    for (list, known) in starts(diamond, cache, &providers, times.start).await?.into_iter().zip(of_providers.values()) {
        let found = of_list(diamond, cache, list, known, times.end).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The active providers; none if the Diamond has no view of them.
async fn active(diamond: &Diamonds<'_>) -> Result<Vec<Address>> {
    let call = getActiveProvidersCall { offset: U256::ZERO, limit: U256::from(MOST_PROVIDERS) };
    match diamond.reader().one(diamond.address, &call).await? {
        Ok(answer) => Ok(answer._0),
        Err(NoValue::Refused(_)) => Ok(Vec::new()),
        Err(no) => bail!("getActiveProviders: {}", no.words()),
    }
}

/// Where in the list of each of `providers` the first session is that opened at `time` or later.
async fn starts(diamond: &mut Diamonds<'_>, cache: &Cache, providers: &[Address], time: u64) -> Result<Vec<List>> {
    let firsts: Vec<_> = providers.iter().map(|provider| (*provider, 0, 1)).collect();
    let totals = pages(diamond, &firsts).await?;
    let list =
        |(provider, (_, total)): (&Address, (Vec<B256>, u64))| List { provider: *provider, low: 0, high: total, total };
    let mut lists: Vec<List> = providers.iter().zip(totals).map(list).collect();
    loop {
        let open: Vec<usize> = (0..lists.len()).filter(|number| lists[*number].low < lists[*number].high).collect();
        if open.is_empty() {
            return Ok(lists);
        }
        let middle = |list: &List| list.low + (list.high - list.low) / 2;
        let asked: Vec<_> = open.iter().map(|number| (lists[*number].provider, middle(&lists[*number]), 1)).collect();
        let ids = pages(diamond, &asked).await?.into_iter();
        let ids: Vec<B256> = ids.filter_map(|(ids, _)| ids.first().copied()).collect();
        if ids.len() != open.len() {
            bail!("getProviderSessions answers fewer sessions than it says that there are: another node may answer");
        }
        for ((number, opened_at), (_, at, _)) in open.into_iter().zip(opened_at(diamond, cache, &ids).await?).zip(asked)
        {
            let list = &mut lists[number];
            if opened_at < time { list.low = at + 1 } else { list.high = at }
        }
    }
}

/// The first contradiction between `list` from its start on and the sessions `known`, all that opened before `end`.
async fn of_list(
    diamond: &mut Diamonds<'_>,
    cache: &Cache,
    list: List,
    known: &BTreeSet<B256>,
    end: u64,
) -> Result<Option<Contradiction>> {
    let provider = list.provider;
    // One more than there should be: the first that opened later.
    let until = list.total.min(list.low + known.len() as u64 + 1);
    let asked = (list.low..until).step_by(usize::try_from(PAGE)?);
    let asked: Vec<_> = asked.map(|offset| (provider, offset, PAGE.min(until - offset))).collect();
    let ids: Vec<B256> = pages(diamond, &asked).await?.into_iter().flat_map(|(ids, _)| ids).collect();
    let listed = ids.iter().take_while(|id| known.contains(*id)).collect::<BTreeSet<_>>();
    if let Some(next) = ids.get(listed.len()) {
        let opened_at = opened_at(diamond, cache, &[*next]).await?[0];
        if opened_at < end {
            return Ok(Some(Contradiction::NoOpening { id: *next, provider, opened_at }));
        }
    }
    Ok(known.iter().find(|id| !listed.contains(id)).map(|id| Contradiction::NotListed { id: *id, provider }))
}

/// When each of the sessions `ids` opened.
async fn opened_at(diamond: &mut Diamonds<'_>, cache: &Cache, ids: &[B256]) -> Result<Vec<u64>> {
    let unknown: Vec<B256> = ids.iter().copied().filter(|id| cache.session(id).is_none()).collect();
    let mut asked = diamond.sessions(&unknown).await?.into_iter();
    let time = |id| cache.session(id).map(|session| session.opened_at);
    let opened_at = |id| time(id).or_else(|| asked.next().map(|it| it.openedAt.try_into().unwrap_or(u64::MAX)));
    Ok(ids.iter().filter_map(opened_at).collect())
}

/// For each provider, offset and limit in `asked`: the ids of that page, and how many sessions there are.
async fn pages(diamond: &mut Diamonds<'_>, asked: &[(Address, u64, u64)]) -> Result<Vec<(Vec<B256>, u64)>> {
    diamond.keep_up().await?;
    let call = |(provider, offset, limit): &(Address, u64, u64)| getProviderSessionsCall {
        provider: *provider,
        offset: U256::from(*offset),
        limit: U256::from(*limit),
    };
    let calls: Vec<_> = asked.iter().map(call).collect();
    let answers = diamond.reader().each(diamond.address, &calls).await?;
    let pages = asked.iter().zip(answers).map(|((provider, offset, limit), answer)| match answer {
        Ok(page) => Ok((page._0, page.total.saturating_to())),
        Err(no) => bail!("getProviderSessions({provider}, {offset}, {limit}): {}", no.words()),
    });
    pages.collect()
}
