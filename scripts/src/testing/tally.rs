//! How a run went, in its last line.

use std::fmt::Write as _;

use mrc53_console::show;

/// What has been counted so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Steps that there are.
    pub(super) total: usize,
    pub(super) passed: usize,
    pub(super) failed: usize,
    /// Steps that nobody asked for.
    pub(super) not_asked: usize,
    /// What this machine lacked, with the step or tests that it kept from being tried.
    pub(super) missing: Vec<String>,
}

impl Tally {
    /// The last line: how many steps passed and failed, and what was not run.
    pub(super) fn line(&self) -> String {
        let Self { total, passed, failed, not_asked, missing } = self;
        let mut line = format!("{passed} of {total} steps passed, {failed} failed");
        if *not_asked > 0 {
            let _ = write!(line, "; not run, as --only asks for others: {}", show::count(*not_asked, "step"));
        }
        if !missing.is_empty() {
            let _ = write!(line, "; not tried: {}", missing.join("; "));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_counts_all_steps_and_names_what_was_not_tried() {
        let mut tally = Tally { total: 14, passed: 14, ..Default::default() };
        assert_eq!(tally.line(), "14 of 14 steps passed, 0 failed");
        tally.passed = 13;
        tally.missing = vec!["lemmas: z3 is not installed".to_owned(), "the tests with cast: no node".to_owned()];
        assert_eq!(
            tally.line(),
            "13 of 14 steps passed, 0 failed; not tried: lemmas: z3 is not installed; the tests with cast: no node"
        );
    }

    #[test]
    fn the_last_line_says_that_others_were_not_run() {
        let tally = Tally { total: 14, passed: 1, failed: 1, not_asked: 12, ..Default::default() };

        assert_eq!(tally.line(), "1 of 14 steps passed, 1 failed; not run, as --only asks for others: 12 steps");
    }
}
