//! Files that people name: read as text, or refused by their path, with what is wrong and what helps.

use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

use crate::failure::BadInput;

/// The text of the file at `path`.
///
/// # Errors
/// [`BadInput`] with the path if there is none, or it cannot be read.
pub fn read(path: impl AsRef<Path>) -> Result<String, BadInput> {
    std::fs::read_to_string(&path).map_err(|error| unreadable(path, &error))
}

/// The text of the file that `naming`, a file itself, names as `path`, which begins in the folder of `naming`.
///
/// # Errors
/// [`BadInput`] with where it was looked for, if there is none, it cannot be read, or it has more than `most_bytes`.
pub fn read_beside(naming: impl AsRef<Path>, path: &str, most_bytes: u64) -> Result<String, BadInput> {
    let path = naming.as_ref().parent().unwrap_or(Path::new("")).join(path);
    let mut bytes = Vec::new();
    let read = File::open(&path).and_then(|file| file.take(most_bytes.saturating_add(1)).read_to_end(&mut bytes));
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let folder = "there is no such file; a path in a file begins in its folder";
            Err(BadInput::new(format!("{}: {folder}", path.display())))
        }
        Err(error) => Err(unreadable(&path, &error)),
        Ok(read) if read as u64 > most_bytes => {
            let much = format!("it has more than {most_bytes} bytes: is this the file that is meant?");
            Err(BadInput::new(format!("{}: {much}", path.display())))
        }
        Ok(_) => String::from_utf8(bytes).map_err(|_| unreadable(&path, &ErrorKind::InvalidData.into())),
    }
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

    #[test]
    fn a_file_beside_another_is_read_up_to_its_most_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let naming = folder.path().join("it.toml");
        std::fs::write(folder.path().join("days.csv"), "day").unwrap();
        std::fs::write(folder.path().join("some.wasm"), [0xff]).unwrap();
        let absolute = folder.path().join("days.csv");

        assert_eq!(read_beside(&naming, "days.csv", 3).unwrap(), "day");
        assert_eq!(read_beside("elsewhere/it.toml", absolute.to_str().unwrap(), 3).unwrap(), "day");
        for (path, most, why) in [
            ("days.csv", 2, "days.csv: it has more than 2 bytes"),
            ("none.csv", 3, "none.csv: there is no such file; a path in a file begins in its folder"),
            ("", 3, "it is a folder"),
            ("some.wasm", 3, "some.wasm: it is no text"),
        ] {
            let refusal = read_beside(&naming, path, most).unwrap_err().to_string();
            assert!(refusal.contains(why), "{refusal}");
        }
    }
}
