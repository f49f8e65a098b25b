//! The reasons for which a day is passed over, each at its edge; the rest of the batch goes on.

use mrc53_ledger::usage::{MAX_SECONDS, MAX_SESSIONS};

use super::*;

const NUMBER: u32 = DAY / 4;

fn base() -> Base {
    let mut base = Base::default();
    for day in DAY..DAY + 4 {
        base.host(SUBNET, day, HOUR, 1);
        base.host(OTHER_SUBNET, day, 2 * HOUR, 2);
    }
    base
}

/// The days of [`SUBNET`] that proving by a block at `timestamp` adds, and the events of the others.
#[track_caller]
fn assert_passed_over(world: &World, block: &Block, now: u64, days: &[(u32, PassedOver)]) {
    let before: Vec<_> = (DAY..DAY + 4).map(|day| world.proven(SUBNET, day)).collect();
    let events = world.events_of(|| {
        let added = world.prove_at(now, block, &[(SUBNET, NUMBER)]).unwrap();
        assert_eq!(added as usize, 4 - days.len());
    });
    let passed: Vec<_> = days.iter().map(|(day, reason)| passed_over_event(SUBNET, *day, *reason)).collect();
    assert_eq!(events[..passed.len()], passed);
    assert_eq!(events.len() - passed.len(), usize::from(days.len() < 4));
    for (day, _) in days {
        assert_eq!(world.proven(SUBNET, *day), before[(day - DAY) as usize]);
    }
}

#[test]
fn a_day_that_the_root_does_not_cover() {
    use PassedOver::NotCovered;
    for (timestamp, first) in [(covers(DAY + 1) - 1, 1), (covers(DAY + 1), 2), (covers(DAY + 1) + 1, 2)] {
        let (world, block) = World::opened(&base(), timestamp);
        let days: Vec<_> = (DAY + first..DAY + 4).map(|day| (day, NotCovered)).collect();

        assert_passed_over(&world, &block, timestamp, &days);
    }
}

#[test]
fn a_day_that_is_final() {
    use PassedOver::Final;
    let first = covers(DAY + 1);
    let last = first + u64::from(WINDOW_DAYS) * SECONDS_PER_DAY;
    for (now, finals) in [(last - 1, 0), (last, 2), (last + 1, 2)] {
        let (world, _) = World::opened(&base(), first);
        let block = base().block(covers(DAY + 3));
        world.accept_and_open(&block, covers(DAY + 3));
        let days: Vec<_> = (DAY..DAY + finals).map(|day| (day, Final)).collect();

        assert_passed_over(&world, &block, now, &days);
    }
}

#[test]
fn a_day_that_was_proven_before_whatever_another_root_says() {
    use PassedOver::Proven;
    let mut other = base();
    other.host(SUBNET, DAY + 1, 5, 5);
    let (world, block) = World::opened(&base(), covers(DAY + 3));
    let another = other.block(covers(DAY + 3) + 1);
    world.accept_and_open(&another, covers(DAY + 3) + 1);
    world.prove_at(covers(DAY + 3) + 2, &block, &[(SUBNET, NUMBER)]).unwrap();

    let days = [0, 1, 2, 3].map(|day| (DAY + day, Proven));
    assert_passed_over(&world, &another, covers(DAY + 3) + 2, &days);
}

#[test]
fn a_day_on_which_the_subnet_was_not_eligible() {
    use PassedOver::NotEligible;
    for eligible in 0..16_u32 {
        let (world, block) = World::opened(&base(), covers(DAY + 3));
        let is_eligible = |day: &u32| eligible >> (day - DAY) & 1 == 1;
        for day in (DAY..DAY + 4).filter(|day| !is_eligible(day)) {
            world.alignment.sender(ANYONE).except(SUBNET, day, true);
        }
        let days: Vec<_> = (DAY..DAY + 4).filter(|day| !is_eligible(day)).map(|day| (day, NotEligible)).collect();

        assert_passed_over(&world, &block, covers(DAY + 3), &days);
    }
}

#[test]
fn eligibility_is_asked_of_the_days_that_could_be_added() {
    use PassedOver::{NotCovered, NotEligible, Proven};
    let (world, early) = World::opened(&base(), covers(DAY));
    world.prove_at(covers(DAY), &early, &[(SUBNET, NUMBER)]).unwrap();
    world.alignment.sender(ANYONE).except(SUBNET, DAY + 2, true);
    let block = base().block(covers(DAY + 2));
    world.accept_and_open(&block, covers(DAY + 2));

    let days = [(DAY, Proven), (DAY + 2, NotEligible), (DAY + 3, NotCovered)];
    assert_passed_over(&world, &block, covers(DAY + 2), &days);
    assert_eq!(world.proven(SUBNET, DAY + 1), (HOUR, 1));
}

#[test]
fn a_day_whose_total_cannot_hold_that_much_more() {
    for (seconds, sessions, fits) in
        [(MAX_SECONDS - HOUR, MAX_SESSIONS - 1, true), (MAX_SECONDS - HOUR + 1, 1, false), (1, MAX_SESSIONS, false)]
    {
        let mut base = Base::default();
        base.host(SUBNET, DAY, HOUR, 1);
        base.host(SUBNET, DAY + 1, HOUR, 1);
        base.host(OTHER_SUBNET, DAY, seconds, sessions);
        let (world, block) = World::opened(&base, covers(DAY + 3));
        world.prove_at(covers(DAY + 3), &block, &[(OTHER_SUBNET, NUMBER)]).unwrap();

        let events = world.events_of(|| {
            assert_eq!(world.prove_at(covers(DAY + 3), &block, &[(SUBNET, NUMBER)]), Ok(1 + u32::from(fits)));
        });

        assert_eq!(world.proven(SUBNET, DAY), if fits { (HOUR, 1) } else { (0, 0) });
        assert_eq!(world.proven(SUBNET, DAY + 1), (HOUR, 1));
        let overflow = passed_over_event(SUBNET, DAY, PassedOver::Overflow);
        assert_eq!(events.contains(&overflow), !fits);
    }
}

#[test]
fn the_rest_of_the_batch_goes_on() {
    let (world, block) = World::opened(&base(), covers(DAY + 3));
    world.alignment.sender(ANYONE).set(SUBNET, false);

    assert_eq!(world.prove_at(covers(DAY + 3), &block, &base().words()), Ok(4));

    assert_eq!((world.proven(SUBNET, DAY), world.proven(OTHER_SUBNET, DAY)), ((0, 0), (2 * HOUR, 2)));
    assert_eq!(world.usage(SUBNET, DAY).totalSeconds, 2 * HOUR);
}

#[test]
fn a_day_without_usage_is_not_spoken_of_whatever_is_against_it() {
    let mut base = Base::default();
    base.host(SUBNET, DAY, HOUR, 1);
    let (world, block) = World::opened(&base, covers(DAY));
    world.alignment.sender(ANYONE).set(SUBNET, false);
    world.alignment.sender(ANYONE).except(SUBNET, DAY, true);

    let events = world.events_of(|| assert_eq!(world.prove_at(covers(DAY), &block, &[(SUBNET, NUMBER)]), Ok(1)));

    assert_eq!(events.len(), 1);
}
