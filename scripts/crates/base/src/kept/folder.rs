//! The folder.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use alloy::primitives::B256;
use anyhow::{Result, bail};
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use serde::{Deserialize, Serialize};

use super::file;
use crate::evidence::Evidence;
use crate::fetch::Buckets;

/// What all of a folder is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Base's chain id.
    pub chain_id: u64,
    /// The buckets there.
    #[serde(flatten)]
    pub buckets: Buckets,
}

/// The open folder.
#[derive(Debug)]
pub struct Kept {
    folder: PathBuf,
    source: Source,
    /// Its blocks: number, root and file, the oldest first.
    blocks: Vec<(u64, B256, PathBuf)>,
    _lock: File,
}

impl Kept {
    /// Opens `folder`, or begins it.
    ///
    /// # Errors
    /// [`BadInput`] if it is of another chain or other buckets, is none, or cannot be written; a failure if another run
    /// holds it.
    pub fn open(folder: &Path, source: Source) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let lock = File::create(folder.join("lock")).map_err(|error| unwritable(folder, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!(
                    "another run keeps proofs in {}: wait for it, or name another folder with --kept",
                    folder.display()
                )
            }
            Err(TryLockError::Error(error)) => return Err(unwritable(folder, &error).into()),
        }
        require(folder, source)?;
        let mut blocks = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|error| unwritable(folder, &error))? {
            let path = entry.map_err(|error| unwritable(folder, &error))?.path();
            if let Some((number, root)) = named(&path) {
                blocks.push((number, root, path));
            }
        }
        blocks.sort();
        Ok(Self { folder: folder.to_owned(), source, blocks, _lock: lock })
    }

    /// Where it lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The blocks of which it has proofs, and their roots, the oldest first.
    pub fn blocks(&self) -> impl Iterator<Item = (u64, B256)> {
        self.blocks.iter().map(|(number, root, _)| (*number, *root))
    }

    /// What it has of `root`.
    ///
    /// # Errors
    /// [`BadInput`] that names the file if it does not prove what it says.
    pub fn of(&self, root: B256) -> Result<Option<Evidence>, BadInput> {
        let Some((_, _, path)) = self.blocks.iter().find(|(_, there, _)| *there == root) else { return Ok(None) };
        let evidence = file::read(path, self.source.buckets)?;
        if evidence.opening.root() == root {
            return Ok(Some(evidence));
        }
        Err(BadInput::new(format!("{}: it is of another root: remove it", path.display())))
    }

    /// Keeps `evidence`, beside what there is of its root.
    ///
    /// # Errors
    /// As [`Self::of`]; a failure if it cannot be written.
    pub fn add(&mut self, evidence: Evidence) -> Result<()> {
        let (number, root) = (evidence.opening.block.number, evidence.opening.root());
        let all = match self.of(root)? {
            Some(before) => Evidence::new(evidence.opening, [before.words, evidence.words].concat()),
            None => evidence,
        };
        let path = self.folder.join(format!("{number}-{root}.json"));
        file::write(&path, &all)?;
        if !self.blocks.iter().any(|(_, there, _)| *there == root) {
            self.blocks.push((number, root, path));
            self.blocks.sort();
        }
        Ok(())
    }

    /// Removes what `is_over` says of, given the time of a block (unix seconds), and returns of how many blocks.
    ///
    /// # Errors
    /// As [`Self::of`]; a failure if a file cannot be removed.
    pub fn forget(&mut self, is_over: impl Fn(u64) -> bool) -> Result<usize> {
        let before = self.blocks.len();
        for (_, root, path) in std::mem::take(&mut self.blocks) {
            let number = named(&path).map_or(0, |(number, _)| number);
            if is_over(file::read(&path, self.source.buckets)?.opening.block.time) {
                std::fs::remove_file(&path).map_err(|error| unwritable(&path, &error))?;
            } else {
                self.blocks.push((number, root, path));
            }
        }
        Ok(before - self.blocks.len())
    }
}

/// The block and the root that a file is of by its name; nothing if it is none.
fn named(path: &Path) -> Option<(u64, B256)> {
    let name = path.file_name()?.to_str()?.strip_suffix(".json")?;
    let (number, root) = name.split_once('-')?;
    Some((number.parse().ok()?, root.parse().ok()?))
}

