//! The cut that brings a facet in: what is added, what moves over, what goes; and its inverse.

use std::collections::{BTreeMap, BTreeSet};

use alloy::dyn_abi::DynSolValue;
use alloy::json_abi::Function;
use alloy::primitives::{Address, Selector, U256};
use anyhow::{Context, Result};

use super::loupe::{Action, FacetCut, Loupe};
use super::signatures::Signatures;
use crate::safe::call::Call;

/// `diamondCut` as the live Diamond has it.
const DIAMOND_CUT: &str = r#"{"type":"function","name":"diamondCut","stateMutability":"nonpayable","outputs":[],
    "inputs":[{"name":"facets_","type":"tuple[]","internalType":"struct Diamond.Facet[]","components":[
        {"name":"facetAddress","type":"address","internalType":"address"},
        {"name":"action","type":"uint8","internalType":"enum Diamond.FacetAction"},
        {"name":"functionSelectors","type":"bytes4[]","internalType":"bytes4[]"}]}]}"#;

/// What is wanted.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The facet that comes in.
    pub facet: Address,
    /// The functions that shall stand there.
    pub selectors: BTreeSet<Selector>,
    /// Facets that it takes the place of.
    pub replaced: BTreeSet<Address>,
    /// Functions of the replaced facets that shall be gone.
    pub dropped: BTreeSet<Selector>,
}

/// What changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The facet that comes in.
    pub facet: Address,
    /// Functions that stood nowhere.
    pub gained: BTreeSet<Selector>,
    /// Functions that stood at a replaced facet, and which.
    pub moved: BTreeMap<Selector, Address>,
    /// Functions of a replaced facet that stand nowhere afterwards, and where they stood.
    pub lost: BTreeMap<Selector, Address>,
}

/// Why there is no cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoCut {
    /// Facets that are to be replaced and at which nothing stands.
    UnknownFacets(BTreeSet<Address>),
    /// Functions that the diamond answers itself, or that stand at the diamond itself: a facet's would never be called.
    Immutable(BTreeSet<Selector>),
    /// Functions that stand at a facet which is not to be replaced.
    Collision(BTreeMap<Selector, Address>),
    /// Functions that would be lost and that nobody said to drop.
    Lost(BTreeMap<Selector, Address>),
    /// Functions to drop that would not be lost.
    NotLost(BTreeSet<Selector>),
    /// All is as it is wished.
    Nothing,
}

/// The cut on `loupe` of `diamond` that `wish` takes; `own` are the functions that the diamond answers itself.
///
/// Functions of the facet that stand at a replaced facet move over, those that stand nowhere are added, and what the
/// replaced facets have besides is removed. Everything else stays where it is.
///
/// # Errors
/// [`NoCut::Nothing`] if the wish is fulfilled, for one by this very cut; else [`NoCut`] in the order of its variants.
pub fn plan(loupe: &Loupe, diamond: Address, own: &BTreeSet<Selector>, wish: &Wish) -> Result<Cut, NoCut> {
    if is_fulfilled(loupe, wish) {
        return Err(NoCut::Nothing);
    }
    let unknown = wish.replaced.iter().filter(|facet| loupe.selectors_of(**facet).is_empty());
    refuse_unless_empty(unknown.copied().collect(), NoCut::UnknownFacets)?;

    let mut cut = Cut { facet: wish.facet, gained: BTreeSet::new(), moved: BTreeMap::new(), lost: BTreeMap::new() };
    let mut collisions = BTreeMap::new();
    for &selector in &wish.selectors {
        match loupe.facet_of(selector) {
            None => _ = cut.gained.insert(selector),
            Some(facet) if facet == wish.facet => {}
            Some(facet) if wish.replaced.contains(&facet) => _ = cut.moved.insert(selector, facet),
            Some(facet) => _ = collisions.insert(selector, facet),
        }
    }
    for &facet in &wish.replaced {
        let gone = loupe.selectors_of(facet).into_iter().filter(|selector| !wish.selectors.contains(selector));
        cut.lost.extend(gone.map(|selector| (selector, facet)));
    }

    let own_gained = cut.gained.intersection(own).copied();
    let touched = collisions.iter().chain(&cut.moved).chain(&cut.lost);
    let at_diamond = touched.filter(|(_, facet)| **facet == diamond).map(|(selector, _)| *selector);
    refuse_unless_empty(own_gained.chain(at_diamond).collect(), NoCut::Immutable)?;
    if !collisions.is_empty() {
        return Err(NoCut::Collision(collisions));
    }
    let mut silent = cut.lost.clone();
    silent.retain(|selector, _| !wish.dropped.contains(selector));
    if !silent.is_empty() {
        return Err(NoCut::Lost(silent));
    }
    let kept = wish.dropped.iter().filter(|selector| !cut.lost.contains_key(*selector));
    refuse_unless_empty(kept.copied().collect(), NoCut::NotLost)?;
    Ok(cut)
}

