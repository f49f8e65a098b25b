//! Prolonging programs: what each needs now, what that costs, and doing it.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::sol_types::{SolCall, SolInterface};
use anyhow::{Context, Result, bail};
use mrc53_abi::ArbWasm::{ArbWasmErrors, activateProgramCall, codehashKeepaliveCall};
use mrc53_abi::arbitrum::ARB_WASM;
use mrc53_abi::refusal::Refusals;
use mrc53_console::failure::BadInput;
use mrc53_console::progress::Progress;
use mrc53_node::answers::{of_node, revert_data};
use mrc53_node::head::Head;
use mrc53_node::node::no_code;
use mrc53_node::sender::{Sender, Sent, Transaction};
use mrc53_node::words;
use serde::Serialize;

use super::life::{self, Activation, DAY_SECONDS, Life, Terms};

/// Spare on the data fee, which rises with the demand of others; the chain sends back what is left.
const DATA_FEE_SPARE_PERCENT: u64 = 20;

/// What a program needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// It cannot be called, and has to be activated again.
    Activate,
    /// It expires soon, and its life can be prolonged.
    Keepalive,
    /// It expires soon, and the chain does not prolong a life so young.
    TooEarly {
        /// The first second in which the chain does, Unix seconds.
        allowed_at: u64,
    },
    /// It does not expire soon.
    NotDue {
        /// The first second in which it is due, Unix seconds.
        due_at: u64,
    },
}

/// A program, and what was done for it.
#[derive(Debug, Serialize)]
pub struct Kept {
    /// The contracts with this code.
    pub contracts: Vec<Place>,
    /// keccak256 of the code.
    pub code_hash: B256,
    /// As it was found.
    pub before: Activation,
    /// What it needs.
    #[serde(flatten)]
    pub step: Step,
    /// The data fee, wei, as a decimal string; without spare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fee_wei: Option<String>,
    /// Whether a transaction was sent for it.
    pub sent: bool,
    /// The transaction that did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction: Option<B256>,
    /// Its gas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gas: Option<u64>,
    /// As it is now, if something was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Activation>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// A contract and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Package name.
    pub contract: String,
    /// Its address.
    pub address: Address,
}

/// What a program needs at `now` (Unix seconds) if it is to be prolonged once it expires within `due_days`.
#[must_use]
pub fn step(activation: Activation, now: u64, terms: Terms, due_days: u32) -> Step {
    let Activation::Active { activated_at, expires_at } = activation else { return Step::Activate };
    let due_at = expires_at.saturating_sub(u64::from(due_days) * DAY_SECONDS);
    let allowed_at = activated_at + u64::from(terms.keepalive_days) * DAY_SECONDS;
    if now < due_at {
        Step::NotDue { due_at }
    } else if now < allowed_at {
        Step::TooEarly { allowed_at }
    } else {
        Step::Keepalive
    }
}

/// Prolongs every program of the book that expires within `due_days`, and activates again those that cannot be called.
/// One that fails does not stand in the way of the others; its error is in its entry.
///
/// # Errors
/// [`BadInput`] if nothing is deployed or code is missing, before anything is sent; a failure if the node does not
/// answer.
pub async fn run(sender: &Sender<'_>, due_days: u32, progress: &Progress) -> Result<Vec<Kept>> {
    let connection = sender.connection();
    let head = Head::latest(connection).await?;
    let terms = Terms::read(connection, head).await?;
    let mut kept = Vec::new();
    for (life, contracts) in by_code(life::read_all(connection, head, terms).await?, &connection.book.network)? {
        let step = step(life.activation, head.timestamp, terms, due_days);
        let before = life.activation;
        let code_hash = life.code_hash;
        let (fee_wei, transaction, gas, after, error) = Default::default();
        let mut entry =
            Kept { contracts, code_hash, before, step, fee_wei, sent: false, transaction, gas, after, error };
        if let Err(error) = entry.perform(sender, terms, &life, progress).await {
            entry.error = Some(words::of(&error));
        }
        kept.push(entry);
    }
    Ok(kept)
}

/// The programs by code hash, in the order of the book, each with all the contracts that have it.
///
/// # Errors
/// [`BadInput`] if there is none, or one has no code.
pub(super) fn by_code(lives: Vec<Life>, network: &str) -> Result<Vec<(Life, Vec<Place>)>, BadInput> {
    let mut groups: Vec<(Life, Vec<Place>)> = Vec::new();
    for life in lives {
        let (contract, address) = (life.contract.clone(), life.address);
        if life.activation == Activation::NoCode {
            return Err(no_code(&contract, address));
        }
        let place = Place { contract, address };
        match groups.iter_mut().find(|(other, _)| other.code_hash == life.code_hash) {
            Some((_, places)) => places.push(place),
            None => groups.push((life, vec![place])),
        }
    }
    if groups.is_empty() {
        return Err(BadInput::new(format!(
            "nothing has been deployed on {network}: cargo mrc53 deploy --network {network}"
        )));
    }
    Ok(groups)
}

