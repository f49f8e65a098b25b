//! A copy of the clone in another folder, to build or to mutate. Files that are the same stay as they are, so that its own
//! build folder stays warm.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Folders that are not copied, and not cleared in the copy: what was built and fetched.
const LEFT_OUT: [&str; 3] = ["target", "node_modules", ".git"];

/// Makes `to` a copy of the clone `from` and returns it as a clone.
///
/// # Errors
/// Fails if a file cannot be read or written.
pub fn refresh(from: &Path, to: &Path) -> Result<Workspace> {
    copy(from, to)?;
    Ok(Workspace::at(to))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| to.display().to_string())?;
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        let (source, target) = (entry.path(), to.join(&name));
        if kind.is_dir() && !is_left_out(&name.to_string_lossy()) {
            copy(&source, &target)?;
        } else if kind.is_file() {
            let text = fs::read(&source).with_context(|| source.display().to_string())?;
            if fs::read(&target).ok().as_ref() != Some(&text) {
                fs::write(&target, text).with_context(|| target.display().to_string())?;
            }
        }
        names.insert(name);
    }
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        let name = entry.file_name();
        if names.contains(&name) || is_left_out(&name.to_string_lossy()) {
            continue;
        }
        let path = entry.path();
        if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }
            .with_context(|| path.display().to_string())?;
    }
    Ok(())
}

fn is_left_out(name: &str) -> bool {
    LEFT_OUT.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_follows_its_source_and_keeps_its_build_folder() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::create_dir_all(from.join("src")).unwrap();
        fs::create_dir_all(from.join("target")).unwrap();
        fs::write(from.join("src/lib.rs"), "one").unwrap();
        fs::write(from.join("target/built"), "of the source").unwrap();
        copy(&from, &to).unwrap();
        fs::create_dir_all(to.join("target")).unwrap();
        fs::write(to.join("target/built"), "of the copy").unwrap();
        fs::write(to.join("src/lib.rs"), "a mutant").unwrap();
        fs::write(to.join("src/gone.rs"), "no longer there").unwrap();

        copy(&from, &to).unwrap();

        assert_eq!(fs::read_to_string(to.join("src/lib.rs")).unwrap(), "one");
        assert_eq!(fs::read_to_string(to.join("target/built")).unwrap(), "of the copy");
        assert!(!to.join("src/gone.rs").exists());
    }
}
