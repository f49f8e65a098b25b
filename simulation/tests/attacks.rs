//! Attacks: their closed forms against runs of the simulator.

use mrc53_books::ledger::refusal::Refusal;
use mrc53_books::ledger::{Ledger, Settings};
use mrc53_books::market::agent::{Agent, Hosting, Staking};
use mrc53_books::market::run::run;
use mrc53_maths::{Day, RewardInputs, Weight, compute, reward};
use mrc53_simulation::attack::gas::Suite;
use mrc53_simulation::attack::marketplace::{DayLock, LEAST_PRICE_WEI, Marketplace};
use mrc53_simulation::attack::place::Place;
use mrc53_simulation::attack::row::{Case, Kind};
use mrc53_simulation::attack::share::Share;
use mrc53_simulation::attack::terms::Terms;
use mrc53_simulation::attack::{splitting, timing, usurping};
use proptest::prelude::*;

const MOR: u128 = 1_000_000_000_000_000_000;
const FLOOR: Marketplace = Marketplace { price_wei: LEAST_PRICE_WEI, claimed_wei: 0 };
/// 2026-11-27.
const TODAY: Day = Day(20_784);

/// The honest subnets of the public snapshot, for so many days.
fn terms(days: u32) -> Terms {
    Terms::usual(Suite::measured().unwrap(), [TODAY, Day(TODAY.0 + days)]).unwrap()
}

/// MOR that honest subnets stake: little, about as much as Compute has emitted, more.
fn honest_stake() -> impl Strategy<Value = u128> {
    prop_oneof![0..1_000_000_u128, 3_000_000..3_500_000_u128, 4_000_000..8_000_000_u128].prop_map(|mor| mor * MOR)
}

