//! What the owners do, and others try to: pauses, minimum, schedule, voiding, the pool, ownership.

use alloy_primitives::U256;
use motsu::prelude::*;
use mrc53_interfaces::ownership::OwnableUnauthorizedAccount;
use reward_distributor::{
    CalculatorCallFailed, DayRangeInvalid, Error, NoticeTooShort, ZeroAddress, END_OF_DAYS, NOTICE_DAYS,
};
use stake_alignment::MinimumTooHigh;

use super::{agree, operators::address_of};
use crate::{
    actors::calculator,
    calls::{Amount, Owned},
    names::Who,
    tally::Outcome,
    world::{today, World, MOST_STAKE},
};

fn only(may: Option<Who>, by: Who) -> Result<(), OwnableUnauthorizedAccount> {
    if may == Some(by) {
        return Ok(());
    }
    Err(OwnableUnauthorizedAccount { account: by.address() })
}

impl World {
    pub(crate) fn set_minimum(&mut self, by: Who, amount: Amount) -> Outcome {
        let amount = self.wei(amount, MOST_STAKE);
        let max = U256::from(MOST_STAKE);
        let expected = only(Some(self.ghost.stakes.owner), by).map_err(stake_alignment::Error::from);
        let too_high = stake_alignment::Error::from(MinimumTooHigh { amount, max });
        let expected = expected.and_then(|()| if amount <= max { Ok(()) } else { Err(too_high) });
        let found = self.alignment.sender(by.address()).set_min_subnet_stake(amount).motsu_res();
        if found.is_ok() {
            self.ghost.stakes.announce_minimum(amount.to(), today());
        }
        agree(&found, &expected)
    }

    pub(crate) fn pause_staking(&mut self, by: Who, paused: bool) -> Outcome {
        let expected = only(Some(self.ghost.stakes.owner), by).map_err(Into::into);
        let mut call = self.alignment.sender(by.address());
        let found = if paused { call.pause_staking() } else { call.unpause_staking() }.motsu_res();
        if found.is_ok() {
            self.ghost.stakes.paused = paused;
        }
        agree(&found, &expected)
    }

    pub(crate) fn schedule(&mut self, by: Who, calculator: Option<Who>, days_ahead: u8) -> Outcome {
        let (from, earliest) = (today() + u32::from(days_ahead), today() + NOTICE_DAYS);
        let address = address_of(calculator);
        let expected = self.expect_owner(by).and_then(|()| match calculator {
            None => Err(ZeroAddress {}.into()),
            Some(_) if from < earliest => Err(NoticeTooShort { fromDay: from, earliest }.into()),
            Some(Who::LyingCalculator) if !calculator::manner().passes_for_a_calculator() => {
                Err(CalculatorCallFailed { calculator: address }.into())
            }
            Some(_) => Ok(()),
        });
        let found = self.distributor.sender(by.address()).schedule_calculator(address, from).motsu_res();
        if let (Ok(()), Some(calculator)) = (&found, calculator) {
            self.ghost.rewards.schedule.retain(|(_, from_day)| *from_day < from);
            self.ghost.rewards.schedule.push((calculator, from));
        }
        agree(&found, &expected)
    }

    pub(crate) fn void(&mut self, by: Who, from: i16, to: i16) -> Outcome {
        let day = |offset: i16| today().saturating_add_signed(offset.into());
        // The largest offset means the last day there is, or one more.
        let (from, to) = (day(from), if to == i16::MAX { END_OF_DAYS + u32::from(by == Who::Heir) } else { day(to) });
        self.void_days(by, from, to)
    }

    pub(crate) fn void_days(&mut self, by: Who, from: u32, to: u32) -> Outcome {
        let expected = self.expect_owner(by).and_then(|()| {
            if from < to && to <= END_OF_DAYS {
                Ok(())
            } else {
                Err(DayRangeInvalid { fromDay: from, toDay: to }.into())
            }
        });
        let found = self.distributor.sender(by.address()).void_days(from, to).motsu_res();
        if found.is_ok() {
            self.ghost.rewards.voided.push((from, to));
        }
        agree(&found, &expected)
    }

    pub(crate) fn set_pool(&mut self, by: Who, pool: Option<Who>) -> Outcome {
        let expected = self.expect_owner(by).and_then(|()| pool.map(|_| ()).ok_or_else(|| ZeroAddress {}.into()));
        let found = self.distributor.sender(by.address()).set_compute_pool(address_of(pool)).motsu_res();
        if let (Ok(()), Some(pool)) = (&found, pool) {
            self.ghost.rewards.pool = pool;
        }
        agree(&found, &expected)
    }

    pub(crate) fn pause_settling(&mut self, by: Who, paused: bool) -> Outcome {
        let expected = self.expect_owner(by);
        let found = self.distributor.sender(by.address()).set_settling_paused(paused).motsu_res();
        if found.is_ok() {
            self.ghost.rewards.settling_paused = paused;
        }
        agree(&found, &expected)
    }

    pub(crate) fn pause_claiming(&mut self, by: Who, paused: bool) -> Outcome {
        let expected = self.expect_owner(by);
        let found = self.distributor.sender(by.address()).set_claiming_paused(paused).motsu_res();
        if found.is_ok() {
            self.ghost.rewards.claiming_paused = paused;
        }
        agree(&found, &expected)
    }

    fn expect_owner(&self, by: Who) -> Result<(), Error> {
        only(Some(self.ghost.rewards.owner), by).map_err(Into::into)
    }

    pub(crate) fn offer(&mut self, of: Owned, by: Who, to: Option<Who>) -> Outcome {
        let expected = only(Some(*self.owner_of(of).0), by);
        let heir = address_of(to);
        let outcome = match of {
            Owned::Alignment => {
                let found = self.alignment.sender(by.address()).transfer_ownership(heir).motsu_res();
                agree(&found, &expected.clone().map_err(Into::into))
            }
            Owned::Distributor => {
                let found = self.distributor.sender(by.address()).transfer_ownership(heir).motsu_res();
                agree(&found, &expected.clone().map_err(Into::into))
            }
        };
        if expected.is_ok() {
            *self.owner_of(of).1 = to;
        }
        outcome
    }

    pub(crate) fn accept(&mut self, of: Owned, by: Who) -> Outcome {
        let expected = only(*self.owner_of(of).1, by);
        let outcome = match of {
            Owned::Alignment => {
                let found = self.alignment.sender(by.address()).accept_ownership().motsu_res();
                agree(&found, &expected.clone().map_err(Into::into))
            }
            Owned::Distributor => {
                let found = self.distributor.sender(by.address()).accept_ownership().motsu_res();
                agree(&found, &expected.clone().map_err(Into::into))
            }
        };
        if expected.is_ok() {
            (*self.owner_of(of).0, *self.owner_of(of).1) = (by, None);
        }
        outcome
    }

    fn owner_of(&mut self, of: Owned) -> (&mut Who, &mut Option<Who>) {
        let Self { ghost, .. } = self;
        match of {
            Owned::Alignment => (&mut ghost.stakes.owner, &mut ghost.stakes.heir),
            Owned::Distributor => (&mut ghost.rewards.owner, &mut ghost.rewards.heir),
        }
    }
}
