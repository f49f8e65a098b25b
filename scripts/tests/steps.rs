//! `test --list` and `test --only`, with stand-ins for the programs that the steps call: each writes its words into a log.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A PATH with nothing but stand-ins.
struct StandIns {
    folder: tempfile::TempDir,
}

impl StandIns {
    /// For these programs.
    fn of(programs: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for program in programs {
            let file = folder.path().join(program);
            let script = "#!/bin/sh\necho \"${0##*/} $* ${MRC53_NIGHTLY-}\" >>\"$LOG\"\ncase \"$FAILS\" in \"$1\") exit 1 ;; esac\n";
            std::fs::write(&file, script).unwrap();
            std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        Self { folder }
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Runs `test` with `words` where the command whose first word is `fails` fails.
    fn test(&self, fails: &str, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mrc53"));
        command.arg("test").args(words).env("PATH", self.folder.path()).env("LOG", self.log()).env("FAILS", fails);
        command.env_remove("CI").env_remove("MRC53_NIGHTLY").current_dir(env!("CARGO_MANIFEST_DIR"));
        command.output().unwrap()
    }

    /// What was called to be done, not only asked for its version.
    fn called(&self) -> Vec<String> {
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        log.lines().map(str::trim_end).filter(|line| !line.ends_with(" --version")).map(str::to_owned).collect()
    }
}

/// How many steps there are.
fn total() -> usize {
    let list = text(&StandIns::of(&[]).test("", &["--list"]).stdout);
    list.lines().filter(numbered).count()
}

/// Whether a line of the list is a step's title, not one of its commands.
fn numbered(line: &&str) -> bool {
    line.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_list_numbers_all_steps_shows_their_commands_and_runs_nothing() {
    let machine = StandIns::of(&["cargo", "node", "npm"]);

    let output = machine.test("", &["--list"]);

    assert!(output.status.success(), "{}", text(&output.stderr));
    let list = text(&output.stdout);
    for (place, line) in list.lines().filter(numbered).enumerate() {
        assert!(line.trim_start().starts_with(&format!("{}  ", place + 1)), "{line}");
    }
    assert!(list.starts_with("  1  format of the contracts\n      cargo fmt --all --check\n"), "{list}");
    let lemmas = "  7  lemmas for all integers\n      cargo test --manifest-path=scripts/Cargo.toml --locked \
        --package=mrc53-tests --test=lemmas -- z3_\n      SKIPPED here: z3 is not installed\n";
    assert!(list.contains(lemmas), "{list}");
    assert!(list.contains("      scripts/target/tools/cargo-deny-"), "{list}");
    assert_eq!(machine.called(), Vec::<String>::new());
}

#[test]
fn only_the_steps_that_are_named_are_run_and_the_last_line_counts_the_others() {
    let machine = StandIns::of(&["cargo"]);

    let output = machine.test("", &["--only", "format of the tools", "--only", "1"]);

    assert!(output.status.success(), "{}", text(&output.stderr));
    let calls = ["cargo fmt --all --check", "cargo fmt --manifest-path=scripts/Cargo.toml --all --check"];
    assert_eq!(machine.called(), calls);
    let (total, others) = (total(), total() - 2);
    let last = format!("2 of {total} steps passed, 0 failed; not run, as --only asks for others: {others} steps\n");
    assert_eq!(text(&output.stdout), last);
    let errors = text(&output.stderr);
    assert!(errors.contains(&format!("\n== 2/{total} format of the tools\n")), "{errors}");
}

#[test]
fn a_step_that_fails_ends_with_one_and_one_that_is_none_with_two_and_the_list() {
    let machine = StandIns::of(&["cargo"]);

    let failed = machine.test("fmt", &["--only", "1"]);
    let unknown = machine.test("", &["--only", "1", "--only", "no such step"]);

    assert_eq!((failed.status.code(), unknown.status.code()), (Some(1), Some(2)));
    assert!(
        text(&failed.stdout).starts_with(&format!("0 of {} steps passed, 1 failed; ", total())),
        "{}",
        text(&failed.stdout)
    );
    let refusal = text(&unknown.stderr);
    assert!(refusal.contains("--only \"no such step\": no step has ") && refusal.contains("7 lemmas"), "{refusal}");
    assert_eq!(machine.called().len(), 1, "nothing is run before the refusal");
}

#[test]
fn part_of_a_night_takes_full_amounts_and_leaves_the_record_as_it_is() {
    let machine = StandIns::of(&["cargo"]);
    let record = concat!(env!("CARGO_MANIFEST_DIR"), "/../snapshots/evidence.json");
    let before = std::fs::read(record).unwrap();

    let output = machine.test("", &["--nightly", "--only", "1"]);

    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(machine.called(), ["cargo fmt --all --check 1"]);
    assert!(text(&output.stderr).contains("not written docs/evidence.md"), "{}", text(&output.stderr));
    assert_eq!(std::fs::read(record).unwrap(), before);
}
