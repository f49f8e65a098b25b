//! The cut that a facet needs, computed from the diamond as it stands on the chain and tried there by its owner.

use alloy::network::TransactionBuilder;
use alloy::primitives::{Address, Bytes};
use alloy::providers::Provider;
use alloy::rpc::types::TransactionRequest;
use alloy::rpc::types::state::{AccountOverride, StateOverride, StateOverridesBuilder};
use anyhow::{Context, Result};
use mrc53_abi::arbitrum::CREATE2_FACTORY;
use mrc53_console::failure::BadInput;
use mrc53_console::show::count;
use mrc53_node::answers::{of_node, revert_data};
use mrc53_node::connection::Connection;

use super::cut::{self, Cut, NoCut, Wish};
use super::facet::Facet;
use super::loupe::{FacetCut, Loupe};
use super::reader::Reader;
use super::signatures::Signatures;
use crate::safe::call::Call;

/// What there is to do.
pub enum Plan {
    /// A cut.
    Cut(Box<Planned>),
    /// Nothing: the diamond is as it is wished.
    Done(Done),
}

/// A diamond that is as it is wished.
#[derive(Clone, Copy, Debug)]
pub struct Done {
    /// The diamond.
    pub diamond: Address,
    /// Whoever may cut it.
    pub owner: Address,
    /// The facet at which the functions stand.
    pub facet: Address,
    /// How many.
    pub functions: usize,
}

/// A cut that the chain would take, and its inverse.
pub struct Planned {
    /// The diamond.
    pub diamond: Address,
    /// Whoever may cut it.
    pub owner: Address,
    /// What changes.
    pub cut: Cut,
    /// What stands where before it.
    pub loupe: Loupe,
    /// The call that cuts.
    pub forward: Call,
    /// The call that takes it back.
    pub inverse: Call,
    /// Functions by their selectors, as far as they are known.
    pub names: Signatures,
}

/// Checks the code at `address`; where it is still to be deployed from `initcode`, the state in which it stands there.
/// The state is empty if it stands there already.
///
/// # Errors
/// [`BadInput`] if nothing is there and nothing is to be deployed, if the code is not the facet's, or if it cannot be
/// deployed.
pub async fn stand_in(
    connection: &Connection,
    address: Address,
    initcode: Option<&Bytes>,
    facet: &Facet,
) -> Result<StateOverride> {
    let code = connection.provider.get_code_at(address).await?;
    match (code.is_empty(), initcode) {
        (true, None) => Err(BadInput::new(format!("no contract at {address}, which is meant to be the facet")).into()),
        (true, Some(initcode)) => {
            if connection.provider.get_code_at(CREATE2_FACTORY).await?.is_empty() {
                return Err(BadInput::new(format!(
                    "this chain has no deterministic deployer at {CREATE2_FACTORY}: deploy the facet yourself and name it with \
                     --facet-address"
                ))
                .into());
            }
            let request = TransactionRequest::default().with_deploy_code(initcode.clone());
            let code = connection.provider.call(request).await.map_err(|error| match revert_data(&error) {
                Some(_) => BadInput::new(format!("the facet does not deploy: {}", of_node(&error))).into(),
                None => connection.url.blame("whether the facet deploys", &error),
            })?;
            Ok(StateOverridesBuilder::default().append(address, AccountOverride::default().with_code(code)).build())
        }
        (false, None) if facet.code_size().is_some_and(|size| size != code.len()) => Err(BadInput::new(format!(
            "the code at {address} has {}, the artifact's {}: another contract, or compiled in another way",
            count(code.len(), "byte"),
            facet.code_size().unwrap_or_default()
        ))
        .into()),
        (false, _) => Ok(StateOverride::default()),
    }
}

/// Reads the diamond (the network's unless one is named), computes the cut, and has the owner try it on the chain's
/// latest state with `overrides`.
///
/// # Errors
/// [`BadInput`] if there is no such diamond or nobody owns it, if the wish cannot be had without losing a function, or
/// if the diamond refuses the cut.
pub async fn plan(
    connection: &Connection,
    diamond: Option<Address>,
    facet: &Facet,
    wish: &Wish,
    overrides: StateOverride,
) -> Result<Plan> {
    let diamond = diamond.or(connection.book.inputs.diamond.as_ref().map(|input| input.address));
    let diamond = diamond.ok_or_else(|| BadInput::new("the network names no diamond: --diamond ADDRESS"))?;
    if diamond == wish.facet {
        return Err(BadInput::new(format!("{diamond} is the diamond itself, not a facet")).into());
    }
    let reader = Reader::new(connection, diamond).await?;
    let (owner, loupe) = (reader.owner().await?, reader.loupe().await?);
    if owner.is_zero() {
        return Err(BadInput::new(format!("nobody owns the diamond {diamond}: it cannot be cut any more")).into());
    }
    reader.check(&loupe, &wish.replaced, &wish.selectors).await?;
    let fresh = wish.selectors.iter().copied().filter(|selector| loupe.facet_of(*selector).is_none()).collect();
    let own = reader.own(&fresh).await?;
    let mut names = Signatures::live();
    names.learn(&facet.abi);
    let cut = match cut::plan(&loupe, diamond, &own, wish) {
        Ok(cut) => cut,
        Err(NoCut::Nothing) => {
            let functions = wish.selectors.len();
            return Ok(Plan::Done(Done { diamond, owner, facet: wish.facet, functions }));
        }
        Err(none) => return Err(BadInput::new(none.words(&names)).into()),
    };
    let (forward, inverse) = (cut.forward(), cut.inverse());
    check_both_ways(&loupe, &forward, &inverse)?;
    let (forward, inverse) = (cut::call(diamond, &forward)?, cut::call(diamond, &inverse)?);
    forward.simulate(connection, owner, overrides).await?;
    Ok(Plan::Cut(Box::new(Planned { diamond, owner, cut, loupe, forward, inverse, names })))
}

/// The inverse after the cut must bring back exactly what stands there now.
fn check_both_ways(loupe: &Loupe, forward: &[FacetCut], inverse: &[FacetCut]) -> Result<()> {
    let after = loupe.apply(forward).context("the cut does not fit the diamond")?;
    let back = after.apply(inverse).context("the inverse does not fit the cut")?;
    anyhow::ensure!(back == *loupe, "the inverse does not bring back what stands there now");
    Ok(())
}
