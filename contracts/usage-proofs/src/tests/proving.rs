//! `prove`: what of a word is added, to what, and what is said of it.

use alloy_primitives::B256;
use mrc53_ledger::usage::UsageWord;
use mrc53_testing::eligibility::times_asked;

use super::*;

const NOW: u64 = covers(DAY + 3);
const NUMBER: u32 = DAY / 4;

/// Four days of one subnet, each another, and two of another subnet.
fn base() -> Base {
    let mut base = Base::default();
    for day in 0..4 {
        base.host(SUBNET, DAY + day, HOUR * u64::from(day + 1), day + 1);
    }
    base.host(OTHER_SUBNET, DAY, 50, 5);
    base.host(OTHER_SUBNET, DAY + 3, 70, 7);
    base
}

fn word(base: &Base, subnet: Address) -> B256 {
    let days = (DAY..DAY + 4)
        .fold(UsageWord::default(), |word, day| word.with_added(day, base.hosted(subnet, day)).expect("as on Base"));
    B256::new(days.to_bytes())
}

#[test]
fn law_1_what_is_proven_is_what_the_buckets_on_base_hold() {
    let (world, block) = World::opened(&base(), NOW);

    assert_eq!(world.prove_at(NOW, &block, &[(SUBNET, NUMBER)]), Ok(4));

    for day in 0..4 {
        assert_eq!(world.proven(SUBNET, DAY + day), (HOUR * u64::from(day + 1), day + 1));
    }
}

#[test]
fn law_2_the_total_is_the_sum_of_the_proven_subnets() {
    let (world, block) = World::opened(&base(), NOW);

    assert_eq!(world.prove_at(NOW, &block, &[(SUBNET, NUMBER), (OTHER_SUBNET, NUMBER)]), Ok(6));

    let total = |day| (world.usage(ANYONE, day).totalSeconds, world.usage(ANYONE, day).totalSessions);
    assert_eq!([DAY, DAY + 1, DAY + 3].map(total), [(HOUR + 50, 6), (2 * HOUR, 2), (4 * HOUR + 70, 11)]);
}

#[test]
fn a_batch_adds_what_its_words_add_one_by_one() {
    let (batch, block) = World::opened(&base(), NOW);
    let (one_by_one, _) = World::opened(&base(), NOW);

    batch.prove_at(NOW, &block, &base().words()).unwrap();
    for word in base().words().into_iter().rev() {
        one_by_one.prove_at(NOW, &block, &[word]).unwrap();
    }

    for day in DAY..DAY + 4 {
        for subnet in [SUBNET, OTHER_SUBNET] {
            assert_eq!(batch.usage(subnet, day), one_by_one.usage(subnet, day));
        }
    }
}

#[test]
fn each_word_is_said_with_what_was_added_of_it() {
    let (world, block) = World::opened(&base(), NOW);

    let events = world.events_of(|| {
        world.prove_at(NOW, &block, &[(SUBNET, NUMBER)]).unwrap();
        world.prove_at(NOW, &block, &[(OTHER_SUBNET, NUMBER)]).unwrap();
    });

    let expected = [SUBNET, OTHER_SUBNET].map(|subnet| proven_event(&block, subnet, NUMBER, word(&base(), subnet)));
    assert_eq!(events, expected);
}

#[test]
fn a_word_without_usage_and_one_that_is_absent_add_nothing_and_say_nothing() {
    let (world, block) = World::opened(&base(), NOW);

    let events = world.events_of(|| {
        assert_eq!(world.prove_at(NOW, &block, &[(SUBNET, NUMBER + 1), (ANYONE, NUMBER), (ANYONE, 0)]), Ok(0));
    });

    assert_eq!(events, []);
}

#[test]
fn an_empty_batch_adds_nothing() {
    let (world, block) = World::opened(&base(), NOW);

    assert_eq!(world.prove_at(NOW, &block, &[]), Ok(0));
}

#[test]
fn a_day_that_is_covered_later_is_added_later() {
    let (mut base, world) = (base(), World::new());
    let early = base.block(covers(DAY + 1));
    world.accept_and_open(&early, covers(DAY + 1));
    assert_eq!(world.prove_at(covers(DAY + 1), &early, &[(SUBNET, NUMBER)]), Ok(2));
    // On Base the days are not final yet.
    base.host(SUBNET, DAY + 2, 9, 9);
    let late = base.block(covers(DAY + 3));
    world.accept_and_open(&late, covers(DAY + 3));

    let events = world.events_of(|| {
        assert_eq!(world.prove_at(covers(DAY + 3), &late, &[(SUBNET, NUMBER)]), Ok(2));
    });

    let mut added = word(&base, SUBNET);
    added[..16].fill(0);
    let passed = [0, 1].map(|day| passed_over_event(SUBNET, DAY + day, PassedOver::Proven));
    assert_eq!(events, [&passed[..], &[proven_event(&late, SUBNET, NUMBER, added)]].concat());
    assert_eq!(world.proven(SUBNET, DAY + 2), (3 * HOUR + 9, 3 + 9));
}

#[test]
fn an_older_root_stays_usable_and_may_be_opened_later() {
    let (world, old) = (World::new(), base().block(covers(DAY)));
    let new = base().block(NOW);
    world.accept_and_open(&new, NOW);
    world.accept_and_open(&old, NOW + 1);

    assert_eq!(world.prove_at(NOW + 2, &old, &[(SUBNET, NUMBER)]), Ok(1));
    assert_eq!(world.prove_at(NOW + 3, &new, &[(SUBNET, NUMBER)]), Ok(3));
}

#[test]
fn a_subnet_is_asked_about_once_for_a_word_and_not_if_nothing_can_be_added() {
    let (world, block) = World::opened(&base(), NOW);
    let before = times_asked();

    world.prove_at(NOW, &block, &[(SUBNET, NUMBER), (SUBNET, NUMBER + 1)]).unwrap();
    assert_eq!(times_asked() - before, 1);
    world.prove_at(NOW, &block, &[(SUBNET, NUMBER)]).unwrap();
    assert_eq!(times_asked() - before, 1);
}
