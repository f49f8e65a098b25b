//! The tool's rooms: no crate knows another than it says, and no module one that knows it. Cargo keeps circles out
//! between crates, but not within one.

mod rooms;
mod tokens;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rooms::{circle, modules};

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("scripts")
}

/// The folders of the tool's crates but for the command line's.
fn crates() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(scripts().join("crates")).unwrap();
    let folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    assert!(folders.len() > 5, "{folders:?}");
    folders
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The other crates of the tool that `text` names in backticks between `Knows` and the next semicolon or full stop.
fn said(text: &str) -> BTreeSet<String> {
    let header = text.lines().map_while(|line| line.strip_prefix("//!")).collect::<Vec<_>>().join(" ");
    let (_, knows) = header.split_once("Knows ").unwrap_or_else(|| panic!("whom does it know? {header}"));
    let knows = knows.split([';', '.']).next().unwrap_or_default();
    knows.split('`').filter(|word| word.starts_with("mrc53-")).map(str::to_owned).collect()
}

/// The crates of this project that a `Cargo.toml` depends on, the maths aside, which know nobody and are everybody's.
fn known(manifest: &str) -> BTreeSet<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let dependencies = manifest["dependencies"].as_table().unwrap();
    let ours = dependencies.keys().filter(|name| name.starts_with("mrc53-") && *name != "mrc53-maths");
    ours.cloned().collect()
}

#[test]
fn every_crate_says_whom_it_knows_and_knows_nobody_else() {
    for folder in crates() {
        let (lib, manifest) = (read(&folder.join("src/lib.rs")), read(&folder.join("Cargo.toml")));
        assert_eq!(said(&lib), known(&manifest), "{}", folder.display());
    }
}

#[test]
fn no_module_of_the_tool_knows_one_that_knows_it() {
    let mut sources: Vec<PathBuf> = crates().iter().map(|folder| folder.join("src")).collect();
    sources.push(scripts().join("src"));
    for source in sources {
        let modules = modules(&source);
        assert_eq!(circle(&modules), None, "{}", source.display());
    }
}

#[test]
fn a_circle_is_found_through_imports_and_through_paths() {
    let texts = [
        ("lib", "mod a; mod b; mod c;"),
        ("a", "use super::b::Thing; #[cfg(test)] mod tests { use super::super::c; }"),
        ("b", "use crate::{c};\nfn f() { c::g() }"),
        ("c", "// crate::b::X\nfn g() { \"crate::b\"; }"),
    ];
    let tied = |text: &'static str| {
        let texts = texts.map(|(name, old)| if name == "c" { (name, text) } else { (name, old) });
        circle(&rooms::linked(texts.map(|(name, text)| (name.to_owned(), text.to_owned()))))
    };

    assert_eq!(tied(texts[3].1), None);
    assert_eq!(tied("fn g() -> crate::a::T { todo!() }").as_deref(), Some("a → b → c → a"));
    assert_eq!(tied("use super::{a::{self, T}};").as_deref(), Some("a → b → c → a"));
}
