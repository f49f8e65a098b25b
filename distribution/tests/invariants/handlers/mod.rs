//! One handler for each kind of call. It says beforehand what must come of the call by the rules as documented, calls,
//! compares, and tells the ghost. A refusal counts as right only if it is this very error with these very values.

mod ambush;
mod asking;
mod claiming;
mod operators;
mod owning;
mod pool;
mod sessions;
mod settling;
mod staking;
mod time;
mod wary;

use std::fmt::Debug;

pub(crate) use ambush::Planned;
use mrc53_testing::Mood;

use crate::{
    actors::{alignment, calculator, thief, vault},
    calls::{Call, MoodName},
    tally::Outcome,
    world::World,
};

/// Compares what came of a call with what had to.
#[track_caller]
fn agree<T: Debug + PartialEq, E: Debug + PartialEq>(found: &Result<T, E>, expected: &Result<T, E>) -> Outcome {
    assert_eq!(found, expected, "found, and what had to come of it");
    if found.is_err() {
        // A revert takes back what the thief did meanwhile.
        thief::forget();
    }
    Outcome::of(found)
}

impl World {
    /// Makes one call and counts what came of it.
    pub(crate) fn play(&mut self, call: &Call) {
        let outcome = self.handle(call);
        self.tally.count(call, outcome);
    }

    fn handle(&mut self, call: &Call) -> Outcome {
        match *call {
            Call::Wait(wait) => self.wait(wait),
            Call::Stake { subnet, by, amount } => self.stake(subnet, by, amount),
            Call::Withdraw { subnet, by, amount } => self.withdraw(subnet, by, amount),
            Call::Register { subnet, by, receiver, fee } => self.register(subnet, by, receiver, fee),
            Call::SetReceiver { subnet, by, receiver } => self.set_receiver(subnet, by, receiver),
            Call::SetFee { subnet, by, fee } => self.set_fee(subnet, by, fee),
            Call::SetMinimum { by, amount } => self.set_minimum(by, amount),
            Call::PauseStaking { by, paused } => self.pause_staking(by, paused),
            Call::Open { subnet, seconds } => self.open(subnet, seconds),
            Call::Close { session } => self.close(session),
            Call::Record { session } => self.record(session),
            Call::RecordMany { ref sessions } => self.record_many(sessions),
            Call::Settle { subnet, days } => self.settle(subnet, days),
            Call::Claim { subnet } => self.claim(subnet),
            Call::ClaimStake { subnet, staker, changes } => self.claim_stake(subnet, staker, changes),
            Call::Schedule { by, calculator, days_ahead } => self.schedule(by, calculator, days_ahead),
            Call::Void { by, from, to } => self.void(by, from, to),
            Call::SetPool { by, pool } => self.set_pool(by, pool),
            Call::PauseSettling { by, paused } => self.pause_settling(by, paused),
            Call::PauseClaiming { by, paused } => self.pause_claiming(by, paused),
            Call::Fund { pool, amount, allowance } => self.fund(pool, amount, allowance),
            Call::Offer { of, by, to } => self.offer(of, by, to),
            Call::Accept { of, by } => self.accept(of, by),
            Call::Donate { by, amount } => self.donate(by, amount),
            Call::Ambush { ref deeds } => self.plan(deeds),
            Call::SourceLies { session, lie } => self.source_lies(session, lie),
            Call::SourceRepents { session } => self.source_repents(session),
            Call::WarySettle { subnet, days } => self.wary_settle(subnet, days),
            Call::WaryClaim { subnet } => self.wary_claim(subnet),
            Call::WaryClaimStake { subnet, staker, changes } => self.wary_claim_stake(subnet, staker, changes),
            Call::Ask(question) => self.ask(question),
            Call::TokenBecomes(mood) => self.token_becomes(mood),
            Call::CalculatorBecomes(manner) => self.becomes(|_| calculator::behave(manner)),
            Call::VaultBecomes(manner) => self.becomes(|world| {
                vault::behave(manner);
                world.ghost.stakes.vault = manner;
            }),
            Call::AlignmentBecomes(manner) => self.becomes(|world| {
                alignment::behave(manner);
                world.ghost.rewards.alignment_lied |= manner != alignment::Manner::Honest;
            }),
        }
    }

    fn becomes(&mut self, change: impl FnOnce(&mut Self)) -> Outcome {
        change(self);
        Outcome::success()
    }

    fn token_becomes(&mut self, name: MoodName) -> Outcome {
        let mood = Mood::from(name);
        self.token.sender(crate::names::Who::Stranger.address()).set_mood(mood);
        self.ghost.tokens.mood = mood;
        Outcome::success()
    }
}
