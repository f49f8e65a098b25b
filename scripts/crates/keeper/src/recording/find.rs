//! Sessions as the Diamond and the recorder know them.

use std::collections::HashMap;

use alloy::primitives::{Address, B256, U256};
use anyhow::{Context, Result, bail};
use futures_util::{StreamExt, TryStreamExt, stream};
use mrc53_abi::BaseRecorder::subnetOfCall;
use mrc53_abi::Diamond::{getBidCall, getProviderSessionsCall, getSessionCall};
use mrc53_abi::SessionRecorder::{firstOpenDayCall, sessionCall, sourceCall};
use mrc53_abi::StakeAlignment::eligibleDaysCall;
use mrc53_abi::refusal::Refusals;
use mrc53_maths::Day;
use mrc53_node::connection::Connection;
use mrc53_node::no_value::NoValue;
use mrc53_node::{subnets, time};

use super::due::{Moment, Times, is_past, lost_by};
use super::earning::earning_days;
use super::eligible::EligibleDays;
use super::providers::{Providers, Serving};
use super::report::not_named;
use super::site::Site;

/// Sessions read at the same time: enough that waiting for a distant node does not add up, few enough for a public one.
const AT_ONCE: usize = 8;

/// For how many days `StakeAlignment` answers at once on which of them a subnet counts.
const ASKED_DAYS: u32 = 256;

/// A session that was asked for.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its id.
    pub session_id: B256,
    /// Its subnet; zero if neither the recorder nor the Diamond knows it.
    pub subnet: Address,
    /// The session, or what the Diamond refused with, in words.
    pub session: Result<Session, String>,
}

/// What of a session matters here.
#[derive(Clone, Copy, Debug)]
pub struct Session {
    /// As the Diamond has them.
    pub times: Times,
    /// Until when the recorder has booked or dropped it; 0: never.
    pub booked_until: u64,
}

/// How the sessions of a subnet are read.
#[derive(Clone, Copy, Debug)]
pub struct Pages {
    /// Session ids asked for at a time, at least 1.
    pub page: u64,
    /// The longest session that the Diamond allows or has allowed, in seconds.
    pub max_session_seconds: u64,
}

/// Reads sessions at one moment.
#[derive(Debug)]
pub struct Reader<'a> {
    connection: &'a Connection,
    /// Where sessions are recorded.
    pub site: Site,
    source: Address,
    refusals: Refusals,
    /// The first of the days that are asked for, and on which of them anybody can earn.
    days: (u32, U256),
    /// The moment: a session's seconds are counted until then.
    pub moment: Moment,
}

impl<'a> Reader<'a> {
    /// A reader for the recorder of `site`, that of `connection`, and for what that recorder reads itself.
    ///
    /// # Errors
    /// Fails if a node does not answer.
    pub async fn new(connection: &'a Connection, site: Site) -> Result<Self> {
        let reader = site.node.reader();
        let first_open_day =
            reader.ask(site.recorder, firstOpenDayCall {}).await.context("SessionRecorder.firstOpenDay")?;
        let source = reader.ask(site.recorder, sourceCall {}).await.context("SessionRecorder.source")?;
        let now = time::now(&site.node.provider).await?;
        let to = Day::of(now).0 + 1;
        let first = to.saturating_sub(ASKED_DAYS);
        Ok(Self {
            connection,
            source,
            refusals: Refusals::all()?,
            days: (first, earning_days(connection, site.usage, first, to).await),
            moment: Moment { now, first_open_day },
            site,
        })
    }

    /// The session source: the Diamond.
    #[must_use]
    pub fn source(&self) -> Address {
        self.source
    }

    /// `StakeAlignment`, by which days count.
    #[must_use]
    pub fn alignment(&self) -> Address {
        self.site.alignment
    }

    /// Whose sessions may be booked under which account, those of `subnets` among them.
    ///
    /// # Errors
    /// Fails if the node or the recorder does not answer.
    pub async fn providers(&self, subnets: &[Address]) -> Result<Providers> {
        Providers::read(&self.site, self.source, subnets).await
    }

    /// On which of the 256 days up to and with the running one sessions of each of `subnets` count.
    ///
    /// # Errors
    /// Fails if the node or `StakeAlignment` does not answer.
    pub async fn eligible_days(&self, subnets: &[Address]) -> Result<Vec<EligibleDays>> {
        let (first, earning) = self.days;
        let to = Day::of(self.moment.now).0 + 1;
        let of = |subnet: &Address| eligibleDaysCall { subnet: *subnet, fromDay: first, toDay: to };
        let calls: Vec<_> = subnets.iter().map(of).collect();
        let answers = self.connection.reader().each(self.site.alignment, &calls).await?;
        let days = subnets.iter().zip(answers).map(|(subnet, answer)| match answer {
            Ok(bits) => Ok(EligibleDays::new(first, bits).earning_on(earning)),
            Err(no) => bail!("StakeAlignment.eligibleDays of {subnet}: {}", no.words()),
        });
        days.collect()
    }

