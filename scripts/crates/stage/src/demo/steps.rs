//! One event of a scenario as one call: who sends what to whom.

use alloy::primitives::{Address, Bytes};
use alloy::sol_types::SolCall;
use anyhow::Result;
use mrc53_abi::{
    DiamondHarness as Diamond, MorToken, RewardDistributor as Distributor, SessionRecorder as Recorder,
    StakeAlignment as Alignment,
};

use super::stage::Stage;
use crate::chain::Chain;
use crate::scenario::names::{address, session_id};
use crate::scenario::{Op, Pausable};
use crate::travel;

/// A call that is ready to be sent.
pub(super) struct Call<'a> {
    pub chain: &'a Chain,
    pub from: Address,
    pub to: Address,
    pub data: Bytes,
}

/// The verb of `op` in the format.
pub(super) fn verb(op: &Op) -> &'static str {
    match op {
        Op::Register { .. } => "register",
        Op::SetReceiver { .. } => "set_receiver",
        Op::SetFee { .. } => "set_fee",
        Op::Stake { .. } => "stake",
        Op::Withdraw { .. } => "withdraw",
        Op::Open { .. } => "open",
        Op::Close { .. } => "close",
        Op::Record { .. } => "record",
        Op::RecordMany { .. } => "record_many",
        Op::Settle { .. } => "settle",
        Op::Claim { .. } => "claim",
        Op::ClaimStake { .. } => "claim_stake",
        Op::Fund { .. } => "fund",
        Op::Allow { .. } => "allow",
        Op::Pause { .. } => "pause",
        Op::Unpause { .. } => "unpause",
        Op::SetMinSubnetStake { .. } => "set_min_subnet_stake",
        Op::ScheduleCalculator { .. } => "schedule_calculator",
        Op::Void { .. } => "void",
    }
}

impl<'a> Stage<'a> {
    /// The call that `op` is. A scheduled calculator is deployed first, at time `at`.
    pub(super) async fn step(&self, at: u64, op: &Op) -> Result<Call<'a>> {
        let anyone = self.chain.main;
        Ok(match op {
            Op::Register { subnet, fee } => {
                let subnet = address(subnet);
                self.alignment(subnet, &Alignment::registerSubnetCall { subnet, receiver: subnet, fee: *fee })
            }
            Op::SetReceiver { subnet, receiver } => {
                let (subnet, receiver) = (address(subnet), address(receiver));
                self.alignment(subnet, &Alignment::setReceiverCall { subnet, receiver })
            }
            Op::SetFee { subnet, fee } => {
                let subnet = address(subnet);
                self.alignment(subnet, &Alignment::setFeeCall { subnet, fee: *fee })
            }
            Op::Stake { subnet, staker, amount } => {
                let call = Alignment::stakeCall { subnet: address(subnet), amount: *amount };
                self.alignment(address(staker), &call)
            }
            Op::Withdraw { subnet, staker, amount } => {
                let call = Alignment::withdrawCall { subnet: address(subnet), amount: *amount };
                self.alignment(address(staker), &call)
            }
            Op::Open { session, subnet, ends_at } => {
                let call = Diamond::openSessionCall {
                    sessionId: session_id(session),
                    provider: address(subnet),
                    endsAt: (*ends_at).into(),
                };
                self.at_the_market(self.market.diamond, &call)
            }
            Op::Close { session } => {
                let call = Diamond::closeSessionCall { sessionId: session_id(session) };
                self.at_the_market(self.market.diamond, &call)
            }
            Op::Record { session } => {
                let call = Recorder::recordCall { sessionId: session_id(session) };
                self.at_the_market(self.market.recorder, &call)
            }
            Op::RecordMany { sessions } => {
                let call =
                    Recorder::recordManyCall { sessionIds: sessions.iter().map(|name| session_id(name)).collect() };
                self.at_the_market(self.market.recorder, &call)
            }
            Op::Settle { subnet, max_days } => {
                self.distributor(&Distributor::settleCall { subnet: address(subnet), maxDays: *max_days })
            }
            Op::Claim { subnet } => self.distributor(&Distributor::claimCall { subnet: address(subnet) }),
            Op::ClaimStake { subnet, staker, max_changes } => {
                let (subnet, staker) = (address(subnet), address(staker));
                self.distributor(&Distributor::claimStakeCall { subnet, staker, maxChanges: *max_changes })
            }
            Op::Fund { amount } => {
                self.call_from(anyone, self.token, &MorToken::mintCall { to: self.pool, value: *amount })
            }
            Op::Allow { amount } => {
                let call = MorToken::approveCall { spender: self.suite.distributor, value: *amount };
                self.call_from(self.pool, self.token, &call)
            }
            Op::Pause { what } => self.pause(*what, true),
            Op::Unpause { what } => self.pause(*what, false),
            Op::SetMinSubnetStake { amount } => {
                self.alignment(anyone, &Alignment::setMinSubnetStakeCall { amount: *amount })
            }
            Op::ScheduleCalculator { weight, from_day } => {
                travel::set_next(self.chain, at).await?;
                let calculator = self.suite.deploy_calculator(self.chain, self.programs, *weight).await?;
                self.distributor(&Distributor::scheduleCalculatorCall { calculator, fromDay: *from_day })
            }
            Op::Void { from_day, to_day } => {
                self.distributor(&Distributor::voidDaysCall { fromDay: *from_day, toDay: *to_day })
            }
        })
    }

    fn pause(&self, what: Pausable, paused: bool) -> Call<'a> {
        match (what, paused) {
            (Pausable::Stake, true) => self.alignment(self.chain.main, &Alignment::pauseStakingCall {}),
            (Pausable::Stake, false) => self.alignment(self.chain.main, &Alignment::unpauseStakingCall {}),
            (Pausable::Settle, _) => self.distributor(&Distributor::setSettlingPausedCall { paused }),
            (Pausable::Claim, _) => self.distributor(&Distributor::setClaimingPausedCall { paused }),
        }
    }

    fn alignment(&self, from: Address, call: &impl SolCall) -> Call<'a> {
        self.call_from(from, self.suite.alignment, call)
    }

    /// Anyone, who is also the owner, calls the distributor.
    fn distributor(&self, call: &impl SolCall) -> Call<'a> {
        self.call_from(self.chain.main, self.suite.distributor, call)
    }

    /// Anyone calls what counts sessions, or has them.
    fn at_the_market(&self, to: Address, call: &impl SolCall) -> Call<'a> {
        let chain = self.market.chain;
        Call { chain, from: chain.main, to, data: call.abi_encode().into() }
    }

    fn call_from(&self, from: Address, to: Address, call: &impl SolCall) -> Call<'a> {
        Call { chain: self.chain, from, to, data: call.abi_encode().into() }
    }
}
