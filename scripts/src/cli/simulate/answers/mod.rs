//! `simulate --answers`: what voters, operators and stakers ask, each with a number from a run, what it assumes, and the
//! command that shows more.

mod answer;
mod attacks;
mod claims;
mod presets;
mod questions;

use anyhow::Result;
use mrc53_console::progress::Progress;
use serde_json::{Value, json};

use answer::Answer;

/// All answers: lines for people, or JSON as `docs/json/answers.schema.json` has it.
pub(super) fn of(as_json: bool) -> Result<String> {
    let progress = Progress::start("running the presets");
    let (questions, claims) = (questions::all()?, claims::all()?);
    drop(progress);
    if as_json {
        let list = |answers: &[Answer]| answers.iter().map(Answer::json).collect::<Vec<Value>>();
        let all = json!({ "questions": list(&questions), "claims": list(&claims) });
        return Ok(serde_json::to_string_pretty(&all)?);
    }
    let numbered = (1..).zip(&questions).map(|(number, answer)| answer.text(&format!("{number:>2}")));
    let claimed = claims.iter().map(|answer| answer.text(" -"));
    Ok(format!(
        "{}\n\nWhat the proposal claims\n\n{}",
        numbered.collect::<Vec<_>>().join("\n\n"),
        claimed.collect::<Vec<_>>().join("\n\n")
    ))
}
