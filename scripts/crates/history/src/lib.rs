//! What was served on the Compute Diamond's chain, read from any node of it and kept on disk. Knows `mrc53-node`,
//! `mrc53-abi` and `mrc53-console`; the command line may know it. Days are those of `mrc53-maths`.
//!
//! Events say which sessions there were, `getSession` when each opened, ends and was closed. Both are read behind the
//! head, so that no reorganisation takes them back, and only once: what is over stays as it is.
//!
//! # A node that leaves events out
//!
//! A node may answer with fewer events than there are, and without an error. So what it says is held against itself: a
//! session that was closed has opened, one that `getSession` has as closed has its event, one that is in its provider's
//! list and opened in these blocks has its event, and it opened and was closed on the days of the blocks that say so, in
//! their order. Whatever contradicts itself is refused, and all that was not checked before is forgotten: events that were
//! not held against the lists, sessions and first blocks of days that were not held against events. The lists are of the
//! active providers and of those whose events were read.
//!
//! | module | what lives there |
//! |---|---|
//! | [`read`] | the whole way from days to their sessions |
//! | [`cache`] | the folder on disk, and what it refuses |
//! | [`session`] | a session as it is kept |
//! | `journal` | a file of JSON lines, whole after whatever ends a run |
//! | `stretches` | stretches of blocks, and what is missing between them |
//! | `unchecked` | what no run has checked yet |
//! | `midnights` | the first block of a day, found by the times of blocks |
//! | `days` | the first block of a day, asked for once |
//! | `served` | sessions asked for, behind the head |
//! | `contradiction` | what cannot be true of a node's answers |
//! | `held` | sessions held against the events of their opening and closing |
//! | `listed` | events held against the providers' own lists |

pub mod cache;
mod contradiction;
mod days;
mod held;
mod journal;
mod listed;
mod midnights;
pub mod read;
mod served;
pub mod session;
mod stretches;
mod unchecked;
