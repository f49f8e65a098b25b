//! Laws of a market, and a market against the suite's books.

use mrc53_books::ledger::{Ledger, Settings};
use mrc53_books::market::agent::{Agent, Hosting, Staking};
use mrc53_books::market::demand::Demand;
use mrc53_books::market::run::{MarketDay, run};
use mrc53_books::market::{ALL_PARTS, Market};
use mrc53_maths::compute::{LAST_DAY, emitted_by_end_of};
use mrc53_maths::{Day, Weight};
use proptest::prelude::*;

const MOR: u128 = 1_000_000_000_000_000_000;
/// 2026-11-27.
const TODAY: Day = Day(20_784);

fn market(agents: Vec<Agent>) -> Market {
    Market {
        from: TODAY,
        to: Day(TODAY.0 + 30),
        weight: Weight::Seconds,
        min_subnet_stake: 10_000 * MOR,
        lock_seconds: 7 * 86_400,
        grace_days: 3,
        recorded_after_days: 0,
        emission_parts: ALL_PARTS,
        demand: Demand::Constant { sessions: 567, seconds_each: 300 },
        agents,
    }
}

fn honest(name: &str, share: u64, mor: u128) -> Agent {
    Agent::honest(name, share, mor * MOR, TODAY)
}

fn days(market: &Market) -> Vec<MarketDay> {
    let mut days = Vec::new();
    run(market, |day| days.push(*day));
    days
}

