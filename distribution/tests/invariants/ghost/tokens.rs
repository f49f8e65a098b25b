//! Whose MOR is where.

use std::collections::BTreeMap;

use mrc53_testing::Mood;

use crate::names::Who;

/// An allowance that a spender never uses up, as OpenZeppelin's ERC-20 has it for 2^256 − 1.
pub(crate) const UNLIMITED: u128 = u128::MAX;

/// Balances and allowances in MOR wei, and how the token behaves.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    pub(crate) mood: Mood,
    balances: BTreeMap<Who, u128>,
    allowances: BTreeMap<(Who, Who), u128>,
    /// What the token said it had moved to the alignment and had not.
    pub(crate) never_arrived: u128,
}

impl Default for Tokens {
    fn default() -> Self {
        Self { mood: Mood::Honest, balances: BTreeMap::new(), allowances: BTreeMap::new(), never_arrived: 0 }
    }
}

impl Tokens {
    pub(crate) fn of(&self, holder: Who) -> u128 {
        self.balances.get(&holder).copied().unwrap_or(0)
    }

    pub(crate) fn allowance(&self, owner: Who, spender: Who) -> u128 {
        self.allowances.get(&(owner, spender)).copied().unwrap_or(0)
    }

    pub(crate) fn mint(&mut self, holder: Who, amount: u128) {
        *self.balances.entry(holder).or_default() += amount;
    }

    pub(crate) fn approve(&mut self, owner: Who, spender: Who, amount: u128) {
        self.allowances.insert((owner, spender), amount);
    }

    /// What the token answers when asked what `owner` holds and allows; `None` if it reverts.
    pub(crate) fn claimed(&self, owner: Who, spender: Who) -> Option<u128> {
        match self.mood {
            Mood::RevertViews => None,
            Mood::Boast => Some(u128::MAX),
            Mood::Deny => Some(0),
            _ => Some(self.of(owner).min(self.allowance(owner, spender))),
        }
    }

    /// Whether a transfer of `from`'s succeeds; on its allowance if there is a `spender`.
    pub(crate) fn passes(&self, from: Who, spender: Option<Who>, amount: u128) -> bool {
        match self.mood {
            Mood::Revert | Mood::AnswerFalse | Mood::AnswerNonsense => false,
            Mood::Lie => true,
            _ => self.of(from) >= amount && spender.is_none_or(|spender| self.allowance(from, spender) >= amount),
        }
    }

    /// A transfer that passed. A token that lies has moved nothing.
    pub(crate) fn passed(&mut self, from: Who, spender: Option<Who>, to: Who, amount: u128) {
        if self.mood == Mood::Lie {
            if to == Who::Alignment && spender == Some(Who::Alignment) {
                self.never_arrived += amount;
            }
            return;
        }
        if let Some(allowance) = spender.and_then(|spender| self.allowances.get_mut(&(from, spender))) {
            if *allowance != UNLIMITED {
                *allowance -= amount;
            }
        }
        *self.balances.entry(from).or_default() -= amount;
        *self.balances.entry(to).or_default() += amount;
    }
}
