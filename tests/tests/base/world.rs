//! A recorder, its buckets and a source that answers what a test wrote down.

use alloy::primitives::{Address, B256, Bytes, LogData, U256, address};
use alloy::sol_types::{SolCall, SolEvent, SolInterface, SolValue};
use mrc53_devnode::chain::Chain;
use mrc53_devnode::chain::block::Outcome;
use mrc53_devnode::config::DEV_ACCOUNT;

use super::artifacts::{DiamondHarness, Hosted, Refusal, Scripted, SessionRecorder};
use super::evm::{self, MOST_GAS};
use crate::suite_support::MIDNIGHT;

pub(crate) const GRACE_DAYS: u32 = 3;

/// Two providers without code.
pub(crate) const PROVIDER: Address = address!("5000000000000000000000000000000000000001");
pub(crate) const OTHER: Address = address!("5000000000000000000000000000000000000002");
/// A provider that gets code where a test says so.
pub(crate) const CONTRACT: Address = address!("c000000000000000000000000000000000000001");
/// Somebody who is named.
pub(crate) const ACCOUNT: Address = address!("a000000000000000000000000000000000000001");

/// A session as the source answers it. Times are unix seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Serving {
    pub(crate) provider: Address,
    pub(crate) opened_at: u64,
    pub(crate) ends_at: u64,
    pub(crate) closed_at: u64,
}

/// A session of [`PROVIDER`] that is open.
pub(crate) const fn open(opened_at: u64, ends_at: u64) -> Serving {
    Serving { provider: PROVIDER, opened_at, ends_at, closed_at: 0 }
}

impl Serving {
    pub(crate) const fn closed(self, closed_at: u64) -> Self {
        Self { closed_at, ..self }
    }

    pub(crate) const fn by(self, provider: Address) -> Self {
        Self { provider, ..self }
    }

    /// As the Diamond keeps it, with a receipt of the usual length once it is closed.
    pub(crate) fn session(&self) -> DiamondHarness::Session {
        DiamondHarness::Session {
            user: DEV_ACCOUNT,
            bidId: self.provider.into_word(),
            stake: U256::ONE,
            closeoutReceipt: if self.closed_at == 0 { Bytes::new() } else { vec![0x77; 160].into() },
            closeoutType: U256::ZERO,
            providerWithdrawnAmount: U256::ZERO,
            openedAt: self.opened_at.into(),
            endsAt: self.ends_at.into(),
            closedAt: self.closed_at.into(),
            isActive: self.closed_at == 0,
            isDirectPaymentFromUser: false,
        }
    }
}

/// The bid of `provider`, whose id is the provider.
pub(crate) fn bid_of(provider: Address) -> DiamondHarness::Bid {
    DiamondHarness::Bid {
        provider,
        modelId: B256::repeat_byte(1),
        pricePerSecond: U256::ONE,
        nonce: U256::ZERO,
        createdAt: 1,
        deletedAt: 0,
    }
}

pub(crate) fn id(number: u64) -> B256 {
    B256::from(U256::from(number))
}

