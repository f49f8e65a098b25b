//! Sessions as JSON, an object a line: `id`, `provider`, `opened_at`, `ends_at`, `closed_at` (0, null or missing while it
//! is open), times in Unix seconds. Other keys are left alone.

use std::io::BufRead;

use serde::Deserialize;

use super::sessions::{Impossible, Sessions, Told};

/// Why lines are no sessions.
#[derive(Debug, thiserror::Error)]
pub enum LinesError {
    /// A line that is no such object.
    #[error("line {line}: {fault}")]
    Malformed {
        /// Its number, from 1.
        line: usize,
        /// What is wrong.
        fault: String,
    },
    /// A session that cannot have been.
    #[error("line {line}: {fault}")]
    Impossible {
        /// Its number, from 1.
        line: usize,
        /// What is wrong.
        fault: Impossible,
    },
}

#[derive(Deserialize)]
struct Line {
    id: String,
    provider: String,
    opened_at: u64,
    ends_at: u64,
    closed_at: Option<u64>,
}

/// Reads every line that is not empty.
///
/// # Errors
/// [`LinesError`] at the first line that is none, with its number.
pub fn read(lines: impl BufRead) -> Result<Sessions, LinesError> {
    let mut sessions = Sessions::default();
    for (text, line) in lines.lines().zip(1..) {
        let malformed = |fault: String| LinesError::Malformed { line, fault };
        let text = text.map_err(|error| malformed(error.to_string()))?;
        if text.trim().is_empty() {
            continue;
        }
        let told: Line = serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))?;
        let times = [told.opened_at, told.ends_at, told.closed_at.unwrap_or_default()];
        sessions
            .add(&Told { id: &told.id, provider: &told.provider, times })
            .map_err(|fault| LinesError::Impossible { line, fault })?;
    }
    Ok(sessions)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = r#"{"id": "0x1", "provider": "0xa", "opened_at": 10, "ends_at": 20, "closed_at": 15, "more": 1}"#;

    #[test]
    fn lines_are_sessions_and_empty_ones_nothing() {
        let open = r#"{"id": "0x2", "provider": "0xb", "opened_at": 10, "ends_at": 20}"#;
        let sessions = read(format!("{ONE}\n\n{open}\n").as_bytes()).unwrap();
        let ended: Vec<u64> = sessions.served().iter().map(|session| session.ended_at).collect();
        assert_eq!((ended, sessions.providers().len()), (vec![15, 20], 2));
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let error = |line: &str| read(format!("{ONE}\n{line}\n").as_bytes()).unwrap_err().to_string();
        assert!(error("{}").starts_with("line 2: missing field `id`"));
        assert!(error("x").starts_with("line 2: expected value"));
        assert!(error(&ONE.replace("15", "9")).starts_with("line 2: session 0x1: opened at 10"));
        assert!(error(&ONE.replace("10", "-1")).starts_with("line 2: invalid value"));
    }
}
