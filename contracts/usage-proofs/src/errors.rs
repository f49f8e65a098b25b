//! Why `UsageProofs` refuses. A refusal changes no state.

use alloy_sol_types::sol;
use mrc53_interfaces::refusals;
use mrc53_trie::{Reason, Refusal};

sol! {
    /// An address of the constructor, or the code hash, is zero.
    #[derive(Debug, PartialEq, Eq)]
    error ZeroArgument();

    /// The grace of the constructor is above `max` days.
    #[derive(Debug, PartialEq, Eq)]
    error GraceTooLong(uint32 graceDays, uint32 max);

    /// The window of the constructor is below `min` or above `max` days.
    #[derive(Debug, PartialEq, Eq)]
    error WindowOutOfRange(uint32 windowDays, uint32 min, uint32 max);

    /// Somebody else than the relay sends a root.
    #[derive(Debug, PartialEq, Eq)]
    error NotRelay(address caller);

    /// The arguments are not those of the function, ABI-encoded.
    #[derive(Debug, PartialEq, Eq)]
    error ArgumentsMalformed();

    /// The relay has not sent this root.
    #[derive(Debug, PartialEq, Eq)]
    error RootUnknown(bytes32 root);

    /// The root is another than what version 0, state root, message passer's root and the header's hash are hashed to.
    #[derive(Debug, PartialEq, Eq)]
    error PreimageMismatch(bytes32 root, bytes32 hashed);

    /// The header is no list of strings with a state root and a time.
    #[derive(Debug, PartialEq, Eq)]
    error HeaderMalformed(bytes32 blockHash);

    /// The header has another state root.
    #[derive(Debug, PartialEq, Eq)]
    error StateRootMismatch(bytes32 stateRoot, bytes32 ofHeader);

    /// The header's time is later than now. Unix seconds.
    #[derive(Debug, PartialEq, Eq)]
    error HeaderInFuture(uint64 timestamp, uint64 nowAt);

    /// The buckets do not exist in that state.
    #[derive(Debug, PartialEq, Eq)]
    error AccountAbsent(address buckets);

    /// What the state holds for the buckets is no account.
    #[derive(Debug, PartialEq, Eq)]
    error AccountMalformed(address buckets);

    /// The buckets have other code.
    #[derive(Debug, PartialEq, Eq)]
    error CodeHashMismatch(bytes32 codeHash, bytes32 found);

    /// The root was not opened.
    #[derive(Debug, PartialEq, Eq)]
    error RootNotOpen(bytes32 root);

    /// There are not as many words as subnets.
    #[derive(Debug, PartialEq, Eq)]
    error LengthsDiffer(uint32 subnets, uint32 words);

    /// No such word: the days of the last one are those up to 2^32 - 1.
    #[derive(Debug, PartialEq, Eq)]
    error WordOutOfRange(uint32 position, uint32 word);

    /// The hashed slot of the word at `position` of the batch, counted from 0, is not above the one before it.
    #[derive(Debug, PartialEq, Eq)]
    error WordNotAscending(uint32 position);

    /// The proof ends where node number `node`, counted from 0, is needed for the word at `position` of the batch, or for
    /// the account.
    #[derive(Debug, PartialEq, Eq)]
    error NodeMissing(uint32 position, uint32 node);

    /// The node is another than its parent, or the root, names.
    #[derive(Debug, PartialEq, Eq)]
    error NodeUnexpected(uint32 position, uint32 node);

    /// The node, or something embedded in it, is malformed.
    #[derive(Debug, PartialEq, Eq)]
    error NodeMalformed(uint32 position, uint32 node);

    /// The value in the node is no number as a storage holds it.
    #[derive(Debug, PartialEq, Eq)]
    error ValueMalformed(uint32 position, uint32 node);

    /// No word needs the node, nor what comes behind it.
    #[derive(Debug, PartialEq, Eq)]
    error NodesLeft(uint32 node);

    /// `StakeAlignment` did not answer on which days the subnet is eligible.
    #[derive(Debug, PartialEq, Eq)]
    error AlignmentCallFailed(address alignment);
}

refusals! {
    /// Everything that `UsageProofs` reverts with.
    #[derive(Debug, PartialEq, Eq)]
    pub enum Error {
        ZeroArgument {},
        GraceTooLong { graceDays, max },
        WindowOutOfRange { windowDays, min, max },
        NotRelay { caller },
        ArgumentsMalformed {},
        RootUnknown { root },
        PreimageMismatch { root, hashed },
        HeaderMalformed { blockHash },
        StateRootMismatch { stateRoot, ofHeader },
        HeaderInFuture { timestamp, nowAt },
        AccountAbsent { buckets },
        AccountMalformed { buckets },
        CodeHashMismatch { codeHash, found },
        RootNotOpen { root },
        LengthsDiffer { subnets, words },
        WordOutOfRange { position, word },
        WordNotAscending { position },
        NodeMissing { position, node },
        NodeUnexpected { position, node },
        NodeMalformed { position, node },
        ValueMalformed { position, node },
        NodesLeft { node },
        AlignmentCallFailed { alignment },
    }
}

impl From<Refusal> for Error {
    fn from(Refusal { key: position, node, reason }: Refusal) -> Self {
        match reason {
            Reason::KeyNotAscending => WordNotAscending { position }.into(),
            Reason::NodeMissing => NodeMissing { position, node }.into(),
            Reason::NodeUnexpected => NodeUnexpected { position, node }.into(),
            Reason::NodeMalformed => NodeMalformed { position, node }.into(),
            Reason::ValueMalformed => ValueMalformed { position, node }.into(),
            Reason::NodesLeft => NodesLeft { node }.into(),
        }
    }
}
