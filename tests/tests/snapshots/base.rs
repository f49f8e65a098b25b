//! Gas of every call of the recorder on Base, held to `snapshots/base.json` and to a count by hand of what it touches. Base
//! runs the same EVM; what it takes for its data on Ethereum is in no figure.

use std::collections::BTreeMap;

use alloy::primitives::{Address, B256};
use alloy::sol_types::SolCall;
use mrc53_devnode::chain::Chain;
use mrc53_devnode::config::DEV_ACCOUNT;

use super::{moved, snapshot};
use crate::base::artifacts::{DiamondHarness, SessionRecorder};
use crate::base::evm::{self, MOST_GAS};
use crate::base::world::{ACCOUNT, OTHER, PROVIDER, Serving, bid_of, open};
use crate::snapshots::ledger::Gas;
use crate::suite_support::{DAY, HOUR, MIDNIGHT};

/// What the EVM asks.
const TRANSACTION: Gas = 21_000;
const BYTE_OF_DATA: Gas = 16;
const ZERO_BYTE_OF_DATA: Gas = 4;
const COLD_ACCOUNT: Gas = 2_600;
const COLD_SLOT: Gas = 2_100;
const WARM: Gas = 100;
const NEW_SLOT: Gas = 20_000;
const CHANGED_SLOT: Gas = 2_900;
/// `SessionBooked`: three topics besides its own, three words.
const BOOKED: Gas = 375 * 4 + 8 * 96;
/// `SubnetSet`: three topics.
const NAMED: Gas = 375 * 4;

/// Slots of a bid in the Diamond's storage, and what each costs less when it is read again.
const BID: Gas = 5;
const READ_AGAIN: Gas = COLD_SLOT - WARM;

/// What the Diamond's two views take when they are called alone: computing and cold slots, without the transaction.
#[derive(Clone, Copy, Debug)]
struct Views {
    session: Gas,
    bid: Gas,
}

/// What a call touches. An account or slot is cold the first time, warm after that; a slot that is new or changed was read
/// before.
#[derive(Clone, Copy, Debug, Default)]
struct Touched {
    /// What the source takes.
    asked: Gas,
    cold_accounts: Gas,
    cold_slots: Gas,
    warm: Gas,
    new_slots: Gas,
    changed_slots: Gas,
    events: Gas,
}

impl Touched {
    const NOTHING: Self =
        Self { asked: 0, cold_accounts: 0, cold_slots: 0, warm: 0, new_slots: 0, changed_slots: 0, events: 0 };

    const fn gas(self) -> Gas {
        self.asked
            + self.cold_accounts * COLD_ACCOUNT
            + self.cold_slots * COLD_SLOT
            + self.warm * WARM
            + self.new_slots * NEW_SLOT
            + self.changed_slots * CHANGED_SLOT
            + self.events
    }

    /// `number` sessions of one provider without code, first of each: the source, the buckets and the provider's code; of
    /// each the recorder's word; once the name and the bucket.
    const fn first_of_each(number: Gas, views: Views) -> Self {
        let others = number - 1;
        Self {
            asked: number * views.session + views.bid + others * (views.bid - BID * READ_AGAIN),
            cold_accounts: 3,
            cold_slots: number + 1 + 1,
            // The source for the bid; of the others the source, the name, the provider's code, the buckets, and the bucket
            // twice.
            warm: number + others * (1 + 1 + 1 + 1 + 2),
            new_slots: number,
            changed_slots: 1,
            events: number * BOOKED,
        }
    }

    /// The same sessions later: the recorder's words are changed, and nobody is asked for bid or name.
    const fn new_seconds(number: Gas, views: Views) -> Self {
        let others = number - 1;
        Self {
            asked: number * views.session,
            cold_accounts: 2,
            cold_slots: number + 1,
            warm: others * (1 + 1 + 2),
            new_slots: 0,
            changed_slots: number + 1,
            events: number * BOOKED,
        }
    }

