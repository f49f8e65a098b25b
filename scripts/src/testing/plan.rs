//! What a step comes to on this machine: its commands, and what is left out.

use std::fmt::Write as _;

use super::amount::Amount;
use super::machine::{Machine, Need};
use super::steps::{Line, Step, TOOLS, Work};
use mrc53_wasm::Source;
use mrc53_workshop::dependencies;

/// A step on this machine.
pub(super) struct Plan {
    pub(super) commands: Vec<Line>,
    /// Tests that are left out of it.
    pub(super) left_out: Vec<String>,
    /// What is missing for all of it.
    pub(super) lacks: Option<Need>,
}

impl Plan {
    /// How `step` is done on `machine`, with contracts built by a toolchain from `source`.
    pub(super) fn of(step: &Step, machine: &Machine, source: Source) -> Self {
        let lacks = step.needs.filter(|need| !machine.has(*need));
        let plan = |commands| Self { commands, left_out: Vec::new(), lacks };
        match &step.work {
            Work::Run(lines) => plan(lines.clone()),
            Work::Build => plan(vec![Line::at_root(&["cargo", "mrc53", "build", "--verify"])]),
            Work::EndToEnd => end_to_end(machine, source),
            Work::Dependencies => {
                plan(dependencies::commands().into_iter().map(|words| Line { folder: ".", words }).collect())
            }
        }
    }

    /// For people: the commands as they are run in the clone's root, in this `amount`, and what this machine lacks.
    pub(super) fn show(&self, machine: &Machine, amount: Amount) -> String {
        let mut shown = String::new();
        for Line { folder, words } in &self.commands {
            let words = with_variables(amount, words);
            let line = if *folder == "." { words } else { format!("(cd {folder} && {words})") };
            let _ = writeln!(shown, "      {line}");
        }
        for what in &self.left_out {
            let _ = writeln!(shown, "      LEFT OUT here: {what}");
        }
        if let Some(need) = self.lacks {
            let fate = if machine.requires(need) { "FAILS" } else { "SKIPPED" };
            let _ = writeln!(shown, "      {fate} here: {}", need.lack());
        }
        shown
    }
}

/// Without rustup's wasm library there is no cargo-stylus, without Node.js no cast and no anvil, without chromium nothing opens a page:
/// their tests are left out. Those with z3 are a step of their own.
fn end_to_end(machine: &Machine, source: Source) -> Plan {
    let toolchain = format!("{}={}", Source::VARIABLE, source.name());
    let mut words =
        vec!["env", &toolchain, "cargo", "test", TOOLS, "--locked", "--package=mrc53-tests", "--", "--skip=z3_"];
    let (mut left_out, mut lacks) = (Vec::new(), None);
    for (need, client, skip) in [
        (Need::PrebuiltWasm, "cargo-stylus", "--skip=cargo_stylus_"),
        (Need::Node, "cast", "--skip=cast_"),
        (Need::Node, "anvil", "--skip=anvil_"),
        (Need::Chromium, "chromium", "--skip=chromium_"),
    ] {
        if machine.has(need) {
            continue;
        }
        if machine.requires(need) {
            lacks = Some(need);
        } else {
            left_out.push(format!("the tests with {client}: {}", need.lack()));
            words.push(skip);
        }
    }
    Plan { commands: vec![Line::at_root(&words)], left_out, lacks }
}

/// The words of a command behind the variables of `amount`.
pub(super) fn with_variables(amount: Amount, words: &[String]) -> String {
    let variables = amount.variables().iter().map(|(name, value)| format!("{name}={value} "));
    variables.chain([words.join(" ")]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::steps::steps;

    /// A machine that has everything.
    const WHOLE: Machine = Machine { lacks: Vec::new(), in_ci: false };

    fn shown(title: &str, machine: &Machine, amount: Amount) -> String {
        let step = steps(amount).into_iter().find(|step| step.title.starts_with(title)).unwrap();
        Plan::of(&step, machine, Source::Auto).show(machine, amount)
    }

    #[test]
    fn every_step_shows_a_command_and_on_a_whole_machine_nothing_is_left_out() {
        for step in steps(Amount::Night) {
            let shown = Plan::of(&step, &WHOLE, Source::Auto).show(&WHOLE, Amount::Night);

            assert!(shown.lines().count() > 0 && !shown.contains(" here: "), "{}: {shown}", step.title);
        }
    }

    #[test]
    fn what_a_machine_lacks_is_said_at_the_steps_that_need_it_and_fails_them_in_continuous_integration() {
        let bare = Machine {
            lacks: vec![Need::Node, Need::Z3, Need::Chromium, Need::PrebuiltWasm, Need::CxxCompiler],
            in_ci: false,
        };
        let in_ci = Machine { in_ci: true, ..bare.clone() };
        for (title, lack, fails) in [
            ("lemmas", "z3 is not installed", true),
            ("Solidity artifacts", "node and npm are not installed", true),
            ("wasm, as cargo-stylus", "this toolchain has no prebuilt wasm library", false),
            ("proofs that a fuzzer finds", "no C++ compiler is installed", false),
        ] {
            let (here, there) = (shown(title, &bare, Amount::Night), shown(title, &in_ci, Amount::Night));

            assert!(here.contains(&format!("      SKIPPED here: {lack}")), "{here}");
            let fate = if fails { "FAILS" } else { "SKIPPED" };
            assert!(there.contains(&format!("      {fate} here: {lack}")), "{there}");
        }
        let end_to_end = shown("end to end", &bare, Amount::Change);
        assert!(
            end_to_end.contains(" -- --skip=z3_ --skip=cargo_stylus_ --skip=cast_ --skip=anvil_ --skip=chromium_\n"),
            "{end_to_end}"
        );
        assert_eq!(end_to_end.matches("LEFT OUT here: the tests with ").count(), 4, "{end_to_end}");
        assert!(shown("end to end", &in_ci, Amount::Change).contains("FAILS here: "));
    }

    #[test]
    fn commands_are_shown_with_their_folder_and_by_night_with_their_variables() {
        let shown = shown("Solidity artifacts", &WHOLE, Amount::Night);

        assert!(
            shown.contains("      (cd tests/solidity && MRC53_NIGHTLY=1 MRC53_FUZZ_SECONDS=600 node --test)\n"),
            "{shown}"
        );
    }
}
