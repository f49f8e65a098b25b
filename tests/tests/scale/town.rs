//! A town of subnets and stakers: what each call there does to storage, so that calls are compared with their like.

use std::collections::BTreeSet;

use alloy::primitives::{Address, B256, U256};
use mrc53_abi::{DiamondHarness, RewardDistributor, SessionRecorder, StakeAlignment};
use mrc53_stage::suite::Suite;

use super::chain::{Direct, address, word};
use super::costs::{Costs, Grows};
use crate::suite_support::{DAY, MOR};

const GRACE_DAYS: u32 = 3;
/// Days that share a word of buckets.
const DAYS_PER_WORD: u32 = 4;

/// A subnet with a session that never ends.
struct Subnet {
    address: Address,
    session: B256,
    booked_until: u64,
    /// Its words of buckets that are not zero.
    words: BTreeSet<u32>,
    registered: u32,
    /// Days on which its stake changed, in order.
    changes: Vec<u32>,
    /// First day that is not settled.
    next: u32,
    is_settled: bool,
    is_claimed: bool,
}

/// A staker that acts more than once.
pub(crate) struct Staker {
    pub(crate) address: Address,
    pub(crate) subnet: usize,
    /// Day of its last change.
    changed: Option<u32>,
    /// Days with a change that were not walked by a claim, in order.
    unwalked: Vec<u32>,
    is_paid: bool,
}

/// The suite, and what is known of its storage.
pub(crate) struct Town<'a> {
    pub(crate) direct: Direct<'a>,
    pub(crate) suite: Suite,
    pub(crate) token: Address,
    pub(crate) diamond: Address,
    /// Who pays for what anybody may send.
    pub(crate) keeper: Address,
    pub(crate) costs: Costs,
    pub(crate) stakers: usize,
    subnets: Vec<Subnet>,
    /// The total's words of buckets that are not zero.
    words: BTreeSet<u32>,
    /// Day of the last change of any stake.
    changed: Option<u32>,
}

impl<'a> Town<'a> {
    pub(crate) fn new(direct: Direct<'a>, suite: Suite, token: Address, diamond: Address, keeper: Address) -> Self {
        Self {
            direct,
            suite,
            token,
            diamond,
            keeper,
            costs: Costs::default(),
            stakers: 0,
            subnets: Vec::new(),
            words: BTreeSet::new(),
            changed: None,
        }
    }

    pub(crate) fn today(&self) -> u32 {
        u32::try_from(self.direct.now / DAY).unwrap()
    }

    /// Registers one subnet more, with a fee of 20 %.
    pub(crate) fn register(&mut self) {
        let subnet = address("subnet", self.subnets.len());
        self.direct.endow(subnet, self.token, U256::ZERO, self.suite.alignment);
        let register = StakeAlignment::registerSubnetCall {
            subnet,
            receiver: subnet,
            fee: U256::from(2) * U256::from(10).pow(U256::from(24)),
        };
        let gas = self.direct.send(subnet, self.suite.alignment, &register);
        self.costs.add("registerSubnet".into(), Grows::Subnets, self.subnets.len(), gas);
        let session = word("session", self.subnets.len());
        let today = self.today();
        self.subnets.push(Subnet {
            address: subnet,
            session,
            booked_until: 0,
            words: BTreeSet::new(),
            registered: today,
            changes: Vec::new(),
            next: 0,
            is_settled: false,
            is_claimed: false,
        });
    }

    /// Somebody with MOR who has not staked yet.
    pub(crate) fn newcomer(&mut self, name: &str, number: usize, subnet: usize) -> Staker {
        let address = address(name, number);
        self.direct.endow(address, self.token, U256::from(2_000 * MOR), self.suite.alignment);
        self.stakers += 1;
        Staker { address, subnet, changed: None, unwalked: Vec::new(), is_paid: false }
    }

    /// `staker` stakes `wei` while what `grows` names does.
    pub(crate) fn stake(&mut self, staker: &mut Staker, wei: u128, grows: Grows) {
        let is_first = self.subnets[staker.subnet].changes.is_empty();
        let who = match (staker.changed, is_first, self.changed) {
            (None, _, None) => "first of all",
            (None, true, _) => "of a new staker, first of its subnet",
            (None, false, _) => "of a new staker",
            (Some(_), ..) => "of a known staker",
        };
        let kind = format!("stake {who}, {}", self.change(staker));
        let call = StakeAlignment::stakeCall { subnet: self.subnets[staker.subnet].address, amount: U256::from(wei) };
        let gas = self.direct.send(staker.address, self.suite.alignment, &call);
        self.costs.add(kind, grows, self.size(grows), gas);
    }

    /// `staker` withdraws `wei` while days pass.
    pub(crate) fn withdraw(&mut self, staker: &mut Staker, wei: u128) {
        let kind = format!("withdraw, {}", self.change(staker));
        let call =
            StakeAlignment::withdrawCall { subnet: self.subnets[staker.subnet].address, amount: U256::from(wei) };
        let gas = self.direct.send(staker.address, self.suite.alignment, &call);
        self.costs.add(kind, Grows::Days, self.size(Grows::Days), gas);
    }

