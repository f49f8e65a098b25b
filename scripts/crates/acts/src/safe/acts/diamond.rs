//! What the owner of the Diamond may do once the facet with the hook is cut in: name the recorder at which closed
//! sessions are booked, and the distributors whose payments count.

use alloy::dyn_abi::DynSolValue;
use alloy::primitives::{Address, U256};
use alloy::sol_types::SolCall;
use anyhow::Result;
use mrc53_abi::DiamondHook::{getRewardDistributorsCall, getSessionRecorderCall};
use mrc53_abi::{Diamond, DiamondHook, RewardDistributor, SessionRecorder};
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;
use mrc53_node::diamond::answer_of_function;
use mrc53_suite::contract::Contract;

use crate::safe::call::Call;
use crate::safe::plan::{Named, Plan, mor};

/// The Diamond, whose facet has `C`, and its owner.
async fn diamond<C: SolCall>(connection: &Connection) -> Result<(Address, Address)> {
    let diamond = connection.book.inputs.diamond.as_ref().map(|input| input.address);
    let diamond = diamond.ok_or_else(|| BadInput::new("the book names no Diamond"))?;
    if answer_of_function(connection.reader(), diamond, C::SELECTOR.into()).await?.is_none() {
        return Err(BadInput::new(format!(
            "the Diamond {diamond} has no {}: the facet with the hook is cut in first, with cargo mrc53 diamond-cut",
            C::SIGNATURE
        ))
        .into());
    }
    Ok((diamond, connection.reader().view(diamond, Diamond::ownerCall {}).await?))
}

/// The call of the hook's function called `name`.
fn call(diamond: Address, name: &str, value: DynSolValue) -> Result<Call> {
    Call::of(diamond, DiamondHook::abi::functions(), name, vec![value])
}

/// What the book does not know is said of `contract` at `address`.
fn unknown(connection: &Connection, contract: Contract, address: Address) -> Option<String> {
    let known = connection.book.knows(contract, address);
    let contract = contract.package();
    (!known).then(|| format!(" The book knows no {contract} at {address}: `status` will call it wrong."))
}

pub(super) async fn set_recorder(connection: &Connection, named: &Named) -> Result<Plan> {
    let (diamond, from) = diamond::<getSessionRecorderCall>(connection).await?;
    let old = connection.reader().view(diamond, DiamondHook::getSessionRecorderCall {}).await?;
    let new = match named {
        Named::Nobody => Address::ZERO,
        Named::OfTheBook => connection.book.address(Contract::SessionRecorder)?,
        Named::These(these) => match these.as_slice() {
            [one] => *one,
            _ => return Err(BadInput::new("the Diamond books sessions at one recorder").into()),
        },
    };
    if new == old {
        let words = if new.is_zero() { "no recorder is set".into() } else { format!("{new} is set already") };
        return Err(BadInput::new(format!("{words}: nothing to do")).into());
    }
    let back = if old.is_zero() { "--off".to_owned() } else { format!("--recorder {old}") };
    let undo = format!("Taken back by safe set-recorder {back}.");
    let (name, summary) = if new.is_zero() {
        let summary = format!(
            "The Diamond {diamond} books no session as it is closed any more; it booked them at {old}. Keepers book them \
             as they did before the hook. {undo}"
        );
        ("unset-recorder", summary)
    } else {
        require_source(connection, new, diamond).await?;
        let place = if old.is_zero() { String::new() } else { format!(" in the place of {old}") };
        let unknown = unknown(connection, Contract::SessionRecorder, new).unwrap_or_default();
        let summary = format!(
            "The Diamond {diamond} books each session at the recorder {new}{place} as it is closed. No closing fails by \
             it. {undo}{unknown}"
        );
        ("set-recorder", summary)
    };
    let calls = vec![call(diamond, "setSessionRecorder", new.into())?];
    Ok(Plan { name: name.into(), summary, from, calls })
}

/// A recorder that reads another Diamond would refuse every session of this one.
async fn require_source(connection: &Connection, recorder: Address, diamond: Address) -> Result<()> {
    let source = connection.reader().view(recorder, SessionRecorder::sourceCall {}).await?;
    if source != diamond {
        return Err(BadInput::new(format!(
            "the recorder at {recorder} reads sessions of {source}, not of the Diamond {diamond}"
        ))
        .into());
    }
    Ok(())
}

pub(super) async fn set_distributors(connection: &Connection, named: &Named) -> Result<Plan> {
    let (diamond, from) = diamond::<getRewardDistributorsCall>(connection).await?;
    let old = connection.reader().view(diamond, DiamondHook::getRewardDistributorsCall {}).await?;
    let new = match named {
        Named::Nobody => Vec::new(),
        Named::These(these) => these.clone(),
        Named::OfTheBook => {
            connection.book.address(Contract::RewardDistributor)?;
            let records = connection.book.contracts.iter().filter(|it| it.is(Contract::RewardDistributor));
            records.map(|record| record.address).collect()
        }
    };
    if new == old {
        return Err(BadInput::new(format!("{} count already: nothing to do", list(&new))).into());
    }
    let mut paid = U256::ZERO;
    let mut unknown_words = String::new();
    for distributor in &new {
        paid = paid.saturating_add(paid_by(connection, *distributor).await?);
        unknown_words += &unknown(connection, Contract::RewardDistributor, *distributor).unwrap_or_default();
    }
    let back = if old.is_empty() {
        "--off".to_owned()
    } else {
        old.iter().map(|it| format!("--distributor {it}")).collect::<Vec<_>>().join(" ")
    };
    let (name, counts) = if new.is_empty() {
        ("unset-distributors", "counts no block rewards in its Compute balance and the supply any more.".to_owned())
    } else {
        let (paying, paid) = (list(&new), mor(paid));
        let counts =
            format!("subtracts from its Compute balance, and adds to the supply, what {paying} paid: {paid} so far.");
        ("set-distributors", counts)
    };
    let summary = format!(
        "The Diamond {diamond} {counts} Before it counted {}. Taken back by safe set-distributors {back}.{unknown_words}",
        list(&old),
    );
    let values = new.into_iter().map(DynSolValue::from).collect();
    let calls = vec![call(diamond, "setRewardDistributors", DynSolValue::Array(values))?];
    Ok(Plan { name: name.into(), summary, from, calls })
}

fn list(distributors: &[Address]) -> String {
    if distributors.is_empty() {
        return "no distributor".into();
    }
    distributors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

/// What `distributor` has paid, MOR wei, if it pays the Diamond's token.
async fn paid_by(connection: &Connection, distributor: Address) -> Result<U256> {
    let token = connection.reader().view(distributor, RewardDistributor::tokenCall {}).await?;
    match &connection.book.inputs.token {
        Some(ours) if ours.address != token => {
            Err(BadInput::new(format!("the distributor at {distributor} pays {token}, not MOR at {}", ours.address))
                .into())
        }
        _ => connection.reader().view(distributor, RewardDistributor::totalPaidCall {}).await,
    }
}
