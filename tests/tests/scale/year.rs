//! The life of a town: founded in a day, joined and recorded for a year, settled and paid.

use std::time::Instant;

use alloy::primitives::U256;
use mrc53_abi::StakeAlignment;

use super::costs::Grows;
use super::plan::Plan;
use super::town::{Staker, Town};
use crate::suite_support::{DAY, HOUR, MIDNIGHT, MOR, TODAY};

/// Days between two prolongations of the programs' lives.
const KEEPALIVE_DAYS: u32 = 180;

/// The first day of a town's life, on which the lowered minimum is in force.
const FOUNDED: u32 = TODAY + 8;

/// Lives through `plan`, from [`FOUNDED`] on.
pub(crate) fn live(town: &mut Town, plan: &Plan) {
    let started = Instant::now();
    let told = |what: &str| eprintln!("{:>5} s  {what}", started.elapsed().as_secs());
    lower_the_minimum(town);
    let (mut owners, mut regulars) = found(town, plan);
    told("founded");
    for day in 1..=plan.days {
        pass(town, plan, day, &mut owners, &mut regulars);
        if day.is_multiple_of(plan.interval) {
            told(&format!("day {day} of {}, {} stakers", plan.days, town.stakers));
        }
    }
    settle_the_year(town, plan);
    told("settled");
    pay_late_stakers(town, plan);
    told("paid");
}

/// 10,000 MOR for each of 10,000 subnets would be more than there is: from [`FOUNDED`] on 50 MOR held all day long make a
/// day count, or 100 from noon on.
fn lower_the_minimum(town: &mut Town) {
    town.direct.now = MIDNIGHT + 12 * HOUR;
    let lower = StakeAlignment::setMinSubnetStakeCall { amount: U256::from(50 * MOR) };
    town.direct.send(town.keeper, town.suite.alignment, &lower);
}

/// The first day: every subnet in turn is registered, staked, opens its session and has it recorded.
fn found(town: &mut Town, plan: &Plan) -> (Vec<Staker>, Regulars) {
    town.direct.now = u64::from(FOUNDED) * DAY + HOUR;
    let mut owners = Vec::new();
    for subnet in 0..plan.subnets {
        town.register();
        let mut owner = town.newcomer("owner", subnet, subnet);
        town.stake(&mut owner, 100 * MOR, Grows::Subnets);
        owners.push(owner);
        town.open(subnet);
        town.direct.now += 2;
        town.record(subnet, Grows::Subnets);
    }
    let mut regular = |name| (0..plan.regulars).map(|number| town.newcomer(name, number, 0)).collect();
    let regulars = Regulars { savers: regular("saver"), spenders: regular("spender") };
    (owners, regulars)
}

/// Stakers of the first subnet with a change on every day.
struct Regulars {
    savers: Vec<Staker>,
    spenders: Vec<Staker>,
}

/// Day `day` of the town's life: keepers at one, newcomers at six, regulars at noon.
fn pass(town: &mut Town, plan: &Plan, day: u32, owners: &mut [Staker], regulars: &mut Regulars) {
    let midnight = u64::from(FOUNDED + day) * DAY;
    town.direct.now = midnight + HOUR;
    if day.is_multiple_of(KEEPALIVE_DAYS) {
        for program in town.suite.addresses() {
            town.direct.keep_alive(town.keeper, program);
        }
    }
    for subnet in 0..=plan.quiet {
        town.record(subnet, Grows::Days);
    }
    // The grace and a day must have passed before the first settlement.
    if day.is_multiple_of(plan.interval) {
        for subnet in 1 + plan.quiet..plan.subnets {
            town.record(subnet, Grows::Days);
        }
        for (subnet, owner) in owners.iter_mut().enumerate().take(1 + plan.quiet) {
            town.settle(subnet, Grows::Days);
            town.claim(subnet, Grows::Days);
            let size = town.size(Grows::Days);
            town.claim_stake(owner, Grows::Days, size);
        }
        for staker in regulars.savers.iter_mut().chain(&mut regulars.spenders) {
            let size = town.size(Grows::Days);
            town.claim_stake(staker, Grows::Days, size);
        }
    }

    town.direct.now = midnight + 6 * HOUR;
    for number in plan.joined_by(day - 1)..plan.joined_by(day) {
        let mut joiner = town.newcomer("joiner", number, plan.subnet_of(number));
        town.stake(&mut joiner, 10 * MOR, Grows::Stakers);
    }

    town.direct.now = midnight + 12 * HOUR;
    let grows = if day == 1 { Grows::Stakers } else { Grows::Days };
    for saver in &mut regulars.savers {
        town.stake(saver, MOR, grows);
    }
    // A deposit locks for seven days.
    for spender in &mut regulars.spenders {
        match day {
            1 => town.stake(spender, 1_000 * MOR, grows),
            2..=8 => {}
            _ => town.withdraw(spender, MOR),
        }
    }
}

/// A last recording, for those who joined last to have earned something. Once all days are final, every subnet is settled
/// for what is left of them, one after the other, and paid.
fn settle_the_year(town: &mut Town, plan: &Plan) {
    town.direct.now = u64::from(FOUNDED + plan.days + 1) * DAY + HOUR;
    for subnet in 0..plan.subnets {
        town.record(subnet, Grows::Days);
    }
    town.direct.now = u64::from(FOUNDED + plan.days + 5) * DAY;
    for subnet in 1 + plan.quiet..plan.subnets {
        town.settle(subnet, Grows::Calls);
        town.claim(subnet, Grows::Calls);
    }
}

/// Those who joined are paid, early ones and late ones.
fn pay_late_stakers(town: &mut Town, plan: &Plan) {
    let every = plan.joiners() / plan.claims;
    let mut day = 1;
    for number in (0..plan.joiners()).step_by(every) {
        while plan.joined_by(day) <= number {
            day += 1;
        }
        let mut joiner = Town::joiner(number, plan.subnet_of(number), FOUNDED + day);
        town.claim_stake(&mut joiner, Grows::Stakers, number);
    }
}
