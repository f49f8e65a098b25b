//! Which days a settlement takes, and how it divides what they pay.

use super::{stand_ins::Manner, *};

#[test]
fn settling_begins_on_the_day_of_registration() {
    let world = World::with_stake();

    assert_eq!(world.settle(1), (1, 100 * MOR));
    world.distributor.assert_emitted(&Settled { subnet: SUBNET, fromDay: DAY, toDay: DAY + 1 });
}

#[test]
fn settling_begins_on_the_first_day_of_the_contract_if_that_is_later() {
    let world = World::beginning_on(DAY + 4);
    staked_all_day(ALICE, DAY, 120_000 * MOR);

    assert_eq!(world.next_day(), DAY + 4);
    assert_eq!(world.settle(100), (6, 600 * MOR));
}

#[test]
fn settling_goes_on_after_the_last_settled_day() {
    let world = World::settled(3);

    assert_eq!(world.next_day(), DAY + 3);
    assert_eq!(world.settle(2), (2, 200 * MOR));
    world.distributor.assert_emitted(&Settled { subnet: SUBNET, fromDay: DAY + 3, toDay: DAY + 5 });
}

#[test]
fn no_more_days_are_settled_than_asked_for() {
    for days in [1, 2, 9, 10] {
        assert_eq!(World::with_stake().settle(days).0, days);
    }
}

#[test]
fn no_more_days_are_settled_than_are_final() {
    assert_eq!(World::with_stake().settle(11).0, 10);
    assert_eq!(World::with_stake().settle(u32::MAX).0, 10);
}

#[test]
fn a_day_that_is_not_final_is_refused_with_its_number() {
    let world = World::settled(10);

    world.assert_refused(|world| world.try_settle(1), DayNotFinal { day: DAY + 10 });
}

#[test]
fn a_day_that_is_not_over_is_final_for_nobody() {
    for (now, settled) in [(midnight(DAY + 10) - 1, 9), (midnight(DAY + 10), 10), (midnight(DAY + 10) + 1, 10)] {
        let world = World::with_stake();
        rewards_of(world.calculator.address(), |books| books.first_open_day = u32::MAX);
        clock::set(now);

        assert_eq!(world.settle(u32::MAX).0, settled);
    }
}

#[test]
fn settling_no_day_is_refused() {
    World::with_stake().assert_refused(|world| world.try_settle(0), ZeroDays {});
}

#[test]
fn an_unregistered_subnet_is_refused() {
    let world = World::with_stake();
    let settle = |world: &World| world.distributor.sender(ANYONE).settle(BOB, 1).motsu_res();

    world.assert_refused(settle, SubnetNotRegistered { subnet: BOB });
    let account = world.distributor.sender(ANYONE).operator_account(BOB).motsu_unwrap_err();
    assert_eq!(account, SubnetNotRegistered { subnet: BOB }.into());
}

#[test]
fn a_reward_is_divided_by_the_fee() {
    for (fee, operator) in [(0, 0), (WHOLE / 5, 20 * MOR), (WHOLE, 100 * MOR)] {
        let world = World::with_stake();
        stakes(|books| books.fee = U256::from(fee));
        world.settle(1);

        assert_eq!(world.operator_owed(), operator);
        assert!(100 * MOR - operator - world.staker_owed(ALICE) <= 1);
    }
}

#[test]
fn the_operator_gets_the_wei_that_the_stakers_pot_is_floored_by() {
    let world = World::with_stake();
    stakes(|books| books.fee = U256::from(WHOLE / 3));
    rewards_of(world.calculator.address(), |books| books.usual = 100);
    world.settle(1);

    let event = DaySettled { subnet: SUBNET, day: DAY, payableWei: U256::from(100), stakersPotWei: U256::from(66) };
    world.distributor.assert_emitted(&event);
    assert_eq!(world.operator_owed(), 34);
}

#[test]
fn the_fee_in_force_when_settling_counts_for_all_days_settled_then() {
    let world = World::settled(1);
    stakes(|books| books.fee = U256::from(WHOLE / 10));
    world.settle(2);

    assert_eq!(world.operator_owed(), (20 + 10 + 10) * MOR);
}

