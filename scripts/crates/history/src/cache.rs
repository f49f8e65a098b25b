//! The folder in which everything that was read is kept, so that nothing is asked twice.
//!
//! | file | what it has |
//! |---|---|
//! | `source.json` | the chain id and the Diamond that all of it is of |
//! | `blocks.jsonl` | a line for each stretch of blocks whose events were read, with them; one for each first block of a day that was checked; one for each stretch that was held against the providers' lists |
//! | `sessions.jsonl` | a line for each session that was checked; the last of a session counts |
//! | `unchecked.jsonl` | midnights and sessions of a run that has not held them against its events yet |
//! | `lock` | held by the run that reads into the folder |

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use alloy::primitives::{Address, B256};
use anyhow::{Context, Result, bail};
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use serde::{Deserialize, Serialize};

use crate::journal::Journal;
use crate::midnights::Midnight;
use crate::session::{Event, Session};
use crate::stretches::Stretches;
use crate::unchecked::Unchecked;

/// What may lie in a folder that no run has finished beginning.
const BEGINNINGS: [&str; 2] = ["lock", "source.new"];

/// What all of a folder is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The chain.
    pub chain_id: u64,
    /// The Diamond.
    pub diamond: Address,
}

/// The blocks `[first, end)` and their events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Read {
    pub(crate) first: u64,
    pub(crate) end: u64,
    pub(crate) opened: Vec<Event>,
    pub(crate) closed: Vec<Event>,
}

/// A line of `blocks.jsonl`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Midnight(Midnight),
    Read(Read),
    Compared { first: u64, end: u64 },
}

/// The open folder.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    blocks: Journal,
    sessions: Journal,
    midnights: BTreeMap<u32, Midnight>,
    reads: Vec<Read>,
    compared: Stretches,
    held: BTreeMap<B256, Session>,
    unchecked: Unchecked,
    repairs: Vec<String>,
    _lock: File,
}

impl Cache {
    /// Opens `folder`, or begins it.
    ///
    /// # Errors
    /// [`BadInput`] if it is of another chain or Diamond, holds something else, or cannot be begun; a failure if another
    /// run reads into it.
    pub fn open(folder: &Path, source: Source) -> Result<Self> {
        let is_begun = is_of(folder, source)?;
        std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        // A folder that has all that is asked for may lie where nothing is written.
        let path = folder.join("lock");
        let lock = File::create(&path).or_else(|error| File::open(&path).map_err(|_| error));
        let lock = lock.map_err(|error| unwritable(folder, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("another run reads into {}: wait for it, or name another folder with --cache", folder.display())
            }
            Err(TryLockError::Error(error)) => return Err(unwritable(folder, &error).into()),
        }
        if !is_begun {
            begin(folder, source).map_err(|error| unwritable(folder, &error))?;
        }
        let (blocks, found) = Journal::open::<Line>(&folder.join("blocks.jsonl"))?;
        let (sessions, read) = Journal::open::<Session>(&folder.join("sessions.jsonl"))?;
        let repair = |file: &str, cut_off: Option<usize>| {
            let path = folder.join(file);
            cut_off.map(|bytes| format!("{}: {bytes} bytes of a line without its end are cut off", path.display()))
        };
        let (unchecked, cut_off) = Unchecked::open(&folder.join("unchecked.jsonl"))?;
        let repairs = [("blocks.jsonl", found.cut_off), ("sessions.jsonl", read.cut_off), ("unchecked.jsonl", cut_off)];
        let repairs = repairs.into_iter().filter_map(|(file, cut_off)| repair(file, cut_off)).collect();
        let mut cache = Self {
            folder: folder.to_owned(),
            blocks,
            sessions,
            midnights: BTreeMap::new(),
            reads: Vec::new(),
            compared: Stretches::default(),
            held: read.lines.into_iter().map(|session| (session.id, session)).collect(),
            unchecked,
            repairs,
            _lock: lock,
        };
        for line in found.lines {
            match line {
                Line::Midnight(midnight) => drop(cache.midnights.insert(midnight.day, midnight)),
                Line::Read(read) => cache.reads.push(read),
                Line::Compared { first, end } => cache.compared.add(first..end),
            }
        }
        Ok(cache)
    }

    /// Where it lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What was mended when it was opened, a line each.
    #[must_use]
    pub fn repairs(&self) -> &[String] {
        &self.repairs
    }

    pub(crate) fn midnight(&self, day: u32) -> Option<Midnight> {
        self.midnights.get(&day).or_else(|| self.unchecked.midnights.get(&day)).copied()
    }

    /// The last that was checked.
    pub(crate) fn last_midnight(&self) -> Option<Midnight> {
        self.midnights.last_key_value().map(|(_, midnight)| *midnight)
    }

    /// The last that a run has left which did not come to checking it.
    pub(crate) fn left_midnight(&self) -> Option<Midnight> {
        self.unchecked.left
    }

    pub(crate) fn add_midnight(&mut self, midnight: Midnight) -> Result<()> {
        self.unchecked.add_midnight(midnight)
    }

    /// Of which of `blocks` events were never read.
    pub(crate) fn missing(&self, blocks: &Range<u64>) -> Vec<Range<u64>> {
        let mut there = Stretches::default();
        self.reads.iter().for_each(|read| there.add(read.first..read.end));
        there.missing(blocks)
    }

    pub(crate) fn add_read(&mut self, read: Read) -> Result<()> {
        self.blocks.add(&[Line::Read(read.clone())])?;
        self.reads.push(read);
        Ok(())
    }

