//! An in-memory stand-in for the chain, for tests of the Stylus side alone. Programs call programs and
//! move value; there is no EVM: accounts with EVM code do not run and nothing can be created.

#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod programs;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use alloy::primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256, keccak256};
use mrc53_devnode::stylus::{
    activate::{ArbosVersion, activate_code},
    code,
    host::{
        AccountFacts, BlockContext, CallKind, CallOutcome, CallRequest, ChildStatus, CreateOutcome, CreateRequest,
        Frame, Host, HostError, Pages, SlotRead, SlotWrite,
    },
    program::Programs,
    run::{RunOutcome, RunStatus, Start, run},
};

/// What reverts with a failed frame.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) balances: HashMap<Address, U256>,
    pub(crate) storage: HashMap<(Address, B256), B256>,
    transient: HashMap<(Address, B256), B256>,
    pub(crate) logs: usize,
    pub(crate) refund: i64,
}

/// Outcome of a transaction.
pub(crate) struct Receipt {
    pub(crate) is_success: bool,
    pub(crate) output: Bytes,
    pub(crate) execution_gas: u64,
    pub(crate) transaction_gas: u64,
    pub(crate) refund: u64,
    pub(crate) logs: usize,
}

/// The chain of these tests.
pub(crate) struct MemoryHost {
    pub(crate) state: State,
    at_start: State,
    code: HashMap<Address, Bytes>,
    warm_accounts: HashSet<Address>,
    warm_slots: HashSet<(Address, B256)>,
    acting: Vec<(Address, bool)>,
    pages: Pages,
    programs: Arc<Programs>,
    starts: HashMap<B256, Start>,
    /// The greatest depth a frame had.
    pub(crate) deepest: usize,
    /// Makes every storage access fail.
    pub(crate) is_broken: bool,
}

impl MemoryHost {
    pub(crate) fn new(programs: &Arc<Programs>) -> Self {
        Self {
            state: State::default(),
            at_start: State::default(),
            code: HashMap::new(),
            warm_accounts: HashSet::new(),
            warm_slots: HashSet::new(),
            acting: Vec::new(),
            pages: Pages::default(),
            programs: Arc::clone(programs),
            starts: HashMap::new(),
            deepest: 0,
            is_broken: false,
        }
    }

    /// Puts a program on the chain.
    pub(crate) fn deploy(&mut self, address: Address, wasm: &[u8]) {
        self.code.insert(address, code::compress(wasm).into());
    }

    /// Runs a transaction to its end; sender and target are warm.
    pub(crate) fn transact(&mut self, transaction: &Transaction) -> Receipt {
        self.try_transact(transaction).expect("the memory host works")
    }

    /// The same, where the host may fail.
    pub(crate) fn try_transact(&mut self, transaction: &Transaction) -> Result<Receipt, HostError> {
        self.at_start = self.state.clone();
        self.state.logs = 0;
        self.state.refund = 0;
        self.state.transient.clear();
        self.warm_slots.clear();
        self.warm_accounts = HashSet::from([transaction.sender, transaction.to]);
        self.pages = Pages::default();
        let before = self.state.clone();
        let frame = Frame {
            address: transaction.to,
            caller: transaction.sender,
            value: transaction.value,
            calldata: transaction.data.clone(),
            is_static: transaction.is_static,
            gas_limit: transaction.gas_limit,
            is_reentrant: false,
            depth: 0,
            block: block(transaction.sender),
        };
        self.move_value(transaction.sender, transaction.to, transaction.value);
        let outcome = self.enter(transaction.to, &frame, false)?;
        let is_success = outcome.status == RunStatus::Success;
        if !is_success {
            self.state = before;
        }
        let execution_gas = transaction.gas_limit - outcome.gas_left;
        let refund = u64::try_from(self.state.refund).expect("refunds end positive");
        let total = intrinsic_gas(&transaction.data) + execution_gas;
        Ok(Receipt {
            is_success,
            output: outcome.output,
            execution_gas,
            transaction_gas: total - refund.min(total / 5),
            refund,
            logs: self.state.logs,
        })
    }

    fn enter(&mut self, target: Address, frame: &Frame, is_delegate: bool) -> Result<RunOutcome, HostError> {
        let Some(code) = self.code.get(&target).cloned() else {
            let (status, output) = (RunStatus::Success, Bytes::new());
            return Ok(RunOutcome { status, output, gas_left: frame.gas_limit });
        };
        let code_hash = keccak256(&code);
        let start = *self.starts.entry(code_hash).or_insert_with(|| {
            let activation = activate_code(&code, ArbosVersion::V50).expect("only active programs run");
            Start {
                pages: activation.pages,
                init_cost: activation.init_cost,
                cached_cost: activation.cached_cost,
                is_cached: false,
            }
        });
        let program = self.programs.load(code_hash, &code).expect("active programs compile");
        self.deepest = self.deepest.max(frame.depth);
        self.acting.push((frame.address, is_delegate));
        let frames = self.acting.iter().filter(|acting| **acting == (frame.address, false)).count();
        let frame = Frame { is_reentrant: frames > 1, ..frame.clone() };
        let outcome = run(&program, start, &frame, self);
        self.acting.pop();
        outcome
    }

