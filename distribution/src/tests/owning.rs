//! Who may do what the owner may do, what it does, and how the ownership changes hands.

use super::*;

type Call = fn(&World, Address) -> Result<(), Error>;

/// Every function that is the owner's.
const OWNERS: [(&str, Call); 6] = [
    ("scheduleCalculator", |world, who| {
        world.distributor.sender(who).schedule_calculator(world.calculator.address(), DAY + 18).motsu_res()
    }),
    ("voidDays", |world, who| world.distributor.sender(who).void_days(DAY, DAY + 1).motsu_res()),
    ("setComputePool", |world, who| world.distributor.sender(who).set_compute_pool(BOB).motsu_res()),
    ("setSettlingPaused", |world, who| world.distributor.sender(who).set_settling_paused(true).motsu_res()),
    ("setClaimingPaused", |world, who| world.distributor.sender(who).set_claiming_paused(true).motsu_res()),
    ("transferOwnership", |world, who| world.distributor.sender(who).transfer_ownership(BOB).motsu_res()),
];

#[test]
fn only_the_owner_may_do_what_is_the_owners() {
    for (name, call) in OWNERS {
        let world = World::settled(1);

        for who in [ANYONE, POOL, RECEIVER, SUBNET] {
            world.assert_refused(|world| call(world, who), OwnableUnauthorizedAccount { account: who });
        }
        assert_eq!(call(&world, OWNER), Ok(()), "{name}");
    }
}

#[test]
fn the_pauses_are_two_and_announced() {
    let world = World::new();
    let paused = |world: &World| {
        let distributor = world.distributor.sender(ANYONE);
        (distributor.settling_paused(), distributor.claiming_paused())
    };

    world.distributor.sender(OWNER).set_settling_paused(true).motsu_unwrap();
    assert_eq!(paused(&world), (true, false));
    world.distributor.sender(OWNER).set_claiming_paused(true).motsu_unwrap();
    assert_eq!(paused(&world), (true, true));
    world.distributor.sender(OWNER).set_settling_paused(false).motsu_unwrap();
    assert_eq!(paused(&world), (false, true));
    world.distributor.assert_emitted(&SettlingPausedSet { paused: true });
    world.distributor.assert_emitted(&SettlingPausedSet { paused: false });
    world.distributor.assert_emitted(&ClaimingPausedSet { paused: true });
}

#[test]
fn a_pause_changes_nothing_else() {
    let (world, scheduled) = (World::beginning_on(DAY + 2), Contract::<CalculatorStandIn>::random());
    world.distributor.sender(OWNER).schedule_calculator(scheduled.address(), DAY + 18).motsu_unwrap();
    world.distributor.sender(OWNER).set_settling_paused(true).motsu_unwrap();
    world.distributor.sender(OWNER).set_claiming_paused(true).motsu_unwrap();

    let distributor = world.distributor.sender(ANYONE);
    assert_eq!(distributor.alignment(), world.alignment.address());
    assert_eq!(distributor.first_day(), DAY + 2);
    assert_eq!(distributor.calculator_of(DAY + 18), scheduled.address());
}

#[test]
fn another_pool_pays_from_now_on_also_what_is_owed() {
    let world = World::settled(1);
    world.mor.sender(BOB).mint(BOB, U256::from(20 * MOR)).motsu_unwrap();
    world.mor.sender(BOB).approve(world.distributor.address(), U256::from(20 * MOR)).motsu_unwrap();
    world.distributor.sender(OWNER).set_compute_pool(BOB).motsu_unwrap();

    assert_eq!(world.distributor.sender(ANYONE).compute_pool(), BOB);
    world.distributor.assert_emitted(&ComputePoolSet { pool: BOB });
    assert_eq!(world.claim(), (20 * MOR, 0));
    assert_eq!(world.tokens_of(BOB), 0);
}

#[test]
fn the_pool_is_not_zero() {
    let set = |world: &World| world.distributor.sender(OWNER).set_compute_pool(Address::ZERO).motsu_res();

    World::new().assert_refused(set, ZeroAddress {});
}

#[test]
fn ownership_changes_hands_in_two_steps() {
    let world = World::new();
    let owners = |world: &World| {
        let distributor = world.distributor.sender(ANYONE);
        (distributor.owner(), distributor.pending_owner())
    };

    world.distributor.sender(OWNER).transfer_ownership(BOB).motsu_unwrap();
    assert_eq!(owners(&world), (OWNER, BOB));
    let refused = world.distributor.sender(ANYONE).accept_ownership().motsu_unwrap_err();
    assert_eq!(refused, OwnableUnauthorizedAccount { account: ANYONE }.into());
    world.distributor.sender(BOB).accept_ownership().motsu_unwrap();
    assert_eq!(owners(&world), (BOB, Address::ZERO));
    world.distributor.assert_emitted(&OwnershipTransferStarted { previousOwner: OWNER, newOwner: BOB });
    world.distributor.assert_emitted(&OwnershipTransferred { previousOwner: OWNER, newOwner: BOB });
}
