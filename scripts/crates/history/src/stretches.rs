//! Stretches of blocks, and what is missing between them.

use std::ops::Range;

/// Blocks, as half-open stretches in order that do not meet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stretches(Vec<Range<u64>>);

impl Stretches {
    /// Adds `blocks`.
    pub(crate) fn add(&mut self, blocks: Range<u64>) {
        if blocks.is_empty() {
            return;
        }
        let (mut together, mut apart) = (blocks, Vec::new());
        for other in self.0.drain(..) {
            if other.end < together.start || together.end < other.start {
                apart.push(other);
            } else {
                together = together.start.min(other.start)..together.end.max(other.end);
            }
        }
        apart.push(together);
        apart.sort_by_key(|stretch| stretch.start);
        self.0 = apart;
    }

    /// What of `blocks` is missing, in order.
    pub(crate) fn missing(&self, blocks: &Range<u64>) -> Vec<Range<u64>> {
        let (mut missing, mut next) = (Vec::new(), blocks.start);
        for stretch in self.0.iter().filter(|stretch| stretch.start < blocks.end && blocks.start < stretch.end) {
            if next < stretch.start {
                missing.push(next..stretch.start);
            }
            next = stretch.end;
        }
        if next < blocks.end {
            missing.push(next..blocks.end);
        }
        missing
    }

    /// What of `blocks` is there, in order.
    pub(crate) fn common(&self, blocks: &Range<u64>) -> Vec<Range<u64>> {
        let cut = |stretch: &Range<u64>| stretch.start.max(blocks.start)..stretch.end.min(blocks.end);
        self.0.iter().map(cut).filter(|stretch| !stretch.is_empty()).collect()
    }

    /// Whether all of `blocks` are there.
    pub(crate) fn hold(&self, blocks: &Range<u64>) -> bool {
        self.missing(blocks).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretches(all: &[(u64, u64)]) -> Stretches {
        let mut stretches = Stretches::default();
        for (start, end) in all {
            stretches.add(*start..*end);
        }
        stretches
    }

    fn pairs(stretches: &[Range<u64>]) -> Vec<(u64, u64)> {
        stretches.iter().map(|stretch| (stretch.start, stretch.end)).collect()
    }

    #[test]
    fn stretches_that_meet_or_overlap_become_one() {
        for (all, together) in [
            (&[(5, 7), (1, 3), (3, 5)], &[(1, 7)][..]),
            (&[(1, 3), (4, 6), (8, 8)], &[(1, 3), (4, 6)]),
            (&[(1, 9), (4, 6), (9, 9)], &[(1, 9)]),
        ] {
            assert_eq!(pairs(&stretches(all).0), together, "{all:?}");
        }
    }

    #[test]
    fn what_is_missing_lies_before_between_and_behind() {
        let there = stretches(&[(3, 5), (8, 10)]);
        assert_eq!(pairs(&there.missing(&(0..12))), [(0, 3), (5, 8), (10, 12)]);
        assert_eq!(pairs(&there.missing(&(4..9))), [(5, 8)]);
        assert_eq!(pairs(&there.missing(&(5..8))), [(5, 8)]);
        assert_eq!(pairs(&there.common(&(4..9))), [(4, 5), (8, 9)]);
        assert_eq!(pairs(&there.common(&(5..8))), []);
        assert!(there.hold(&(8..10)) && there.hold(&(7..7)) && !there.hold(&(7..10)) && !there.hold(&(8..11)));
    }
}
