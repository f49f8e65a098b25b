//! The second distributor, whose alignment lies: it may refuse for that, but only by name, and never pays more than it
//! credited.

use alloy_primitives::U256;
use motsu::prelude::*;
use mrc53_testing::Mood;
use reward_distributor::Error;

use super::claiming::{in_wei, short_of, Payment};
use crate::{actors::thief, names::Who, tally::Outcome, world::World};

impl World {
    pub(crate) fn wary_settle(&mut self, subnet: Who, days: u32) -> Outcome {
        let found = self.wary.sender(Who::Stranger.address()).settle(subnet.address(), days).motsu_res();
        match &found {
            Ok((_, credited)) => self.ghost.rewards.wary.0 += credited.to::<u128>(),
            Err(Error::ZeroDays(_)) => assert_eq!(days, 0),
            Err(Error::DayNotFinal(_)) => {}
            Err(Error::SubnetNotRegistered(_)) => self.assert_unregistered(subnet),
            Err(Error::AlignmentCallFailed(_)) => self.assert_alignment_lied(),
            Err(other) => panic!("settling on an alignment that lies cannot refuse with {other:?}"),
        }
        Outcome::of(&found).but(matches!(&found, Ok((_, U256::ZERO))).then_some("worth nothing"))
    }

    pub(crate) fn wary_claim(&mut self, subnet: Who) -> Outcome {
        let found = self.wary.sender(Who::Stranger.address()).claim(subnet.address()).motsu_res().map(in_wei);
        if let Err(Error::SubnetNotRegistered(_)) = &found {
            self.assert_unregistered(subnet);
            return Outcome::of(&found);
        }
        let to = self.ghost.stakes.registrations.get(&subnet).map(|known| known.receiver);
        self.wary_paid(to, &found)
    }

    pub(crate) fn wary_claim_stake(&mut self, subnet: Who, staker: Who, changes: u32) -> Outcome {
        let (to, of) = (subnet.address(), staker.address());
        let found = self.wary.sender(Who::Stranger.address()).claim_stake(to, of, changes).motsu_res().map(in_wei);
        if let Err(Error::AlignmentCallFailed(_)) = &found {
            self.assert_alignment_lied();
            return Outcome::of(&found);
        }
        self.wary_paid(Some(staker), &found)
    }

    fn wary_paid(&mut self, to: Option<Who>, found: &Result<Payment, Error>) -> Outcome {
        let tokens = &self.ghost.tokens;
        match found {
            Ok((0, _)) => {}
            Ok((paid, _)) => {
                assert!(
                    tokens.passes(Who::WaryPool, Some(Who::Wary), *paid),
                    "paid {paid} that the pool does not give"
                );
                self.ghost.rewards.wary.1 += paid;
                let to = to.expect("somebody was paid");
                self.ghost.tokens.passed(Who::WaryPool, Some(Who::Wary), to, *paid);
                self.spring();
            }
            Err(Error::TokenCallFailed(_)) => assert_eq!(tokens.mood, Mood::RevertViews),
            // Either the token fails, or the alignment names nobody as the receiver.
            Err(Error::TokenTransferFailed(_)) => {
                assert!(tokens.mood != Mood::Honest || self.ghost.rewards.alignment_lied);
            }
            Err(other) => panic!("a claim on an alignment that lies cannot refuse with {other:?}"),
        }
        if found.is_err() {
            thief::forget();
        }
        Outcome::of(found).but(short_of(found))
    }

    fn assert_unregistered(&self, subnet: Who) {
        let known = self.ghost.stakes.registrations.contains_key(&subnet);
        assert!(!known || self.ghost.rewards.alignment_lied, "{subnet:?} is registered");
    }

    fn assert_alignment_lied(&self) {
        assert!(self.ghost.rewards.alignment_lied, "an honest alignment answers");
    }
}
