//! The crates whose tests are put to the test, and which tests may catch a mutant of each.

use std::fs;
use std::path::Path;

use alloy_primitives::keccak256;
use anyhow::{Context, Result};
use mrc53_console::failure::BadInput;
use mrc53_console::workspace::Workspace;

/// Random tests take the same cases in every run, stop at the first failure, and write no files; tests run one at a time,
/// as the contracts' host on the native target gives up on a lock that another thread keeps.
pub(super) const ENVIRONMENT: [(&str, &str); 5] = [
    ("PROPTEST_RNG_SEED", "53"),
    ("PROPTEST_MAX_SHRINK_ITERS", "0"),
    ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
    ("RUST_BACKTRACE", "0"),
    ("RUST_TEST_THREADS", "1"),
];

/// A crate that ends up in wasm.
#[derive(Debug)]
pub struct Measured {
    /// The package.
    pub package: &'static str,
    /// Its folder, seen from the root.
    pub folder: &'static str,
    /// Rounds of tests: each meets only the mutants that those before did not catch, so the quick ones come first.
    pub(super) rounds: &'static [Round],
}

/// Some tests of some packages.
#[derive(Debug)]
pub(super) struct Round {
    pub packages: &'static [&'static str],
    /// Which of cargo's targets.
    pub target: &'static str,
    /// What the names of the tests contain; all tests if empty.
    pub names: &'static [&'static str],
}

/// The unit tests of `packages`.
const fn units(packages: &'static [&'static str]) -> Round {
    Round { packages, target: "--lib", names: &[] }
}

/// Every crate that ends up in wasm.
pub const CRATES: [Measured; 9] = [
    Measured {
        package: "mrc53-maths",
        folder: "calculator/maths",
        rounds: &[Round { packages: &["mrc53-maths"], target: "--test=maths", names: &[] }],
    },
    Measured {
        package: "mrc53-ledger",
        folder: "contracts/ledger",
        rounds: &[
            units(&["mrc53-ledger"]),
            // The rest of them goes through every value there is, which takes too long for every mutant.
            Round {
                packages: &["mrc53-ledger"],
                target: "--test=exhaustive",
                names: &["limits::", "packing::every_combination_of_edge_values_comes_back_as_it_went_in"],
            },
        ],
    },
    Measured {
        package: "mrc53-interfaces",
        folder: "contracts/interfaces",
        rounds: &[
            units(&["mrc53-interfaces"]),
            units(&["reward-calculator"]),
            units(&["stake-alignment"]),
            units(&["session-recorder"]),
            units(&["reward-distributor"]),
            units(&["usage-proofs"]),
        ],
    },
    Measured {
        package: "mrc53-trie",
        folder: "contracts/trie",
        rounds: &[units(&["mrc53-trie"]), units(&["usage-proofs"])],
    },
    Measured {
        package: "session-recorder",
        folder: "contracts/session-recorder",
        rounds: &[units(&["session-recorder"])],
    },
    Measured {
        package: "stake-alignment",
        folder: "contracts/stake-alignment",
        rounds: &[units(&["stake-alignment"])],
    },
    Measured { package: "reward-calculator", folder: "calculator/contract", rounds: &[units(&["reward-calculator"])] },
    Measured { package: "reward-distributor", folder: "distribution", rounds: &[units(&["reward-distributor"])] },
    Measured {
        package: "usage-proofs",
        folder: "contracts/usage-proofs",
        rounds: &[
            // All but random histories and pipelines.
            Round {
                packages: &["usage-proofs"],
                target: "--lib",
                names: &[
                    "accepting::",
                    "arguments::",
                    "constructing::",
                    "coverage::",
                    "encoding::",
                    "finality::",
                    "opening::",
                    "passing_over::",
                    "proving::",
                    "refusing::",
                    "usage::",
                    "words::",
                ],
            },
            units(&["usage-proofs"]),
        ],
    },
];

/// The crate of package `name`.
///
/// # Errors
/// [`BadInput`] naming the packages there are.
pub fn named(name: &str) -> Result<&'static Measured> {
    let known = || CRATES.iter().map(|each| each.package).collect::<Vec<_>>().join(", ");
    let found = CRATES.iter().find(|each| each.package == name);
    Ok(found.ok_or_else(|| BadInput::new(format!("no package {name} is measured; there are {}", known())))?)
}

