//! Files that people name: read as text, or refused by their path, with what is wrong and what helps.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::failure::BadInput;

/// The text of the file at `path`.
///
/// # Errors
/// [`BadInput`] with the path if there is none, or it cannot be read.
pub fn read(path: impl AsRef<Path>) -> Result<String, BadInput> {
    std::fs::read_to_string(&path).map_err(|error| unreadable(path, &error))
}

/// That the file at `path` cannot be read, by `error`.
pub fn unreadable(path: impl AsRef<Path>, error: &Error) -> BadInput {
    let why = match error.kind() {
        ErrorKind::NotFound => "there is no such file; a path begins in the folder in which the command is run".into(),
        ErrorKind::PermissionDenied => "this account may not read it: `ls -l` says who may".into(),
        ErrorKind::IsADirectory => "it is a folder: name a file in it".into(),
        ErrorKind::InvalidData => "it is no text: is this the file that is meant?".into(),
        _ => format!("it cannot be read: {error}"),
    };
    BadInput::new(format!("{}: {why}", path.as_ref().display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_read_is_refused_by_its_path_in_words_of_our_own() {
        let folder = tempfile::tempdir().unwrap();
        let (missing, binary) = (folder.path().join("none.json"), folder.path().join("some.wasm"));
        std::fs::write(&binary, [0xff, 0xfe]).unwrap();
        for (path, why) in
            [(&*missing, "there is no such file"), (folder.path(), "it is a folder"), (&*binary, "it is no text")]
        {
            let refusal = read(path).unwrap_err().to_string();
            assert!(refusal.starts_with(&format!("{}: {why}", path.display())), "{refusal}");
            assert!(!refusal.contains("os error"), "{refusal}");
        }
    }
}
