//! What must hold, step by step.

use super::amount::Amount;
use super::machine::Need;

/// The tools' workspace, seen from the root.
pub(super) const TOOLS: &str = "--manifest-path=scripts/Cargo.toml";

/// One thing that must hold.
pub(super) struct Step {
    pub(super) title: &'static str,
    /// Without it the step is left out.
    pub(super) needs: Option<Need>,
    pub(super) work: Work,
}

/// How a step is done.
pub(super) enum Work {
    /// These commands, up to the first that fails.
    Run(Vec<Line>),
    /// Building the contracts, each within its size, and once more in another folder to the same bytes.
    Build,
    /// The tests in `tests`, with the clients they need.
    EndToEnd,
    /// What both workspaces are built from.
    Dependencies,
}

/// A command in a folder of the clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) folder: &'static str,
    pub(super) words: Vec<String>,
}

impl Line {
    /// In the clone's root.
    pub(super) fn at_root(words: &[&str]) -> Self {
        Self::at(".", words)
    }

    fn at(folder: &'static str, words: &[&str]) -> Self {
        Self { folder, words: words.iter().map(|word| (*word).to_owned()).collect() }
    }
}

/// All of them that there are in this `amount`, in order.
pub(super) fn steps(amount: Amount) -> Vec<Step> {
    let mut steps = of_every_day();
    if amount == Amount::Night {
        steps.push(fuzzing());
    }
    steps
}

/// Five minutes of proofs, each made so that it may run what none before has run; no proof is longer than those of the
/// sequencer's largest transaction.
fn fuzzing() -> Step {
    let words = [
        "cargo",
        "run",
        "--config=tests/oracle/fuzzing.toml",
        TOOLS,
        "--locked",
        "--package=mrc53-oracle",
        "--features=libfuzzer",
        "--bin=fuzz-proofs",
        "--",
        "target/mrc53/fuzz/inputs",
        "-max_total_time=300",
        "-max_len=95000",
        "-artifact_prefix=target/mrc53/fuzz/",
    ];
    let work = Work::Run(vec![Line::at_root(&words)]);
    Step { title: "proofs that a fuzzer finds, against alloy-trie", needs: Some(Need::CxxCompiler), work }
}

/// Those of a change.
fn of_every_day() -> Vec<Step> {
    let run = |title, needs, lines| Step { title, needs, work: Work::Run(lines) };
    let cargo = |title, words: &[&str]| run(title, None, vec![Line::at_root(&[&["cargo"], words].concat())]);
    vec![
        cargo("format of the contracts", &["fmt", "--all", "--check"]),
        cargo("format of the tools", &["fmt", TOOLS, "--all", "--check"]),
        cargo("lints of the contracts", &["clippy", "--locked", "--workspace", "--all-targets", "--", "-Dwarnings"]),
        cargo("lints of the tools", &["clippy", TOOLS, "--locked", "--workspace", "--all-targets", "--", "-Dwarnings"]),
        // One at a time: the contracts' host on the native target gives up on a lock that another thread keeps for ten
        // milliseconds, which a busy machine does.
        cargo(
            "unit and property tests of the contracts",
            &["test", "--locked", "--workspace", "--", "--test-threads=1"],
        ),
        cargo(
            "unit and property tests of the tools",
            &["test", TOOLS, "--locked", "--workspace", "--exclude=mrc53-tests"],
        ),
        run(
            "lemmas for all integers",
            Some(Need::Z3),
            vec![Line::at_root(&[
                "cargo",
                "test",
                TOOLS,
                "--locked",
                "--package=mrc53-tests",
                "--test=lemmas",
                "--",
                "z3_",
            ])],
        ),
        cargo("Solidity interfaces against the contracts", &["mrc53", "interfaces", "--check"]),
        cargo("evidence against the code", &["mrc53", "evidence", "--check"]),
        Step { title: "wasm, within its size and twice the same", needs: None, work: Work::Build },
        // With plain cargo, from rustup's prebuilt library.
        run(
            "wasm, as cargo-stylus has it built",
            Some(Need::PrebuiltWasm),
            vec![Line::at_root(&[
                "cargo",
                "build",
                "--lib",
                "--locked",
                "--release",
                "--target=wasm32-unknown-unknown",
            ])],
        ),
        Step { title: "end to end on the devnode", needs: None, work: Work::EndToEnd },
        run(
            "Solidity artifacts against their sources",
            Some(Need::Node),
            [
                &["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"][..],
                &["node", "compile.mjs", "--check"],
                &["node", "--test"],
            ]
            .map(|words| Line::at("tests/solidity", words))
            .to_vec(),
        ),
        Step { title: "licences, sources and advisories of the dependencies", needs: None, work: Work::Dependencies },
    ]
}
