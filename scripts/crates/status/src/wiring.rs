//! Whether each contract points where the book says, and keeps what it was constructed with.

use alloy::primitives::Address;
use anyhow::Result;
use mrc53_abi::arbitrum::aliased;
use mrc53_abi::{RewardCalculator, RewardDistributor, SessionRecorder, StakeAlignment, UsageProofs};
use mrc53_console::show::named_day;
use mrc53_node::book::Book;
use mrc53_suite::contract::Contract;
use mrc53_suite::place::Abroad;
use mrc53_suite::terms::Weight;
use serde::Serialize;

use super::reader::{Reader, Reading};
use super::suite::Suite;

/// Something that a contract keeps, beside what the book says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pointer {
    /// The contract.
    pub contract: &'static str,
    /// The view that says it.
    pub view: &'static str,
    /// What it says.
    pub value: Reading<String>,
    /// What the book says; none where it says nothing.
    pub expected: Option<String>,
    /// Whether they agree; none where one of them is missing.
    pub right: Option<bool>,
    /// Whether an owner can change it, so that it may be the book that is behind.
    pub changeable: bool,
}

impl Pointer {
    fn changeable(self) -> Self {
        Self { changeable: true, ..self }
    }
}

/// Reads every pointer of the suite.
///
/// # Errors
/// Fails if the node does not answer.
pub async fn read(reader: &Reader<'_>, suite: &Suite) -> Result<Vec<Pointer>> {
    let book = &reader.connection.book;
    let Suite { recorder, alignment, calculator, distributor, .. } = *suite;
    let counting = counting(reader, suite).await?;
    let (token, lock_seconds) = tokio::try_join!(
        reader.ask(alignment, StakeAlignment::tokenCall {}),
        reader.ask(alignment, StakeAlignment::lockSecondsCall {}),
    )?;
    let (calculator_recorder, calculator_alignment, weight) = tokio::try_join!(
        reader.ask(calculator, RewardCalculator::recorderCall {}),
        reader.ask(calculator, RewardCalculator::alignmentCall {}),
        reader.ask(calculator, RewardCalculator::weightCall {}),
    )?;
    let (paid_token, distributor_alignment, pool, first_day) = tokio::try_join!(
        reader.ask(distributor, RewardDistributor::tokenCall {}),
        reader.ask(distributor, RewardDistributor::alignmentCall {}),
        reader.ask(distributor, RewardDistributor::computePoolCall {}),
        reader.ask(distributor, RewardDistributor::firstDayCall {}),
    )?;
    let (owner, paying_owner) = tokio::try_join!(
        reader.ask(alignment, StakeAlignment::ownerCall {}),
        reader.ask(distributor, RewardDistributor::ownerCall {}),
    )?;

    let inputs = &book.inputs;
    let [token_input, pool_input, owner_input, distributor_owner] =
        [inputs.token.as_ref(), inputs.compute_pool.as_ref(), inputs.owner.as_ref(), inputs.owner_of_distributor()]
            .map(|input| input.map(|input| input.address));
    let to_alignment = Some(alignment.address);
    let settings = book.settings;
    // The calculator of today may be an older one, that waits for its successor, and keeps what it was made with.
    let made = |name: &str| constructed(book, calculator.address, name);
    let of_calculator = |name: &str, newest: Address| made(name).unwrap_or_else(|| newest.to_string());
    let made_weight = recorded_weight(book, calculator.address);
    let weight_wanted = made_weight.or(settings.map(|settings| settings.weight as u8)).map(weight_name);
    let others = [
        pointer(alignment.name, "token()", token, token_input),
        pointer(alignment.name, "lockSeconds()", lock_seconds, settings.map(|settings| settings.lock_seconds)),
        pointer(alignment.name, "owner()", owner, owner_input).changeable(),
        pointer(calculator.name, "recorder()", calculator_recorder, Some(of_calculator("recorder", recorder.address))),
        pointer(
            calculator.name,
            "alignment()",
            calculator_alignment,
            Some(of_calculator("alignment", alignment.address)),
        ),
        pointer(calculator.name, "weight()", weight.map(weight_name), weight_wanted),
        pointer(distributor.name, "token()", paid_token, token_input),
        pointer(distributor.name, "alignment()", distributor_alignment, to_alignment),
        in_force(book, suite),
        pointer(distributor.name, "computePool()", pool, pool_input).changeable(),
        pointer(distributor.name, "firstDay()", first_day.map(named_day), settings.map(|it| named_day(it.first_day))),
        pointer(distributor.name, "owner()", paying_owner, distributor_owner).changeable(),
    ];
    Ok(counting.into_iter().chain(others).collect())
}

