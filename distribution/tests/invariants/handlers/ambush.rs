//! What the thief does while it is being paid: planned beforehand, judged afterwards like anybody's calls.

use alloy_primitives::{Address, U256};
use alloy_sol_types::{sol, SolCall};
use mrc53_testing::Mood;

use super::claiming::{in_wei, short_of};
use crate::{
    actors::thief::{self, Outcome as Answer},
    calls::Deed,
    names::Who,
    tally::{name_of, Outcome},
    world::World,
};

sol! {
    function stake(address subnet, uint256 amount) external;
    function withdraw(address subnet, uint256 amount) external;
    function settle(address subnet, uint32 maxDays) external returns (uint32 settled, uint256 credited);
    function claim(address subnet) external returns (uint256 paid, uint256 owed);
    function claimStake(address subnet, address staker, uint32 maxChanges) external returns (uint256 paid, uint256 owed);
}

/// A deed with its amount made a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Planned {
    deed: Deed,
    amount: U256,
}

impl Planned {
    fn call(self) -> (Address, Vec<u8>) {
        let Self { deed, amount } = self;
        match deed {
            Deed::Stake(subnet, _) => {
                (Who::Alignment.address(), stakeCall { subnet: subnet.address(), amount }.abi_encode())
            }
            Deed::Withdraw(subnet, _) => {
                (Who::Alignment.address(), withdrawCall { subnet: subnet.address(), amount }.abi_encode())
            }
            Deed::Settle(subnet, days) => {
                (Who::Distributor.address(), settleCall { subnet: subnet.address(), maxDays: days }.abi_encode())
            }
            Deed::Claim(subnet) => (Who::Distributor.address(), claimCall { subnet: subnet.address() }.abi_encode()),
            Deed::ClaimStake(subnet, staker, changes) => {
                let (subnet, staker) = (subnet.address(), staker.address());
                let call = claimStakeCall { subnet, staker, maxChanges: changes };
                (Who::Distributor.address(), call.abi_encode())
            }
        }
    }
}

impl World {
    pub(crate) fn plan(&mut self, deeds: &[Deed]) -> Outcome {
        let planned = |deed: &Deed| {
            let amount = match *deed {
                Deed::Stake(_, amount) => self.wei(amount, self.ghost.tokens.of(Who::Thief)),
                Deed::Withdraw(subnet, amount) => self.wei(amount, self.ghost.stakes.of(subnet, Who::Thief)),
                _ => U256::ZERO,
            };
            Planned { deed: *deed, amount }
        };
        self.ambush = deeds.iter().map(planned).collect();
        thief::plan(self.ambush.iter().map(|planned| planned.call()).collect());
        self.token.sender(Who::Stranger.address()).reenter(Who::Thief.address(), &[]);
        self.ghost.tokens.mood = Mood::Reenter;
        Outcome::success()
    }

    /// Judges what the thief did in the call that has just succeeded, if it was called.
    pub(crate) fn spring(&mut self) {
        let Some(answers) = thief::outcomes() else { return };
        self.ghost.tokens.mood = Mood::Honest;
        for (planned, answer) in std::mem::take(&mut self.ambush).into_iter().zip(answers) {
            let outcome = self.judge(planned, answer);
            self.tally.count(&format_args!("Inner{}", name_of(&planned.deed)), outcome);
        }
    }

    fn judge(&mut self, Planned { deed, amount }: Planned, answer: Answer) -> Outcome {
        match deed {
            Deed::Stake(subnet, _) => {
                let expected = self.expect_stake(subnet, Who::Thief, amount);
                if answer.is_ok() {
                    self.staked(subnet, Who::Thief, amount);
                }
                same(&answer.map(|_| ()), expected)
            }
            Deed::Withdraw(subnet, _) => {
                let expected = self.expect_withdraw(subnet, Who::Thief, amount);
                if answer.is_ok() {
                    self.withdrawn(subnet, Who::Thief, amount);
                }
                same(&answer.map(|_| ()), expected)
            }
            Deed::Settle(subnet, days) => {
                let expected = self.expect_settle(subnet, days);
                if let Ok(settlement) = &expected {
                    self.settled(subnet, settlement);
                }
                let returned = |data: Vec<u8>| settleCall::abi_decode_returns(&data, true).expect("two numbers");
                let found = answer.map(returned).map(|answer| (answer.settled, answer.credited));
                same(&found, expected.map(|settlement| settlement.answer()))
            }
            Deed::Claim(subnet) => {
                let expected = self.expect_claim(subnet);
                let returned = |data: Vec<u8>| claimCall::abi_decode_returns(&data, true).expect("two amounts");
                let found = answer.map(returned).map(|answer| in_wei((answer.paid, answer.owed)));
                if let Ok(payment) = found {
                    self.operator_paid(subnet, payment);
                }
                let how = short_of(&expected);
                same(&found, expected).but(how)
            }
            Deed::ClaimStake(subnet, staker, _) => {
                let returned = |data: Vec<u8>| claimStakeCall::abi_decode_returns(&data, true).expect("two amounts");
                let found = answer.map(returned).map(|answer| in_wei((answer.paid, answer.owed)));
                // What was owed in the middle of the call cannot be asked any more; the sums are checked afterwards.
                let owed = found.as_ref().map_or(0, |(paid, rest)| paid + rest);
                let expected = self.expect_claim_stake(owed);
                if let Ok(payment) = found {
                    self.staker_paid(subnet, staker, payment);
                }
                let how = short_of(&expected);
                same(&found, expected).but(how)
            }
        }
    }
}

/// Compares what a call within a call came to with what had to; errors by their encoding.
fn same<T, E>(found: &Result<T, Vec<u8>>, expected: Result<T, E>) -> Outcome
where
    T: std::fmt::Debug + PartialEq,
    E: std::fmt::Debug + Into<Vec<u8>>,
{
    let outcome = Outcome::of(&expected);
    assert_eq!(found, &expected.map_err(Into::into), "a call within a call: found, and what had to come of it");
    outcome
}
