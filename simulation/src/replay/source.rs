//! A file of sessions: what kind it is, its checksum, and what it has.

use std::fmt::Write as _;
use std::io::Read;

use flate2::read::MultiGzDecoder;
use mrc53_console::files::{self, MOST_BYTES};
use sha2::{Digest, Sha256};

use super::dump;
use super::dump_error::DumpError;
use super::lines::{self, LinesError};
use super::sessions::Sessions;

/// The public snapshot of Base, commit 7f9f4ee of DRM3Labs-OSS/morpheus-ai-base-data: 113,343 sessions until 2026-07-05.
pub const PUBLISHED_SHA256: &str = "4df58a47c877e53f09a27aef48e5c67c8bbe622427a9bcbba7a695592acede05";

/// A file that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// SHA-256 of the file as it lies there, in hex.
    pub sha256: String,
    /// Its sessions.
    pub sessions: Sessions,
}

/// Why a file has no sessions.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It begins like a gzip file and is none.
    #[error("it begins as a gzip file and cannot be read as one: {0}")]
    Gzip(std::io::Error),
    /// It is more than a snapshot can be.
    #[error("it unpacks to more than {MOST_BYTES} bytes: no snapshot of sessions")]
    TooLarge,
    /// It is neither SQL nor lines of JSON.
    #[error("it is no text")]
    NoText,
    /// It begins as no statement and as no object.
    #[error(
        "it is neither a snapshot, which has SQL, nor lines like {{\"id\": \"0x1\", \"provider\": \"0x2\", \"opened_at\": 1770000000, \"ends_at\": 1770001800, \"closed_at\": 0}}"
    )]
    Neither,
    /// SQL that is no snapshot.
    #[error(transparent)]
    Dump(#[from] DumpError),
    /// Lines that are no sessions.
    #[error(transparent)]
    Lines(#[from] LinesError),
}

impl Source {
    /// Reads `bytes`: an SQL dump, or JSON objects a line, each packed by gzip or not.
    ///
    /// # Errors
    /// [`SourceError`] with the place.
    pub fn read(bytes: &[u8]) -> Result<Self, SourceError> {
        let digest = Sha256::digest(bytes);
        let sha256 = digest.iter().fold(String::new(), |mut text, byte| {
            // Writing into a string does not fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        let text = if bytes.starts_with(&[0x1f, 0x8b]) { unpacked(bytes)? } else { bytes.to_vec() };
        let text = files::text(text).map_err(|_| SourceError::NoText)?;
        let sessions = if text.trim_start().starts_with('{') {
            lines::read(text.as_bytes())?
        } else if dump::is_sql(&text) {
            dump::read(&text)?
        } else {
            return Err(SourceError::Neither);
        };
        Ok(Self { sha256, sessions })
    }

    /// Whether it is the snapshot that was published, to the byte.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.sha256 == PUBLISHED_SHA256
    }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, SourceError> {
    let mut text = Vec::new();
    MultiGzDecoder::new(bytes).take(MOST_BYTES + 1).read_to_end(&mut text).map_err(SourceError::Gzip)?;
    if text.len() as u64 > MOST_BYTES { Err(SourceError::TooLarge) } else { Ok(text) }
}
