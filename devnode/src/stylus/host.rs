//! The seam between a running program and the chain.
//!
//! The Stylus side owns every price, the gas arithmetic (63/64, stipend, access costs) and the storage
//! cache of a frame; a [`Host`] only reads and writes state and says what was cold. What it returns is
//! raw: no method of [`Host`] takes gas but [`Host::call`] and [`Host::create`], which run a child frame
//! with exactly the gas they are given.
//!
//! Rules a [`Host`] keeps, as in Nitro's `arbos/programs/api.go`:
//! - Loading a slot or an account marks it warm (EIP-2929); `is_cold` says how it was before.
//! - A child frame that fails leaves no state behind; its logs and refunds go too.
//! - Writes under a static call never reach it: the hooks refuse them first.

use alloy::primitives::{Address, B256, Bytes, U256};

use super::hostios::Hostios;

/// A failure of the chain itself (its database), never of the program. It aborts the transaction.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct HostError(pub String);

/// A storage slot as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotRead {
    /// The present value.
    pub value: B256,
    /// True if this access was the transaction's first to the slot.
    pub is_cold: bool,
}

/// A storage slot as written: the three values EIP-2200 prices by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotWrite {
    /// The value at the transaction's start.
    pub original: B256,
    /// The value just before this write.
    pub present: B256,
    /// True if this access was the transaction's first to the slot.
    pub is_cold: bool,
}

/// What may be asked about an account without its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountFacts {
    /// Balance in wei.
    pub balance: U256,
    /// keccak of the code; the empty hash for an account without code, zero for an empty account (EIP-1052).
    pub code_hash: B256,
    /// True if nonce, balance and code are all empty (EIP-161).
    pub is_empty: bool,
    /// True if this access was the transaction's first to the account.
    pub is_cold: bool,
}

/// The three ways a program calls a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// `call_contract`: the target's code on the target's storage, value moves.
    Call,
    /// `delegate_call_contract`: the target's code on the acting account's storage, with its caller and value.
    Delegate,
    /// `static_call_contract`: the target's code, no writes from here down.
    Static,
}

/// A call that a program makes, already priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRequest {
    /// How to call.
    pub kind: CallKind,
    /// Whose code runs.
    pub target: Address,
    /// Wei to move; zero unless `kind` is [`CallKind::Call`].
    pub value: U256,
    /// Calldata.
    pub input: Bytes,
    /// Gas of the child frame, the stipend included.
    pub gas_limit: u64,
}

/// A contract creation that a program makes, already priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// Init code.
    pub code: Bytes,
    /// Wei the new account gets.
    pub endowment: U256,
    /// CREATE2 if present, CREATE otherwise.
    pub salt: Option<B256>,
    /// Gas of the child frame.
    pub gas_limit: u64,
}

/// How a child frame ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChildStatus {
    /// State is kept.
    Success,
    /// Rolled back by its own decision: output and remaining gas are kept.
    Revert,
    /// Rolled back by an error: no output. `gas_left` is 0, except when the frame never started
    /// (too deep, balance short), which returns all of it.
    Halt,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOutcome {
    /// How it ended.
    pub status: ChildStatus,
    /// Return data or revert data.
    pub output: Bytes,
    /// Gas of the child frame not used.
    pub gas_left: u64,
}

/// What came of a creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateOutcome {
    /// How it ended.
    pub status: ChildStatus,
    /// The new account on success.
    pub address: Option<Address>,
    /// Revert data; ignored on success.
    pub output: Bytes,
    /// Gas of the child frame not used.
    pub gas_left: u64,
}

/// Memory pages (64 KiB) that the programs of one transaction hold. Not rolled back by reverts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pages {
    /// Held by frames that are running.
    pub open: u16,
    /// The most ever held at once.
    pub ever: u16,
}

/// What a program may see of its block and transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockContext {
    /// Nitro's `block_number`: the number of the parent (L1) block.
    pub l1_number: u64,
    /// Seconds since 1970.
    pub timestamp: u64,
    /// The fee recipient.
    pub coinbase: Address,
    /// Wei per gas.
    pub basefee: U256,
    /// Gas limit of the block.
    pub gas_limit: u64,
    /// EIP-155 id.
    pub chain_id: u64,
    /// Sender of the transaction.
    pub origin: Address,
    /// Effective price of the transaction, wei per gas.
    pub gas_price: U256,
}

/// One activation record of a message call to a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The acting account: whose storage and balance the program uses (under delegatecall not whose code).
    pub address: Address,
    /// `msg_sender`.
    pub caller: Address,
    /// `msg_value` in wei.
    pub value: U256,
    /// What `read_args` gives.
    pub calldata: Bytes,
    /// True from a static call down: writes fail.
    pub is_static: bool,
    /// Gas of the frame, start costs of the program not yet taken.
    pub gas_limit: u64,
    /// `msg_reentrant`: true if another non-delegate frame of `address` is running below this one.
    pub is_reentrant: bool,
    /// Depth of the frame, 0 for the transaction's own.
    pub depth: usize,
    /// Block and transaction.
    pub block: BlockContext,
}

/// What a running program may ask of the chain. `address` is the acting account.
pub trait Host {
    /// Reads a slot of `address` and warms it.
    ///
    /// # Errors
    /// [`HostError`] if the database fails.
    fn storage_load(&mut self, address: Address, key: B256) -> Result<SlotRead, HostError>;

    /// Says what a write to the slot would change, and warms it; writes nothing.
    ///
    /// # Errors
    /// [`HostError`] if the database fails.
    fn storage_peek(&mut self, address: Address, key: B256) -> Result<SlotWrite, HostError>;

    /// Writes a slot of `address`; it was peeked at and paid for just before.
    ///
    /// # Errors
    /// [`HostError`] if the database fails.
    fn storage_store(&mut self, address: Address, key: B256, value: B256) -> Result<(), HostError>;

    /// Adds to the transaction's refund counter; negative takes back.
    fn add_refund(&mut self, gas: i64);

    /// Reads a transient slot (EIP-1153).
    fn transient_load(&mut self, address: Address, key: B256) -> B256;

    /// Writes a transient slot (EIP-1153).
    fn transient_store(&mut self, address: Address, key: B256, value: B256);

    /// Facts of any account, which becomes warm. Does not load its code.
    ///
    /// # Errors
    /// [`HostError`] if the database fails.
    fn account(&mut self, address: Address) -> Result<AccountFacts, HostError>;

    /// The code of any account, which becomes warm, and whether it was cold.
    ///
    /// # Errors
    /// [`HostError`] if the database fails.
    fn code(&mut self, address: Address) -> Result<(Bytes, bool), HostError>;

    /// Runs a call made by `frame` to its end. Checks depth and balance, moves value, applies the
    /// 7702 delegation of the target.
    ///
    /// # Errors
    /// [`HostError`] if the database fails.
    fn call(&mut self, frame: &Frame, request: CallRequest) -> Result<CallOutcome, HostError>;

    /// Runs a creation made by `frame` to its end: nonce, collision, endowment, code deposit.
    ///
    /// # Errors
    /// [`HostError`] if the database fails.
    fn create(&mut self, frame: &Frame, request: CreateRequest) -> Result<CreateOutcome, HostError>;

    /// Adds a log of `address` with at most four topics.
    fn emit_log(&mut self, address: Address, topics: Vec<B256>, data: Bytes);

    /// The page counters of the transaction.
    fn pages(&mut self) -> &mut Pages;

    /// Where hooks are recorded, if somebody traces them.
    fn hostios(&mut self) -> Option<&mut Hostios> {
        None
    }
}
