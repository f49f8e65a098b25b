//! Whose MOR is where: nobody has more or less than the successful calls moved.

use alloy_primitives::U256;

use crate::{
    names::{Who, HOLDERS},
    world::World,
};

impl World {
    /// Invariant 3, and that MOR moves only where the calls that succeeded say: no staker takes out more than its
    /// principal and what it was credited, and what is paid is what left a pool.
    pub(super) fn check_balances(&self) {
        let call = self.token.sender(Who::Stranger.address());
        let token = &*call;
        for holder in HOLDERS {
            let expected = U256::from(self.ghost.tokens.of(holder));
            assert_eq!(token.true_balance(holder.address()), expected, "MOR of {holder:?}");
        }
        let (held, never_arrived) = (self.ghost.tokens.of(Who::Alignment), self.ghost.tokens.never_arrived);
        let staked = self.ghost.stakes.total();
        assert!(held + never_arrived >= staked, "invariant 3: {held} wei held, {never_arrived} lied, {staked} staked");
    }
}