/// What counts usage, or proves it.
async fn counting(reader: &Reader<'_>, suite: &Suite) -> Result<Vec<Pointer>> {
    let book = &reader.connection.book;
    let Suite { recorder, alignment, .. } = *suite;
    let settings = book.settings;
    let (of_alignment, grace_days) = tokio::try_join!(
        reader.ask(recorder, SessionRecorder::alignmentCall {}),
        reader.ask(recorder, SessionRecorder::graceDaysCall {}),
    )?;
    let mut pointers = vec![
        pointer(recorder.name, "alignment()", of_alignment, Some(alignment.address)),
        pointer(recorder.name, "graceDays()", grace_days, settings.map(|settings| settings.grace_days)),
    ];
    if reader.connection.network.on_base.is_none() {
        let source = reader.ask(recorder, SessionRecorder::sourceCall {}).await?;
        let diamond = book.inputs.diamond.as_ref().map(|input| input.address);
        pointers.insert(0, pointer(recorder.name, "source()", source, diamond));
        return Ok(pointers);
    }
    let (relay, buckets, window_days) = tokio::try_join!(
        reader.ask(recorder, UsageProofs::relayCall {}),
        reader.ask(recorder, UsageProofs::bucketsCall {}),
        reader.ask(recorder, UsageProofs::windowDaysCall {}),
    )?;
    let of_book = |contract: Abroad| book.newest_named(contract.package());
    let (relay_there, buckets_there) = (of_book(Abroad::RootRelay), of_book(Abroad::UsageBuckets));
    let arrives_as = relay_there.map(|record| aliased(record.address));
    let code_hash = buckets.clone().map(|buckets| buckets.codeHash);
    pointers.extend([
        pointer(recorder.name, "relay()", relay, arrives_as),
        pointer(recorder.name, "buckets()", buckets.map(|it| it.account), buckets_there.map(|record| record.address)),
        pointer(recorder.name, "buckets(), code hash", code_hash, buckets_there.map(|record| record.code_hash)),
        pointer(recorder.name, "windowDays()", window_days, settings.and_then(|settings| settings.window_days)),
    ]);
    Ok(pointers)
}

/// What the contract at `address` was constructed with as `name`, if the book says it.
fn constructed(book: &Book, address: Address, name: &str) -> Option<String> {
    let record = book.contracts.iter().find(|record| record.address == address)?;
    let argument = record.constructor.iter().find(|argument| argument.name == name)?;
    Some(argument.value.clone())
}

/// The weight that the calculator at `address` was constructed with, if the book says it.
pub(super) fn recorded_weight(book: &Book, address: Address) -> Option<u8> {
    constructed(book, address, "weight")?.parse().ok()
}

/// What the calculator's `weight` counts.
#[must_use]
pub fn weight_name(weight: u8) -> String {
    match weight {
        weight if weight == Weight::Seconds as u8 => "seconds".into(),
        weight if weight == Weight::Sessions as u8 => "sessions".into(),
        unknown => unknown.to_string(),
    }
}

fn pointer<T: ToString>(
    contract: &'static str,
    view: &'static str,
    value: Reading<T>,
    expected: Option<impl ToString>,
) -> Pointer {
    let value = value.map(|value| value.to_string());
    let expected = expected.map(|expected| expected.to_string());
    let right = value.known().zip(expected.as_ref()).map(|(value, expected)| value == expected);
    Pointer { contract, view, value, expected, right, changeable: false }
}

/// The calculator of the running day may be any that the book knows: the newest may be scheduled for later.
fn in_force(book: &Book, suite: &Suite) -> Pointer {
    let known = |address: &Address| book.knows(Contract::RewardCalculator, *address);
    let newest = book.address(Contract::RewardCalculator).ok();
    let expected = suite.in_force.known().filter(|address| known(address)).copied().or(newest);
    pointer(suite.distributor.name, "calculatorOf(today)", suite.in_force.clone(), expected)
}
