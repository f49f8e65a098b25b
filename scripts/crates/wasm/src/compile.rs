//! One contract through cargo: the same flags whatever the toolchain.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use mrc53_console::progress::Progress;
use mrc53_console::workspace::Workspace;
use serde::Deserialize;

use super::toolchain::{TARGET, Toolchain};

/// Compiler flags, each for what a call or an activation costs or refuses:
/// - immediate abort: a panic says nothing on a chain; its messages are a quarter to two fifths of the wasm;
/// - no reference types, overlong table indices or multi-value: Nitro refuses them;
/// - a stack of 32 KiB: the default of 1 MiB makes 17 memory pages, 15,000 gas for every call.
const FLAGS: [&str; 4] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Ctarget-feature=-reference-types,-call-indirect-overlong,-multivalue",
    "-Clink-arg=-zstack-size=32768",
];

/// Flags of the last step, which optimises a contract across all its crates: inlining by a threshold of 25 instead of
/// 250 takes an eighth to a quarter off the code, for calls of 0.4 gas.
const LINK_FLAGS: [&str; 1] = ["-Cllvm-args=-inline-threshold=25"];

/// Variables of a user's shell by which cargo would take another compiler, another place, or compile otherwise: with
/// `CARGO_INCREMENTAL=1` a contract has other bytes.
const OF_A_SHELL: [&str; 6] = [
    "RUSTUP_TOOLCHAIN",
    "RUSTC_WRAPPER",
    "RUSTC_WORKSPACE_WRAPPER",
    "CARGO_BUILD_TARGET",
    "CARGO_TARGET_DIR",
    "CARGO_INCREMENTAL",
];

/// The linked, not yet shrunk wasm of package `contract`, compiled in `output`.
///
/// Only a contract library built as nothing but a `cdylib` is optimised across crates, hence one cargo call for each.
///
/// # Errors
/// A failure with the compiler's words if it does not compile.
pub(super) fn compile(
    workspace: &Workspace,
    toolchain: &Toolchain,
    output: &Path,
    contract: &str,
    progress: &Progress,
) -> Result<Vec<u8>> {
    let mut cargo = Command::new(&toolchain.cargo);
    cargo
        .current_dir(workspace.root())
        .args(["rustc", "--package", contract, "--lib", "--crate-type", "cdylib", "--release", "--locked"])
        .args(["--target", TARGET, "-Zbuild-std=std,panic_abort", "--message-format=json-render-diagnostics"])
        .arg("--target-dir")
        .arg(output.join(toolchain.id))
        .arg("--")
        .args(LINK_FLAGS)
        .env("RUSTC", &toolchain.rustc)
        .env("RUSTDOC", &toolchain.rustdoc)
        // Building the standard library and immediate abort are not stable yet; the release is pinned instead.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", flags(workspace, toolchain, output).join("\u{1f}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for (variable, _) in std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(changes_the_wasm)) {
        cargo.env_remove(variable);
    }
    if let Some(linker) = &toolchain.linker {
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    let mut running = cargo.spawn().with_context(|| toolchain.cargo.display().to_string())?;
    let stdout = running.stdout.take().context("cargo's output")?;
    let stderr = running.stderr.take().context("cargo's output")?;
    // Read both pipes at once: a full one would stop cargo.
    let (messages, words) = std::thread::scope(|scope| {
        let messages = scope.spawn(|| {
            let mut text = String::new();
            BufReader::new(stdout).read_to_string(&mut text).map(|_| text)
        });
        let words: Vec<String> =
            BufReader::new(stderr).lines().map_while(Result::ok).inspect(|line| progress.detail(line.trim())).collect();
        (messages.join(), words)
    });
    let messages = messages.ok().context("cargo's output")??;
    if !running.wait()?.success() {
        let is_progress =
            |line: &&String| ["Compiling", "Downloaded", "Downloading"].iter().any(|w| line.trim().starts_with(w));
        let words: Vec<&str> = words.iter().filter(|line| !is_progress(line)).map(String::as_str).collect();
        bail!("{contract} does not build with {}:\n{}", toolchain.label, words.join("\n"));
    }
    let wasm = wasm_file(&messages).with_context(|| format!("{contract}: cargo made no wasm"))?;
    std::fs::read(&wasm).with_context(|| wasm.display().to_string())
}

/// Whether the variable `name` would change what is compiled: those of [`OF_A_SHELL`], and each of a profile.
fn changes_the_wasm(name: &str) -> bool {
    OF_A_SHELL.contains(&name) || name.starts_with("CARGO_PROFILE_")
}

/// [`FLAGS`], and names in place of this machine's folders, so that the same sources give the same bytes anywhere.
fn flags(workspace: &Workspace, toolchain: &Toolchain, output: &Path) -> Vec<String> {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
        .unwrap_or_default();
    let sources = toolchain.sysroot.join("lib/rustlib/src/rust");
    let resolved = sources.canonicalize().unwrap_or_else(|_| sources.clone());
    let folders: [(&Path, &str); 5] = [
        (workspace.root(), "mrc53"),
        (&output.join(toolchain.id), "target"),
        (&cargo_home, "cargo"),
        (&sources, "rust"),
        (&resolved, "rust"),
    ];
    let remaps = folders
        .iter()
        .filter(|(folder, _)| folder.is_absolute())
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    FLAGS.iter().map(|&flag| flag.to_owned()).chain(remaps).collect()
}

/// The last wasm file in cargo's messages: the contract comes after what it depends on.
fn wasm_file(messages: &str) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct Message {
        #[serde(default)]
        filenames: Vec<PathBuf>,
    }
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Message>(line).ok())
        .flat_map(|message| message.filenames)
        .rfind(|path| path.extension().is_some_and(|e| e == "wasm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_shell_changes_what_a_contract_is_compiled_to() {
        for name in ["CARGO_INCREMENTAL", "CARGO_PROFILE_RELEASE_OPT_LEVEL", "RUSTC_WRAPPER"] {
            assert!(changes_the_wasm(name), "{name}");
        }
        for name in ["PATH", "CARGO_HOME", "CARGO_NET_OFFLINE", "CARGO_HTTP_PROXY"] {
            assert!(!changes_the_wasm(name), "{name}");
        }
    }
}