    /// Sessions that are complete: the recorder's word of each.
    const fn complete(number: Gas) -> Self {
        Self { cold_slots: number, ..Self::NOTHING }
    }
}

/// What a call used, and what was counted for it.
type Row = (String, Gas, Gas);

struct Ledger {
    chain: Chain,
    diamond: Address,
    recorder: Address,
    now: u64,
    sessions: u64,
    rows: Vec<Row>,
}

impl Ledger {
    fn new() -> Self {
        let mut chain = evm::chain();
        let diamond = evm::create(&mut chain, &DiamondHarness::BYTECODE, Vec::new()).unwrap();
        let recorder = evm::create_recorder(&mut chain, diamond, 3).unwrap();
        let mut ledger = Self { chain, diamond, recorder, now: MIDNIGHT + HOUR, sessions: 0, rows: Vec::new() };
        for provider in [PROVIDER, OTHER] {
            let put = DiamondHarness::putBidCall { bidId: provider.into_word(), bid: bid_of(provider) };
            ledger.store(&put);
        }
        ledger
    }

    fn store(&mut self, call: &impl SolCall) {
        assert!(evm::send(&mut self.chain, self.now, self.diamond, call).success);
    }

    /// Stores a session as it is now, under the id of this number: 32 bytes, none of them zero.
    fn put(&mut self, number: u64, serving: Serving) -> B256 {
        let session_id = alloy::primitives::keccak256(number.to_be_bytes()).0.map(|byte| byte.max(1)).into();
        self.store(&DiamondHarness::putSessionCall { sessionId: session_id, session: serving.session() });
        session_id
    }

    /// Opens sessions of `provider` now, for a day.
    fn open(&mut self, number: usize, provider: Address) -> Vec<(u64, Serving, B256)> {
        let first = self.sessions;
        self.sessions += number as u64;
        let opened = open(self.now, self.now + DAY).by(provider);
        (first..self.sessions).map(|number| (number, opened, self.put(number, opened))).collect()
    }

    fn close(&mut self, sessions: &[(u64, Serving, B256)]) {
        for (number, serving, _) in sessions {
            self.put(*number, serving.closed(self.now));
        }
    }

    /// What the Diamond takes for the session `id` as it is now, and for the bid of [`PROVIDER`].
    fn views(&mut self, id: B256) -> Views {
        let session = DiamondHarness::getSessionCall { sessionId: id };
        let bid = DiamondHarness::getBidCall { bidId: PROVIDER.into_word() };
        let session = evm::send(&mut self.chain, self.now, self.diamond, &session).execution_gas;
        Views { session, bid: evm::send(&mut self.chain, self.now, self.diamond, &bid).execution_gas }
    }

    fn measure(&mut self, label: &str, from: Address, call: &impl SolCall, touched: Touched) {
        let input = call.abi_encode();
        let data: Gas = input.iter().map(|byte| if *byte == 0 { ZERO_BYTE_OF_DATA } else { BYTE_OF_DATA }).sum();
        let outcome = evm::send_with_gas(&mut self.chain, self.now, (from, self.recorder), input, MOST_GAS);
        assert!(outcome.success, "{label}: {:?}", outcome.failure);
        self.rows.push((label.to_owned(), outcome.gas_used, TRANSACTION + data + touched.gas()));
    }

    fn record(&mut self, label: &str, session: B256, touched: Touched) {
        self.measure(label, DEV_ACCOUNT, &SessionRecorder::recordCall { sessionId: session }, touched);
    }

    fn record_many(&mut self, label: &str, sessions: &[(u64, Serving, B256)], touched: Touched) {
        let session_ids = sessions.iter().map(|(_, _, id)| *id).collect();
        let call = SessionRecorder::recordManyCall { sessionIds: session_ids };
        self.measure(&format!("recordMany of {:2}, {label}", sessions.len()), DEV_ACCOUNT, &call, touched);
    }
}

