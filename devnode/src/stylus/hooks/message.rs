//! Hooks of the frame itself: arguments, result, exit, logs, memory, what is left.

use alloy::primitives::{B256, Bytes};

use crate::stylus::{
    env::{Escape, Hook, length},
    prices::{EVM_API_INK, HOSTIO_INK, INK_PER_GAS, LOG_DATA_GAS, LOG_TOPIC_GAS, PTR_INK, read_ink, write_ink},
};

impl Hook<'_, '_> {
    /// Copies the calldata to `to`.
    pub(super) fn read_args(&mut self, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK)?;
        let calldata = self.frame().calldata.clone();
        self.buy_ink(write_ink(length(&calldata)))?;
        self.write(to, &calldata)
    }

    /// Sets the output; the last one counts. Its bytes are paid twice, once for each side that reads them.
    pub(super) fn write_result(&mut self, data: u32, length: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK)?;
        self.buy_ink(read_ink(length))?;
        self.buy_ink(read_ink(length))?;
        self.env().output = self.read(data, length)?.to_vec();
        Ok(())
    }

    /// Ends the program: status 0 succeeds, any other reverts, with the output set so far.
    #[expect(clippy::unused_self, reason = "called like every hook")]
    pub(super) fn exit_early(&mut self, status: u32) -> Result<(), Escape> {
        Err(Escape::Exit(status))
    }

    /// Logs `length` bytes at `data`, the first 32 bytes per topic being the topics.
    pub(super) fn emit_log(&mut self, data: u32, length: u32, topics: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + EVM_API_INK)?;
        if topics > 4 || length < topics * 32 {
            return Err(Escape::Failure("bad topic data"));
        }
        self.buy_ink(read_ink(length))?;
        let data_bytes = u64::from(length - topics * 32);
        self.buy_gas((1 + u64::from(topics)) * LOG_TOPIC_GAS + data_bytes * LOG_DATA_GAS)?;
        let bytes = Bytes::copy_from_slice(self.read(data, length)?);
        if self.frame().is_static {
            return Err(Escape::Failure("log in a static call"));
        }
        let split = topics as usize * 32;
        let topics = bytes[..split].chunks(32).map(B256::from_slice).collect();
        let (host, frame) = self.host()?;
        host.emit_log(frame.address, topics, bytes.slice(split..));
        Ok(())
    }

    /// Gas left after this hook.
    pub(super) fn evm_gas_left(&mut self) -> Result<u64, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(self.gas_left())
    }

    /// Ink left after this hook.
    pub(super) fn evm_ink_left(&mut self) -> Result<u64, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(self.ink_left())
    }

    /// Ink per gas.
    pub(super) fn tx_ink_price(&mut self) -> Result<u32, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(u32::try_from(INK_PER_GAS).unwrap_or(u32::MAX))
    }

    /// Pays for `pages` more pages, of which only the low 16 bits count, before `memory.grow` opens them.
    pub(super) fn pay_for_memory_grow(&mut self, pages: u32) -> Result<(), Escape> {
        let new = u16::try_from(pages & 0xffff).unwrap_or(u16::MAX);
        if new == 0 {
            return self.buy_ink(HOSTIO_INK);
        }
        let pages = self.host()?.0.pages();
        let gas = pages.price_of(new);
        pages.open_more(new);
        self.buy_gas(gas)
    }

    /// 1 if another frame of this account is running below.
    pub(super) fn msg_reentrant(&mut self) -> Result<u32, Escape> {
        self.buy_ink(HOSTIO_INK)?;
        Ok(u32::from(self.frame().is_reentrant))
    }

    /// The caller's address.
    pub(super) fn msg_sender(&mut self, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + PTR_INK)?;
        let caller = self.frame().caller;
        self.write(to, caller.as_slice())
    }

    /// The wei that came with the call.
    pub(super) fn msg_value(&mut self, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + PTR_INK)?;
        let value = self.frame().value;
        self.write_u256(to, value)
    }

    /// The acting account.
    pub(super) fn contract_address(&mut self, to: u32) -> Result<(), Escape> {
        self.buy_ink(HOSTIO_INK + PTR_INK)?;
        let address = self.frame().address;
        self.write(to, address.as_slice())
    }
}
