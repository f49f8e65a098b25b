//! Opening a root: from what Ethereum knows of Base down to the buckets' storage.

use alloy_primitives::B256;
use mrc53_interfaces::wire::{emit, word};
use mrc53_trie::{account::Account, header::Header, Walk};
use stylus_sdk::{crypto::keccak, prelude::*};

use crate::{
    arguments::Arguments,
    coverage::{first_day_not_covered, moved},
    errors::{
        AccountAbsent, AccountMalformed, CodeHashMismatch, Error, HeaderInFuture, HeaderMalformed, PreimageMismatch,
        RootUnknown, StateRootMismatch,
    },
    events::RootOpened,
    slots,
    words::RootWord,
    UsageProofs,
};

impl UsageProofs {
    /// Opens the root that the `arguments` of `openRoot` prove; see [`UsageProofs::open_root`].
    pub(crate) fn open_encoded(&mut self, arguments: Arguments<'_>) -> Result<(), Error> {
        let (root, state_root) = (arguments.word(0)?, arguments.word(1)?);
        let known = self.root_word(root);
        if !known.is_accepted {
            return Err(RootUnknown { root }.into());
        }
        if known.timestamp.is_some() {
            return Ok(());
        }
        let header = arguments.bytes(3)?;
        let block_hash = keccak(header);
        // Version 0, as every output of Base so far.
        let hashed = keccak([B256::ZERO, state_root, arguments.word(2)?, block_hash].concat());
        if hashed != root {
            return Err(PreimageMismatch { root, hashed }.into());
        }
        let timestamp = self.time_of(header, block_hash, state_root)?;
        let storage_root = self.storage_root(state_root, arguments.bytes(4)?)?;

        self.set_root_word(root, RootWord { timestamp: Some(timestamp), ..known });
        self.storage_roots.insert(root, storage_root);
        let settings = self.settings();
        let not_covered = first_day_not_covered(timestamp, settings.grace_days);
        let latest = settings.entries.checked_sub(1).map(|latest| self.entry(latest));
        if let Some(entry) = moved(latest, not_covered, self.vm().block_timestamp()) {
            self.push_entry(settings, entry);
        }
        emit::<RootOpened>(self.vm(), &[root], &[word(timestamp), storage_root, word(not_covered)]);
        Ok(())
    }

    /// The time of a header that is of the state with this root and not of the future, unix seconds.
    fn time_of(&self, header: &[u8], block_hash: B256, state_root: B256) -> Result<u64, Error> {
        let Ok(Header { state_root: of_header, timestamp }) = Header::read(header) else {
            return Err(HeaderMalformed { blockHash: block_hash }.into());
        };
        if state_root != *of_header {
            return Err(StateRootMismatch { stateRoot: state_root, ofHeader: B256::new(*of_header) }.into());
        }
        let now = self.vm().block_timestamp();
        if timestamp > now {
            return Err(HeaderInFuture { timestamp, nowAt: now }.into());
        }
        Ok(timestamp)
    }

    /// The root of the buckets' storage in a state, if their code is what it must be.
    fn storage_root(&self, state_root: B256, proof: &[u8]) -> Result<B256, Error> {
        let buckets = self.buckets.get();
        let mut walk = Walk::new(&state_root.0, proof, slots::keccak256);
        let account = walk.value(&slots::path_of_account(buckets))?;
        walk.end()?;
        let account = account.ok_or(AccountAbsent { buckets })?;
        let Account { storage_root, code_hash } = Account::read(account).map_err(|_| AccountMalformed { buckets })?;
        let wanted = self.code_hash.get();
        if wanted != *code_hash {
            return Err(CodeHashMismatch { codeHash: wanted, found: B256::new(*code_hash) }.into());
        }
        Ok(B256::new(*storage_root))
    }
}
