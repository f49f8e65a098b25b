//! ABI-encoded arguments, read where they stand: a proof of 95,000 bytes is not copied, and its pages not paid for twice.

use alloy_primitives::B256;
use mrc53_interfaces::{
    words::{Words, WORD},
    CallFailed,
};

use crate::errors::{ArgumentsMalformed, Error};

/// The arguments of a call, behind its selector.
#[derive(Clone, Copy)]
pub(crate) struct Arguments<'a>(pub(crate) &'a [u8]);

impl<'a> Arguments<'a> {
    /// Argument number `index`, a `bytes32`.
    pub(crate) fn word(self, index: usize) -> Result<B256, Error> {
        Words::new(self.0).word(index).map(|word| B256::new(*word)).map_err(malformed)
    }

    /// Argument number `index`, `bytes`.
    pub(crate) fn bytes(self, index: usize) -> Result<&'a [u8], Error> {
        let (length, behind) = self.dynamic(index)?;
        behind.get(..length).ok_or(ArgumentsMalformed {}.into())
    }

    /// Argument number `index`, an array of elements of a word each: their words, and how many.
    pub(crate) fn array(self, index: usize) -> Result<(Words<'a>, usize), Error> {
        let (length, behind) = self.dynamic(index)?;
        if behind.len() / WORD < length {
            return Err(ArgumentsMalformed {}.into());
        }
        Ok((Words::new(behind), length))
    }

    /// The length of a dynamic argument, and what comes behind it.
    fn dynamic(self, index: usize) -> Result<(usize, &'a [u8]), Error> {
        let offset = Words::new(self.0).u32(index).map_err(malformed)?;
        let there = self.0.get(offset as usize..).unwrap_or_default();
        let length = Words::new(there).u32(0).map_err(malformed)?;
        Ok((length as usize, &there[WORD..]))
    }
}

/// The refusal of an argument that does not fit its type.
pub(crate) fn malformed(_: CallFailed) -> Error {
    ArgumentsMalformed {}.into()
}
