//! What this machine has of what only some steps need, and what its lack means.

use std::path::Path;
use std::process::Command;

use mrc53_console::workspace::Workspace;

/// What a step may need beside cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Node.js and npm.
    Node,
    Z3,
    /// The browser that opens pages.
    Chromium,
    /// rustup's prebuilt library for wasm.
    PrebuiltWasm,
    /// What `LibFuzzer` is compiled with.
    CxxCompiler,
}

/// What is not there.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) lacks: Vec<Need>,
    /// Whether this is continuous integration, which leaves nothing out that can be installed.
    pub(super) in_ci: bool,
}

impl Machine {
    pub(super) fn look(workspace: &Workspace) -> Self {
        let is_met = |need: &Need| match need {
            Need::Node => is_there("node") && is_there("npm"),
            Need::Z3 => is_there("z3"),
            Need::Chromium => is_there("chromium"),
            Need::PrebuiltWasm => has_prebuilt_wasm(workspace.root()),
            Need::CxxCompiler => is_there("c++"),
        };
        let needs = [Need::Node, Need::Z3, Need::Chromium, Need::PrebuiltWasm, Need::CxxCompiler];
        let lacks = needs.into_iter().filter(|need| !is_met(need)).collect();
        Self { lacks, in_ci: std::env::var_os("CI").is_some() }
    }

    pub(super) fn has(&self, need: Need) -> bool {
        !self.lacks.contains(&need)
    }

    /// Whether a step fails for want of it, not only is left out.
    pub(super) fn requires(&self, need: Need) -> bool {
        self.in_ci && !matches!(need, Need::PrebuiltWasm | Need::CxxCompiler)
    }
}

impl Need {
    /// Said where it is not there.
    pub(super) fn lack(self) -> &'static str {
        match self {
            Self::Node => "node and npm are not installed",
            Self::Z3 => "z3 is not installed",
            Self::Chromium => "chromium is not installed",
            Self::CxxCompiler => "no C++ compiler is installed, which compiles LibFuzzer (apt-get install g++)",
            Self::PrebuiltWasm => {
                "this toolchain has no prebuilt wasm library (rustup target add wasm32-unknown-unknown)"
            }
        }
    }
}

/// Whether the toolchain that plain `cargo` takes in the clone has the wasm library.
fn has_prebuilt_wasm(root: &Path) -> bool {
    let words = ["--print", "target-libdir", "--target", "wasm32-unknown-unknown"];
    let output = Command::new("rustc").args(words).current_dir(root).output();
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

fn is_there(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success())
}
