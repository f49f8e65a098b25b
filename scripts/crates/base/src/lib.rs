//! From sessions that were counted on Base to words proven on Arbitrum: Base's games on Ethereum, headers and proofs of
//! Base's blocks, and what is sent. Knows `mrc53-node`, `mrc53-abi`, `mrc53-suite` and `mrc53-console`; the command line, the
//! page of everything and the demo may know it. Words of days are those of `mrc53-ledger`, tries are read by `mrc53-trie`.
//!
//! Nothing that a node of Base answers is believed: a header must have its block's hash, every node of a trie the hash that
//! the one above names, and all of it is read by the contract's own reader before anything is sent.
//!
//! # The whole way
//!
//! 1. [`games::find::newest_valid`] (a node of Ethereum, Base's portal) says which game is valid; [`games::choose`] which
//!    one to take. [`relay::Ticket`] is its way: `cost` asks `RootRelay`, `transaction` is what is sent on Ethereum.
//! 2. Once `UsageProofs` has accepted the root: [`fetch::evidence`] (a node of Base, the buckets, the game's block, the words
//!    of interest) answers with everything checked. Its `opening.root()` must be the root.
//! 3. `opening.call()` is the call data of `openRoot`, [`evidence::Evidence::batches`] those of `prove`, for transactions to
//!    `UsageProofs` on Arbitrum.
//!
//! | module | what lives there |
//! |---|---|
//! | [`games`] | which of Base's proposals are valid on Ethereum, and why others are not |
//! | [`relay`] | what a root's way to Arbitrum costs, and the transaction |
//! | [`word`] | a word of the buckets and its place in their storage |
//! | [`block`] | a block's header as it is hashed |
//! | [`fetch`] | asking a node of Base what proves words of a block |
//! | [`evidence`] | what proves them, checked |
//! | [`batches`] | call data for `UsageProofs` |
//! | [`proposals`] | which blocks are proposed, told beforehand |
//! | [`kept`] | proofs on disk until their root is valid |
//! | [`pipeline`] | how far `UsageProofs` has come, and when words are due |
//! | [`chains`] | the three chains of a network, connected |
//! | [`relaying`] | the verb `relay` |
//! | [`proving`] | the verb `prove` |
//! | [`no_proof`] | why there is no proof |
//! | `sent` | roots that the relay has sent |
//! | `nodes` | nodes of tries, listed and read |
//! | `abi` | Base's contracts on Ethereum |

mod abi;
pub mod batches;
pub mod block;
pub mod chains;
pub mod evidence;
pub mod fetch;
pub mod games;
pub mod kept;
#[cfg(test)]
mod made_up;
pub mod no_proof;
mod nodes;
pub mod pipeline;
pub mod proposals;
pub mod proving;
pub mod relay;
pub mod relaying;
mod sent;
pub mod word;