    /// Those of `subnets` for which any of the last 256 days counts, with these days, the largest stake first.
    ///
    /// # Errors
    /// Fails if the node or `StakeAlignment` does not answer.
    pub async fn eligible_by_stake(&self, subnets: &[Address]) -> Result<Vec<(Address, EligibleDays)>> {
        let days: HashMap<Address, EligibleDays> =
            subnets.iter().copied().zip(self.eligible_days(subnets).await?).filter(|(_, days)| days.any()).collect();
        let eligible: Vec<Address> = subnets.iter().copied().filter(|subnet| days.contains_key(subnet)).collect();
        let staked = subnets::by_stake(self.connection, &eligible).await?;
        Ok(staked.iter().filter_map(|staked| Some((staked.subnet, *days.get(&staked.subnet)?))).collect())
    }

    /// The sessions of a provider that are booked under `subnet`, whose days count as in `eligible`, that can still gain
    /// something or have lost something that nobody has reported, and some of the others: from the newest backwards
    /// until a whole page of others. `counted` is told how many of how many are read.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn of_subnet(
        &self,
        subnet: Address,
        Serving { provider, account }: Serving,
        eligible: EligibleDays,
        Pages { page, max_session_seconds }: Pages,
        counted: impl Fn(usize, u64),
    ) -> Result<Vec<Found>> {
        let (_, total) = self.ids(provider, 0, 1).await?;
        let mut found = Vec::new();
        let mut end = total;
        while end > 0 {
            // New sessions are appended meanwhile: numbers counted from the beginning stay what they are.
            let start = end.saturating_sub(page);
            let (ids, _) = self.ids(provider, start, end - start).await?;
            let sessions = self.sessions(&ids, Some(account)).await?;
            let is_done = |found: &Found| {
                let Ok(Session { times, booked_until }) = found.session else { return true };
                let losses = lost_by(times, booked_until, self.moment, eligible, self.moment);
                losses.lost_seconds == 0 && is_past(times.opened_at, self.moment, max_session_seconds)
            };
            let all_done = sessions.iter().all(is_done);
            found.extend(sessions.into_iter().filter(|session| session.subnet == subnet));
            counted(usize::try_from(total - start).unwrap_or(usize::MAX), total);
            if all_done {
                break;
            }
            end = start;
        }
        Ok(found)
    }

    /// The sessions `ids`, in this order; `subnet` is theirs unless they were booked under another, if it is known.
    ///
    /// # Errors
    /// Fails if the node does not answer.
    pub async fn sessions(&self, ids: &[B256], subnet: Option<Address>) -> Result<Vec<Found>> {
        stream::iter(ids).map(|id| self.session(*id, subnet)).buffered(AT_ONCE).try_collect().await
    }

    async fn session(&self, session_id: B256, subnet: Option<Address>) -> Result<Found> {
        let reader = self.site.node.reader();
        let (session, known) = tokio::join!(
            reader.ask(self.source, getSessionCall { sessionId: session_id }),
            reader.ask(self.site.recorder, sessionCall { sessionId: session_id }),
        );
        let known = known.context("SessionRecorder.session")?;
        let booked_under = Some(known.subnet).filter(|subnet| !subnet.is_zero());
        let session = match session {
            Ok(session) => session,
            Err(NoValue::Refused(data)) => {
                let reason = format!("the Diamond refuses to show it: {}", self.words(&data));
                let subnet = booked_under.or(subnet).unwrap_or_default();
                return Ok(Found { session_id, subnet, session: Err(reason) });
            }
            Err(no) => return Err(no).with_context(|| format!("getSession({session_id})")),
        };
        let subnet = match booked_under.or(subnet) {
            Some(subnet) => subnet,
            None => match self.account_of(session.bidId).await? {
                Ok(subnet) => subnet,
                Err(reason) => return Ok(Found { session_id, subnet: Address::ZERO, session: Err(reason) }),
            },
        };
        let session = Session { times: Times::from(&session), booked_until: known.bookedUntil };
        Ok(Found { session_id, subnet, session: Ok(session) })
    }

    /// The account under which sessions of the bid `bid_id` are booked that nobody has booked, or why none.
    async fn account_of(&self, bid_id: B256) -> Result<Result<Address, String>> {
        let reader = self.site.node.reader();
        let provider = reader.ask(self.source, getBidCall { bidId: bid_id }).await.context("getBid")?.provider;
        // A session that the Diamond does not know has a bid without a provider.
        if !self.site.is_on_base() || provider.is_zero() {
            return Ok(Ok(provider));
        }
        let account = reader.ask(self.site.recorder, subnetOfCall { provider }).await;
        let account = account.context("SessionRecorder.subnetOf")?;
        Ok(if account.is_zero() { Err(not_named(provider)) } else { Ok(account) })
    }

    async fn ids(&self, provider: Address, offset: u64, limit: u64) -> Result<(Vec<B256>, u64)> {
        let call = getProviderSessionsCall { provider, offset: U256::from(offset), limit: U256::from(limit) };
        let answered = self.site.node.reader().ask(self.source, call).await;
        let answered = answered.with_context(|| format!("getProviderSessions({provider}, {offset}, {limit})"))?;
        Ok((answered._0, answered.total.saturating_to()))
    }

    fn words(&self, data: &[u8]) -> String {
        self.refusals.words(data)
    }
}