/// Any agent, with stakes around the minimum and above all that was ever emitted.
fn agent() -> impl Strategy<Value = Agent> {
    let mor = prop_oneof![Just(0), Just(9_999), Just(10_000), 1_u128..200_000, 1_000_000_u128..20_000_000];
    (0..7_u8, 0..50_u64, mor, 0..30_u32, 0..86_400_u32).prop_map(|(kind, number, mor, day, second)| {
        let (wei, on) = (mor * MOR, Day(TODAY.0 + day));
        match kind {
            0 => Agent::honest("a", number, wei, TODAY),
            1 => Agent::self_hoster("a", number, wei, on),
            2 => Agent::diluter("a", number, 10_000 * MOR, on),
            3 => Agent::late_staker("a", number, wei, on, second),
            4 => Agent::mercenary("a", number, wei, day + 10),
            5 => Agent::leaver("a", number, wei, TODAY, on),
            _ => Agent { staking: Staking::Nothing, ..Agent::honest("a", number, wei, TODAY) },
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn never_more_is_paid_than_is_emitted(agents in proptest::collection::vec(agent(), 1..8)) {
        let market = market(agents);
        let mut days = Vec::new();
        let outcome = run(&market, |day| days.push(*day));

        prop_assert!(days.iter().all(|day| day.paid <= day.emission));
        prop_assert_eq!(outcome.paid, outcome.earned.iter().map(|earned| earned.paid).sum::<u128>());
        prop_assert_eq!(outcome.paid, days.iter().map(|day| day.paid).sum::<u128>());
        prop_assert!(outcome.earned.iter().all(|it| it.paid <= it.usage_side.min(it.stake_side) && it.operator <= it.paid));
    }

    #[test]
    fn splitting_gains_nothing(agents in proptest::collection::vec(agent(), 1..5), parts in 2..6_u64) {
        let whole = run(&market(agents.clone()), |_| ()).earned[0].paid;
        let mut split = agents[0].split(parts);
        let own = split.len();
        split.extend_from_slice(&agents[1..]);
        let parts: u128 = run(&market(split), |_| ()).earned[..own].iter().map(|earned| earned.paid).sum();
        // A mercenary's parts see the same returns; a part below the minimum loses its days.
        prop_assert!(parts <= whole, "{} is more than {}", parts, whole);
    }

    #[test]
    fn a_market_pays_what_the_suites_books_do(agents in proptest::collection::vec(agent(), 1..6), weight in 0..2_u8) {
        let market = Market { weight: Weight::try_from(weight).unwrap(), ..market(agents) };
        // Demand is shared in whole seconds, so sessions of it begin at midnight and last as long as its part.
        let settings = Settings {
            grace_days: market.grace_days,
            lock_seconds: market.lock_seconds,
            min_subnet_stake: market.min_subnet_stake,
            weight: market.weight,
            first_day: market.from,
            pool: 0,
        };
        let mut books = Ledger::new(&settings, market.from.start());
        prop_assume!(is_bookable(&market));
        let paid = book(&mut books, &market);
        let outcome = run(&market, |_| ());
        prop_assert_eq!(paid, outcome.earned.iter().map(|earned| earned.paid).collect::<Vec<_>>());
    }
}

/// Whether every agent's stake is one deposit, and what it hosts fits one session a day and second.
fn is_bookable(market: &Market) -> bool {
    market.agents.iter().all(|agent| matches!(agent.staking, Staking::Hold { .. } | Staking::Nothing))
}

/// Plays the market on the books, one session for each always-open one and each second-long part of the demand.
fn book(books: &mut Ledger, market: &Market) -> Vec<u128> {
    let shares: u64 = market.agents.iter().map(Agent::share).sum();
    let mut session = 0;
    for (number, _) in (0..).zip(&market.agents) {
        books.stakes.register(number, 0, market.from.start()).unwrap();
    }
    for day in (market.from.0..market.to.0).map(Day) {
        for (number, agent) in (0..).zip(&market.agents) {
            if let Staking::Hold { wei, from, second } = agent.staking
                && from == day
                && wei > 0
            {
                books.stakes.stake(number, number, wei, day.start() + u64::from(second)).unwrap();
            }
        }
        for (number, agent) in (0..).zip(&market.agents) {
            let (sessions, seconds) = match (agent.hosting, &market.demand) {
                (Hosting::Demand { share }, Demand::Constant { sessions, seconds_each }) => {
                    let part = |of: u64| of * share / shares.max(1);
                    (part(*sessions), part(sessions * seconds_each))
                }
                (Hosting::Own { sessions, seconds, from, to }, _) if (from.0..to.0).contains(&day.0) => {
                    (sessions, seconds)
                }
                _ => (0, 0),
            };
            for open in 0..sessions {
                let lasts = seconds / sessions + u64::from(open < seconds % sessions);
                books.sessions.open(session, number, day.start(), day.start() + lasts).unwrap();
                // A subnet whose day does not count is refused.
                let _ = books.record(session, day.end());
                session += 1;
            }
        }
    }
    let end = market.to.start() + u64::from(market.grace_days) * 86_400;
    let days = market.to.0 - market.from.0;
    let paid = |number| books.settle(number, days, end).unwrap().iter().map(|settled| settled.payable).sum();
    (0..).zip(&market.agents).map(|(number, _)| number).map(paid).collect()
}

#[allow(clippy::cast_precision_loss, reason = "a logarithm in floating point")]
fn float(wei: u128) -> f64 {
    wei as f64
}

#[test]
fn a_constant_stake_is_paid_its_logarithm_where_usage_does_not_bind() {
    let market = Market { to: LAST_DAY.next(), ..market(vec![honest("all", 1, 1_000_000)]) };
    let outcome = run(&market, |_| ());

    let [before, end, paid] =
        [emitted_by_end_of(Day(TODAY.0 - 1)), emitted_by_end_of(market.to), outcome.paid].map(float);
    let continuous = 1e24 * (end / before).ln();
    assert!(continuous > paid && (continuous - paid) / continuous < 0.001, "{paid} {continuous}");
    assert_eq!((outcome.earned[0].stake_days, outcome.earned[0].usage_days), (LAST_DAY.0 + 1 - TODAY.0, 0));
}

#[test]
fn a_day_that_begins_late_counts_once_its_stake_seconds_reach_the_minimum() {
    let late = |second| Agent::late_staker("late", 1, 20_000 * MOR, TODAY, second);
    let first_day = |second| days(&market(vec![late(second)]))[0];
    // Half a day of twice the minimum.
    assert_eq!(first_day(43_200).total_weight, 170_100);
    assert_eq!(first_day(43_201).total_weight, 0);
}

#[test]
fn what_is_recorded_after_the_grace_is_lost() {
    let delayed = |days| Market { recorded_after_days: days, ..market(vec![honest("one", 1, 100_000)]) };
    assert!(run(&delayed(3), |_| ()).paid > 0);
    assert_eq!(run(&delayed(4), |_| ()).paid, 0);
}

#[test]
fn a_leaver_waits_for_its_lock() {
    let leaver = |on| market(vec![Agent::leaver("one", 1, 100_000 * MOR, TODAY, Day(TODAY.0 + on))]);
    let staked = |on| days(&leaver(on)).iter().filter(|day| day.total_stake_seconds > 0).count();
    assert_eq!([staked(1), staked(7), staked(8)], [7, 7, 8]);
}

#[test]
fn a_mercenary_follows_the_return() {
    // 32.2 % at first, and less with every day.
    let at = |percent| days(&market(vec![Agent::mercenary("one", 1, 100_000 * MOR, percent)]));
    assert!(at(10).iter().all(|day| day.total_stake_seconds > 0));
    // More than stake earned on the day before: it never comes.
    assert_eq!(at(40).iter().filter(|day| day.total_stake_seconds > 0).count(), 0);
    // It comes on the first day, and leaves when less was earned and its lock has ended.
    let staked = at(32).iter().map(|day| day.total_stake_seconds > 0).collect::<Vec<_>>();
    let left = staked.iter().position(|staked| !staked).unwrap();
    assert!((7..10).contains(&left) && staked[left..].iter().all(|staked| !staked), "{staked:?}");
}

#[test]
fn a_cut_pool_pays_its_part() {
    let full = market(vec![honest("one", 1, 100_000)]);
    let half = Market { emission_parts: ALL_PARTS / 2, ..full.clone() };
    let (full, half) = (run(&full, |_| ()).paid, run(&half, |_| ()).paid);
    assert!(full - 2 * half <= 60, "{full} {half}");
}
