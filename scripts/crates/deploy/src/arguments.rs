//! Constructor arguments of the contracts, each with the view that answers it afterwards.

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::sol_types::SolCall;
use mrc53_abi::arbitrum::aliased;
use mrc53_abi::{
    BaseRecorder, RewardCalculator, RewardDistributor, RootRelay, SessionRecorder, StakeAlignment, UsageProofs,
};
use mrc53_console::show::named_day;
use mrc53_node::book;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Abroad;
use mrc53_suite::terms::weight_number;

use super::goal::Goal;
use super::others::Others;

/// One constructor argument.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name in the ABI.
    pub name: &'static str,
    /// Its value in words: an address in hex, a number in decimal.
    pub value: String,
    /// The same for people: a day with its date.
    pub shown: String,
    /// Its value in the ABI.
    pub word: B256,
    /// The call that answers it.
    pub view: Bytes,
    /// Which of how many words of the answer it is.
    place: (usize, usize),
    /// Whether the contract can never answer otherwise. The rest is what its owner may change.
    pub is_fixed: bool,
}

/// Where the contracts stand or are to stand, as far as that is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addresses {
    /// `StakeAlignment`.
    pub alignment: Address,
    /// Whom the calculator asks for usage: `SessionRecorder`, or `UsageProofs` where sessions are on Base.
    pub recorder: Address,
    /// `RewardCalculator`.
    pub calculator: Address,
    /// `RootRelay`, on Ethereum.
    pub relay: Address,
    /// `UsageBuckets`, on Base.
    pub buckets: Address,
    /// keccak256 of their code.
    pub buckets_code_hash: B256,
}

impl Argument {
    fn address(name: &'static str, value: Address, view: &impl SolCall) -> Self {
        Self::new(name, value.to_string(), value.into_word(), view)
    }

    fn number(name: &'static str, value: U256, view: &impl SolCall) -> Self {
        Self::new(name, value.to_string(), value.into(), view)
    }

    fn hash(name: &'static str, value: B256, view: &impl SolCall) -> Self {
        Self::new(name, value.to_string(), value, view)
    }

    fn day(name: &'static str, day: u32, view: &impl SolCall) -> Self {
        Self { shown: named_day(day), ..Self::number(name, U256::from(day), view) }
    }

    fn new(name: &'static str, value: String, word: B256, view: &impl SolCall) -> Self {
        let place = (0, 1);
        Self { name, shown: value.clone(), value, word, view: view.abi_encode().into(), place, is_fixed: true }
    }

    /// The same where the view answers `words` words, of which it is number `index`.
    fn word_of(self, index: usize, words: usize) -> Self {
        Self { place: (index, words), ..self }
    }

    /// Whether `answer`, of the view, has this value.
    #[must_use]
    pub fn is_answered_by(&self, answer: &[u8]) -> bool {
        let (index, words) = self.place;
        answer.len() == words * B256::len_bytes() && answer.chunks(B256::len_bytes()).nth(index) == Some(&self.word[..])
    }

    fn changeable(self) -> Self {
        Self { is_fixed: false, ..self }
    }

    /// As the book keeps it.
    #[must_use]
    pub fn record(&self) -> book::Argument {
        book::Argument { name: self.name.to_owned(), value: self.value.clone() }
    }
}

/// The arguments of `contract`, in the order of its constructor.
#[must_use]
pub fn of(contract: Contract, goal: &Goal, at: &Addresses) -> Vec<Argument> {
    let settings = &goal.settings;
    let (token, owner) = (goal.token.address, goal.owner.address);
    let distributor_owner = goal.owner_of_distributor().address;
    match contract {
        Contract::StakeAlignment => vec![
            Argument::address("token", token, &StakeAlignment::tokenCall {}),
            Argument::address("owner", owner, &StakeAlignment::ownerCall {}).changeable(),
            Argument::number("lockSeconds", U256::from(settings.lock_seconds), &StakeAlignment::lockSecondsCall {}),
            Argument::number("minSubnetStake", settings.min_subnet_stake_wei, &StakeAlignment::minSubnetStakeCall {})
                .changeable(),
        ],
        Contract::SessionRecorder => vec![
            Argument::address("source", goal.diamond.address, &SessionRecorder::sourceCall {}),
            Argument::address("alignment", at.alignment, &SessionRecorder::alignmentCall {}),
            Argument::number("graceDays", U256::from(settings.grace_days), &SessionRecorder::graceDaysCall {}),
        ],
        Contract::RewardCalculator => vec![
            Argument::address("recorder", at.recorder, &RewardCalculator::recorderCall {}),
            Argument::address("alignment", at.alignment, &RewardCalculator::alignmentCall {}),
            Argument::number("weight", weight_number(settings.weight), &RewardCalculator::weightCall {}),
        ],
        Contract::RewardDistributor => vec![
            Argument::address("token", token, &RewardDistributor::tokenCall {}),
            Argument::address("alignment", at.alignment, &RewardDistributor::alignmentCall {}),
            Argument::address(
                "calculator",
                at.calculator,
                &RewardDistributor::calculatorOfCall { day: settings.first_day },
            )
            .changeable(),
            Argument::address("computePool", goal.compute_pool.address, &RewardDistributor::computePoolCall {})
                .changeable(),
            Argument::address("owner", distributor_owner, &RewardDistributor::ownerCall {}).changeable(),
            Argument::day("firstDay", settings.first_day, &RewardDistributor::firstDayCall {}),
        ],
        Contract::UsageProofs => vec![
            Argument::address("relay", aliased(at.relay), &UsageProofs::relayCall {}),
            Argument::address("buckets", at.buckets, &UsageProofs::bucketsCall {}).word_of(0, 2),
            Argument::hash("codeHash", at.buckets_code_hash, &UsageProofs::bucketsCall {}).word_of(1, 2),
            Argument::number("graceDays", U256::from(settings.grace_days), &UsageProofs::graceDaysCall {}),
            Argument::address("alignment", at.alignment, &UsageProofs::alignmentCall {}),
            Argument::number("windowDays", U256::from(goal.window_days()), &UsageProofs::windowDaysCall {}),
        ],
    }
}

/// The arguments of `contract`, in the order of its constructor. `others` has what stood on the two other chains before.
#[must_use]
pub fn abroad(contract: Abroad, goal: &Goal, others: &Others) -> Vec<Argument> {
    match contract {
        Abroad::SessionRecorder => vec![
            Argument::address("source", goal.diamond.address, &BaseRecorder::sourceCall {}),
            Argument::number("graceDays", U256::from(goal.settings.grace_days), &BaseRecorder::graceDaysCall {}),
        ],
        // Its creator, which is in its code.
        Abroad::UsageBuckets => Vec::new(),
        Abroad::RootRelay => vec![
            Argument::address("portal", others.portal.address, &RootRelay::portalCall {}),
            Argument::address("inbox", others.inbox.address, &RootRelay::inboxCall {}),
        ],
    }
}

/// ABI-encoded, as a constructor takes them: every argument is one word.
#[must_use]
pub fn encode(arguments: &[Argument]) -> Vec<u8> {
    arguments.iter().flat_map(|argument| argument.word.0).collect()
}
