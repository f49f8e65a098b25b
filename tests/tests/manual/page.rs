//! A document and its commands: lines that begin with `$ ` in blocks of ```` ```console ````, with their outputs below
//! them; every line of ```` ```sh ````, and indented lines that begin with a command or a time of cron, of which no
//! output is shown.

use std::path::{Path, PathBuf};

/// Words with which a command begins where nothing else marks it.
const COMMANDS: [&str; 9] = ["cargo", "cast", "mrc53", "./mrc53", "git", "cp", "export", "node", "npm"];

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    /// Prose, code of another language, a fence.
    Other,
    /// A command, without what marks it as one.
    Command,
    /// What the command above it said.
    Output,
}

/// A document.
#[derive(Debug)]
pub(crate) struct Page {
    path: PathBuf,
    text: String,
}

impl Page {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self { path: path.to_owned(), text }
    }

    pub(crate) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// As it is on the disk now.
    pub(crate) fn now(&self) -> String {
        std::fs::read_to_string(&self.path).unwrap()
    }

    pub(crate) fn write(&self, text: &str) {
        std::fs::write(&self.path, text).unwrap();
    }

    /// The commands, in order.
    pub(crate) fn commands(&self) -> impl Iterator<Item = &str> {
        self.lines().filter(|(kind, _)| *kind == Line::Command).map(|(_, line)| command(line))
    }

    /// The document with what `said` answers below each command of a console; nothing keeps what is there.
    pub(crate) fn with_outputs(&self, mut said: impl FnMut(&str) -> Option<String>) -> String {
        let mut document = String::new();
        let mut keeps = true;
        for (kind, line) in self.lines() {
            if kind != Line::Output || keeps {
                document.extend([line, "\n"]);
            }
            if kind == Line::Command {
                let output = said(command(line));
                keeps = output.is_none() || !line.starts_with("$ ");
                if let Some(output) = output.filter(|output| !keeps && !output.is_empty()) {
                    document.extend([&output, "\n"]);
                }
            }
        }
        document
    }

    /// The lines, each with what it is.
    fn lines(&self) -> impl Iterator<Item = (Line, &str)> {
        let mut block = "";
        self.text.lines().map(move |line| {
            if let Some(opens) = line.trim_start().strip_prefix("```") {
                block = opens;
                return (Line::Other, line);
            }
            let kind = match block {
                "console" if line.starts_with("$ ") => Line::Command,
                "console" => Line::Output,
                "sh" if !line.trim().is_empty() && !line.trim_start().starts_with('#') => Line::Command,
                "" if line.starts_with("    ") && begins_a_command(line.trim()) => Line::Command,
                _ => Line::Other,
            };
            (kind, line)
        })
    }
}

/// The command of a line that is one.
fn command(line: &str) -> &str {
    let line = line.trim();
    schedule(line).or(line.strip_prefix("$ ")).unwrap_or(line)
}

fn begins_a_command(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    schedule(line).is_some() || COMMANDS.contains(&word)
}

/// What a line of a crontab runs, without what keeps it quiet as long as it succeeds; nothing if it is none.
fn schedule(line: &str) -> Option<&str> {
    let is_field = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || "*/,-".contains(c));
    let mut rest = line;
    for _ in 0..5 {
        let (word, after) = rest.split_once(' ')?;
        if !is_field(word) {
            return None;
        }
        rest = after.trim_start();
    }
    let loud = rest.strip_prefix("said=$(").and_then(|rest| rest.strip_suffix(" 2>&1) || { echo \"$said\"; false; }"));
    Some(loud.unwrap_or(rest))
}

/// `text` without what differs from toolchain to toolchain: digits, hex, and the width of columns.
pub(crate) fn shape(text: &str) -> String {
    let is_number = |word: &str| word.starts_with("0x") || word.chars().any(|c| c.is_ascii_digit());
    let words = text.split([' ', '-', '\n']).filter(|word| !word.is_empty());
    words.map(|word| if is_number(word) { "N" } else { word }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(text: &str) -> Page {
        Page { path: PathBuf::new(), text: text.to_owned() }
    }

    #[test]
    fn commands_are_those_of_consoles_shells_and_crontabs_and_no_others() {
        let text = "```console\n$ one\nsaid\n$ two\n```\n```sh\n# why\nthree\n```\n    A=b\n    */30 * 1 2,3 4-5   said=$(cast four 2>&1) || { echo \"$said\"; false; }\n      cargo five\n    let six\n```rust\n    cargo seven\n```\n";

        assert_eq!(page(text).commands().collect::<Vec<_>>(), ["one", "two", "three", "cast four", "cargo five"]);
    }

    #[test]
    fn outputs_of_consoles_are_replaced_and_those_of_commands_that_were_not_run_stay() {
        let text = "```console\n$ one\nold\n$ two\nolder\n```\n```sh\nthree\n```\n";

        let now = page(text).with_outputs(|command| (command != "two").then(|| format!("said {command}")));

        assert_eq!(now, "```console\n$ one\nsaid one\n$ two\nolder\n```\n```sh\nthree\n```\n");
    }

    #[test]
    fn the_shape_of_an_output_leaves_numbers_and_widths_out() {
        assert_eq!(shape("| gas | 12 |\n|-----|----|"), shape("| gas  | 3456 |\n|------|------|"));
        assert_ne!(shape("deployed 1"), shape("was there 1"));
    }
}