#[test]
fn each_day_that_pays_is_announced_and_no_other() {
    let world = World::with_stake();
    rewards_of(world.calculator.address(), |books| books.days.extend([(DAY + 1, 0), (DAY + 2, 5)]));
    world.settle(3);

    for (day, payable, pot) in [(DAY, 100 * MOR, 80 * MOR), (DAY + 2, 5, 4)] {
        let (payable, pot) = (U256::from(payable), U256::from(pot));
        world.distributor.assert_emitted(&DaySettled { subnet: SUBNET, day, payableWei: payable, stakersPotWei: pot });
    }
    assert_eq!(world.count::<DaySettled>(), 2);
    assert_eq!(world.count::<Settled>(), 1);
}

#[test]
fn a_day_that_pays_nothing_is_settled_all_the_same() {
    let world = World::with_stake();
    rewards_of(world.calculator.address(), |books| books.usual = 0);

    assert_eq!(world.settle(10), (10, 0));
    assert_eq!(world.next_day(), DAY + 10);
    world.distributor.assert_emitted(&Settled { subnet: SUBNET, fromDay: DAY, toDay: DAY + 10 });
}

#[test]
fn days_beyond_one_question_to_the_others_are_settled_in_one_call() {
    for days in [63, 64, 65, 128, 200] {
        let world = World::with_stake();
        world.advance_to(DAY + 200);

        assert_eq!(world.settle(days), (days, u128::from(days) * 100 * MOR));
    }
}

#[test]
fn the_days_around_the_end_of_the_emission_settle() {
    let world = World::beginning_on(25_593);
    staked_all_day(ALICE, DAY, 120_000 * MOR);
    world.advance_to(25_600);
    rewards_of(world.calculator.address(), |books| books.usual = 1_000);

    // 2040-01-28, day 25594, is the last that emits anything; what a calculator asks for later is clamped to nothing.
    assert_eq!(world.settle(100), (7, 2_000));
    assert_eq!(world.count::<CreditClamped>(), 5);
}

#[test]
fn the_last_day_that_can_be_counted_is_the_one_before_the_end_of_days() {
    let world = World::beginning_on(END_OF_DAYS - 1);
    rewards_of(world.calculator.address(), |books| books.usual = 0);
    world.advance_to(END_OF_DAYS + 10);

    assert_eq!(world.settle(10).0, 1);
    world.assert_refused(|world| world.try_settle(1), DayNotFinal { day: END_OF_DAYS });
}

#[test]
fn a_calculator_that_fails_is_refused_by_name() {
    for manner in [Manner::Reverting, Manner::OneDayTooMany] {
        let world = World::with_stake();
        rewards_of(world.calculator.address(), |books| books.manner = manner);

        world.assert_refused(
            |world| world.try_settle(5),
            CalculatorCallFailed { calculator: world.calculator.address() },
        );
    }
}

#[test]
fn a_calculator_that_answers_fewer_days_ends_the_settlement_there() {
    let world = World::with_stake();
    rewards_of(world.calculator.address(), |books| books.manner = Manner::OneDayTooFew);

    assert_eq!(world.settle(5).0, 4);
}

#[test]
fn an_alignment_that_fails_is_refused_by_name() {
    for manner in [Manner::Reverting, Manner::OneDayTooMany, Manner::OneDayTooFew] {
        let world = World::with_stake();
        stakes(|books| books.manner = manner);

        world.assert_refused(|world| world.try_settle(5), AlignmentCallFailed { alignment: world.alignment.address() });
    }
}

#[test]
fn paused_settling_is_refused_and_loses_no_day() {
    let world = World::with_stake();
    world.distributor.sender(OWNER).set_settling_paused(true).motsu_unwrap();
    world.assert_refused(|world| world.try_settle(1), SettlingIsPaused {});

    world.distributor.sender(OWNER).set_settling_paused(false).motsu_unwrap();
    assert_eq!(world.settle(100).0, 10);
}
