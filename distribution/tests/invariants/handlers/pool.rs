//! MOR that comes and goes without the suite: into pools, and to the alignment for nothing.

use alloy_primitives::U256;
use motsu::prelude::*;
use mrc53_testing::Mood;

use crate::{calls::Amount, ghost::UNLIMITED, names::Who, tally::Outcome, world::World};

impl World {
    pub(crate) fn fund(&mut self, pool: Who, amount: Amount, allowance: Amount) -> Outcome {
        if let Amount::Wei(_) | Amount::Mor(_) = amount {
            let wei = self.wei(amount, 0).to();
            self.give(pool, wei);
        }
        let allowance = self.wei(allowance, self.ghost.tokens.of(pool));
        let spender = if pool == Who::WaryPool { Who::Wary } else { Who::Distributor };
        self.allow(pool, spender, u128::try_from(allowance).unwrap_or(UNLIMITED));
        Outcome::success()
    }

    /// Only while the token is honest: what it does to others' transfers is nobody's concern here.
    pub(crate) fn donate(&mut self, by: Who, amount: Amount) -> Outcome {
        let amount = self.wei(amount, self.ghost.tokens.of(by)).min(U256::from(self.ghost.tokens.of(by)));
        if self.ghost.tokens.mood != Mood::Honest {
            return Outcome::accepted("token is not honest");
        }
        let to = Who::Alignment.address();
        assert!(self.token.sender(by.address()).transfer(to, amount).motsu_res().is_ok(), "an honest transfer");
        self.ghost.tokens.passed(by, None, Who::Alignment, amount.to());
        Outcome::success()
    }
}