    /// Notes a change of stake; says how many words of history it pushes.
    fn change(&mut self, staker: &mut Staker) -> String {
        let today = self.today();
        let subnet = &mut self.subnets[staker.subnet];
        let levels = [staker.changed, subnet.changes.last().copied(), self.changed];
        let pushed = levels.into_iter().filter(|changed| changed.is_some_and(|day| day < today)).count();
        if staker.changed != Some(today) {
            staker.unwalked.push(today);
        }
        if subnet.changes.last() != Some(&today) {
            subnet.changes.push(today);
        }
        staker.changed = Some(today);
        self.changed = Some(today);
        format!("history {pushed}")
    }

    /// Opens the session of subnet number `subnet`, for ever.
    pub(crate) fn open(&mut self, subnet: usize) {
        let Subnet { address, session, .. } = self.subnets[subnet];
        let open = DiamondHarness::openSessionCall { sessionId: session, provider: address, endsAt: 4_000_000_000 };
        self.direct.send(self.keeper, self.diamond, &open);
        self.subnets[subnet].booked_until = self.direct.now;
    }

    /// Records the session of subnet number `subnet` while what `grows` names does.
    pub(crate) fn record(&mut self, subnet: usize, grows: Grows) {
        let (now, first_open) = (self.direct.now, u64::from(self.today() - GRACE_DAYS) * DAY);
        let of = &mut self.subnets[subnet];
        let from = of.booked_until.max(first_open);
        let what = match (of.words.is_empty(), of.booked_until < first_open) {
            (true, _) => "first of a session",
            (false, false) => "new seconds",
            (false, true) => "new seconds, some too late",
        };
        let index = |second: u64| u32::try_from(second / DAY).unwrap() / DAYS_PER_WORD;
        let (mut kept, mut new) = (0, 0);
        for index in index(from)..=index(now - 1) {
            for is_new in [of.words.insert(index), self.words.insert(index)] {
                *(if is_new { &mut new } else { &mut kept }) += 1;
            }
        }
        // Days are eligible by their stake: one more word of history for each change after the first of them.
        let changes = of.changes.iter().filter(|day| u64::from(**day) > from / DAY).count();
        of.booked_until = now;
        let call = SessionRecorder::recordCall { sessionId: of.session };
        let gas = self.direct.send(self.keeper, self.suite.recorder, &call);
        let kind = format!("record, {what}, buckets {kept} + {new} new, changes {changes}");
        self.costs.add(kind, grows, self.size(grows), gas);
    }

    /// Settles every final day of subnet number `subnet`.
    pub(crate) fn settle(&mut self, subnet: usize, grows: Grows) {
        let end = self.today() - GRACE_DAYS;
        let of = &mut self.subnets[subnet];
        let from = of.registered.max(of.next);
        let changes = of.changes.iter().filter(|day| (from..end).contains(*day)).count();
        let first = if of.is_settled { "" } else { ", first of its subnet" };
        (of.next, of.is_settled) = (end, true);
        let call = RewardDistributor::settleCall { subnet: of.address, maxDays: end - from };
        let gas = self.direct.send(self.keeper, self.suite.distributor, &call);
        let kind = format!("settle {} days, changes {changes}{first}", end - from);
        self.costs.add(kind, grows, self.size_of_call(grows, subnet), gas);
    }

    /// Pays the operator of subnet number `subnet`.
    pub(crate) fn claim(&mut self, subnet: usize, grows: Grows) {
        let of = &mut self.subnets[subnet];
        let first = if of.is_claimed { "" } else { ", first of its subnet" };
        of.is_claimed = true;
        let call = RewardDistributor::claimCall { subnet: of.address };
        let gas = self.direct.send(self.keeper, self.suite.distributor, &call);
        self.costs.add(format!("claim{first}"), grows, self.size_of_call(grows, subnet), gas);
    }

    /// Pays `staker` all that its settled days earned.
    pub(crate) fn claim_stake(&mut self, staker: &mut Staker, grows: Grows, size: usize) {
        let of = &self.subnets[staker.subnet];
        let (walked, left) = staker.unwalked.iter().partition::<Vec<u32>, _>(|day| **day < of.next);
        let ahead = if left.is_empty() { String::new() } else { format!(" and {} not settled", left.len()) };
        staker.unwalked = left;
        let first = if staker.is_paid { "" } else { ", first payment" };
        staker.is_paid = true;
        let call = RewardDistributor::claimStakeCall {
            subnet: of.address,
            staker: staker.address,
            maxChanges: u32::from(u16::MAX),
        };
        let gas = self.direct.send(self.keeper, self.suite.distributor, &call);
        self.costs.add(format!("claimStake, changes {}{ahead}{first}", walked.len()), grows, size, gas);
    }

    /// A staker that joined before, as it was after its one stake on `day`.
    pub(crate) fn joiner(number: usize, subnet: usize, day: u32) -> Staker {
        Staker { address: address("joiner", number), subnet, changed: Some(day), unwalked: vec![day], is_paid: false }
    }

    pub(crate) fn size(&self, grows: Grows) -> usize {
        match grows {
            Grows::Subnets => self.subnets.len(),
            Grows::Stakers => self.stakers,
            Grows::Days => (self.today() - self.subnets[0].registered) as usize,
            Grows::Calls => 0,
        }
    }

    fn size_of_call(&self, grows: Grows, number: usize) -> usize {
        if grows == Grows::Calls { number } else { self.size(grows) }
    }
}
