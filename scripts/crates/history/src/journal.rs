//! A file of JSON lines that is only ever added to, and is whole after whatever ends a run: a line counts once it is on
//! disk with its end, and what a killed run has left of one is cut off.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A file of lines, which is opened for writing as the first is added: what is whole may lie where nothing is written.
#[derive(Debug)]
pub(crate) struct Journal {
    path: PathBuf,
    file: Option<File>,
}

/// What was found in one.
#[derive(Debug)]
pub(crate) struct Found<Line> {
    pub(crate) lines: Vec<Line>,
    /// How many bytes of a line without its end were cut off, if any.
    pub(crate) cut_off: Option<usize>,
}

impl Journal {
    /// Reads the lines of the file at `path`, of which there need be none.
    ///
    /// # Errors
    /// [`BadInput`] with the path and the line if any but the last is none, or if the file cannot be read, or not be
    /// written where something is to be cut off.
    pub(crate) fn open<Line: DeserializeOwned>(path: &Path) -> Result<(Self, Found<Line>)> {
        let bytes = match std::fs::read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|error| files::unreadable(path, &error))?,
        };
        let (mut lines, mut whole) = (Vec::new(), 0);
        for (number, line) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
            let is_last = whole + line.len() == bytes.len();
            match serde_json::from_slice(line) {
                Ok(read) if line.ends_with(b"\n") => lines.push(read),
                _ if is_last => break,
                Ok(_) | Err(_) => return Err(malformed(path, number).into()),
            }
            whole += line.len();
        }
        let mut journal = Self { path: path.to_owned(), file: None };
        let cut_off = (whole < bytes.len()).then(|| bytes.len() - whole);
        if cut_off.is_some() {
            journal.file()?.set_len(whole as u64).map_err(|error| unwritable(path, &error))?;
        }
        Ok((journal, Found { lines, cut_off }))
    }

    /// Adds `lines`; they are on disk when it returns.
    ///
    /// # Errors
    /// [`BadInput`] if nothing can be written there; a failure if these cannot be.
    pub(crate) fn add<Line: Serialize>(&mut self, lines: &[Line]) -> Result<()> {
        let text = text(lines)?;
        let file = self.file()?;
        file.write_all(&text).and_then(|()| file.sync_data()).with_context(|| self.path.display().to_string())
    }

    /// Puts `lines` in the place of all that is there: at once, or not at all.
    ///
    /// # Errors
    /// Fails if they cannot be written.
    pub(crate) fn replace<Line: Serialize>(&mut self, lines: &[Line]) -> Result<()> {
        let fresh = self.path.with_extension("new");
        let text = text(lines)?;
        let written = || {
            let mut file = File::create(&fresh)?;
            file.write_all(&text)?;
            file.sync_all()?;
            std::fs::rename(&fresh, &self.path)?;
            OpenOptions::new().append(true).open(&self.path)
        };
        self.file = Some(written().with_context(|| self.path.display().to_string())?);
        Ok(())
    }

    /// The file, open to be added to.
    fn file(&mut self) -> Result<&mut File, BadInput> {
        let file = if let Some(file) = self.file.take() {
            file
        } else {
            let opened = OpenOptions::new().create(true).append(true).open(&self.path);
            opened.map_err(|error| unwritable(&self.path, &error))?
        };
        Ok(self.file.insert(file))
    }
}

fn text<Line: Serialize>(lines: &[Line]) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
    }
    Ok(text)
}

fn malformed(path: &Path, number: usize) -> BadInput {
    let path = path.display();
    BadInput::new(format!("{path}: line {number} is none that this tool writes: name another folder with --cache"))
}

fn unwritable(path: &Path, error: &std::io::Error) -> BadInput {
    BadInput::new(format!("{}: it cannot be written ({error}): name another folder with --cache", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(text: &str) -> (tempfile::TempDir, Result<(Journal, Found<u32>)>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines.jsonl");
        std::fs::write(&path, text).unwrap();
        let opened = Journal::open(&path);
        (folder, opened)
    }

    #[test]
    fn what_is_added_or_put_in_its_place_is_there_when_it_is_opened_again() {
        let (folder, opened) = opened("");
        let (mut journal, found) = opened.unwrap();
        assert_eq!((found.lines.len(), found.cut_off), (0, None));
        journal.add(&[1, 2]).unwrap();
        journal.replace(&[2]).unwrap();
        journal.add(&[3]).unwrap();
        let (_, found) = Journal::open::<u32>(&folder.path().join("lines.jsonl")).unwrap();
        assert_eq!((found.lines, found.cut_off), (vec![2, 3], None));
    }

    #[test]
    fn a_file_to_which_nothing_is_added_is_not_written() {
        let (folder, opened) = opened("1\n");
        let path = folder.path().join("lines.jsonl");
        let written_at = std::fs::metadata(&path).unwrap().modified().unwrap();
        drop(opened);
        let none = folder.path().join("none.jsonl");
        let (mut journal, _) = Journal::open::<u32>(&none).unwrap();
        assert!(!none.exists());
        assert_eq!(std::fs::metadata(&path).unwrap().modified().unwrap(), written_at);
        journal.add(&[1]).unwrap();
        assert_eq!(std::fs::read_to_string(none).unwrap(), "1\n");
    }

    #[test]
    fn a_last_line_that_a_killed_run_has_left_is_cut_off_and_the_rest_intact() {
        for (text, cut_off) in [("1\n2\n3", 1), ("1\n2\n\0\0\0", 3), ("1\n2\n{\"a\n", 4), ("1\n2\n \n", 2)] {
            let (folder, opened) = opened(text);
            let (mut journal, found) = opened.unwrap();
            assert_eq!((found.lines, found.cut_off), (vec![1, 2], Some(cut_off)), "{text}");
            journal.add(&[4]).unwrap();
            assert_eq!(std::fs::read_to_string(folder.path().join("lines.jsonl")).unwrap(), "1\n2\n4\n", "{text}");
        }
    }

    #[test]
    fn another_line_that_is_none_is_refused_by_its_number() {
        let (_folder, opened) = opened("1\nx\n3\n");
        let refusal = opened.unwrap_err().to_string();
        assert!(refusal.contains("lines.jsonl: line 2 is none"), "{refusal}");
    }
}
