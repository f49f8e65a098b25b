//! One answer.

use serde_json::{Value, json};

/// A question with its answer.
pub(super) struct Answer {
    pub(super) question: &'static str,
    /// With its numbers and their units; MOR rounded down to two decimals.
    pub(super) said: String,
    /// What it takes for given.
    pub(super) assumes: &'static str,
    /// What shows more.
    pub(super) command: &'static str,
}

impl Answer {
    /// Four lines, the first behind `number`.
    pub(super) fn text(&self, number: &str) -> String {
        let Self { question, said, assumes, command } = self;
        format!("{number}  {question}\n    {said}\n    assumes: {assumes}\n    {command}")
    }

    pub(super) fn json(&self) -> Value {
        let Self { question, said, assumes, command } = self;
        json!({ "question": question, "answer": said, "assumes": assumes, "command": command })
    }
}