    /// Which sessions opened and which were closed in `blocks`, as far as their events were read.
    pub(crate) fn events(&self, blocks: &Range<u64>) -> [BTreeMap<B256, Event>; 2] {
        let of = |which: fn(&Read) -> &Vec<Event>| {
            let events = self.reads.iter().flat_map(which).filter(|event| blocks.contains(&event.block));
            events.map(|event| (event.id, *event)).collect()
        };
        [of(|read| &read.opened), of(|read| &read.closed)]
    }

    /// Whether the events of `blocks` were held against the providers' lists.
    pub(crate) fn is_compared(&self, blocks: &Range<u64>) -> bool {
        self.compared.hold(blocks)
    }

    /// Whether nothing was ever checked.
    pub(crate) fn is_new(&self) -> bool {
        self.midnights.is_empty()
    }

    /// Whether it has anything that was not checked.
    pub(crate) fn has_unchecked(&self) -> bool {
        let is_unchecked = |read: &Read| !self.compared.hold(&(read.first..read.end));
        !self.unchecked.is_empty() || self.reads.iter().any(is_unchecked)
    }

    /// Keeps for good what was checked: the sessions `ids`, the midnights of this run, and that the events of `blocks` were
    /// held against the lists.
    pub(crate) fn confirm(&mut self, ids: &BTreeSet<B256>, blocks: &Range<u64>) -> Result<()> {
        let sessions = self.unchecked.sessions.values().filter(|session| ids.contains(&session.id));
        let sessions: Vec<Session> = sessions.cloned().collect();
        let is_read_again = sessions.iter().any(|session| self.held.contains_key(&session.id));
        self.held.extend(sessions.iter().map(|session| (session.id, session.clone())));
        if is_read_again {
            self.sessions.replace(&self.held.values().collect::<Vec<_>>())?;
        } else if !sessions.is_empty() {
            self.sessions.add(&sessions)?;
        }
        let mut lines: Vec<Line> = self.unchecked.midnights.values().copied().map(Line::Midnight).collect();
        if !self.is_compared(blocks) {
            lines.push(Line::Compared { first: blocks.start, end: blocks.end });
        }
        if !lines.is_empty() {
            self.blocks.add(&lines)?;
        }
        self.midnights.extend(self.unchecked.midnights.iter());
        self.compared.add(blocks.clone());
        if self.unchecked.is_empty() { Ok(()) } else { self.unchecked.forget(ids) }
    }

    /// Forgets all that was not checked: another node may say it otherwise.
    pub(crate) fn forget_unchecked(&mut self) -> Result<()> {
        if !self.has_unchecked() {
            return Ok(());
        }
        self.unchecked.clear()?;
        let kept = self.reads.iter().flat_map(|read| {
            let parts = self.compared.common(&(read.first..read.end)).into_iter();
            parts.map(|blocks| {
                let of = |events: &[Event]| events.iter().filter(|it| blocks.contains(&it.block)).copied().collect();
                Read { first: blocks.start, end: blocks.end, opened: of(&read.opened), closed: of(&read.closed) }
            })
        });
        let kept: Vec<Read> = kept.collect();
        let compared = self.compared.common(&(0..u64::MAX)).into_iter();
        let midnights = self.midnights.values().copied().map(Line::Midnight);
        let lines = midnights
            .chain(kept.iter().cloned().map(Line::Read))
            .chain(compared.map(|blocks| Line::Compared { first: blocks.start, end: blocks.end }));
        self.blocks.replace(&lines.collect::<Vec<_>>())?;
        self.reads = kept;
        Ok(())
    }

    /// The session `id`, if it was ever read: as it was last.
    pub(crate) fn session(&self, id: &B256) -> Option<&Session> {
        self.unchecked.sessions.get(id).or_else(|| self.held.get(id))
    }

    pub(crate) fn add_sessions(&mut self, sessions: &[Session]) -> Result<()> {
        self.unchecked.add_sessions(sessions)
    }
}

/// Whether `folder` was begun, of `source`.
fn is_of(folder: &Path, source: Source) -> Result<bool> {
    let path = folder.join("source.json");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(!is_free(folder)?),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Err(no_folder(folder).into()),
        Err(error) => return Err(files::unreadable(&path, &error).into()),
    };
    let name = path.display();
    let malformed =
        || BadInput::new(format!("{name}: it is none that this tool writes: name another folder with --cache"));
    let there: Source = serde_json::from_str(&text).map_err(|_| malformed())?;
    if there == source {
        return Ok(true);
    }
    let words = |source: Source| format!("chain {} and the Diamond {}", source.chain_id, source.diamond);
    let (there, asked) = (words(there), words(source));
    let what = format!("{}: it is of {there}, not of {asked}: name another folder with --cache", folder.display());
    Err(BadInput::new(what).into())
}

/// That nothing lies in `folder`, which may not exist.
fn is_free(folder: &Path) -> Result<bool> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(unwritable(folder, &error).into()),
    };
    for entry in entries {
        let name = entry.with_context(|| folder.display().to_string())?.file_name();
        if !BEGINNINGS.iter().any(|beginning| name == *beginning) {
            let name = name.display();
            let what =
                format!("{}: {name} lies there and no source.json: it is no cache of sessions", folder.display());
            return Err(BadInput::new(format!("{what}, name another folder with --cache")).into());
        }
    }
    Ok(true)
}

fn begin(folder: &Path, source: Source) -> std::io::Result<()> {
    let fresh = folder.join("source.new");
    std::fs::write(&fresh, format!("{}\n", serde_json::to_string(&source)?))?;
    std::fs::rename(fresh, folder.join("source.json"))
}

fn no_folder(folder: &Path) -> BadInput {
    BadInput::new(format!("{}: it is no folder: name one with --cache", folder.display()))
}

fn unwritable(folder: &Path, error: &std::io::Error) -> BadInput {
    BadInput::new(format!("{}: it cannot be written ({error}): name a folder with --cache", folder.display()))
}
