//! The LLVM tools that read what an instrumented run wrote: rustup's, else Debian's of the same LLVM.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use mrc53_console::cargo_tool::output;
use mrc53_console::failure::BadInput;
use mrc53_console::workspace::Workspace;

/// The two tools.
#[derive(Debug)]
pub(super) struct LlvmTools {
    pub cov: PathBuf,
    pub profdata: PathBuf,
}

/// Finds both tools for the toolchain of the clone, asking rustup for them where it has none.
///
/// # Errors
/// [`BadInput`] with the two ways to install them.
pub(super) fn find(workspace: &Workspace) -> Result<LlvmTools> {
    // rustup has a toolchain for each folder.
    let ask = |program: &str, words: &[&str]| output(Command::new(program).args(words).current_dir(workspace.root()));
    let about = ask("rustc", &["-vV"]).unwrap_or_default();
    let field = |name: &str| about.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let sysroot = PathBuf::from(ask("rustc", &["--print", "sysroot"]).unwrap_or_default());
    let of_rustup = sysroot.join("lib/rustlib").join(field("host").unwrap_or_default()).join("bin");
    let rustup = || existing(of_rustup.join("llvm-cov"), of_rustup.join("llvm-profdata"));
    let major = field("LLVM version").and_then(|version| version.split('.').next()).unwrap_or("of rustc");
    let debian = || {
        let tool = |name: &str| PathBuf::from(format!("/usr/bin/{name}-{major}"));
        existing(tool("llvm-cov"), tool("llvm-profdata"))
    };
    let added = || ask("rustup", &["component", "add", "llvm-tools"]).and_then(|_| rustup());
    let found = rustup().or_else(debian).or_else(added);
    Ok(found.ok_or_else(|| {
        BadInput::new(format!(
            "the LLVM {major} tools are not there: run `rustup component add llvm-tools`, or as root `apt-get install llvm-{major}`"
        ))
    })?)
}

fn existing(cov: PathBuf, profdata: PathBuf) -> Option<LlvmTools> {
    (cov.is_file() && profdata.is_file()).then_some(LlvmTools { cov, profdata })
}
