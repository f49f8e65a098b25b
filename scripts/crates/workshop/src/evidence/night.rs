//! What a night came to: one run of `cargo mrc53 test --nightly` from its first step to its last, kept in the record.
//!
//! Tests are counted from what the test harness says. What they played (operations, calls, requests) they say
//! themselves: where [`COUNTS`] names a file, they add lines of a number and a word to it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

/// Names the file in which tests count what they play.
pub const COUNTS: &str = "MRC53_COUNTS";

/// One whole nightly run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Night {
    /// The commit that was tested.
    pub commit: String,
    /// When it ended.
    pub ended: String,
    /// Processors that it had.
    pub processors: usize,
    /// Every step, in order.
    pub steps: Vec<Step>,
    /// What was played: what to how many.
    pub played: BTreeMap<String, u64>,
}

/// One step of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What had to hold.
    pub title: String,
    /// Tests that passed; 0 where the step is one check.
    pub tests: u64,
    /// How long it took, compilation included.
    pub seconds: u64,
    /// What was missing, if it was left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
}

/// Runs `command`, gives each line of its output to `show` as it comes, and counts the tests that it says have passed.
///
/// # Errors
/// Fails if it cannot be run.
pub fn watch(command: &mut Command, show: impl Fn(&str)) -> std::io::Result<(ExitStatus, u64)> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut tests = 0;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            tests += passed(&line);
            show(&line);
        }
    }
    Ok((child.wait()?, tests))
}

/// The tests that a line of the test harness says have passed; 0 for any other line.
fn passed(line: &str) -> u64 {
    let rest = line.strip_prefix("test result: ok. ");
    rest.and_then(|rest| rest.split_once(" passed")).and_then(|(number, _)| number.parse().ok()).unwrap_or(0)
}

/// What the lines of a [`COUNTS`] file come to: the same words add up.
///
/// # Errors
/// Fails on a line that is not a number and words.
pub fn played(counts: &str) -> Result<BTreeMap<String, u64>> {
    let mut played: BTreeMap<String, u64> = BTreeMap::new();
    for line in counts.lines() {
        let (number, what) = line.split_once(' ').with_context(|| format!("{COUNTS}: {line:?}"))?;
        *played.entry(what.to_owned()).or_default() += number.parse::<u64>().with_context(|| line.to_owned())?;
    }
    Ok(played)
}

/// The page's section on `night`.
pub(super) fn render(page: &mut String, night: &Night) {
    let Night { commit, ended, processors, steps, played } = night;
    let _ = write!(
        page,
        "
## A night

`cargo mrc53 test --nightly` takes full amounts: the histories and calls of every day and as many new ones as make a million, ten minutes of malformed requests, five minutes of proofs that a fuzzer finds, a town of a million stakers. It writes this section when it has passed from the first step to the last, here on commit `{commit}`, ended at {ended}, with {processors} processors. Times include compilation.

| step | tests | time |
|---|--:|--:|
"
    );
    let row = |title: &str, tests: u64, time: &str| {
        let tests = if tests == 0 { String::new() } else { grouped(tests) };
        format!("| {title} | {tests} | {time} |\n")
    };
    for Step { title, tests, seconds, skipped } in steps {
        let time = skipped.as_ref().map_or_else(|| duration(*seconds), |why| format!("left out: {why}"));
        page.push_str(&row(title, *tests, &time));
    }
    let (tests, seconds) =
        steps.iter().fold((0, 0), |(tests, seconds), step| (tests + step.tests, seconds + step.seconds));
    page.push_str(&row("all", tests, &duration(seconds)));
    page.push_str("\n| played | |\n|---|--:|\n");
    for (what, number) in played {
        let _ = writeln!(page, "| {what} | {} |", grouped(*number));
    }
}

/// Minutes and seconds.
fn duration(seconds: u64) -> String {
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}

/// With commas between the thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_from_the_lines_of_the_harness_and_from_no_others() {
        assert_eq!(passed("test result: ok. 207 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out"), 207);
        assert_eq!(passed("test result: FAILED. 9 passed; 1 failed; 0 ignored"), 0);
        assert_eq!(passed("test a_test_result ... ok"), 0);
    }

    #[test]
    fn output_is_passed_on_while_its_tests_are_counted() {
        let mut command = Command::new("sh");
        let says = "echo 'test result: ok. 3 passed; 0'; echo 'test result: ok. 4 passed; 0'; exit 7";

        let (status, tests) = watch(command.args(["-c", says]), |_| {}).unwrap();

        assert_eq!((status.code(), tests), (Some(7), 7));
    }

    #[test]
    fn what_is_counted_under_the_same_words_adds_up() {
        let counted = played("20 operations in wasm\n7 calls\n5 operations in wasm\n").unwrap();

        assert_eq!(counted, [("operations in wasm".to_owned(), 25), ("calls".to_owned(), 7)].into());
        assert!(played("many calls\n").is_err());
    }

    #[test]
    fn the_section_lists_steps_with_their_tests_and_times_and_what_was_played() {
        let step = |title: &str, tests, seconds, skipped| Step { title: title.into(), tests, seconds, skipped };
        let night = Night {
            commit: "c0ffee".into(),
            ended: "2026-01-02 03:04:05 UTC".into(),
            processors: 2,
            steps: vec![
                step("one", 1_234, 61, None),
                step("two", 0, 3_600, None),
                step("three", 0, 0, Some("no z3".into())),
            ],
            played: [("calls".to_owned(), 1_025_600)].into(),
        };

        let mut page = String::new();
        render(&mut page, &night);

        for line in [
            "| one | 1,234 | 1:01 min |",
            "| two |  | 60:00 min |",
            "| three |  | left out: no z3 |",
            "| all | 1,234 | 61:01 min |",
            "| calls | 1,025,600 |",
        ] {
            assert!(page.contains(line), "{line}: {page}");
        }
    }
}
