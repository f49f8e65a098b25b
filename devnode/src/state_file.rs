//! The file that the chain is written to when a node stops: tried before the chain starts, replaced whole or not at all.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

/// A file that could be written when it was tried.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    folder: PathBuf,
}

impl StateFile {
    /// Tries whether `path` can be written, by making a file beside it. What a link points at is meant, not the link.
    pub(crate) fn try_out(path: &Path) -> io::Result<Self> {
        let path = match path.canonicalize() {
            Ok(existing) if !existing.is_file() => return Err(io::Error::other("it is there, but is no file")),
            Ok(existing) => existing,
            Err(_) => std::path::absolute(path)?,
        };
        let folder = path.parent().ok_or(io::ErrorKind::IsADirectory)?.to_owned();
        let file = Self { path, folder };
        file.neighbour()?;
        Ok(file)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes to a neighbour and renames it, so that whatever happens either the old or the new content is there.
    pub(crate) fn write(&self, content: &[u8]) -> io::Result<()> {
        let mut neighbour = self.neighbour()?;
        neighbour.write_all(content)?;
        neighbour.as_file().sync_all()?;
        neighbour.persist(&self.path)?;
        Ok(())
    }

    fn neighbour(&self) -> io::Result<NamedTempFile> {
        let mut builder = Builder::new();
        builder.prefix(".mrc53-state-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            // Those of any new file, as far as the user's mask lets them.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        // Without the name that it would have had: it is the folder that refuses.
        builder.tempfile_in(&self.folder).map_err(|error| io::Error::from(error.kind()))
    }
}
