//! What the store of a running program holds, and the view of it that the hooks work through.

use alloy::primitives::{Address, B256, Bytes, U256};
use wasmi::{Caller, Global, Memory, Val, errors::HostError as Ends};

use super::{
    cache::StorageCache,
    host::{Frame, Host, HostError},
    lend::Lent,
    prices::INK_PER_GAS,
};

/// State of one frame of a program.
pub(crate) struct Env {
    pub(crate) host: Lent,
    pub(crate) frame: Frame,
    pub(crate) cache: StorageCache,
    /// Set by `write_result`.
    pub(crate) output: Vec<u8>,
    /// What the last call or creation returned.
    pub(crate) return_data: Bytes,
    /// The code read last, if not empty; reading it again is free.
    pub(crate) last_code: Option<(Address, Bytes)>,
    /// Whether somebody records the hooks.
    pub(crate) is_traced: bool,
    /// Known once the program is instantiated.
    pub(crate) exports: Option<Exports>,
}

/// What the instrumented program exports to the hooks.
#[derive(Clone, Copy)]
pub(crate) struct Exports {
    pub(crate) memory: Memory,
    pub(crate) ink_left: Global,
    pub(crate) ink_status: Global,
}

/// Why a hook ends the program.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Escape {
    /// Burns what is left.
    #[error("out of ink")]
    OutOfInk,
    /// Reverts with empty data and keeps what is left.
    #[error("{0}")]
    Failure(&'static str),
    /// `exit_early`.
    #[error("exit with status {0}")]
    Exit(u32),
    /// The chain failed, not the program.
    #[error(transparent)]
    Host(#[from] HostError),
}

impl Ends for Escape {}

impl From<Escape> for wasmi::Error {
    fn from(escape: Escape) -> Self {
        Self::host(escape)
    }
}

const OUT_OF_BOUNDS: Escape = Escape::Failure("memory access out of bounds");

/// A hook at work: ink, memory and host of the program that called it.
pub(crate) struct Hook<'a, 'b> {
    caller: &'a mut Caller<'b, Env>,
    exports: Exports,
}

impl<'a, 'b> Hook<'a, 'b> {
    pub(crate) fn of(caller: &'a mut Caller<'b, Env>) -> Result<Self, Escape> {
        let exports = caller.data().exports.ok_or(Escape::Failure("the program has not started"))?;
        Ok(Self { caller, exports })
    }

    pub(crate) fn env(&mut self) -> &mut Env {
        self.caller.data_mut()
    }

    pub(crate) fn frame(&self) -> &Frame {
        &self.caller.data().frame
    }

    /// The host together with the frame.
    pub(crate) fn host(&mut self) -> Result<(&mut dyn Host, &Frame), Escape> {
        let env = self.caller.data_mut();
        let host = env.host.get().ok_or(Escape::Failure("the host is gone"))?;
        Ok((host, &env.frame))
    }

    pub(crate) fn ink_left(&mut self) -> u64 {
        match self.exports.ink_left.get(&*self.caller) {
            Val::I64(ink) => ink.cast_unsigned(),
            _ => 0,
        }
    }

    pub(crate) fn gas_left(&mut self) -> u64 {
        self.ink_left() / INK_PER_GAS
    }

    /// Fails, leaving nothing, unless `ink` is there. Takes none.
    pub(crate) fn require_ink(&mut self, ink: u64) -> Result<(), Escape> {
        if self.ink_left() >= ink {
            return Ok(());
        }
        self.set(self.exports.ink_left, Val::I64(0))?;
        self.set(self.exports.ink_status, Val::I32(1))?;
        Err(Escape::OutOfInk)
    }

    pub(crate) fn require_gas(&mut self, gas: u64) -> Result<(), Escape> {
        self.require_ink(gas.saturating_mul(INK_PER_GAS))
    }

    pub(crate) fn buy_ink(&mut self, ink: u64) -> Result<(), Escape> {
        self.require_ink(ink)?;
        let left = self.ink_left() - ink;
        self.set(self.exports.ink_left, Val::I64(left.cast_signed()))
    }

    pub(crate) fn buy_gas(&mut self, gas: u64) -> Result<(), Escape> {
        self.buy_ink(gas.saturating_mul(INK_PER_GAS))
    }

    fn set(&mut self, global: Global, value: Val) -> Result<(), Escape> {
        let set = global.set(&mut *self.caller, value);
        set.map_err(|_| Escape::Failure("the meter is not a mutable global"))
    }

    /// The `length` bytes at `ptr`.
    pub(crate) fn read(&self, ptr: u32, length: u32) -> Result<&[u8], Escape> {
        let start = ptr as usize;
        let memory = self.exports.memory.data(&*self.caller);
        memory.get(start..start + length as usize).ok_or(OUT_OF_BOUNDS)
    }

    pub(crate) fn read_word(&self, ptr: u32) -> Result<B256, Escape> {
        Ok(B256::from_slice(self.read(ptr, 32)?))
    }

    pub(crate) fn read_u256(&self, ptr: u32) -> Result<U256, Escape> {
        Ok(self.read_word(ptr)?.into())
    }

    pub(crate) fn read_address(&self, ptr: u32) -> Result<Address, Escape> {
        Ok(Address::from_slice(self.read(ptr, 20)?))
    }

    pub(crate) fn write(&mut self, ptr: u32, bytes: &[u8]) -> Result<(), Escape> {
        let start = ptr as usize;
        let memory = self.exports.memory.data_mut(&mut *self.caller);
        let target = memory.get_mut(start..start + bytes.len()).ok_or(OUT_OF_BOUNDS)?;
        target.copy_from_slice(bytes);
        Ok(())
    }

    pub(crate) fn write_u256(&mut self, ptr: u32, value: U256) -> Result<(), Escape> {
        self.write(ptr, &value.to_be_bytes::<32>())
    }

    pub(crate) fn write_length(&mut self, ptr: u32, length: u32) -> Result<(), Escape> {
        self.write(ptr, &length.to_le_bytes())
    }
}

/// The part of `bytes` from `offset` on, at most `size` of it.
pub(crate) fn window(bytes: &Bytes, offset: u32, size: u32) -> Bytes {
    let start = (offset as usize).min(bytes.len());
    let end = start.saturating_add(size as usize).min(bytes.len());
    bytes.slice(start..end)
}

/// A length as wasm sees it. Nothing a frame can pay for is longer than 4 GiB.
pub(crate) fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX)
}
