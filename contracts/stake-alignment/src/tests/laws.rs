//! Laws on random histories of several stakers in several subnets over several days, against a naive model.

use proptest::prelude::*;

use super::*;
use crate::MIN_LOCK_SECONDS;

const SUBNETS: [Address; 2] = [SUBNET, OTHER_SUBNET];
const STAKERS: [Address; 3] = [ALICE, BOB, OWNER];

/// One thing that happens: after `pause` seconds, somebody changes a stake.
#[derive(Clone, Copy, Debug)]
struct Step {
    pause: u64,
    staker: usize,
    subnet: usize,
    amount: u128,
    deposits: bool,
}

fn step() -> impl Strategy<Value = Step> {
    // Half the pauses stay within a day or touch midnight, so that days with several changes are common.
    let pause = prop_oneof![0_u64..20_000, Just(43_200), 80_000_u64..300_000];
    (pause, 0..STAKERS.len(), 0..SUBNETS.len(), 1_u128..1_000_000 * MOR, any::<bool>())
        .prop_map(|(pause, staker, subnet, amount, deposits)| Step { pause, staker, subnet, amount, deposits })
}

/// Every change of every stake, and nothing else.
#[derive(Default)]
struct Model(Vec<(u64, usize, usize, i128)>);

impl Model {
    fn balance(&self, staker: usize, subnet: usize) -> u128 {
        let of = |(_, s, n, change): &(u64, usize, usize, i128)| if (*s, *n) == (staker, subnet) { *change } else { 0 };
        self.0.iter().map(of).sum::<i128>().try_into().expect("never negative")
    }

    /// Adds up, change by change, the seconds of the day that came after it.
    fn stake_seconds(&self, staker: usize, subnet: usize, day: u32) -> u128 {
        let (start, end) = (start_of(day), start_of(day + 1));
        let counted = |(at, s, n, change): &(u64, usize, usize, i128)| {
            let seconds = end.saturating_sub(start.max(*at));
            if (*s, *n) == (staker, subnet) {
                change * i128::from(seconds)
            } else {
                0
            }
        };
        self.0.iter().map(counted).sum::<i128>().try_into().expect("never negative")
    }
}

/// A world with the shortest lock, and both subnets registered.
fn hardly_locked() -> World {
    clock::set(NOON);
    let world = World { alignment: Contract::random(), mor: Contract::random() };
    let mor = world.mor.address();
    world.alignment.sender(OWNER).constructor(mor, OWNER, MIN_LOCK_SECONDS, U256::ZERO).motsu_unwrap();
    for subnet in SUBNETS {
        world.register(subnet);
    }
    world
}

fn play(world: &World, model: &mut Model, steps: &[Step]) -> u64 {
    let mut now = NOON;
    for Step { pause, staker, subnet, amount, deposits } in steps.iter().copied() {
        now += pause;
        clock::set(now);
        if deposits {
            world.stake(SUBNETS[subnet], STAKERS[staker], amount);
            model.0.push((now, staker, subnet, amount.try_into().expect("small")));
        } else if model.balance(staker, subnet) > 0 && world.unlock_at(SUBNETS[subnet], STAKERS[staker]) <= now {
            let amount = amount.min(model.balance(staker, subnet));
            world.withdraw(SUBNETS[subnet], STAKERS[staker], amount);
            model.0.push((now, staker, subnet, -i128::try_from(amount).expect("small")));
        }
    }
    now
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn invariant_2_stakers_sum_to_their_subnet_and_subnets_to_the_total(
        steps in prop::collection::vec(step(), 1..40),
    ) {
        let (world, mut model) = (hardly_locked(), Model::default());

        let end = play(&world, &mut model, &steps);

        for day in DAY - 1..=(end / SECONDS_PER_DAY) as u32 + 1 {
            let mut total = 0;
            for (n, subnet) in SUBNETS.into_iter().enumerate() {
                let mut of_subnet = 0;
                for (s, staker) in STAKERS.into_iter().enumerate() {
                    let seconds = world.alignment.sender(BOB).staker_stake_seconds(subnet, staker, day);
                    prop_assert_eq!(seconds, model.stake_seconds(s, n, day), "staker {} of {} on {}", s, n, day);
                    of_subnet += seconds;
                }
                prop_assert_eq!(world.stake_seconds(subnet, day).0, of_subnet, "subnet {} on {}", n, day);
                total += of_subnet;
            }
            prop_assert_eq!(world.stake_seconds(SUBNET, day).1, total, "total on {}", day);
        }
    }

    #[test]
    fn invariant_3_the_contract_holds_what_is_staked_and_pays_all_of_it_back(
        steps in prop::collection::vec(step(), 1..40),
        donation in 0_u128..MOR,
    ) {
        let (world, mut model) = (hardly_locked(), Model::default());
        let contract = world.alignment.address();
        world.mor.sender(BOB).mint(contract, U256::from(donation)).motsu_unwrap();

        let end = play(&world, &mut model, &steps);

        clock::set(end + MIN_LOCK_SECONDS);
        prop_assert_eq!(world.tokens_of(contract), world.total_stake() + donation);
        for (n, subnet) in SUBNETS.into_iter().enumerate() {
            for (s, staker) in STAKERS.into_iter().enumerate() {
                let balance = world.balance(subnet, staker);
                prop_assert_eq!(balance, model.balance(s, n));
                if balance > 0 {
                    world.withdraw(subnet, staker, balance);
                }
            }
            prop_assert_eq!(world.subnet_stake(subnet), 0);
        }
        prop_assert_eq!((world.total_stake(), world.tokens_of(contract)), (0, donation));
    }

    #[test]
    fn the_changes_of_a_staker_give_every_day_of_it(steps in prop::collection::vec(step(), 1..40)) {
        let (world, mut model) = (hardly_locked(), Model::default());

        let end = play(&world, &mut model, &steps);

        let changes = world.alignment.sender(BOB).staker_changes(SUBNET, ALICE, 0, u32::MAX);
        prop_assert!(changes.windows(2).all(|pair| pair[0].day < pair[1].day));
        for day in DAY - 1..=(end / SECONDS_PER_DAY) as u32 + 1 {
            let in_force = changes.iter().rev().find(|change| change.day <= day);
            let seconds = in_force.map_or(0, |change| {
                if change.day == day { change.stakeSeconds } else { change.balance * 86_400 }
            });
            prop_assert_eq!(seconds, model.stake_seconds(0, 0, day));
        }
    }
}
