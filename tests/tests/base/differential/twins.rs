//! Both recorders on one chain, and what each step does to both.

use alloy::primitives::{Address, B256, Bytes, LogData, U256, address};
use alloy::sol_types::{SolCall, SolError, SolEvent, SolValue};
use mrc53_abi::SessionRecorder as Stylus;
use mrc53_devnode::chain::Chain;
use mrc53_devnode::chain::block::Outcome;
use mrc53_ledger::usage::UsageWord;
use mrc53_suite::contract::Contract;

use super::super::artifacts::{DiamondHarness, Scripted, SessionRecorder};
use super::super::evm::{self, slot_in};
use super::super::world::{ACCOUNT, CONTRACT, OTHER, PROVIDER, Serving, bid_of, id, owner_call};
use super::story::{ACCOUNTS, Deed, GRACES, Later, PROVIDERS, RECENT, Step};
use crate::suite_support::{DAY, MIDNIGHT, TODAY, programs};

const OWNER: Address = Address::repeat_byte(0x0e);
const CAN_GET_CODE: Address = address!("c000000000000000000000000000000000000002");
const OF_ALL: [Address; PROVIDERS] = [PROVIDER, OTHER, CONTRACT, CAN_GET_CODE];
const NAMABLE: [Address; ACCOUNTS] = [PROVIDER, CAN_GET_CODE, ACCOUNT, Address::repeat_byte(0x0a)];
/// Answers every call with a word of ones, as an alignment for which every subnet is eligible on every day: PUSH0, NOT,
/// PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
const EVERYBODY_IS_ELIGIBLE: [u8; 8] = [0x5f, 0x19, 0x5f, 0x52, 0x60, 0x20, 0x5f, 0xf3];
/// Where it stands.
const ALIGNMENT: Address = Address::repeat_byte(0xa1);

/// A recorder of each kind with the same grace.
#[derive(Clone, Copy, Debug)]
struct Pair {
    base: Address,
    buckets: Address,
    stylus: Address,
}

/// A provider as a history has left it.
#[derive(Clone, Copy, Debug, Default)]
struct Provider {
    has_code: bool,
    named: Option<Address>,
}

pub(super) struct Twins {
    chain: Chain,
    diamond: Address,
    /// What the Stylus recorders ask in place of the Diamond.
    named_source: Address,
    pairs: Vec<Pair>,
    snapshot: u64,
    // The history:
    pair: Pair,
    now: u64,
    sessions: Vec<Serving>,
    providers: [Provider; PROVIDERS],
}

impl Twins {
    pub(super) fn new() -> Self {
        let mut chain = evm::chain();
        let diamond = evm::create(&mut chain, &DiamondHarness::BYTECODE, Vec::new()).unwrap();
        let named_source = evm::create(&mut chain, &Scripted::BYTECODE, diamond.abi_encode()).unwrap();
        chain.set_code(ALIGNMENT, EVERYBODY_IS_ELIGIBLE.into());
        let program = programs().iter().find(|program| program.contract == Contract::SessionRecorder.package());
        let wasm = program.unwrap().wasm().unwrap();
        let pairs: Vec<Pair> = GRACES
            .into_iter()
            .map(|grace_days| {
                let base = evm::create_recorder(&mut chain, diamond, grace_days).unwrap();
                let buckets = evm::view(&mut chain, MIDNIGHT, base, &SessionRecorder::bucketsCall {});
                let arguments = (named_source, ALIGNMENT, grace_days).abi_encode_params();
                chain.set_next_timestamp(MIDNIGHT).unwrap();
                Pair { base, buckets, stylus: chain.deploy_program(&wasm, Some(&arguments)).unwrap() }
            })
            .collect();
        let snapshot = chain.snapshot();
        let (pair, providers) = (pairs[0], [Provider::default(); PROVIDERS]);
        Self { chain, diamond, named_source, pairs, snapshot, pair, now: MIDNIGHT, sessions: Vec::new(), providers }
    }

    /// Goes back to where no history had begun, and begins one with the grace of this number.
    pub(super) fn begin(&mut self, grace: usize) {
        assert!(self.chain.revert_to(self.snapshot));
        self.snapshot = self.chain.snapshot();
        (self.pair, self.now) = (self.pairs[grace], MIDNIGHT + 1);
        self.sessions.clear();
        self.providers = [Provider::default(); PROVIDERS];
        for (number, provider) in OF_ALL.into_iter().enumerate() {
            let put = DiamondHarness::putBidCall { bidId: provider.into_word(), bid: bid_of(provider) };
            self.send(self.diamond, &put);
            self.set_code(number, provider == CONTRACT);
        }
    }

