//! Files that people name: read as text, or refused by their path, with what is wrong and what helps.

use std::fs::File;
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

use crate::failure::BadInput;

/// UTF-8 needs no byte order mark, and some editors write one.
const MARK: char = '\u{feff}';

/// The most bytes of a file that is read whole: twelve times the public snapshot of Base, unpacked.
pub const MOST_BYTES: u64 = 1 << 30;

/// The text of the file at `path`, without the mark that some editors begin it with.
///
/// # Errors
/// [`BadInput`] with the path if there is none, it cannot be read, or it has more than [`MOST_BYTES`].
pub fn read(path: impl AsRef<Path>) -> Result<String, BadInput> {
    let bytes = bytes(&path, MOST_BYTES)?;
    text(bytes).map_err(|error| unreadable(path, &error))
}

/// The bytes of the file at `path`.
///
/// # Errors
/// [`BadInput`] with the path if there is none, it cannot be read, or it has more than `most_bytes`.
pub fn bytes(path: impl AsRef<Path>, most_bytes: u64) -> Result<Vec<u8>, BadInput> {
    let path = path.as_ref();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(most_bytes.saturating_add(1)).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(unreadable(path, &error)),
        Ok(read) if read as u64 > most_bytes => {
            let much = format!("it has more than {most_bytes} bytes: is this the file that is meant?");
            Err(BadInput::new(format!("{}: {much}", path.display())))
        }
        Ok(_) => Ok(bytes),
    }
}

/// The text that `bytes` of a file are, without a byte order mark at its beginning.
///
/// # Errors
/// [`ErrorKind::InvalidData`] if they are no UTF-8.
pub fn text(bytes: Vec<u8>) -> Result<String, Error> {
    let mut text = String::from_utf8(bytes).map_err(|_| ErrorKind::InvalidData)?;
    if text.starts_with(MARK) {
        text.drain(..MARK.len_utf8());
    }
    Ok(text)
}

/// The text of the file that `naming`, a file itself, names as `path`, which begins in the folder of `naming`.
///
/// # Errors
/// [`BadInput`] with where it was looked for, if there is none, it cannot be read, or it has more than `most_bytes`.
pub fn read_beside(naming: impl AsRef<Path>, path: &str, most_bytes: u64) -> Result<String, BadInput> {
    let path = naming.as_ref().parent().unwrap_or(Path::new("")).join(path);
    if std::fs::metadata(&path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        let folder = "there is no such file; a path in a file begins in its folder";
        return Err(BadInput::new(format!("{}: {folder}", path.display())));
    }
    text(bytes(&path, most_bytes)?).map_err(|error| unreadable(&path, &error))
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
    fn a_byte_order_mark_is_no_text_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("days.csv");
        std::fs::write(&path, "\u{feff}day\u{feff}").unwrap();
        assert_eq!(read(&path).unwrap(), "day\u{feff}");
        assert_eq!(read_beside(&path, "days.csv", 10).unwrap(), "day\u{feff}");
    }

    #[test]
    fn a_file_is_read_up_to_its_most_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it");
        std::fs::write(&path, "four").unwrap();
        assert_eq!(bytes(&path, 4).unwrap(), b"four");
        assert!(bytes(&path, 3).unwrap_err().to_string().contains("it has more than 3 bytes"));
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
