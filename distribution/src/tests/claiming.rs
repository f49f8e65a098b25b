//! Paying operators: whom, how much, and what happens when the pool is short.

use super::{stand_ins::Mute, *};

#[test]
fn a_claim_pays_the_receiver_what_is_owed() {
    let world = World::settled(3);

    assert_eq!(world.claim(), (60 * MOR, 0));
    assert_eq!(world.tokens_of(RECEIVER), 60 * MOR);
    assert_eq!((world.paid(), world.operator_owed()), (60 * MOR, 0));
    let amount = U256::from(60 * MOR);
    world.distributor.assert_emitted(&OperatorPaid { subnet: SUBNET, receiver: RECEIVER, amount });
}

#[test]
fn the_receiver_of_this_moment_is_paid() {
    let world = World::settled(3);
    stakes(|books| books.registered = Some((SUBNET, BOB, DAY)));
    world.claim();

    assert_eq!((world.tokens_of(RECEIVER), world.tokens_of(BOB)), (0, 60 * MOR));
}

#[test]
fn a_claim_with_nothing_owed_succeeds_and_pays_nothing() {
    let world = World::settled(3);
    world.claim();
    let before = world.books();

    assert_eq!(world.claim(), (0, 0));
    assert_eq!(world.books(), before);
    assert_eq!((world.count::<OperatorPaid>(), world.count::<DebtKept>()), (1, 0));
}

#[test]
fn nothing_is_claimed_before_anything_is_settled() {
    assert_eq!(World::with_stake().claim(), (0, 0));
}

#[test]
fn days_settled_after_a_claim_are_owed_anew() {
    let world = World::settled(3);
    world.claim();
    world.settle(1);

    assert_eq!(world.claim(), (20 * MOR, 0));
    assert_eq!((world.tokens_of(RECEIVER), world.paid()), (80 * MOR, 80 * MOR));
}

#[test]
fn an_unregistered_subnet_cannot_claim() {
    let claim = |world: &World| world.distributor.sender(ANYONE).claim(BOB).motsu_res();

    World::settled(1).assert_refused(claim, SubnetNotRegistered { subnet: BOB });
}

#[test]
fn a_pool_that_holds_too_little_pays_what_it_holds_and_keeps_the_debt() {
    let world = World::settled(3);
    world.drain_pool_to(45 * MOR);

    assert_eq!(world.claim(), (45 * MOR, 15 * MOR));
    assert_eq!((world.tokens_of(RECEIVER), world.operator_owed(), world.paid()), (45 * MOR, 15 * MOR, 45 * MOR));
    let owed = U256::from(15 * MOR);
    world.distributor.assert_emitted(&DebtKept { subnet: SUBNET, account: RECEIVER, owed });
}

#[test]
fn a_pool_that_allows_too_little_pays_what_it_allows_and_keeps_the_debt() {
    for allowance in [0, 1, 60 * MOR - 1] {
        let world = World::settled(3);
        world.approve(allowance);

        assert_eq!(world.claim(), (allowance, 60 * MOR - allowance));
        assert_eq!(world.count::<OperatorPaid>(), usize::from(allowance > 0));
        assert_eq!(world.count::<DebtKept>(), 1);
    }
}

#[test]
fn a_pool_that_has_exactly_what_is_owed_keeps_no_debt() {
    let world = World::settled(3);
    world.drain_pool_to(60 * MOR);

    assert_eq!(world.claim(), (60 * MOR, 0));
    assert_eq!(world.count::<DebtKept>(), 0);
}

#[test]
fn a_debt_is_paid_once_the_pool_is_funded() {
    let world = World::settled(3);
    world.drain_pool_to(0);
    assert_eq!(world.claim(), (0, 60 * MOR));

    world.fund(1_000 * MOR);
    assert_eq!(world.claim(), (60 * MOR, 0));
    assert_eq!(world.tokens_of(RECEIVER), 60 * MOR);
}

#[test]
fn paused_claiming_is_refused_and_loses_nothing() {
    let world = World::settled(3);
    world.distributor.sender(OWNER).set_claiming_paused(true).motsu_unwrap();
    world.assert_refused(World::try_claim, ClaimingIsPaused {});
    world.assert_refused(|world| world.try_claim_stake(ALICE, 10), ClaimingIsPaused {});

    world.settle(1);
    world.distributor.sender(OWNER).set_claiming_paused(false).motsu_unwrap();
    assert_eq!(world.claim(), (80 * MOR, 0));
}

#[test]
fn an_alignment_that_answers_nothing_registers_nobody() {
    let world = World::settled(1);
    let mute = Contract::<Mute>::random();
    let distributor = Contract::<RewardDistributor>::random();
    let (mor, calculator) = (world.mor.address(), world.calculator.address());
    distributor.sender(ANYONE).constructor(mor, mute.address(), calculator, POOL, OWNER, 0).motsu_unwrap();

    let refused = distributor.sender(ANYONE).claim(SUBNET).motsu_unwrap_err();
    assert_eq!(refused, SubnetNotRegistered { subnet: SUBNET }.into());
}
