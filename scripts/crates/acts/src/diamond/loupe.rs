//! Which function stands at which facet: what EIP-2535 calls the loupe, as a value.

use std::collections::{BTreeMap, BTreeSet};

use alloy::primitives::{Address, Selector};

/// The facet of every function that a diamond delegates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loupe {
    facets: BTreeMap<Selector, Address>,
}

/// What a cut does with functions, numbered as the Diamond numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// They stand nowhere yet.
    Add = 0,
    /// They stand at another facet.
    Replace = 1,
    /// They stand at this facet, and nowhere afterwards.
    Remove = 2,
}

impl Action {
    /// The one that the Diamond numbers so.
    #[must_use]
    pub fn of(number: u8) -> Option<Self> {
        [Self::Add, Self::Replace, Self::Remove].into_iter().find(|action| *action as u8 == number)
    }
}

/// One entry of a cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCut {
    /// The facet that gets the functions, or that they are removed from.
    pub facet: Address,
    /// What is done.
    pub action: Action,
    /// With which functions; never empty.
    pub selectors: Vec<Selector>,
}

/// Why the Diamond would refuse an entry of a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// Added, and it stands somewhere already.
    #[error("{selector} stands at {facet} already")]
    Present {
        /// The function.
        selector: Selector,
        /// Where it stands.
        facet: Address,
    },
    /// Replaced, and it stands nowhere or at the same facet; or removed, and it stands elsewhere.
    #[error("{selector} does not stand where it should")]
    Elsewhere {
        /// The function.
        selector: Selector,
    },
    /// An entry without functions.
    #[error("an entry without functions")]
    Empty,
}

impl Loupe {
    /// The loupe with the given functions at the given facets; `Err` with a function that is listed twice.
    ///
    /// # Errors
    /// The selector that stands at two facets, or twice at one.
    pub fn new(facets: impl IntoIterator<Item = (Address, Vec<Selector>)>) -> Result<Self, Selector> {
        let mut loupe = Self::default();
        for (facet, selectors) in facets {
            for selector in selectors {
                if loupe.facets.insert(selector, facet).is_some() {
                    return Err(selector);
                }
            }
        }
        Ok(loupe)
    }

    /// Where `selector` stands.
    #[must_use]
    pub fn facet_of(&self, selector: Selector) -> Option<Address> {
        self.facets.get(&selector).copied()
    }

    /// What stands at `facet`.
    #[must_use]
    pub fn selectors_of(&self, facet: Address) -> BTreeSet<Selector> {
        self.facets.iter().filter(|(_, at)| **at == facet).map(|(selector, _)| *selector).collect()
    }

    /// Every facet with what stands there.
    #[must_use]
    pub fn by_facet(&self) -> BTreeMap<Address, BTreeSet<Selector>> {
        let mut facets = BTreeMap::<Address, BTreeSet<Selector>>::new();
        for (selector, facet) in &self.facets {
            facets.entry(*facet).or_default().insert(*selector);
        }
        facets
    }

    /// How many functions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.facets.len()
    }

    /// Whether there is no function.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facets.is_empty()
    }

    /// The loupe after `cut`, by the rules of the Diamond's library (solarity): an entry removes from the facet that it
    /// names, and replaces only what stands elsewhere.
    ///
    /// # Errors
    /// The first [`Misfit`] for which the Diamond would refuse the whole cut.
    pub fn apply(&self, cut: &[FacetCut]) -> Result<Self, Misfit> {
        let mut facets = self.facets.clone();
        for entry in cut {
            if entry.selectors.is_empty() {
                return Err(Misfit::Empty);
            }
            for &selector in &entry.selectors {
                let stands_at = facets.get(&selector).copied();
                match (entry.action, stands_at) {
                    (Action::Add, None) => _ = facets.insert(selector, entry.facet),
                    (Action::Add, Some(facet)) => return Err(Misfit::Present { selector, facet }),
                    (Action::Replace, Some(facet)) if facet != entry.facet => {
                        facets.insert(selector, entry.facet);
                    }
                    (Action::Remove, Some(facet)) if facet == entry.facet => _ = facets.remove(&selector),
                    _ => return Err(Misfit::Elsewhere { selector }),
                }
            }
        }
        Ok(Self { facets })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Address = Address::with_last_byte(1);
    const B: Address = Address::with_last_byte(2);

    fn selector(number: u8) -> Selector {
        Selector::from([number; 4])
    }

    fn loupe() -> Loupe {
        Loupe::new([(A, vec![selector(1), selector(2)]), (B, vec![selector(3)])]).unwrap()
    }

    fn apply(facet: Address, action: Action, number: u8) -> Result<Loupe, Misfit> {
        loupe().apply(&[FacetCut { facet, action, selectors: vec![selector(number)] }])
    }

    #[test]
    fn a_function_that_is_listed_twice_is_named() {
        assert_eq!(Loupe::new([(A, vec![selector(1)]), (B, vec![selector(1)])]), Err(selector(1)));
    }

    #[test]
    fn only_what_stands_nowhere_can_be_added() {
        assert_eq!(apply(B, Action::Add, 4).unwrap().facet_of(selector(4)), Some(B));
        assert_eq!(apply(B, Action::Add, 1), Err(Misfit::Present { selector: selector(1), facet: A }));
    }

    #[test]
    fn only_what_stands_elsewhere_can_be_replaced() {
        assert_eq!(apply(B, Action::Replace, 1).unwrap().facet_of(selector(1)), Some(B));
        assert_eq!(apply(A, Action::Replace, 1), Err(Misfit::Elsewhere { selector: selector(1) }));
        assert_eq!(apply(A, Action::Replace, 4), Err(Misfit::Elsewhere { selector: selector(4) }));
    }

    #[test]
    fn only_what_stands_at_the_facet_can_be_removed() {
        assert_eq!(apply(A, Action::Remove, 1).unwrap().facet_of(selector(1)), None);
        assert_eq!(apply(B, Action::Remove, 1), Err(Misfit::Elsewhere { selector: selector(1) }));
        assert_eq!(apply(A, Action::Remove, 4), Err(Misfit::Elsewhere { selector: selector(4) }));
    }

    #[test]
    fn an_entry_without_functions_is_refused() {
        let entry = FacetCut { facet: A, action: Action::Add, selectors: Vec::new() };
        assert_eq!(loupe().apply(&[entry]), Err(Misfit::Empty));
    }
}
