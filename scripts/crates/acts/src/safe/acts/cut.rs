//! A cut of the Diamond, or its rollback, from the file that was written with it. Other acts are sent when they are
//! planned, and a Safe executes their files.

use std::path::Path;

use alloy::dyn_abi::DynSolValue;
use alloy::primitives::Selector;
use anyhow::Result;
use mrc53_console::failure::BadInput;
use mrc53_node::connection::Connection;

use crate::diamond::loupe::{Action, FacetCut};
use crate::diamond::reader::Reader;
use crate::safe::file;
use crate::safe::plan::Plan;

pub(super) async fn execute(connection: &Connection, path: &Path) -> Result<Plan> {
    let wrong = |why: String| BadInput::new(format!("{}: {why}", path.display()));
    let plan = file::read(path, connection.network.chain_id)?;
    let entries = match plan.calls.as_slice() {
        [call] if call.function.name == "diamondCut" => entries(&call.values),
        _ => None,
    };
    let entries = entries.ok_or_else(|| {
        wrong("this is no cut, nor a rollback: a Safe executes it, or the act itself is sent with --send".into())
    })?;
    let of_book = connection.book.inputs.diamond.as_ref().map(|input| input.address);
    let diamond = plan.calls[0].to;
    if of_book.or(connection.network.inputs.diamond) != Some(diamond) {
        return Err(wrong(format!("it cuts {diamond}, which is not the Diamond of this network")).into());
    }
    let reader = Reader::new(connection, diamond).await?;
    let owner = reader.owner().await?;
    if owner != plan.from {
        return Err(wrong(format!("it is for {}, and {owner} owns the Diamond: compute it anew", plan.from)).into());
    }
    let loupe = reader.loupe().await?;
    let is_there = |entry: &FacetCut| {
        let facet = (entry.action != Action::Remove).then_some(entry.facet);
        entry.selectors.iter().all(|selector| loupe.facet_of(*selector) == facet)
    };
    if entries.iter().all(is_there) {
        return Err(wrong("the Diamond is cut like that already: nothing to do".into()).into());
    }
    match loupe.apply(&entries) {
        Ok(_) => Ok(plan),
        Err(misfit) => {
            Err(wrong(format!("the Diamond has been cut otherwise since ({misfit}): compute it anew")).into())
        }
    }
}

/// The entries of a call of `diamondCut` with `values`; none if they are not its.
fn entries(values: &[DynSolValue]) -> Option<Vec<FacetCut>> {
    let [DynSolValue::Array(entries), ..] = values else { return None };
    entries.iter().map(entry).collect()
}

fn entry(value: &DynSolValue) -> Option<FacetCut> {
    let [facet, action, selectors] = value.as_tuple()? else { return None };
    let selector = |value: &DynSolValue| Some(Selector::from_slice(value.as_fixed_bytes()?.0.get(..4)?));
    Some(FacetCut {
        facet: facet.as_address()?,
        action: Action::of(action.as_uint()?.0.try_into().ok()?)?,
        selectors: selectors.as_array()?.iter().map(selector).collect::<Option<_>>()?,
    })
}