/// The recorder between its source and its buckets.
pub(crate) struct World {
    pub(crate) chain: Chain,
    pub(crate) source: Address,
    pub(crate) recorder: Address,
    pub(crate) buckets: Address,
    diamond: Address,
    /// All events of the recorder so far, oldest first.
    pub(crate) events: Vec<LogData>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with_grace(GRACE_DAYS)
    }

    pub(crate) fn with_grace(grace_days: u32) -> Self {
        let mut chain = evm::chain();
        let diamond = evm::create(&mut chain, &DiamondHarness::BYTECODE, Vec::new()).unwrap();
        let source = evm::create(&mut chain, &Scripted::BYTECODE, diamond.abi_encode()).unwrap();
        let recorder = evm::create_recorder(&mut chain, source, grace_days).unwrap();
        let buckets = evm::view(&mut chain, MIDNIGHT, recorder, &SessionRecorder::bucketsCall {});
        Self { chain, source, recorder, buckets, diamond, events: Vec::new() }
    }

    /// Lets the source hold the session `id` and the bid that it was opened on.
    pub(crate) fn host(&mut self, id: B256, serving: Serving) {
        let bid = serving.provider.into_word();
        self.at_once(self.diamond, &DiamondHarness::putBidCall { bidId: bid, bid: bid_of(serving.provider) });
        self.put(id, serving.session());
    }

    /// Lets the source hold the session `id`.
    pub(crate) fn put(&mut self, id: B256, session: DiamondHarness::Session) {
        self.at_once(self.diamond, &DiamondHarness::putSessionCall { sessionId: id, session });
    }

    /// From now on the source answers `asked` with these bytes.
    pub(crate) fn source_answers(&mut self, asked: &impl SolCall, answer: &[u8]) {
        let write = Scripted::writeCall { asked: asked.abi_encode().into(), answer: answer.to_vec().into() };
        self.at_once(self.source, &write);
    }

    pub(crate) fn source_refuses(&mut self, asked: &impl SolCall) {
        self.at_once(self.source, &Scripted::refuseCall { asked: asked.abi_encode().into() });
    }

    /// Lets `provider` be a contract that is owned by `owner`; if there is none, without `owner()`.
    pub(crate) fn give_code(&mut self, provider: Address, owner: Option<Address>) {
        self.chain.set_code(provider, Scripted::DEPLOYED_BYTECODE.clone());
        if let Some(owner) = owner {
            let answer = owner.into_word().to_vec().into();
            self.at_once(provider, &Scripted::writeCall { asked: owner_call(), answer });
        }
    }

    /// Calls `record` at `now`.
    pub(crate) fn record_at(&mut self, now: u64, session: B256) -> Result<u64, Refusal> {
        let outcome = self.send_at(now, DEV_ACCOUNT, &SessionRecorder::recordCall { sessionId: session });
        returned(&outcome)
    }

    /// Calls `recordMany` at `now`.
    pub(crate) fn record_many_at(&mut self, now: u64, ids: &[B256]) -> u64 {
        let outcome = self.send_at(now, DEV_ACCOUNT, &SessionRecorder::recordManyCall { sessionIds: ids.to_vec() });
        returned(&outcome).unwrap()
    }

    /// Calls `setSubnet` from `from`.
    pub(crate) fn name(&mut self, from: Address, provider: Address, subnet: Address) -> Result<(), Refusal> {
        let outcome = self.send_at(self.now(), from, &SessionRecorder::setSubnetCall { provider, subnet });
        if outcome.success { Ok(()) } else { Err(refusal(&outcome.output)) }
    }

    /// Sends a call to the recorder and keeps its events.
    pub(crate) fn send_at(&mut self, now: u64, from: Address, call: &impl SolCall) -> Outcome {
        let outcome = evm::send_with_gas(&mut self.chain, now, (from, self.recorder), call.abi_encode(), MOST_GAS);
        self.events.extend(outcome.logs.iter().map(|log| log.data.clone()));
        outcome
    }

    /// Seconds and sessions of `subnet` on `day`.
    pub(crate) fn hosted(&mut self, subnet: Address, day: u32) -> (u64, u32) {
        let Hosted { sessionSeconds, sessions } =
            self.view_at(self.now(), &SessionRecorder::hostedCall { subnet, day });
        (sessionSeconds, sessions)
    }

    /// Seconds and sessions of [`PROVIDER`] on `day`.
    pub(crate) fn booked(&mut self, day: u32) -> (u64, u32) {
        self.hosted(PROVIDER, day)
    }

    pub(crate) fn session(&mut self, session: B256) -> (Address, u64) {
        let answer = self.view_at(self.now(), &SessionRecorder::sessionCall { sessionId: session });
        (answer.subnet, answer.bookedUntil)
    }

    pub(crate) fn subnet_of(&mut self, provider: Address) -> Address {
        self.view_at(self.now(), &SessionRecorder::subnetOfCall { provider })
    }

    pub(crate) fn view_at<C: SolCall>(&mut self, now: u64, call: &C) -> C::Return {
        evm::view(&mut self.chain, now, self.recorder, call)
    }

    /// Asserts that nothing is stored of `session`, that `day` is empty, and that nothing was reported.
    #[track_caller]
    pub(crate) fn assert_untouched(&mut self, session: B256, day: u32) {
        assert_eq!(self.session(session), (Address::ZERO, 0));
        assert_eq!(self.booked(day), (0, 0));
        assert_eq!(self.events, []);
    }

    /// Asserts that `expected` are the last events, in order.
    #[track_caller]
    pub(crate) fn assert_last_events(&self, expected: &[LogData]) {
        assert!(self.events.ends_with(expected), "{:?}", self.events);
    }

    /// The time of the last block.
    pub(crate) fn now(&self) -> u64 {
        self.chain.head().header.timestamp
    }

    /// Sends a call that must succeed in a block of the same time as the last.
    pub(crate) fn at_once(&mut self, to: Address, call: &impl SolCall) {
        let now = self.now();
        let outcome = evm::send(&mut self.chain, now, to, call);
        assert!(outcome.success, "{:?}", outcome.failure);
    }
}

/// Calldata of `owner()`.
pub(crate) fn owner_call() -> Bytes {
    [0x8d, 0xa5, 0xcb, 0x5b].into()
}

/// The number that a call returned, or why it was refused.
pub(crate) fn returned(outcome: &Outcome) -> Result<u64, Refusal> {
    if outcome.success { Ok(u64::abi_decode(&outcome.output).unwrap()) } else { Err(refusal(&outcome.output)) }
}

#[track_caller]
fn refusal(output: &Bytes) -> Refusal {
    Refusal::abi_decode(output).unwrap_or_else(|error| panic!("{output} is no refusal: {error}"))
}

pub(crate) fn booked_event(session: B256, from: u64, to: u64, counted: bool) -> LogData {
    SessionRecorder::SessionBooked { sessionId: session, subnet: PROVIDER, from, to, counted }.encode_log_data()
}

pub(crate) fn dropped_event(session: B256, dropped_seconds: u64, until: u64) -> LogData {
    let dropped = SessionRecorder::SecondsDropped {
        sessionId: session,
        subnet: PROVIDER,
        droppedSeconds: dropped_seconds,
        until,
    };
    dropped.encode_log_data()
}
