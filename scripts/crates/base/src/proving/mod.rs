//! Opening roots and proving words: whatever is due, of all subnets of interest. Every step may be done twice, by anybody.
//!
//! | module | what lives there |
//! |---|---|
//! | [`run`] | the whole of it, in order |
//! | `interest` | which words are of interest in a block |
//! | `keeping` | proofs of proposed blocks, fetched while nodes have them |
//! | `opening` | roots that have arrived, opened |
//! | `source` | proofs by a root, kept or fetched |
//! | `missing` | words whose proofs are not to be had |
//! | `candidates` | words on which something was hosted, and what becomes of their days |
//! | `sending` | words, proven in as many transactions as it takes |
//! | [`line`] | what became of each |
//! | [`report`] | all of it, for people and as JSON |

mod candidates;
mod interest;
mod keeping;
pub mod line;
mod missing;
mod opening;
pub mod report;
pub mod run;
mod sending;
mod source;
