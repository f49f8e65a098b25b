//! A devnode, and programs run against it as a user runs them in a shell.

use std::path::Path;
use std::process::Command;

use alloy::hex;
use alloy::providers::{DynProvider, Provider, ProviderBuilder};
use mrc53_console::workspace::Workspace;
use mrc53_devnode::config::{Config, DEV_PRIVATE_KEY};
use mrc53_devnode::node::{Devnode, Handle};

/// A fresh devnode, and a client that reads it.
pub(crate) struct Node {
    pub(crate) handle: Handle,
    pub(crate) provider: DynProvider,
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) succeeded: bool,
    /// Standard output without colours.
    pub(crate) output: String,
    /// Standard error without colours.
    pub(crate) errors: String,
}

impl Node {
    pub(crate) fn start() -> Self {
        let handle = Devnode::start(&Config::ephemeral()).unwrap();
        let provider = ProviderBuilder::new().connect_http(handle.url().parse().unwrap()).erased();
        Self { handle, provider }
    }
}

impl Ended {
    /// Standard output of a program that must have succeeded.
    pub(crate) fn ok(self) -> String {
        assert!(self.succeeded, "{}\n{}", self.output, self.errors);
        self.output
    }

    /// Standard error of a program that must have failed.
    pub(crate) fn failed(self) -> String {
        assert!(!self.succeeded, "{}\n{}", self.output, self.errors);
        self.errors
    }
}

/// The dev account's private key.
pub(crate) fn key() -> String {
    hex::encode_prefixed(DEV_PRIVATE_KEY)
}

/// The clone that these tests belong to.
pub(crate) fn workspace() -> Workspace {
    Workspace::find().unwrap()
}

/// Runs `program` in `folder` to its end.
pub(crate) fn run(program: &Path, folder: &Path, words: &[&str]) -> Ended {
    let output = Command::new(program).args(words).current_dir(folder).output().unwrap();
    Ended {
        succeeded: output.status.success(),
        output: without_colours(&output.stdout),
        errors: without_colours(&output.stderr),
    }
}

/// Drops the escape sequences that colour a terminal: ESC, `[`, anything up to `m`.
fn without_colours(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let mut pieces = text.split('\u{1b}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| plain + piece.split_once('m').map_or("", |(_, rest)| rest))
}
