//! Constructor arguments of the four contracts, each with the view that answers it afterwards.

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::sol_types::SolCall;
use mrc53_abi::{RewardCalculator, RewardDistributor, SessionRecorder, StakeAlignment};
use mrc53_console::show::named_day;
use mrc53_node::book;
use mrc53_suite::contract::Contract;
use mrc53_suite::terms::weight_number;

use super::goal::Goal;

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
    /// Whether the contract can never answer otherwise. The rest is what its owner may change.
    pub is_fixed: bool,
}

/// Where the contracts stand or are to stand, as far as that is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addresses {
    /// `StakeAlignment`.
    pub alignment: Address,
    /// `SessionRecorder`.
    pub recorder: Address,
    /// `RewardCalculator`.
    pub calculator: Address,
}

impl Argument {
    fn address(name: &'static str, value: Address, view: &impl SolCall) -> Self {
        Self::new(name, value.to_string(), value.into_word(), view)
    }

    fn number(name: &'static str, value: U256, view: &impl SolCall) -> Self {
        Self::new(name, value.to_string(), value.into(), view)
    }

    fn day(name: &'static str, day: u32, view: &impl SolCall) -> Self {
        Self { shown: named_day(day), ..Self::number(name, U256::from(day), view) }
    }

    fn new(name: &'static str, value: String, word: B256, view: &impl SolCall) -> Self {
        Self { name, shown: value.clone(), value, word, view: view.abi_encode().into(), is_fixed: true }
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
        // No goal names the other chains: it is in no suite on one chain.
        Contract::UsageProofs => Vec::new(),
    }
}

/// ABI-encoded, as a constructor takes them: every argument is one word.
#[must_use]
pub fn encode(arguments: &[Argument]) -> Vec<u8> {
    arguments.iter().flat_map(|argument| argument.word.0).collect()
}
