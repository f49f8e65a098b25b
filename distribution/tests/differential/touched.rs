//! What an operation touches, asked of both sides right after it.

use mrc53_model::settlement::Account;
use mrc53_model::time::day_of;
use mrc53_model::Op;

use super::player::Player;
use super::*;

impl Player {
    /// Compares every view that `op` may have changed, whether it was refused or not.
    pub(super) fn compare_touched(&self, op: &Op) -> Compared {
        match op {
            Op::Register { subnet, .. } | Op::SetReceiver { subnet, .. } | Op::SetFee { subnet, .. } => {
                self.compare_subnet(subnet)
            }
            Op::Stake { subnet, staker, .. } | Op::Withdraw { subnet, staker, .. } => {
                self.compare_stake(subnet, staker)?;
                self.compare_stake_seconds(subnet, staker, self.today())?;
                self.compare_eligible_days(subnet, &(self.today().saturating_sub(1)..self.today() + 2))?;
                self.compare_tokens(staker)
            }
            Op::Open { .. } | Op::Close { .. } => Ok(()),
            Op::Record { session } => self.compare_booked(session),
            Op::RecordMany { sessions } => sessions.iter().try_for_each(|session| self.compare_booked(session)),
            Op::Settle { subnet, .. } => {
                self.compare_settled(subnet)?;
                self.compare_subnet(subnet)?;
                self.compare_money()
            }
            Op::Claim { subnet } => {
                self.compare_subnet(subnet)?;
                if let Ok(known) = self.model.stakes().subnet(subnet) {
                    self.compare_tokens(&known.receiver)?;
                }
                self.compare_money()
            }
            Op::ClaimStake { subnet, staker, .. } => {
                self.compare_owed(subnet, staker)?;
                self.compare_tokens(staker)?;
                self.compare_money()
            }
            Op::Fund { .. } | Op::Allow { .. } => self.compare_money(),
            Op::Pause { .. } | Op::Unpause { .. } => self.compare_pauses(),
            Op::SetMinSubnetStake { .. } => self.compare_minimum(),
            Op::ScheduleCalculator { from_day, .. } => {
                [from_day.saturating_sub(1), *from_day].into_iter().try_for_each(|day| self.compare_weight(day))
            }
            Op::Void { from_day, to_day } => {
                let edges = [from_day.saturating_sub(1), *from_day, to_day.saturating_sub(1), *to_day];
                edges.into_iter().try_for_each(|day| self.compare_voided(day))
            }
        }
    }

    /// The running UTC day.
    pub(super) fn today(&self) -> u32 {
        day_of(self.model.now())
    }

    /// Sessions are booked on the day they open, and on the days up to now.
    fn compare_booked(&self, name: &str) -> Compared {
        self.compare_session(name)?;
        let Some(session) = self.model.sessions().session(name) else { return Ok(()) };
        let days = [day_of(session.opened_at), self.today().saturating_sub(1), self.today()];
        days.into_iter().try_for_each(|day| self.compare_usage(&session.subnet, day))
    }

    /// The rewards of the days that were settled last, and what everybody is owed of them.
    fn compare_settled(&self, subnet: &str) -> Compared {
        let settled = self.model.days().iter().rev().take_while(|settled| settled.subnet == subnet).take(3);
        settled.map(|settled| settled.day).try_for_each(|day| self.compare_reward(subnet, day))?;
        let stakers = self.model.stakes().pairs().into_iter().filter(|(of, _)| of == subnet);
        stakers.into_iter().try_for_each(|(_, staker)| self.compare_owed(subnet, &staker))
    }

    /// The model's account of a staker.
    pub(super) fn staker(subnet: &str, staker: &str) -> Account {
        Account::Staker(subnet.to_owned(), staker.to_owned())
    }
}
