//! What the constructor fixes, announces and refuses.

use super::{stand_ins::Mute, *};

fn construct(addresses: [Address; 5], first_day: u32) -> (Contract<RewardDistributor>, Result<(), Error>) {
    let distributor = Contract::<RewardDistributor>::random();
    let [token, alignment, calculator, pool, owner] = addresses;
    let outcome =
        distributor.sender(ANYONE).constructor(token, alignment, calculator, pool, owner, first_day).motsu_res();
    (distributor, outcome)
}

fn addresses(world: &World) -> [Address; 5] {
    [world.mor.address(), world.alignment.address(), world.calculator.address(), POOL, OWNER]
}

#[test]
fn what_is_constructed_is_what_the_views_answer() {
    let world = World::beginning_on(DAY + 3);

    let distributor = world.distributor.sender(ANYONE);
    assert_eq!(distributor.token(), world.mor.address());
    assert_eq!(distributor.alignment(), world.alignment.address());
    assert_eq!(distributor.calculator_of(0), world.calculator.address());
    assert_eq!(distributor.calculator_of(u32::MAX), world.calculator.address());
    assert_eq!(distributor.compute_pool(), POOL);
    assert_eq!((distributor.owner(), distributor.pending_owner()), (OWNER, Address::ZERO));
    assert_eq!(distributor.first_day(), DAY + 3);
    assert!(!distributor.settling_paused() && !distributor.claiming_paused());
    assert_eq!((world.credited(), world.paid()), (0, 0));
}

#[test]
fn what_is_constructed_is_announced() {
    let world = World::new();

    let calculator = world.calculator.address();
    world.distributor.assert_emitted(&CalculatorScheduled { calculator, fromDay: 0 });
    world.distributor.assert_emitted(&ComputePoolSet { pool: POOL });
    world.distributor.assert_emitted(&OwnershipTransferred { previousOwner: Address::ZERO, newOwner: OWNER });
}

#[test]
fn no_address_may_be_zero() {
    let world = World::new();

    for index in 0..5 {
        let mut addresses = addresses(&world);
        addresses[index] = Address::ZERO;
        assert_eq!(construct(addresses, 0).1, Err(ZeroAddress {}.into()), "address number {index}");
    }
}

#[test]
fn the_first_day_is_one_that_can_be_settled() {
    let world = World::new();

    let refusal = DayRangeInvalid { fromDay: END_OF_DAYS, toDay: END_OF_DAYS };
    assert_eq!(construct(addresses(&world), END_OF_DAYS).1, Err(refusal.into()));
    assert_eq!(construct(addresses(&world), END_OF_DAYS - 1).1, Ok(()));
}

#[test]
fn a_token_that_does_not_answer_is_refused() {
    let world = World::new();
    let mute = Contract::<Mute>::random();
    let mut addresses = addresses(&world);
    addresses[0] = mute.address();

    assert_eq!(construct(addresses, 0).1, Err(TokenCallFailed { token: mute.address() }.into()));
}
