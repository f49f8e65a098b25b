//! The crates of the tools' workspace, as cargo knows them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::circles::Needs;

/// A crate of the workspace.
#[derive(Debug)]
pub(crate) struct Crate {
    pub(crate) name: String,
    /// The first file of its library and of each of its programs.
    pub(crate) roots: Vec<PathBuf>,
    /// What its manifest asks for, and for what.
    asks_for: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: PathBuf,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// None for what the crate itself needs.
    kind: Option<String>,
}

/// All crates of the tools' workspace.
pub(crate) fn of_the_tools() -> Vec<Crate> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let words = ["metadata", "--manifest-path=scripts/Cargo.toml", "--no-deps", "--format-version=1", "--locked"];
    let output = Command::new("cargo").args(words).current_dir(root).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata = serde_json::from_slice(&output.stdout).unwrap();
    metadata.packages.into_iter().map(Crate::from).collect()
}

/// Which crate asks for which.
pub(crate) fn needs(crates: &[Crate]) -> Needs {
    let is_one = |name: &str| crates.iter().any(|krate| krate.name == name);
    let of = |krate: &Crate| krate.asks_for.iter().filter(|(name, _)| is_one(name)).cloned().collect();
    crates.iter().map(|krate| (krate.name.clone(), of(krate))).collect()
}

impl Crate {
    /// Whether it lies below `folder`, seen from the clone's root.
    pub(crate) fn is_in(&self, folder: &str) -> bool {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        self.roots.iter().all(|file| file.starts_with(root.join(folder)))
    }
}

impl From<Package> for Crate {
    fn from(package: Package) -> Self {
        let is_product = |target: &Target| target.kind.iter().any(|kind| kind == "lib" || kind == "bin");
        let roots = package.targets.into_iter().filter(is_product).map(|target| target.src_path).collect();
        let kind = |kind: Option<String>| kind.map_or("dependencies".to_owned(), |kind| format!("{kind}-dependencies"));
        let asks_for = package.dependencies.into_iter().map(|it| (it.name, kind(it.kind))).collect();
        Self { name: package.name, roots, asks_for }
    }
}
