//! Two ways to end badly: the input was wrong (exit code 2) or the work failed (exit code 1).

use std::fmt;

/// Exit code of a command whose work failed.
pub const EXIT_FAILURE: u8 = 1;
/// Exit code of a command that was asked for something it cannot do: a wrong file, flag, port, node or machine.
pub const EXIT_BAD_INPUT: u8 = 2;

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
}
