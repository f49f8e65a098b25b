//! A block's file. Written whole or not at all; what it says is checked like a node's answer.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use alloy::primitives::{B256, Bytes};
use anyhow::{Context, Result};
use mrc53_console::failure::BadInput;
use mrc53_console::files;
use serde::{Deserialize, Serialize};

use crate::block::Block;
use crate::evidence::{Evidence, Opening, Proven};
use crate::fetch::Buckets;

/// What is written.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    header: Bytes,
    message_passer_root: B256,
    account_proof: Vec<Bytes>,
    words: Vec<Proven>,
}

/// Reads the file at `path`.
///
/// # Errors
/// [`BadInput`] that names it if it cannot be read, or does not prove what it says.
pub(super) fn read(path: &Path, buckets: Buckets) -> Result<Evidence, BadInput> {
    let content = serde_json::from_str(&files::read(path)?).ok();
    content.and_then(|content| checked(content, buckets)).ok_or_else(|| {
        BadInput::new(format!(
            "{}: it is none that this tool writes, or was changed since: remove it, or name another folder with --kept",
            path.display()
        ))
    })
}

/// Writes `evidence` to `path`.
///
/// # Errors
/// Fails if it cannot be written.
pub(super) fn write(path: &Path, evidence: &Evidence) -> Result<()> {
    let Evidence { opening, words } = evidence.clone();
    let Opening { block, message_passer_root, account_proof, .. } = opening;
    let text = serde_json::to_string(&Content { header: block.header, message_passer_root, account_proof, words })?;
    let fresh = path.with_extension("new");
    // On the disk before it takes the place: what is cut off by a power failure would be refused from then on.
    let whole = |mut file: File| file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let written = File::create(&fresh).and_then(whole).and_then(|()| std::fs::rename(&fresh, path));
    written.with_context(|| path.display().to_string())
}

fn checked(content: Content, buckets: Buckets) -> Option<Evidence> {
    let Content { header, message_passer_root, account_proof, words } = content;
    let block = Block::of(header)?;
    let (opening, code_hash) = Opening::checked(block, message_passer_root, buckets.address, account_proof).ok()?;
    let of = |proven: Proven| {
        let again = Proven::checked(proven.word, proven.proof.clone(), opening.storage_root).ok()?;
        (again == proven).then_some(again)
    };
    let words = words.into_iter().map(of).collect::<Option<Vec<_>>>()?;
    (code_hash == Some(buckets.code_hash)).then(|| Evidence::new(opening, words))
}