/// Whether every function stands at the facet, nothing at those it takes the place of, and nowhere what shall be gone.
fn is_fulfilled(loupe: &Loupe, wish: &Wish) -> bool {
    let stands = |selector: &Selector| loupe.facet_of(*selector) == Some(wish.facet);
    let is_left_over = |facet: &Address| {
        loupe.selectors_of(*facet).iter().any(|selector| *facet != wish.facet || !wish.selectors.contains(selector))
    };
    wish.selectors.iter().all(stands)
        && !wish.replaced.iter().any(is_left_over)
        && wish.dropped.iter().all(|selector| loupe.facet_of(*selector).is_none())
}

fn refuse_unless_empty<T>(set: BTreeSet<T>, refusal: impl FnOnce(BTreeSet<T>) -> NoCut) -> Result<(), NoCut> {
    if set.is_empty() { Ok(()) } else { Err(refusal(set)) }
}

impl Cut {
    /// The entries that make the change: removals first, then what moves over, then what is added.
    #[must_use]
    pub fn forward(&self) -> Vec<FacetCut> {
        let mut entries = by_facet(&self.lost, Action::Remove);
        entries.extend(entry(self.facet, Action::Replace, self.moved.keys()));
        entries.extend(entry(self.facet, Action::Add, self.gained.iter()));
        entries
    }

    /// The entries that take it back.
    #[must_use]
    pub fn inverse(&self) -> Vec<FacetCut> {
        let mut entries: Vec<FacetCut> = entry(self.facet, Action::Remove, self.gained.iter()).into_iter().collect();
        entries.extend(by_facet(&self.moved, Action::Replace));
        entries.extend(by_facet(&self.lost, Action::Add));
        entries
    }
}

/// One entry for each facet of `functions`.
fn by_facet(functions: &BTreeMap<Selector, Address>, action: Action) -> Vec<FacetCut> {
    let mut facets = BTreeMap::<Address, Vec<Selector>>::new();
    for (selector, facet) in functions {
        facets.entry(*facet).or_default().push(*selector);
    }
    facets.into_iter().map(|(facet, selectors)| FacetCut { facet, action, selectors }).collect()
}

fn entry<'a>(facet: Address, action: Action, selectors: impl Iterator<Item = &'a Selector>) -> Option<FacetCut> {
    let selectors: Vec<Selector> = selectors.copied().collect();
    (!selectors.is_empty()).then_some(FacetCut { facet, action, selectors })
}

/// The call of `diamondCut` on `diamond` with `entries`.
///
/// # Errors
/// Fails if the ABI of this build is malformed.
pub fn call(diamond: Address, entries: &[FacetCut]) -> Result<Call> {
    let function: Function = serde_json::from_str(DIAMOND_CUT).context("diamondCut")?;
    let value = |entry: &FacetCut| {
        let selector = |selector: &Selector| {
            DynSolValue::FixedBytes(alloy::primitives::B256::right_padding_from(selector.as_slice()), 4)
        };
        DynSolValue::Tuple(vec![
            entry.facet.into(),
            DynSolValue::Uint(U256::from(entry.action as u8), 8),
            DynSolValue::Array(entry.selectors.iter().map(selector).collect()),
        ])
    };
    Call::new(diamond, function, vec![DynSolValue::Array(entries.iter().map(value).collect())])
}

impl NoCut {
    /// What is wrong and what to do about it, functions by their names in `names`.
    #[must_use]
    pub fn words(&self, names: &Signatures) -> String {
        let list = |selectors: &BTreeSet<Selector>| {
            selectors.iter().map(|selector| names.words(*selector)).collect::<Vec<_>>().join(", ")
        };
        let placed = |functions: &BTreeMap<Selector, Address>| {
            let words = functions.iter().map(|(selector, facet)| format!("{} at {facet}", names.words(*selector)));
            words.collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::UnknownFacets(facets) => {
                let facets: Vec<String> = facets.iter().map(ToString::to_string).collect();
                format!("no function stands at {}, which --replace-facet names", facets.join(", "))
            }
            Self::Immutable(selectors) => format!(
                "the diamond answers these itself, a facet's would never be called: {}; leave them out with --skip or \
                 name the functions to cut in with --interface",
                list(selectors)
            ),
            Self::Collision(functions) => format!(
                "these stand at facets that are not to be replaced: {}; name the facet with --replace-facet, or leave \
                 them where they are with --skip or --interface",
                placed(functions)
            ),
            Self::Lost(functions) => {
                format!("these would be lost: {}; name each with --drop if that is meant", placed(functions))
            }
            Self::NotLost(selectors) => {
                format!("--drop names functions that would not be lost: {}", list(selectors))
            }
            Self::Nothing => "all functions stand at the facet already: nothing to do".into(),
        }
    }
}

#[cfg(test)]
#[path = "cut_tests.rs"]
mod tests;
