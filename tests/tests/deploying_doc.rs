//! `docs/deploying.md` is true: every command in it is run on the devnode, and says what the document says that it
//! says, apart from numbers and addresses. `MRC53_UPDATE_DOCS=1` writes the outputs anew.

mod suite_support;

use std::path::{Path, PathBuf};
use std::process::Command;

use alloy::hex;
use mrc53::clients;
use mrc53::workspace::Workspace;
use mrc53_devnode::config::{Config, DEV_ACCOUNT, DEV_PRIVATE_KEY};
use mrc53_devnode::node::Devnode;

use suite_support::{MIDNIGHT, tool};

/// Ends the output of each command.
const MARK: char = '\u{1e}';

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs/deploying.md")
}

/// The lines of `text`, each with whether it lies in a block of commands; the fences do not.
fn lines(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let mut inside = false;
    text.lines().map(move |line| {
        if line.starts_with("```") {
            inside = line == "```console";
            return (false, line);
        }
        (inside, line)
    })
}

fn commands(text: &str) -> Vec<&str> {
    lines(text).filter_map(|(inside, line)| if inside { line.strip_prefix("$ ") } else { None }).collect()
}

/// Runs the commands in one shell, in a folder of its own, and returns what each wrote to standard output.
fn run(commands: &[&str], url: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let cast = clients::cast(&Workspace::find().unwrap()).unwrap();
    let path = format!("{}:{}", cast.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let commands = commands.iter().map(|command| command.replace("cargo mrc53", "\"$TOOL\""));
    let script = commands.map(|command| format!("{command}\nprintf '{MARK}'\n")).collect::<Vec<_>>().concat();
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script])
        .current_dir(folder.path())
        .env_remove("MRC53_PRIVATE_KEY")
        .envs([("TOOL", tool().to_str().unwrap()), ("PATH", &path)])
        .envs([("MRC53_NETWORK", "local"), ("MRC53_RPC_URL", url), ("ETH_RPC_URL", url)])
        .env("MRC53_DEPLOYMENTS", folder.path())
        .envs([("DEV", DEV_ACCOUNT.to_string()), ("DEV_KEY", hex::encode_prefixed(DEV_PRIVATE_KEY))])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said.split_terminator(MARK).map(|part| part.replace(url, "http://127.0.0.1:8547").trim_end().to_owned()).collect()
}

/// The document with `outputs` below its commands.
fn with(text: &str, outputs: &[String]) -> String {
    let mut outputs = outputs.iter();
    let mut document = String::new();
    for (inside, line) in lines(text) {
        if !inside || line.starts_with("$ ") {
            document.extend([line, "\n"]);
        }
        if inside && line.starts_with("$ ") {
            let output = outputs.next().unwrap();
            if !output.is_empty() {
                document.extend([output, "\n"]);
            }
        }
    }
    document
}

/// `text` without what differs from run to run and from toolchain to toolchain: digits, hex, and the width of columns.
fn shape(text: &str) -> String {
    let is_number = |word: &str| word.starts_with("0x") || word.chars().any(|c| c.is_ascii_digit());
    let words = text.split([' ', '-', '\n']).filter(|word| !word.is_empty());
    words.map(|word| if is_number(word) { "N" } else { word }).collect::<Vec<_>>().join(" ")
}

#[test]
fn cast_every_command_of_the_document_says_what_the_document_says() {
    let node = Devnode::start(&Config { genesis_timestamp: Some(MIDNIGHT), ..Config::ephemeral() }).unwrap();
    let text = std::fs::read_to_string(document()).unwrap();

    let now = with(&text, &run(&commands(&text), &node.url()));

    if std::env::var_os("MRC53_UPDATE_DOCS").is_some() {
        std::fs::write(document(), &now).unwrap();
    }
    assert_eq!(shape(&std::fs::read_to_string(document()).unwrap()), shape(&now));
}

#[test]
fn the_shape_of_an_output_leaves_numbers_and_widths_out() {
    assert_eq!(shape("| gas | 12 |\n|-----|----|"), shape("| gas  | 3456 |\n|------|------|"));
    assert_ne!(shape("deployed 1"), shape("was there 1"));
}