fn share() -> impl Strategy<Value = Share> {
    (1..10_000_u64).prop_map(|parts| Share::of(parts).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_run_takes_the_share_that_was_aimed_at(stake in honest_stake(), share in share(), days in 1..5_u32) {
        let terms = terms(days);
        let honest = terms.honest(stake).unwrap();
        for kind in [Kind::SelfHosting, Kind::Dilution] {
            let row = usurping::price(&terms, &honest, kind, share).unwrap();
            let own = row.taken.attacker.seconds;
            prop_assert_eq!(own, row.seconds * u64::from(days));
            let total = u128::from(own + row.honest_seconds * u64::from(days));
            prop_assert!(u128::from(own) * 10_000 >= u128::from(share.parts()) * total);
        }
    }

    #[test]
    fn the_stake_that_is_needed_pays_all_usage_and_a_wei_less_does_not(stake in honest_stake(), share in share()) {
        let terms = terms(1);
        let honest = terms.honest(stake).unwrap();
        let row = usurping::price(&terms, &honest, Kind::SelfHosting, share).unwrap();
        prop_assume!(!row.is_short_of_stake() && row.stake > honest.market.min_subnet_stake);
        let all = row.taken.attacker;
        prop_assert_eq!(all.paid, all.usage_side);
        let less = Agent { staking: Staking::Hold { wei: row.stake - 1, from: TODAY, second: 0 }, ..agent(row.seconds) };
        let less = honest.attacked_by(vec![less]).attacker;
        prop_assert!(less.paid < all.paid);
    }

    #[test]
    fn what_honest_subnets_lose_to_a_diluter_is_the_difference_of_their_rewards(
        stake in honest_stake(), share in share(),
    ) {
        let terms = terms(1);
        let honest = terms.honest(stake).unwrap();
        let row = usurping::price(&terms, &honest, Kind::Dilution, share).unwrap();
        let demand = 567 * 300;
        let shares: u64 = honest.market.agents.iter().map(Agent::share).sum();
        let paid = |total_weight, total_stake: u128| -> u128 {
            let of = |agent: &Agent| {
                let Staking::Hold { wei, .. } = agent.staking else { panic!("{agent:?}") };
                reward(&RewardInputs {
                    emission: compute::emission_of(TODAY),
                    emitted: compute::emitted_by_end_of(TODAY),
                    subnet_weight: demand * agent.share() / shares,
                    total_weight,
                    subnet_stake_seconds: wei * 86_400,
                    total_stake_seconds: total_stake * 86_400,
                }).payable
            };
            honest.market.agents.iter().map(of).sum()
        };
        prop_assert_eq!(row.stake, honest.market.min_subnet_stake);
        let alone = paid(row.honest_seconds, honest.stake);
        let beside = paid(row.honest_seconds + row.seconds, honest.stake + row.stake);
        prop_assert_eq!([row.honest_alone, row.taken.honest_paid, row.taken.lost], [alone, beside, alone - beside]);
    }

    #[test]
    fn parts_are_paid_as_much_as_the_whole_but_for_what_each_rounds_off_and_nothing_below_the_minimum(
        stake in honest_stake(), share in share(), parts in 2..200_u64,
    ) {
        let terms = terms(2);
        let honest = terms.honest(stake).unwrap();
        let [whole, split] = splitting::price(&terms, &honest, share, &[parts]).unwrap()[..] else { panic!() };
        prop_assert_eq!([whole.case, split.case], [Case::Subnets(1), Case::Subnets(parts)]);
        let [paid, of_parts] = [whole, split].map(|row| row.taken.attacker.paid);
        let (own, minimum) = (split.taken.attacker, honest.market.min_subnet_stake);
        prop_assert!(of_parts <= paid && split.gas > whole.gas && split.stake == whole.stake);
        prop_assert_eq!(own.stake_seconds, whole.taken.attacker.stake_seconds);
        if own.seconds == whole.seconds * 2 {
            // On each of two days a part rounds off less than a wei of its stake and of its reward.
            prop_assert!(paid - of_parts <= 2 * 2 * u128::from(parts), "{} {}", paid, of_parts);
        }
        if split.stake / u128::from(parts) < minimum / 2 && split.seconds >= parts {
            // The first part has what does not divide: it alone may count.
            prop_assert!(own.seconds < whole.seconds * 2);
        }
    }

    #[test]
    fn stake_that_comes_late_earns_for_the_seconds_that_are_left(stake in honest_stake(), share in share()) {
        let terms = terms(1);
        let rows = timing::price(&terms, stake, share).unwrap();
        let (whole, minimum) = (rows[0], terms.market.min_subnet_stake * 86_400);
        for row in &rows {
            let Case::StakedAt(second) = row.case else { panic!("{row:?}") };
            let (paid, stake_seconds) = (row.taken.attacker.paid, row.taken.attacker.stake_seconds);
            prop_assert_eq!(stake_seconds, row.stake * u128::from(86_400 - second));
            prop_assert_eq!(row.stake_seconds(), row.stake * 7 * 86_400);
            if stake_seconds < minimum {
                // Its stake alone may lower others' share of stake by its seconds; its sessions count for nothing.
                prop_assert!(paid == 0 && row.taken.attacker.seconds == 0 && row.taken.lost <= whole.taken.lost);
            } else {
                prop_assert!(paid <= whole.taken.attacker.paid);
            }
        }
        prop_assert_eq!(rows.last().map(|row| [row.taken.attacker.paid, row.taken.lost]), Some([0, 0]));
    }

    #[test]
    fn keeping_a_session_open_locks_its_stake_and_with_the_day_lock_what_the_day_has_used(parts in 1..289_u64) {
        prop_assume!(86_400 % parts == 0);
        let (session_seconds, days) = (86_400 / parts, 3);
        let place = Place { open_seconds: 86_400, session_seconds };
        let range = [TODAY, Day(TODAY.0 + days)];
        let [off, on] = DayLock::BOTH.map(|lock| place.keep(&FLOOR, lock, 3, range).unwrap());
        // As nothing is claimed, each day asks for the same.
        let one = FLOOR.on(TODAY).unwrap().stake_for(session_seconds).unwrap();
        prop_assert_eq!([off.sessions, on.sessions], [parts * u64::from(days); 2]);
        prop_assert_eq!([off.at_hand, off.wei_seconds], [one, one * u128::from(days) * 86_400]);
        // The n-th session's stake is locked from its opening to midnight: (parts + 1) / 2 sessions' stake on average.
        let (parts, days) = (u128::from(parts), u128::from(days));
        let on_average = one * (parts + 1) * 86_400 * days / 2;
        prop_assert!(on.at_hand <= one * parts && one * parts - on.at_hand <= 3 * parts);
        prop_assert!(on.wei_seconds <= on_average && on_average - on.wei_seconds <= 3 * parts * 86_400 * days);
    }
}

/// What [`usurping`] lets attack, without its stake.
fn agent(seconds: u64) -> Agent {
    let hosting = Hosting::Own { sessions: seconds.div_ceil(86_400), seconds, from: TODAY, to: TODAY.next() };
    Agent { hosting, ..Agent::self_hoster("attacker", 0, 0, TODAY) }
}

#[test]
fn a_session_of_a_day_locks_its_stake_for_the_day_with_the_day_lock_and_without() {
    let place = Place { open_seconds: 86_400, session_seconds: 86_400 };
    let [off, on] = DayLock::BOTH.map(|lock| place.keep(&FLOOR, lock, 3, [TODAY, Day(TODAY.0 + 7)]).unwrap());
    assert_eq!((off, off.sessions, off.more_records), (on, 7, 0));
}

#[test]
fn a_session_of_seven_days_is_recorded_twice_with_a_grace_of_three_days_and_a_part_of_a_day_is_locked_till_midnight() {
    let keep = |place: Place, lock| place.keep(&FLOOR, lock, 3, [TODAY, Day(TODAY.0 + 7)]).unwrap();
    let week = keep(Place { open_seconds: 86_400, session_seconds: 7 * 86_400 }, DayLock::On);
    assert_eq!((week.sessions, week.more_records), (1, 1));
    assert_eq!(week.wei_seconds, week.at_hand * 7 * 86_400);

    let part = Place { open_seconds: 21_600, session_seconds: 21_600 };
    let [off, on] = DayLock::BOTH.map(|lock| keep(part, lock));
    let one = FLOOR.on(TODAY).unwrap().stake_for(21_600).unwrap();
    assert_eq!([off.at_hand, on.at_hand, off.wei_seconds], [one, one, one * 7 * 21_600]);
    assert!(one * 7 * 86_400 - on.wei_seconds <= 7 * 2 * 86_400, "{on:?}");
}

#[test]
fn a_place_that_closes_within_the_least_session_closes_it_early_and_has_it_locked_as_far_as_it_was_used() {
    let place = Place { open_seconds: 100, session_seconds: 1_800 };
    let [off, on] = DayLock::BOTH.map(|lock| place.keep(&FLOOR, lock, 3, [TODAY, TODAY.next()]).unwrap());
    let stake = |seconds| FLOOR.on(TODAY).unwrap().stake_for(seconds).unwrap();
    assert_eq!((off, off.sessions, off.at_hand), (on, 1, stake(300)));
    let held = (off.wei_seconds - stake(300) * 100) / 86_300;
    assert!(stake(100) - held <= 2, "{held}");
}

#[test]
fn a_leaver_waits_for_its_lock_as_the_price_of_one_day_says() {
    let terms = terms(1);
    let row = timing::price(&terms, 1_000_000 * MOR, Share::of(5_000).unwrap()).unwrap()[0];
    let leaves = Staking::Leave { wei: row.stake, from: TODAY, on: TODAY.next() };
    let mut market = terms.honest(1_000_000 * MOR).unwrap().market;
    market.to = Day(TODAY.0 + 10);
    market.agents.push(Agent { staking: leaves, ..agent(row.seconds) });
    let earned = run(&market, |_| ()).earned;
    let last = earned.last().unwrap();
    assert_eq!([last.paid, last.stake_seconds], [row.taken.attacker.paid, row.stake_seconds()]);
}

#[test]
fn on_the_suites_books_stake_of_the_last_second_and_after_the_day_neither_counts_nor_takes() {
    let minimum = 10_000 * MOR;
    let settings = Settings {
        grace_days: 3,
        lock_seconds: 7 * 86_400,
        min_subnet_stake: minimum,
        weight: Weight::Seconds,
        first_day: TODAY,
        pool: 0,
    };
    let reward_of_the_honest = |attacker_stakes_at: u64| {
        let mut books = Ledger::new(&settings, TODAY.start());
        for subnet in [0, 1] {
            books.stakes.register(subnet, 0, TODAY.start()).unwrap();
            books.sessions.open(subnet, subnet, TODAY.start(), TODAY.end()).unwrap();
        }
        books.stakes.stake(0, 0, 5_000_000 * MOR, TODAY.start()).unwrap();
        books.record(0, TODAY.end()).unwrap();
        books.stakes.stake(1, 1, minimum, TODAY.start() + attacker_stakes_at).unwrap();
        let counted = books.record(1, TODAY.end() + 2 * 86_400);
        (counted, books.reward(0, TODAY).1.usage_reward)
    };
    let emission = compute::emission_of(TODAY);
    assert_eq!(reward_of_the_honest(0), (Ok(86_400), emission / 2));
    for late in [1, 86_399, 86_400] {
        assert_eq!(reward_of_the_honest(late), (Err(Refusal::SubnetNotEligible(1)), emission), "{late}");
    }
}
