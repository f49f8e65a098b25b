//! Proofs that are kept on disk until their root is valid.
//!
//! | file | what it has |
//! |---|---|
//! | `source.json` | the chain and the buckets that all of it is of |
//! | `<block>-<root>.json` | what proves the words of a block: checked before it is written, and again when it is read |
//! | `lock` | held by the run that writes into the folder |
//!
//! | module | what lives there |
//! |---|---|
//! | [`folder`] | the folder |
//! | `file` | one block's file |

mod file;
pub mod folder;
