//! A reader's shell: it starts with an empty environment, in a folder with a link to the clone's `./mrc53`, and the
//! devnode that the document starts in another terminal runs beside it.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use alloy::providers::{Provider, ProviderBuilder};
use mrc53_console::workspace::Workspace;
use mrc53_workshop::clients;
use serde_json::Value;

use crate::suite_support::tool;

/// Ends the output of each command.
const MARK: &str = "\u{1e}";
/// Where the documents have the devnode.
const ADDRESS: &str = "127.0.0.1:8547";
/// How a document starts it.
const DEVNODE: &str = "cargo mrc53 devnode";

/// A shell, and the devnode that its commands need.
pub(crate) struct Shell {
    folder: tempfile::TempDir,
    devnode: Option<Devnode>,
}

/// The tool's devnode in a process of its own.
struct Devnode {
    process: Child,
    /// Host and port.
    address: String,
    /// What it printed when it had started, with the documents' address.
    said: String,
}

impl Shell {
    /// A shell for `commands`, beside the devnode that one of them starts.
    pub(crate) fn for_commands(commands: &[&str]) -> Self {
        let starts = commands.iter().find(|command| is_devnode(command));
        let folder = tempfile::tempdir().unwrap();
        symlink(Workspace::find().unwrap().path("mrc53"), folder.path().join("mrc53")).unwrap();
        Self { folder, devnode: starts.map(|command| Devnode::start(command)) }
    }

    /// Runs the commands and returns what each wrote to standard output. What starts the devnode answers nothing.
    pub(crate) fn run(&self, commands: &[&str]) -> Vec<String> {
        let address = self.devnode.as_ref().map_or(ADDRESS, |devnode| devnode.address.as_str());
        let mut script = "cargo() { if [ \"$1\" = mrc53 ]; then shift; \"$TOOL\" \"$@\"; else command cargo \"$@\"; fi; }\nmrc53() { \"$TOOL\" \"$@\"; }\n".to_owned();
        for command in commands {
            if !is_devnode(command) {
                if command.starts_with("export ") {
                    self.require_said(command);
                }
                script.push_str(&command.replace(ADDRESS, address));
            }
            script.extend(["\nprintf '", MARK, "'\n"]);
        }
        let output = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script])
            .current_dir(self.folder.path())
            .env_clear()
            .envs([
                ("TOOL", tool().to_str().unwrap()),
                ("PATH", &path()),
                ("MRC53_RPC_URL", &format!("http://{address}")),
            ])
            .envs([("HOME", self.folder.path()), ("MRC53_DEPLOYMENTS", &self.folder.path().join("deployments"))])
            .envs(toolchains())
            .envs(std::env::var_os("CARGO_TARGET_DIR").map(|folder| ("CARGO_TARGET_DIR", folder)))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
        let clone = format!("{}/", Workspace::find().unwrap().root().display());
        let as_documents_have_it =
            |part: &str| part.replace(address, ADDRESS).replace(&clone, "").trim_end().to_owned();
        said.split_terminator(MARK).map(as_documents_have_it).collect()
    }

    /// What a reader is told to export is what the devnode prints to be exported.
    fn require_said(&self, export: &str) {
        if let Some(devnode) = &self.devnode {
            assert!(devnode.said.lines().any(|line| line == export), "`{export}` is not in\n{}", devnode.said);
        }
    }
}

impl Devnode {
    /// Starts what `command` starts, on a free port, with a clock that moves one second with each block.
    fn start(command: &str) -> Self {
        let words = command.strip_prefix("cargo mrc53 ").unwrap().split_whitespace().take_while(|word| *word != "#");
        let mut process =
            Command::new(tool()).args(words).args(["--port", "0"]).env_clear().stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        while !said.contains("Ctrl-C") {
            assert_ne!(output.read_line(&mut said).unwrap(), 0, "the devnode ended: {said}");
        }
        let (_, rest) = said.split_once("http://").unwrap();
        let address = rest.split_whitespace().next().unwrap().to_owned();
        let devnode = Self { process, said: said.replace(&address, ADDRESS), address };
        devnode.tick_with_blocks();
        devnode
    }

    fn tick_with_blocks(&self) {
        let provider = ProviderBuilder::new().connect_http(format!("http://{}", self.address).parse().unwrap());
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let set = provider.raw_request::<_, Value>("anvil_setBlockTimestampInterval".into(), (1,));
        runtime.block_on(set).unwrap();
    }
}

impl Drop for Devnode {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn is_devnode(command: &str) -> bool {
    command.starts_with(DEVNODE) && !command.contains("--help")
}

/// Where rustup and cargo keep what they have, which a reader has in the home folder.
fn toolchains() -> [(&'static str, PathBuf); 2] {
    [("RUSTUP_HOME", ".rustup"), ("CARGO_HOME", ".cargo")].map(|(variable, folder)| {
        let home = || PathBuf::from(std::env::var_os("HOME").unwrap()).join(folder);
        (variable, std::env::var_os(variable).map_or_else(home, PathBuf::from))
    })
}

/// The programs that the documents ask for: cast from npm, node, cargo and what every machine has.
fn path() -> String {
    let cast = clients::cast(&Workspace::find().unwrap()).map(|cast| cast.parent().unwrap().display().to_string());
    [cast.unwrap_or_default(), std::env::var("PATH").unwrap()].join(":")
}
