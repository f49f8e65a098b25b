//! What `simulate` ran.

use mrc53_simulation::runs::{Plan, Run, Stress, Verdict};

/// What was run, and how it went.
pub(super) struct Simulation {
    pub(super) name: String,
    /// What the file is about: its first line, if it is a remark.
    pub(super) title: Option<String>,
    pub(super) plan: Plan,
    pub(super) runs: Vec<Run>,
}

impl Simulation {
    /// What came of each of `tests`, whose runs follow the file's own; numbered from 1.
    pub(super) fn verdicts<'a>(&self, tests: &'a [Stress]) -> Vec<(usize, &'a Stress, Vec<Verdict>)> {
        let Some((before, strained)) = self.runs.split_first() else { return Vec::new() };
        let verdicts =
            |((number, stress), run): ((usize, &'a Stress), &Run)| (number, stress, stress.verdicts(before, run));
        (1..).zip(tests).zip(strained).map(verdicts).collect()
    }

    /// How many tests have a bound that does not hold.
    pub(super) fn failed(&self) -> usize {
        let Plan::Stress(tests) = &self.plan else { return 0 };
        self.verdicts(tests).iter().filter(|(_, _, verdicts)| !verdicts.iter().all(Verdict::holds)).count()
    }
}