impl Measured {
    /// Whether the file at `path`, seen from the root, is code of this crate that is measured: no tests, no printer of
    /// the ABI.
    #[must_use]
    pub(super) fn has_code_in(&self, path: &str) -> bool {
        let inside = path.strip_prefix(self.folder).and_then(|rest| rest.strip_prefix("/src/"));
        inside.is_some_and(|inside| {
            !inside.split('/').any(|part| part == "tests" || part == "tests.rs")
                && !matches!(inside, "main.rs" | "export.rs")
        })
    }

    /// What the code is known by: the first eight bytes of keccak256 over its files, in the order of their paths,
    /// without blank lines and lines of comment. Tests and documentation can change, and this stays.
    ///
    /// # Errors
    /// Fails if a source cannot be read.
    pub fn code(&self, workspace: &Workspace) -> Result<String> {
        let mut text = String::new();
        for path in self.files(workspace.root())? {
            text.push_str(&path);
            text.push('\n');
            let file = workspace.path(&path);
            let source = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
            text.push_str(&without_comments(&source));
        }
        Ok(alloy_primitives::hex::encode(&keccak256(text)[..8]))
    }

    /// The files of [`Self::has_code_in`], seen from the root, sorted.
    fn files(&self, root: &Path) -> Result<Vec<String>> {
        let (mut folders, mut files) = (vec![root.join(self.folder).join("src")], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
                let path = entry?.path();
                let inside = path.strip_prefix(root)?.to_string_lossy().into_owned();
                if path.is_dir() {
                    folders.push(path);
                } else if self.has_code_in(&inside) {
                    files.push(inside);
                }
            }
        }
        files.sort();
        Ok(files)
    }
}

/// The lines of `source` that are neither blank nor comment, nor name the file of the tests.
fn without_comments(source: &str) -> String {
    let is_code = |line: &&str| {
        let line = line.trim();
        !line.is_empty()
            && !line.starts_with("//")
            && !matches!(line, "#[cfg(test)]" | "mod tests;" | "extern crate std;")
    };
    source.lines().filter(is_code).flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documentation_and_blank_lines_are_no_code() {
        assert_eq!(
            without_comments("//! Top.\n\n/// Adds.\nfn add() {\n    // Why.\n    1 // tail\n}\n"),
            "fn add() {\n    1 // tail\n}\n"
        );
    }

    #[test]
    fn naming_a_file_of_tests_is_no_code() {
        assert_eq!(without_comments("fn add() {}\n\n#[cfg(test)]\nmod tests;\n"), "fn add() {}\n");
    }

    #[test]
    fn tests_and_printers_of_the_abi_are_no_measured_code() {
        let ledger = named("mrc53-ledger").unwrap();

        assert!(ledger.has_code_in("contracts/ledger/src/level.rs"));
        assert!(!ledger.has_code_in("contracts/ledger/src/level/tests.rs"));
        assert!(!ledger.has_code_in("contracts/ledger/tests/exhaustive/main.rs"));
        assert!(!ledger.has_code_in("contracts/ledger-other/src/level.rs"));
        assert!(!named("reward-distributor").unwrap().has_code_in("distribution/src/main.rs"));
    }

    #[test]
    fn every_crate_is_where_it_is_said_to_be() {
        let workspace = Workspace::find().unwrap();
        for each in &CRATES {
            let manifest = fs::read_to_string(workspace.path(each.folder).join("Cargo.toml")).unwrap();
            assert!(manifest.contains(&format!("name = \"{}\"", each.package)), "{}", each.package);
            assert_eq!(each.code(&workspace).unwrap().len(), 16);
        }
    }

    #[test]
    fn a_package_that_is_not_measured_is_refused_with_those_that_are() {
        let error = named("mrc53-testing").unwrap_err().to_string();

        assert!(error.contains("no package mrc53-testing is measured"), "{error}");
        assert!(error.contains("reward-distributor"), "{error}");
    }
}