fn measured() -> Vec<Row> {
    let mut l = Ledger::new();
    let one = l.open(3, PROVIDER);
    let [first, second, running] = [0, 1, 2].map(|number: usize| one[number].2);
    l.now += HOUR;
    l.close(&one[..2]);
    let (closed, open) = (l.views(first), l.views(running));
    let first_of_all = Touched { new_slots: 2, changed_slots: 0, ..Touched::first_of_each(1, closed) };
    l.record("record, closed, first of all", first, first_of_all);
    l.record("record, closed, first of a session", second, Touched::first_of_each(1, closed));
    l.record("record, running, first of a session", running, Touched::first_of_each(1, open));
    let asked = Touched { cold_accounts: 1, asked: open.session, cold_slots: 1, ..Touched::NOTHING };
    l.record("record, running, nothing new", running, asked);
    l.now += HOUR;
    l.record("record, running, new seconds", running, Touched::new_seconds(1, open));
    l.now += HOUR;
    l.close(&one[2..3]);
    l.record("record, closed, new seconds", running, Touched::new_seconds(1, closed));
    l.record("record, closed, nothing new", running, Touched::complete(1));

    let name = |subnet| SessionRecorder::setSubnetCall { provider: OTHER, subnet };
    let named = Touched { cold_slots: 1, new_slots: 1, events: NAMED, ..Touched::NOTHING };
    l.measure("setSubnet, first of a provider", OTHER, &name(ACCOUNT), named);
    let renamed = Touched { new_slots: 0, changed_slots: 1, ..named };
    l.measure("setSubnet, again", OTHER, &name(PROVIDER), renamed);
    let of_another = l.open(1, OTHER);
    l.now += HOUR;
    let without_code = Touched { cold_accounts: 2, ..Touched::first_of_each(1, open) };
    l.record("record, running, first of a session, account named", of_another[0].2, without_code);

    for number in [1, 10, 50] {
        let sessions = l.open(number, PROVIDER);
        let count = number as Gas;
        l.now += 60;
        l.record_many("running, first of each", &sessions, Touched::first_of_each(count, open));
        l.now += 60;
        l.record_many("running, new seconds", &sessions, Touched::new_seconds(count, open));
        l.now += 60;
        l.close(&sessions);
        let many = SessionRecorder::recordManyCall { sessionIds: sessions.iter().map(|(_, _, id)| *id).collect() };
        assert!(evm::send(&mut l.chain, l.now, l.recorder, &many).success);
        l.record_many("closed, nothing new", &sessions, Touched::complete(count));
    }
    let sessions = l.open(50, PROVIDER);
    l.now += 60;
    l.close(&sessions);
    l.record_many("closed, first of each", &sessions, Touched::first_of_each(50, closed));
    l.rows
}

/// How far above its count a call may lie, per cent: what the recorder computes for a session weighs more where the
/// transaction and the cold accounts are shared by many.
fn tolerance(call: &str) -> Gas {
    if call.starts_with("recordMany") { 12 } else { 10 }
}

#[test]
fn a_call_on_base_costs_what_its_slots_cost_within_ten_percent_and_in_a_batch_within_twelve() {
    let rows = measured();
    let now: BTreeMap<String, Gas> = rows.iter().map(|(call, gas, _)| (call.clone(), *gas)).collect();
    assert_eq!(now.len(), rows.len());
    let then = snapshot("base.json", &now);

    assert_eq!(then.keys().collect::<Vec<_>>(), now.keys().collect::<Vec<_>>());
    let moved: Vec<String> = now
        .iter()
        .filter(|(call, now)| moved(then[*call], **now))
        .map(|(call, now)| format!("{call}: {} became {now}", then[call]))
        .collect();
    assert!(moved.is_empty(), "{}", moved.join("\n"));
    for (call, gas, counted) in rows {
        eprintln!("{call}: {gas}, counted {counted}");
        assert!(gas.abs_diff(counted) * 100 <= counted * tolerance(&call), "{call}: {gas} gas, {counted} counted");
    }
}