impl Kept {
    async fn perform(&mut self, sender: &Sender<'_>, terms: Terms, life: &Life, progress: &Progress) -> Result<()> {
        let contract = &life.contract;
        let (what, data) = match self.step {
            Step::Activate => {
                (format!("activating {contract}"), activateProgramCall { program: life.address }.abi_encode())
            }
            Step::Keepalive => {
                (format!("prolonging {contract}"), codehashKeepaliveCall { codehash: life.code_hash }.abi_encode())
            }
            Step::TooEarly { .. } | Step::NotDue { .. } => return Ok(()),
        };
        progress.detail(&what);
        let data = Bytes::from(data);
        let fee = fee(sender, &what, data.clone()).await?;
        self.fee_wei = Some(fee.to_string());
        let value = fee + fee * U256::from(DATA_FEE_SPARE_PERCENT) / U256::from(100);
        if let Sent::Mined(receipt) = sender.send(&Transaction { what, to: ARB_WASM, value, data }).await? {
            self.sent = true;
            self.transaction = Some(receipt.transaction_hash);
            self.gas = Some(receipt.gas_used);
            let connection = sender.connection();
            let head = Head::latest(connection).await?;
            let record = connection.book.contracts.iter().find(|record| record.address == life.address);
            let record = record.context("a program that is not in the book")?;
            let after = life::read(connection, head, terms, record).await?.activation;
            self.after = Some(after);
            if !after.is_active() {
                bail!("{contract} is not active after transaction {}", receipt.transaction_hash);
            }
        }
        Ok(())
    }
}

/// The data fee that the chain asks for a call of `ArbWasm`: what it says when it is offered nothing.
async fn fee(sender: &Sender<'_>, what: &str, data: Bytes) -> Result<U256> {
    let request = TransactionRequest::default().with_from(sender.address()).with_to(ARB_WASM).with_input(data);
    let Err(error) = sender.connection().provider.call(request).await else { return Ok(U256::ZERO) };
    let Some(data) = revert_data(&error) else { bail!("{what}: {}", of_node(&error)) };
    match ArbWasmErrors::abi_decode(&data) {
        Ok(ArbWasmErrors::ProgramInsufficientValue(value)) => Ok(value.want),
        _ => bail!("{what}: refused with {}", Refusals::all()?.words(&data)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: Terms = Terms { expiry_days: 365, keepalive_days: 31 };
    const BORN: u64 = 1_740_096_000;
    const LIFE: Activation = Activation::Active { activated_at: BORN, expires_at: BORN + 365 * DAY_SECONDS };

    #[test]
    fn a_program_that_cannot_be_called_is_activated() {
        let dead = [
            Activation::NotActivated,
            Activation::Expired { expired_at: BORN },
            Activation::NeedsUpgrade { version: 1, stylus_version: 2 },
        ];
        for activation in dead {
            assert_eq!(step(activation, BORN, TERMS, 0), Step::Activate);
        }
    }

    #[test]
    fn a_life_is_prolonged_from_the_second_on_that_is_so_many_days_before_its_last() {
        let due_at = BORN + (365 - 90) * DAY_SECONDS;

        assert_eq!(step(LIFE, due_at - 1, TERMS, 90), Step::NotDue { due_at });
        assert_eq!(step(LIFE, due_at, TERMS, 90), Step::Keepalive);
        assert_eq!(step(LIFE, due_at + 1, TERMS, 90), Step::Keepalive);
    }

    #[test]
    fn a_life_can_be_prolonged_from_the_age_on_that_the_chain_sets() {
        let allowed_at = BORN + 31 * DAY_SECONDS;

        assert_eq!(step(LIFE, allowed_at - 1, TERMS, 365), Step::TooEarly { allowed_at });
        assert_eq!(step(LIFE, allowed_at, TERMS, 365), Step::Keepalive);
        assert_eq!(step(LIFE, allowed_at + 1, TERMS, 365), Step::Keepalive);
    }

    #[test]
    fn contracts_with_the_same_code_are_one_program() {
        let life = |last, hash| Life {
            contract: "reward-calculator".into(),
            address: Address::with_last_byte(last),
            newest: last == 3,
            code_hash: B256::with_last_byte(hash),
            code_as_recorded: true,
            activation: LIFE,
            cached: false,
        };
        let groups = by_code(vec![life(1, 7), life(2, 8), life(3, 7)], "local").unwrap();

        let places: Vec<Vec<u8>> =
            groups.iter().map(|(_, places)| places.iter().map(|place| place.address[19]).collect()).collect();
        assert_eq!(places, [vec![1, 3], vec![2]]);
    }
}