/// That `folder` is of `source`, or new.
fn require(folder: &Path, source: Source) -> Result<(), BadInput> {
    let path = folder.join("source.json");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let text = serde_json::to_string(&source).map_err(|error| BadInput::new(error.to_string()))?;
            let fresh = folder.join("source.new");
            let written = std::fs::write(&fresh, text + "\n").and_then(|()| std::fs::rename(&fresh, &path));
            return written.map_err(|error| unwritable(folder, &error));
        }
        Err(error) => return Err(files::unreadable(&path, &error)),
    };
    let place = path.display();
    let there: Source = serde_json::from_str(&text).map_err(|_| {
        BadInput::new(format!("{place}: it is none that this tool writes: name another folder with --kept"))
    })?;
    if there == source {
        return Ok(());
    }
    let words = |Source { chain_id, buckets }: Source| format!("chain {chain_id} and the buckets {}", buckets.address);
    let (there, asked) = (words(there), words(source));
    Err(BadInput::new(format!("{}: it is of {there}, not of {asked}: name another with --kept", folder.display())))
}

fn unwritable(path: &Path, error: &std::io::Error) -> BadInput {
    BadInput::new(format!("{}: it cannot be written ({error}): name a folder with --kept", path.display()))
}

#[cfg(test)]
mod tests {
    use mrc53_console::failure::exit_code;

    use super::*;
    use crate::made_up::{BUCKETS, CODE_HASH, evidence, word};

    const SOURCE: Source = Source { chain_id: 8_453, buckets: Buckets { address: BUCKETS, code_hash: CODE_HASH } };

    fn open(folder: &Path) -> Kept {
        Kept::open(folder, SOURCE).unwrap()
    }

    #[test]
    fn what_is_kept_is_there_when_it_is_opened_again_and_more_of_a_block_comes_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let all: Vec<_> = (0..9).map(|subnet| word(subnet, 5_000)).collect();
        let (first, second) = (evidence(&all, &all[..4], 7), evidence(&all, &all[3..], 7));
        let root = first.opening.root();
        open(folder.path()).add(first).unwrap();
        open(folder.path()).add(second).unwrap();

        let kept = open(folder.path());

        assert_eq!(kept.blocks().collect::<Vec<_>>(), [(600, root)]);
        assert_eq!(kept.of(root).unwrap(), Some(evidence(&all, &all, 7)));
        assert_eq!(kept.of(B256::ZERO).unwrap(), None);
    }

    #[test]
    fn a_file_in_which_anything_was_changed_is_refused_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let all = [word(1, 5_000), word(2, 5_000)];
        let evidence = evidence(&all, &all, 7);
        let root = evidence.opening.root();
        open(folder.path()).add(evidence).unwrap();
        let path = folder.path().join(format!("600-{root}.json"));
        let text = std::fs::read_to_string(&path).unwrap();

        // Every seventh letter that is a digit of some number or hash.
        for place in (0..text.len()).filter(|place| text.as_bytes()[*place].is_ascii_digit()).step_by(7) {
            let mut changed = text.clone().into_bytes();
            changed[place] = if changed[place] == b'1' { b'2' } else { b'1' };
            std::fs::write(&path, changed).unwrap();
            let refusal = open(folder.path()).of(root).unwrap_err().to_string();
            assert!(refusal.contains(&root.to_string()) && refusal.contains("remove it"), "{place}: {refusal}");
        }
    }

    #[test]
    fn what_is_over_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let all = [word(1, 5_000)];
        let mut kept = open(folder.path());
        kept.add(evidence(&all, &all, 7)).unwrap();
        kept.add(evidence(&all, &all, 8)).unwrap();

        assert_eq!(kept.forget(|time| time < 8).unwrap(), 1);

        assert_eq!(kept.blocks().count(), 1);
        drop(kept);
        assert_eq!(open(folder.path()).blocks().count(), 1);
    }

    #[test]
    fn a_folder_of_another_chain_or_that_another_run_holds_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let kept = open(folder.path());
        let held = Kept::open(folder.path(), SOURCE).unwrap_err();
        assert!(held.to_string().contains("another run") && exit_code(&held) == 1, "{held}");
        drop(kept);

        let other = Kept::open(folder.path(), Source { chain_id: 10, ..SOURCE }).unwrap_err();

        assert!(other.to_string().contains("it is of chain 8453") && exit_code(&other) == 2, "{other}");
    }
}
