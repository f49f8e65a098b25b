//! What is to happen, in order of time; at one time, in the order in which it was noted.

use std::collections::BTreeMap;

/// What is noted, by Unix seconds.
#[derive(Debug)]
pub(super) struct Agenda<Step> {
    noted: usize,
    steps: BTreeMap<(u64, usize), Step>,
}

impl<Step> Agenda<Step> {
    /// Nothing is noted.
    pub(super) const fn new() -> Self {
        Self { noted: 0, steps: BTreeMap::new() }
    }

    pub(super) fn note(&mut self, at: u64, step: Step) {
        self.steps.insert((at, self.noted), step);
        self.noted += 1;
    }

    /// When the next is.
    pub(super) fn next_at(&self) -> Option<u64> {
        self.steps.keys().next().map(|(at, _)| *at)
    }

    /// Takes the next, with its time.
    pub(super) fn take(&mut self) -> Option<(u64, Step)> {
        self.steps.pop_first().map(|((at, _), step)| (at, step))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_earlier_comes_first_and_what_is_at_one_time_as_it_was_noted() {
        let mut agenda = Agenda::new();
        for (at, step) in [(7, 'b'), (9, 'd'), (7, 'c'), (6, 'a')] {
            agenda.note(at, step);
        }

        assert_eq!(agenda.next_at(), Some(6));
        let taken: Vec<_> = std::iter::from_fn(|| agenda.take()).collect();
        assert_eq!(taken, [(6, 'a'), (7, 'b'), (7, 'c'), (9, 'd')]);
        assert_eq!(agenda.next_at(), None);
    }
}
