//! Two ways to end badly: what can never succeed with this input (exit code 2), and what may pass by itself (exit code 1).
//!
//! The class is taken from the type of the failure, at the place where it is made: [`BadInput`] is the second, every other
//! error the first. So a shell script can tell an outage from a typing error.

use std::fmt;

/// Exit code of a command that was not done and may be later: a node, ether, time or another account stands in its way,
/// or something was found that somebody has to look at.
pub const EXIT_FAILURE: u8 = 1;
/// Exit code of a command that never succeeds until its input changes: a flag, a file, a key, a network, the machine.
pub const EXIT_BAD_INPUT: u8 = 2;

/// All exit codes, for the help.
pub const EXIT_CODES: &str = "\
Exit codes of every verb:
  0  done, or there was nothing to do
  1  not done, and may pass by itself: no node, too little ether, too early, an expired program, a pause, an empty pool;
     or a check has found something to look at, such as a loss. Run it again
  2  never without another input: an argument, a file, a key, the wrong chain, a machine that lacks something";

/// The user's input, or the machine, does not allow the command: one line that says what and where.
///
/// Raised before anything is changed on a chain.
#[derive(Debug)]
pub struct BadInput(String);

impl BadInput {
    /// An error that says `message` on one line and ends the process with [`EXIT_BAD_INPUT`].
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadInput {}

/// The exit code for `error`: [`EXIT_BAD_INPUT`] if a [`BadInput`] is its cause, else [`EXIT_FAILURE`].
#[must_use]
pub fn exit_code(error: &anyhow::Error) -> u8 {
    if error.downcast_ref::<BadInput>().is_some() { EXIT_BAD_INPUT } else { EXIT_FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_ends_with_two_however_deep_it_lies() {
        let error = anyhow::Error::new(BadInput::new("port 8547 is in use")).context("devnode");

        assert_eq!(exit_code(&error), 2);
    }

    #[test]
    fn any_other_failure_ends_with_one() {
        assert_eq!(exit_code(&anyhow::anyhow!("the node went away")), 1);
    }

    #[test]
    fn the_table_names_both_classes_by_their_codes() {
        let lines: Vec<&str> = EXIT_CODES.lines().collect();
        for (code, words) in [(EXIT_FAILURE, "may pass by itself"), (EXIT_BAD_INPUT, "never without another input")] {
            assert!(
                lines.iter().any(|line| line.starts_with(&format!("  {code}  ")) && line.contains(words)),
                "{code}"
            );
        }
    }
}