    fn move_value(&mut self, from: Address, to: Address, value: U256) {
        *self.state.balances.entry(from).or_default() -= value;
        *self.state.balances.entry(to).or_default() += value;
    }

    fn balance(&self, address: Address) -> U256 {
        self.state.balances.get(&address).copied().unwrap_or_default()
    }
}

/// A transaction of these tests; its gas limit is that of the execution alone.
pub(crate) struct Transaction {
    pub(crate) sender: Address,
    pub(crate) to: Address,
    pub(crate) value: U256,
    pub(crate) data: Bytes,
    pub(crate) gas_limit: u64,
    pub(crate) is_static: bool,
}

fn intrinsic_gas(data: &[u8]) -> u64 {
    21_000 + data.iter().map(|byte| if *byte == 0 { 4 } else { 16 }).sum::<u64>()
}

fn block(origin: Address) -> BlockContext {
    BlockContext {
        l1_number: 7,
        timestamp: 1_740_096_000,
        coinbase: Address::ZERO,
        basefee: U256::from(100_000_000),
        gas_limit: 1 << 50,
        chain_id: 412_346,
        origin,
        gas_price: U256::from(100_000_000),
    }
}

impl Host for MemoryHost {
    fn storage_load(&mut self, address: Address, key: B256) -> Result<SlotRead, HostError> {
        if self.is_broken {
            return Err(HostError("the disk is on fire".into()));
        }
        let value = self.state.storage.get(&(address, key)).copied().unwrap_or_default();
        Ok(SlotRead { value, is_cold: self.warm_slots.insert((address, key)) })
    }

    fn storage_peek(&mut self, address: Address, key: B256) -> Result<SlotWrite, HostError> {
        let original = self.at_start.storage.get(&(address, key)).copied().unwrap_or_default();
        let SlotRead { value, is_cold } = self.storage_load(address, key)?;
        Ok(SlotWrite { original, present: value, is_cold })
    }

    fn storage_store(&mut self, address: Address, key: B256, value: B256) -> Result<(), HostError> {
        self.state.storage.insert((address, key), value);
        Ok(())
    }

    fn add_refund(&mut self, gas: i64) {
        self.state.refund += gas;
    }

    fn transient_load(&mut self, address: Address, key: B256) -> B256 {
        self.state.transient.get(&(address, key)).copied().unwrap_or_default()
    }

    fn transient_store(&mut self, address: Address, key: B256, value: B256) {
        self.state.transient.insert((address, key), value);
    }

    fn account(&mut self, address: Address) -> Result<AccountFacts, HostError> {
        let code = self.code.get(&address);
        let balance = self.balance(address);
        let is_empty = code.is_none() && balance.is_zero();
        let code_hash = match code {
            Some(code) => keccak256(code),
            None if is_empty => B256::ZERO,
            None => KECCAK256_EMPTY,
        };
        Ok(AccountFacts { balance, code_hash, is_empty, is_cold: self.warm_accounts.insert(address) })
    }

    fn code(&mut self, address: Address) -> Result<(Bytes, bool), HostError> {
        let code = self.code.get(&address).cloned().unwrap_or_default();
        Ok((code, self.warm_accounts.insert(address)))
    }

    fn call(&mut self, frame: &Frame, request: CallRequest) -> Result<CallOutcome, HostError> {
        let refused = CallOutcome { status: ChildStatus::Halt, output: Bytes::new(), gas_left: request.gas_limit };
        if frame.depth >= 1_023 || self.balance(frame.address) < request.value {
            return Ok(refused);
        }
        let is_delegate = request.kind == CallKind::Delegate;
        let child = Frame {
            address: if is_delegate { frame.address } else { request.target },
            caller: if is_delegate { frame.caller } else { frame.address },
            value: if is_delegate { frame.value } else { request.value },
            calldata: request.input,
            is_static: frame.is_static || request.kind == CallKind::Static,
            gas_limit: request.gas_limit,
            depth: frame.depth + 1,
            ..frame.clone()
        };
        let before = self.state.clone();
        self.move_value(frame.address, request.target, request.value);
        let RunOutcome { status, output, gas_left } = self.enter(request.target, &child, is_delegate)?;
        let status = match status {
            RunStatus::Success => ChildStatus::Success,
            RunStatus::Revert => ChildStatus::Revert,
            RunStatus::OutOfGas | RunStatus::StackOverflow => ChildStatus::Halt,
        };
        if status != ChildStatus::Success {
            self.state = before;
        }
        Ok(CallOutcome { status, output, gas_left })
    }

    fn create(&mut self, _: &Frame, request: CreateRequest) -> Result<CreateOutcome, HostError> {
        let (status, output) = (ChildStatus::Halt, Bytes::new());
        Ok(CreateOutcome { status, address: None, output, gas_left: request.gas_limit })
    }

    fn emit_log(&mut self, _: Address, _: Vec<B256>, _: Bytes) {
        self.state.logs += 1;
    }

    fn pages(&mut self) -> &mut Pages {
        &mut self.pages
    }
}
