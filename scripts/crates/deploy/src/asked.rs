//! What owners can change of contracts that stand, where it is asked for otherwise than the chain has it. A deployment
//! changes nothing of a contract that stands: its owner's acts do.

use alloy::primitives::{Address, U256};
use anyhow::Result;
use mrc53_abi::StakeAlignment;
use mrc53_console::failure::BadInput;
use mrc53_console::show::trimmed;
use mrc53_node::connection::Connection;
use mrc53_suite::contract::Contract;

use super::compare::Action;
use super::goal::Goal;
use super::step::Step;

/// Checks that every contract of `steps` that stays has the owner, the pool and the minimum that `goal` asks for.
///
/// # Errors
/// [`BadInput`] that says what the chain has and which of the owner's acts changes it. A failure if the node does not
/// answer.
pub(super) async fn require_current(connection: &Connection, goal: &Goal, steps: &[Step]) -> Result<()> {
    let stays = |contract: Contract| {
        let stays = |step: &&Step| matches!(step.action, Action::Done | Action::Kept | Action::Differs);
        steps.iter().filter(stays).find(|step| step.piece.is(contract))
    };
    let (alignment, distributor) = (stays(Contract::StakeAlignment), stays(Contract::RewardDistributor));
    let owners = [
        (alignment, goal.current.owner, goal.owner.address),
        (distributor, goal.current.distributor_owner, goal.owner_of_distributor().address),
    ];
    require_owner(goal, owners)?;
    if let (Some(_), Some(pool)) = (distributor, goal.current.compute_pool) {
        require_pool(goal, pool)?;
    }
    match alignment {
        Some(step) if connection.book.newest(Contract::StakeAlignment).is_some() => {
            require_minimum(connection, goal, step).await
        }
        _ => Ok(()),
    }
}

/// `contracts`: each that stays, who owns it, and who is asked for.
fn require_owner(goal: &Goal, contracts: [(Option<&Step>, Option<Address>, Address); 2]) -> Result<(), BadInput> {
    let others = contracts.into_iter().filter_map(|(step, owner, asked)| Some((step?, owner?, asked)));
    let others: Vec<_> = others.filter(|(_, owner, asked)| owner != asked).collect();
    let Some((first, owner, asked)) = others.first() else { return Ok(()) };
    // One owner hands both over at once; of two each signs for itself.
    let same: Vec<&str> =
        others.iter().filter(|(_, other, _)| other == owner).map(|(step, ..)| step.piece.contract.as_str()).collect();
    let only = if same.len() < 2 { format!(" --contract {}", first.piece.contract) } else { String::new() };
    Err(BadInput::new(format!(
        "the owner of {} is {owner}, {} says {asked}: deploying hands nothing over. {owner} does: cargo mrc53 safe \
         transfer-ownership --to {asked}{only}; then {asked}: cargo mrc53 safe accept-ownership. If {owner} is to stay, \
         correct {}",
        same.join(" and "),
        goal.owner.source,
        goal.owner.source
    )))
}

fn require_pool(goal: &Goal, pool: Address) -> Result<(), BadInput> {
    let asked = &goal.compute_pool;
    if asked.address == pool {
        return Ok(());
    }
    Err(BadInput::new(format!(
        "the compute pool of reward-distributor is {pool}, {} says {}: deploying does not change it. Its owner does: \
         cargo mrc53 safe set-pool --pool {}. If it is to stay, correct {}",
        asked.source, asked.address, asked.address, asked.source
    )))
}

/// A minimum that was changed since is no difference: only one that is neither what `step` was constructed with, nor in
/// force, nor announced.
async fn require_minimum(connection: &Connection, goal: &Goal, step: &Step) -> Result<()> {
    let wanted = goal.settings.min_subnet_stake_wei;
    let constructed = connection.book.newest_named(&step.piece.contract).and_then(|record| {
        let argument = record.constructor.iter().find(|argument| argument.name == "minSubnetStake")?;
        argument.value.parse::<U256>().ok()
    });
    if constructed.is_none_or(|constructed| constructed == wanted) {
        return Ok(());
    }
    let at = step.address;
    let in_force = connection.reader().view(at, StakeAlignment::minSubnetStakeCall {}).await?;
    let scheduled = connection.reader().view(at, StakeAlignment::scheduledMinSubnetStakeCall {}).await?;
    if in_force == wanted || (scheduled.fromDay != 0 && scheduled.amount == wanted) {
        return Ok(());
    }
    Err(BadInput::new(format!(
        "the minimum subnet stake is {} MOR, the network's settings say {}: deploying does not change it. The owner of \
         stake-alignment does: cargo mrc53 safe min-stake --mor {}. If it is to stay, correct the settings",
        trimmed(in_force),
        trimmed(wanted),
        trimmed(wanted)
    ))
    .into())
}
