//! Reading an ABI-encoded answer word by word, refusing what does not fit.

use alloy_primitives::{Address, U256};

use crate::CallFailed;

/// The bytes of one ABI word.
pub const WORD: usize = 32;

/// An answer seen as a row of 32-byte words. A trailing part of a word is never read.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a>(&'a [u8]);

impl<'a> Words<'a> {
    /// Takes the bytes of an answer.
    #[must_use]
    pub fn new(answer: &'a [u8]) -> Self {
        Self(answer)
    }

    /// The whole word at `index`.
    ///
    /// # Errors
    /// [`CallFailed`] past the end.
    pub fn word(self, index: usize) -> Result<&'a [u8; WORD], CallFailed> {
        let start = index.checked_mul(WORD).ok_or(CallFailed)?;
        let bytes = self.0.get(start..).ok_or(CallFailed)?;
        bytes.first_chunk().ok_or(CallFailed)
    }

    /// The low `N` bytes of the word at `index`, all others zero.
    fn low<const N: usize>(self, index: usize) -> Result<[u8; N], CallFailed> {
        let word = self.word(index)?;
        let (high, low) = word.split_at(WORD - N);
        if high.iter().any(|byte| *byte != 0) {
            return Err(CallFailed);
        }
        low.try_into().map_err(|_| CallFailed)
    }

    /// The word at `index` as a `uint256`.
    ///
    /// # Errors
    /// [`CallFailed`] past the end.
    pub fn u256(self, index: usize) -> Result<U256, CallFailed> {
        self.word(index).map(|word| U256::from_be_bytes(*word))
    }

    /// The word at `index` as a `uint128`.
    ///
    /// # Errors
    /// [`CallFailed`] past the end or above the type's range.
    pub fn u128(self, index: usize) -> Result<u128, CallFailed> {
        self.low(index).map(u128::from_be_bytes)
    }

    /// The word at `index` as a `uint64`.
    ///
    /// # Errors
    /// [`CallFailed`] past the end or above the type's range.
    pub fn u64(self, index: usize) -> Result<u64, CallFailed> {
        self.low(index).map(u64::from_be_bytes)
    }

    /// The word at `index` as a `uint32`.
    ///
    /// # Errors
    /// [`CallFailed`] past the end or above the type's range.
    pub fn u32(self, index: usize) -> Result<u32, CallFailed> {
        self.low(index).map(u32::from_be_bytes)
    }

    /// The word at `index` as an `address`.
    ///
    /// # Errors
    /// [`CallFailed`] past the end or above the type's range.
    pub fn address(self, index: usize) -> Result<Address, CallFailed> {
        self.low(index).map(Address::new)
    }

    /// The word at `index` as a `bool`: 0 or 1.
    ///
    /// # Errors
    /// [`CallFailed`] past the end or for any other number.
    pub fn bool(self, index: usize) -> Result<bool, CallFailed> {
        match self.low::<1>(index)? {
            [0] => Ok(false),
            [1] => Ok(true),
            _ => Err(CallFailed),
        }
    }

    /// A returned array of static structs: the elements' words after checking offset and length, and the length.
    ///
    /// The answer is `offset = 32, length, elements…`; `width` is the number of words of one element.
    ///
    /// # Errors
    /// [`CallFailed`] if the offset is another, or the answer holds fewer words than the length promises.
    pub fn array(self, width: usize) -> Result<(Words<'a>, usize), CallFailed> {
        if self.u32(0)? != 32 {
            return Err(CallFailed);
        }
        let length = self.u32(1)? as usize;
        let elements = self.0.get(2 * WORD..).ok_or(CallFailed)?;
        let bytes = length.checked_mul(width).and_then(|words| words.checked_mul(WORD)).ok_or(CallFailed)?;
        if elements.len() < bytes {
            return Err(CallFailed);
        }
        Ok((Words(elements), length))
    }
}

#[cfg(test)]
mod tests;
