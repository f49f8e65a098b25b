//! What programs asked of the chain, hook by hook: what `debug_trace…` answers with Nitro's `stylusTracer`.
//!
//! A frame is a list of steps. A hook that calls holds the steps of the frame below it; a call made by bytecode, and a
//! creation, is a step of its own whose name begins with `evm_`. The transaction's own frame is the answer.
//! Source: Nitro `execution/gethexec/stylus_tracer.go`.

use std::borrow::Cow;

use alloy::primitives::{Address, Bytes};
use serde::Serialize;

/// The most bytes of arguments and results that one trace may hold.
const MOST_BYTES: usize = 64 << 20;
/// What a step takes beside them, about.
const STEP_BYTES: usize = 160;

/// One hook at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hostio {
    /// The hook; `evm_` and what was done, for what was no hook.
    pub name: Cow<'static, str>,
    /// What it was given, packed: numbers big-endian, no pointers.
    pub args: Bytes,
    /// What it gave, packed in the same way.
    pub outs: Bytes,
    /// Ink left before it.
    pub start_ink: u64,
    /// Ink left after it.
    pub end_ink: u64,
    /// Who was called or made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// What was done there, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<Vec<Hostio>>,
}

impl Hostio {
    /// A hook that called nobody, with the ink left before and after it.
    pub(crate) fn new(name: &'static str, args: Bytes, outs: Bytes, ink: (u64, u64)) -> Self {
        let (start_ink, end_ink) = ink;
        Self { name: name.into(), args, outs, start_ink, end_ink, address: None, steps: None }
    }
}

/// The steps of a transaction while it runs.
#[derive(Debug, Default)]
pub struct Hostios {
    /// The steps of each frame that runs, the transaction's own first.
    open: Vec<Vec<Hostio>>,
    root: Vec<Hostio>,
    bytes: usize,
}

impl Hostios {
    /// The steps of the transaction's own frame; nothing if they are more than a trace may hold.
    #[must_use]
    pub fn into_steps(self) -> Option<Vec<Hostio>> {
        (self.bytes <= MOST_BYTES).then_some(self.root)
    }

    /// A frame begins that `name` made, on the code of `address` if that is known by now.
    pub(crate) fn enter(&mut self, name: &'static str, address: Address) {
        if let Some(frame) = self.open.last_mut() {
            let step = Hostio::new(name, Bytes::new(), Bytes::new(), (0, 0));
            frame.push(Hostio { address: Some(address), ..step });
        }
        self.open.push(Vec::new());
    }

    /// The frame that began last ends; `made` is the account that it made, if it did.
    pub(crate) fn leave(&mut self, made: Option<Address>) {
        let steps = self.open.pop().unwrap_or_default();
        match self.open.last_mut().and_then(|frame| frame.last_mut()) {
            Some(call) => {
                call.steps = Some(steps);
                call.address = made.or(call.address);
            }
            None => self.root = steps,
        }
    }

    /// A hook has done its work. If it called, the frame below was its doing.
    pub(crate) fn record(&mut self, mut hostio: Hostio) {
        self.bytes += STEP_BYTES + hostio.args.len() + hostio.outs.len();
        let Some(frame) = self.open.last_mut().filter(|_| self.bytes <= MOST_BYTES) else { return };
        let is_its_own = |below: &mut Hostio| below.name.strip_prefix("evm_") == Some(&*hostio.name);
        if hostio.name.ends_with("call_contract")
            && let Some(below) = frame.pop_if(is_its_own)
        {
            (hostio.address, hostio.steps) = (below.address, below.steps);
        }
        frame.push(hostio);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLED: Address = Address::repeat_byte(0xca);
    const MADE: Address = Address::repeat_byte(0xde);

    fn hook(name: &'static str) -> Hostio {
        Hostio::new(name, Bytes::from_static(b"in"), Bytes::from_static(b"out"), (9, 7))
    }

    #[test]
    fn a_hook_that_calls_holds_the_steps_of_the_frame_below_it() {
        let mut hostios = Hostios::default();
        hostios.enter("evm_call_contract", Address::ZERO);
        hostios.enter("evm_static_call_contract", CALLED);
        hostios.record(hook("msg_sender"));
        hostios.leave(None);
        hostios.record(hook("static_call_contract"));
        hostios.leave(None);

        let called =
            Hostio { address: Some(CALLED), steps: Some(vec![hook("msg_sender")]), ..hook("static_call_contract") };
        assert_eq!(hostios.into_steps(), Some(vec![called]));
    }

    #[test]
    fn a_creation_is_a_step_beside_the_hook_that_asked_for_it() {
        let mut hostios = Hostios::default();
        hostios.enter("evm_call_contract", Address::ZERO);
        hostios.enter("evm_create1", Address::ZERO);
        hostios.leave(Some(MADE));
        hostios.record(hook("create1"));
        hostios.leave(None);

        let steps = hostios.into_steps().unwrap();
        let names: Vec<(&str, Option<Address>)> = steps.iter().map(|step| (&*step.name, step.address)).collect();
        assert_eq!(names, [("evm_create1", Some(MADE)), ("create1", None)]);
    }

    #[test]
    fn a_trace_that_is_too_long_is_no_trace() {
        let mut hostios = Hostios::default();
        hostios.enter("evm_call_contract", Address::ZERO);
        let large = Bytes::from(vec![0; MOST_BYTES]);
        hostios.record(Hostio { args: large, ..hook("write_result") });
        hostios.leave(None);

        assert_eq!(hostios.into_steps(), None);
    }
}
