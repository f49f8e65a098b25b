//! E(d) and C(d) over the ABI types; every day of them is tested with the maths.

use super::{DAY, MOR};
use crate::RewardCalculator;

const LAUNCH_DAY: u32 = 19_761;
const LAST_DAY: u32 = 25_594;

#[test]
fn the_day_of_the_proposal_emits_3231_7_of_1_268_994_1_mor() {
    assert_eq!(RewardCalculator::emission(DAY), 3_231_716_521_361_160_000_000);
    assert_eq!(RewardCalculator::emitted(DAY), 1_268_994_135_858_439_080_000_000);
}

#[test]
fn the_launch_day_emits_for_half_a_day() {
    assert_eq!(RewardCalculator::emission(LAUNCH_DAY - 1), 0);
    assert_eq!(RewardCalculator::emission(LAUNCH_DAY), 1_728 * MOR);
    assert_eq!(RewardCalculator::emitted(LAUNCH_DAY - 1), 0);
    assert_eq!(RewardCalculator::emitted(LAUNCH_DAY), 1_728 * MOR);
}

#[test]
fn nothing_is_emitted_after_the_last_day() {
    let total = 10_079_999_999_721_449_280_000_000;
    assert_eq!(RewardCalculator::emission(LAST_DAY), 98_748_452_160_000_000);
    assert_eq!(RewardCalculator::emission(LAST_DAY + 1), 0);
    assert_eq!(RewardCalculator::emitted(LAST_DAY), total);
    assert_eq!(RewardCalculator::emitted(u32::MAX), total);
}
