//! Whose sessions are booked under which account. On Arbitrum a provider is its own subnet; on Base it may have named an
//! account, and one that has code must have.
//!
//! The account of a session is fixed at its first booking, and a name may change later: so the sessions of an account are
//! looked for with everybody who names it now, with everybody who ever has, and with the account itself; then each
//! session says whose it is.

use std::collections::{BTreeMap, BTreeSet};

use alloy::primitives::{Address, U256};
use anyhow::{Result, bail};
use mrc53_abi::BaseRecorder::{SubnetSet, subnetOfCall};
use mrc53_abi::Diamond::getActiveProvidersCall;
use mrc53_node::logs;
use mrc53_node::no_value::NoValue;

use super::site::Site;

/// Providers asked for at a time.
const PAGE: u64 = 200;
/// How many of the Diamond's providers are looked at, at most: anybody may become one for a small bond.
const MOST: u64 = 2_000;

/// A provider, and the account under which its sessions are booked that nobody has booked yet; zero if they are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Serving {
    /// The provider.
    pub provider: Address,
    /// The account.
    pub account: Address,
}

/// Whose sessions may be booked under an account.
#[derive(Clone, Debug, Default)]
pub struct Providers {
    by_account: BTreeMap<Address, BTreeSet<Address>>,
    /// The account of each provider now.
    accounts: BTreeMap<Address, Address>,
    /// Active providers of the Diamond that have code and have named nobody: their sessions are refused.
    pub unnamed: Vec<Address>,
}

impl Providers {
    /// Those of all accounts that somebody names or has named to the recorder of `site`, and those of `subnets`; nobody
    /// names anybody on Arbitrum.
    ///
    /// # Errors
    /// Fails if the node or the recorder does not answer.
    pub async fn read(site: &Site, source: Address, subnets: &[Address]) -> Result<Self> {
        if !site.is_on_base() {
            return Ok(Self::default());
        }
        let events = logs::since::<SubnetSet>(&site.node.provider, site.recorder, site.since).await?;
        let events: Vec<SubnetSet> = events.into_iter().map(|(event, _)| event).collect();
        let active = active(site, source).await?;
        let known = events.iter().map(|event| event.provider).chain(active.iter().copied());
        let known: BTreeSet<Address> = known.chain(subnets.iter().copied()).filter(|it| !it.is_zero()).collect();
        let known: Vec<Address> = known.into_iter().collect();
        let calls: Vec<_> = known.iter().map(|provider| subnetOfCall { provider: *provider }).collect();
        let mut it = Self::default();
        let mut add = |account, provider| {
            it.by_account.entry(account).or_default().insert(provider);
        };
        for event in events {
            add(event.subnet, event.provider);
        }
        let answers = site.node.reader().each(site.recorder, &calls).await?;
        for (provider, answer) in known.into_iter().zip(answers) {
            let account = match answer {
                Ok(account) => account,
                Err(no) => bail!("SessionRecorder.subnetOf of {provider}: {}", no.words()),
            };
            it.accounts.insert(provider, account);
            if !account.is_zero() {
                add(account, provider);
            } else if active.contains(&provider) {
                it.unnamed.push(provider);
            }
        }
        Ok(it)
    }

    /// Whose sessions may be booked under `account`: its own, and those of who names it or has. Where nobody names anybody
    /// each is its own account.
    #[must_use]
    pub fn of(&self, account: Address) -> Vec<Serving> {
        let mut providers = self.by_account.get(&account).cloned().unwrap_or_default();
        providers.insert(account);
        let now = |provider: Address| self.accounts.get(&provider).copied().unwrap_or(provider);
        providers.into_iter().map(|provider| Serving { provider, account: now(provider) }).collect()
    }
}

/// The Diamond's active providers; none if it does not list them.
async fn active(site: &Site, source: Address) -> Result<BTreeSet<Address>> {
    let mut found = BTreeSet::new();
    let (mut offset, mut total) = (0, 1);
    while offset < total {
        let call = getActiveProvidersCall { offset: U256::from(offset), limit: U256::from(PAGE) };
        match site.node.reader().ask(source, call).await {
            Ok(page) => {
                total = page.total.saturating_to::<u64>().min(MOST);
                found.extend(page._0);
                offset += PAGE;
            }
            Err(NoValue::Node(error)) => return Err(site.node.url.blame("the Diamond's providers", &error)),
            Err(_) => return Ok(found),
        }
    }
    Ok(found)
}