    /// Takes a step with both and compares what comes of it; says what it came to.
    pub(super) fn take(&mut self, Step { later, deed }: &Step) -> &'static str {
        self.now = match later {
            Later::Seconds(seconds) => self.now + seconds,
            Later::Midnight(after) => (self.now.div_ceil(DAY) * DAY - 1 + after).max(self.now),
        };
        match deed {
            Deed::Open { provider, seconds } => {
                let (opened_at, ends_at) = (self.now, self.now + seconds);
                let provider = OF_ALL[*provider];
                self.sessions.push(Serving { provider, opened_at, ends_at, closed_at: 0 });
                self.store(self.sessions.len() - 1);
                "opened"
            }
            Deed::Put { session, provider, opened, ends, closed } => {
                let at = |offset: i64| self.now.saturating_add_signed(offset);
                let (opened_at, ends_at, closed_at) = (at(*opened), at(*ends), closed.map_or(0, at));
                let absurd = Serving { provider: OF_ALL[*provider], opened_at, ends_at, closed_at };
                let number = self.number(*session).unwrap_or_else(|| {
                    self.sessions.push(absurd);
                    self.sessions.len() - 1
                });
                self.sessions[number] = absurd;
                self.store(number);
                "put"
            }
            Deed::Close(session) => {
                if let Some(number) = self.number(*session).filter(|number| self.sessions[*number].closed_at == 0) {
                    self.sessions[number].closed_at = self.now;
                    self.store(number);
                }
                "closed"
            }
            Deed::Record(session) => self.record(*session),
            Deed::RecordMany(sessions) => self.record_many(sessions),
            Deed::Name { provider, account } => {
                self.name(*provider, NAMABLE[*account]);
                "named"
            }
            Deed::Code(has_code) => {
                self.set_code(PROVIDERS - 1, *has_code);
                "coded"
            }
        }
    }

    fn record(&mut self, session: usize) -> &'static str {
        let session_id = self.id_of(session);
        let (base, stylus) = self.send_to_both(&SessionRecorder::recordCall { sessionId: session_id });
        assert_eq!(base.success, stylus.success, "{:?} {:?}", base.output, stylus.output);
        self.compare_logs(&base, &stylus);
        if !base.success {
            if let Some(provider) = self.refused_for_its_name(session, &stylus.output) {
                assert_eq!(base.output, SessionRecorder::SubnetNotNamed { provider }.abi_encode());
                return "without a name";
            }
            assert_eq!(base.output, stylus.output);
            return "refused";
        }
        assert_eq!(base.output, stylus.output);
        let is = |log: &LogData, topic| log.topics()[0] == topic;
        let mut logs = base.logs.iter().map(|log| &log.data);
        match logs.next() {
            None => "nothing new",
            Some(first) if is(first, SessionRecorder::SecondsDropped::SIGNATURE_HASH) => "dropped",
            Some(_) => "booked",
        }
    }

    fn record_many(&mut self, sessions: &[usize]) -> &'static str {
        let ids = sessions.iter().map(|session| self.id_of(*session)).collect();
        let (base, stylus) = self.send_to_both(&SessionRecorder::recordManyCall { sessionIds: ids });
        assert!(base.success && stylus.success);
        assert_eq!(base.output, stylus.output);
        self.compare_logs(&base, &stylus);
        "several"
    }

    /// Holds the events of both to each other, but for the reason of a session that is skipped for want of a name.
    fn compare_logs(&self, base: &Outcome, stylus: &Outcome) {
        let of_base: Vec<LogData> = base.logs.iter().map(|log| log.data.clone()).collect();
        let of_stylus: Vec<LogData> = stylus.logs.iter().map(|log| self.as_of_base(log.data.clone())).collect();
        assert_eq!(of_base, of_stylus);
    }

    /// An event of the Stylus recorder with the reason that the other one has for it.
    fn as_of_base(&self, log: LogData) -> LogData {
        match SessionRecorder::RecordSkipped::decode_log_data(&log) {
            Ok(mut skipped) if skipped.reason == Stylus::SourceCallFailed::SELECTOR => {
                let number = usize::try_from(U256::from_be_bytes(skipped.sessionId.0)).unwrap();
                assert_eq!(self.account(self.sessions[number].provider), None);
                skipped.reason = SessionRecorder::SubnetNotNamed::SELECTOR.into();
                skipped.encode_log_data()
            }
            _ => log,
        }
    }

    /// The provider of the session, if the Stylus recorder refused it because it got no bid.
    fn refused_for_its_name(&self, session: usize, output: &Bytes) -> Option<Address> {
        let failed = Stylus::SourceCallFailed::abi_decode(output).ok()?;
        let provider = self.sessions[self.number(session)?].provider;
        assert_eq!((failed.selector.0, self.account(provider)), (DiamondHarness::getBidCall::SELECTOR, None));
        Some(provider)
    }

    /// A provider, or its owner where it has one, names `account`.
    fn name(&mut self, provider: usize, account: Address) {
        let from = if OF_ALL[provider] == CONTRACT { OWNER } else { OF_ALL[provider] };
        let call = SessionRecorder::setSubnetCall { provider: OF_ALL[provider], subnet: account };
        let to = (from, self.pair.base);
        assert!(evm::send_with_gas(&mut self.chain, self.now, to, call.abi_encode(), evm::MOST_GAS).success);
        self.providers[provider].named = Some(account);
        self.tell_the_source(provider);
    }

    fn set_code(&mut self, provider: usize, has_code: bool) {
        let code = if has_code { Scripted::DEPLOYED_BYTECODE.clone() } else { Bytes::new() };
        self.chain.set_code(OF_ALL[provider], code);
        if has_code {
            let answer = OWNER.into_word().to_vec().into();
            self.send(OF_ALL[provider], &Scripted::writeCall { asked: owner_call(), answer });
        }
        self.providers[provider].has_code = has_code;
        self.tell_the_source(provider);
    }

    /// Lets the source of the Stylus recorder answer the bid of a provider with its account.
    fn tell_the_source(&mut self, provider: usize) {
        let asked = DiamondHarness::getBidCall { bidId: OF_ALL[provider].into_word() }.abi_encode().into();
        match self.account(OF_ALL[provider]) {
            Some(account) => {
                let answer = DiamondHarness::getBidCall::abi_encode_returns(&bid_of(account)).into();
                self.send(self.named_source, &Scripted::writeCall { asked, answer });
            }
            None => self.send(self.named_source, &Scripted::refuseCall { asked }),
        }
    }

    /// The account of a provider's sessions, by the rule in the words of the specification.
    fn account(&self, provider: Address) -> Option<Address> {
        let number = OF_ALL.iter().position(|other| *other == provider).unwrap();
        let Provider { has_code, named } = self.providers[number];
        named.or((!has_code).then_some(provider))
    }

    /// Holds every word of sessions and days to each other, and that there are no others in the buckets.
    pub(super) fn compare_everything(&mut self) {
        let Pair { base, buckets, stylus } = self.pair;
        let [sessions, usage] = [2, 3].map(B256::with_last_byte);
        for number in 0..self.sessions.len() {
            let session = id(number as u64);
            let word = self.chain.slot(base, slot_in(B256::ZERO, session).into());
            assert_eq!(word, self.chain.slot(stylus, slot_in(sessions, session).into()), "session {number}");
        }
        let mut found = 0;
        let first = UsageWord::index_of(TODAY - 20);
        let last = UsageWord::index_of(u32::try_from(self.now / DAY).unwrap());
        for subnet in OF_ALL.into_iter().chain([ACCOUNT, NAMABLE[ACCOUNTS - 1]]) {
            for index in (first..=last).map(|index| B256::from(U256::from(index))) {
                let slot = |mapping| slot_in(slot_in(mapping, subnet.into_word()), index).into();
                let word = self.chain.slot(buckets, slot(B256::ZERO));
                assert_eq!(word, self.chain.slot(stylus, slot(usage)), "word {index} of {subnet}");
                found += usize::from(!word.is_zero());
            }
        }
        assert_eq!(self.chain.storage(buckets).filter(|(_, word)| !word.is_zero()).count(), found);
    }

    fn send_to_both(&mut self, call: &impl SolCall) -> (Outcome, Outcome) {
        let Pair { base, stylus, .. } = self.pair;
        let [base, stylus] = [base, stylus].map(|to| evm::send(&mut self.chain, self.now, to, call));
        (base, stylus)
    }

    fn send(&mut self, to: Address, call: &impl SolCall) {
        let outcome = evm::send(&mut self.chain, self.now, to, call);
        assert!(outcome.success, "{:?}", outcome.failure);
    }

    /// Lets the Diamond hold the session of this number.
    fn store(&mut self, number: usize) {
        let session = self.sessions[number].session();
        self.send(self.diamond, &DiamondHarness::putSessionCall { sessionId: id(number as u64), session });
    }

    /// The number of a session counted from the latest back, if there were so many.
    fn number(&self, from_the_latest: usize) -> Option<usize> {
        self.sessions.len().checked_sub(1 + from_the_latest)
    }

    /// The id of a session counted from the latest back; one that nobody knows if there were not so many.
    fn id_of(&self, from_the_latest: usize) -> B256 {
        id(self.number(from_the_latest).unwrap_or(self.sessions.len() + RECENT) as u64)
    }
}
