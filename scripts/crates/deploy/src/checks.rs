//! What must hold of the chain and the inputs before anything is sent.

use alloy::primitives::{Address, B256, Bytes, U256};
use alloy::sol_types::{SolCall, SolValue};
use anyhow::Result;
use mrc53_abi::arbitrum::{CREATE2_FACTORY, STYLUS_DEPLOYER};
use mrc53_abi::{Diamond, Erc20};
use mrc53_console::failure::BadInput;
use mrc53_console::show::count;
use mrc53_node::accounts::{self, Program};
use mrc53_node::connection::Connection;
use mrc53_node::diamond::funding_account;
use mrc53_node::node::Node;
use mrc53_suite::place::Place;

use super::asking::{code_at, view, words};
use super::chains::Chains;
use super::goal::Goal;
use super::step::Step;
use crate::bridge_checks;

/// Bytes that the Diamond answers for a session and a bid that it does not know: all their fields zero.
const NO_SESSION_BYTES: usize = 416;
const NO_BID_BYTES: usize = 192;
/// The decimals of MOR, on which every amount relies.
const DECIMALS: u8 = 18;

/// Checks deployer, token, Diamond and funding account; what stands in for them is checked as soon as it is there.
///
/// # Errors
/// [`BadInput`] that names what is wrong and where. A failure if the node does not answer.
pub async fn inputs(connection: &Connection, chains: &Chains, goal: &Goal) -> Result<()> {
    let network = &connection.network.name;
    let here = chains.at(Place::Arbitrum)?;
    if code_at(here, STYLUS_DEPLOYER).await?.is_empty() {
        return Err(BadInput::new(format!("{network} has no StylusDeployer at {STYLUS_DEPLOYER}")).into());
    }
    for stand_in in &goal.stand_ins {
        if code_at(here, CREATE2_FACTORY).await?.is_empty() {
            return Err(BadInput::new(format!(
                "{network} has no CREATE2 factory at {} to deploy {} with: name a token and a diamond under [inputs] \
                 in a network file",
                CREATE2_FACTORY, stand_in.name
            ))
            .into());
        }
    }
    let (token, diamond) = (goal.token.address, goal.diamond.address);
    if is_there(here, goal, network, "token", token).await? {
        check_token(here, token).await?;
    }
    let there = chains.at(goal.place_of_sessions())?;
    let name = if goal.others.is_some() { format!("the {} of {network}", there.place) } else { network.clone() };
    if is_there(there, goal, &name, "Diamond", diamond).await? {
        check_diamond(there, diamond).await?;
    }
    match &goal.others {
        Some(others) => bridge_checks::require(connection, chains, others).await,
        // What pays sessions on another chain cannot run dry by what is paid here.
        None => check_funding_account(connection, diamond, goal.compute_pool.address).await,
    }
}

/// Whether there is code at an input; only a stand-in may still be missing.
async fn is_there(node: &Node, goal: &Goal, network: &str, what: &str, address: Address) -> Result<bool> {
    let is_there = !code_at(node, address).await?.is_empty();
    if is_there || goal.stand_ins.iter().any(|it| it.address == address) {
        return Ok(is_there);
    }
    Err(BadInput::new(format!("the {what} {address} has no code on {network}")).into())
}

async fn check_token(node: &Node, token: Address) -> Result<()> {
    let answer = view(node, token, &Erc20::decimalsCall {}.abi_encode().into()).await?;
    let wrong = match answer.as_ref().map(|answer| U256::abi_decode(answer)) {
        Ok(Ok(decimals)) if decimals == U256::from(DECIMALS) => return Ok(()),
        Ok(Ok(decimals)) => {
            format!("the token {token} has {}, MOR has {DECIMALS}", count(decimals.saturating_to(), "decimal"))
        }
        Ok(Err(_)) => format!("the token {token} does not answer decimals()"),
        Err(data) => format!("the token {token} does not answer decimals(): {}", words(data)),
    };
    Err(BadInput::new(wrong).into())
}

async fn check_diamond(node: &Node, diamond: Address) -> Result<()> {
    let session = Diamond::getSessionCall { sessionId: B256::ZERO }.abi_encode().into();
    let session = view_of(node, diamond, "getSession(bytes32)", &session, NO_SESSION_BYTES).await?;
    let is_unknown = Diamond::getSessionCall::abi_decode_returns(&session).is_ok_and(|it| it.openedAt == 0);
    let bid = Diamond::getBidCall { bidId: B256::ZERO }.abi_encode().into();
    let bid = view_of(node, diamond, "getBid(bytes32)", &bid, NO_BID_BYTES).await?;
    let is_unknown = is_unknown && Diamond::getBidCall::abi_decode_returns(&bid).is_ok_and(|it| it.provider.is_zero());
    if is_unknown {
        return Ok(());
    }
    Err(BadInput::new(format!("the Diamond {diamond} knows a session or bid of id 0: it is no Compute Diamond")).into())
}

async fn view_of(node: &Node, diamond: Address, signature: &str, data: &Bytes, bytes: usize) -> Result<Bytes> {
    match view(node, diamond, data).await? {
        Ok(answer) if answer.len() == bytes => Ok(answer),
        Ok(answer) => Err(BadInput::new(format!(
            "the Diamond {diamond} answers {signature} of an unknown id with {}, not {bytes}",
            count(answer.len(), "byte")
        ))
        .into()),
        Err(data) => {
            let words = words(&data);
            Err(BadInput::new(format!("the Diamond {diamond} does not answer {signature}: {words}")).into())
        }
    }
}

/// The account that pays sessions must not pay rewards too: sessions revert once it is dry.
async fn check_funding_account(connection: &Connection, diamond: Address, pool: Address) -> Result<()> {
    if funding_account(connection.reader(), diamond).await? == Some(pool) {
        return Err(BadInput::new(format!(
            "the compute pool {pool} is the Diamond's funding account, which pays sessions: take an account of its own"
        ))
        .into());
    }
    Ok(())
}

/// Checks that pool and owners are accounts, not what `steps` deploy or what the suite is built upon.
///
/// # Errors
/// [`BadInput`] that names what it is instead. A failure if the node does not answer.
pub(super) async fn accounts(connection: &Connection, goal: &Goal, steps: &[Step]) -> Result<()> {
    let program = |step: &Step, address| Program {
        contract: step.piece.contract.clone(),
        address,
        code_hash: step.piece.code_hash(),
    };
    let both = |step| [program(step, step.address), program(step, step.piece.address)];
    let programs: Vec<Program> = steps.iter().flat_map(both).collect();
    // A Diamond on another chain is an account like others here.
    let diamond = goal.others.is_none().then_some(goal.diamond.address);
    let token = Some(goal.token.address);
    let asked = [
        ("owner", &goal.owner, "own nothing"),
        ("owner of the distributor", goal.owner_of_distributor(), "own nothing"),
        // Behind the owners, whom it follows from unless it is named.
        ("compute pool", &goal.compute_pool, "approve nobody"),
    ];
    for (what, input, cannot) in asked {
        let account = input.address;
        if let Some(name) = accounts::cannot_act(connection, account, token, diamond, &programs).await? {
            let source = &input.source;
            return Err(BadInput::new(format!("the {what} {account} ({source}) is {name}, which can {cannot}")).into());
        }
    }
    Ok(())
}
