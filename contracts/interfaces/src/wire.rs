//! Encoding what leaves a contract, calls, refusals and events, as words.
//!
//! Every call, error and event of the suite is made of static values, one word each. Encoding them word by word in two
//! small functions, instead of once per type as the derives do, takes more than a tenth off a contract's code. The
//! contracts' tests compare every one of them with alloy's own encoding.

use alloc::vec::Vec;

use alloy_primitives::{Address, FixedBytes, B256, U256};
use alloy_sol_types::SolEvent;
use stylus_sdk::stylus_core::Host;

use crate::words::WORD;

/// A value that ABI-encodes to one word.
pub trait ToWord: Copy {
    /// The word: numbers right-aligned, an address in the low 20 bytes, a selector in the high four.
    fn to_word(self) -> B256;
}

impl ToWord for Address {
    fn to_word(self) -> B256 {
        self.into_word()
    }
}

impl ToWord for B256 {
    fn to_word(self) -> B256 {
        self
    }
}

/// A selector, left-aligned as all fixed bytes are.
impl ToWord for FixedBytes<4> {
    fn to_word(self) -> B256 {
        B256::right_padding_from(self.as_slice())
    }
}

impl ToWord for U256 {
    // Once in the program: turning 32 bytes around is long in wasm.
    #[inline(never)]
    fn to_word(self) -> B256 {
        B256::from(self)
    }
}

impl ToWord for u128 {
    fn to_word(self) -> B256 {
        U256::from(self).to_word()
    }
}

impl ToWord for u64 {
    fn to_word(self) -> B256 {
        U256::from(self).to_word()
    }
}

impl ToWord for u32 {
    fn to_word(self) -> B256 {
        U256::from(self).to_word()
    }
}

impl ToWord for u8 {
    fn to_word(self) -> B256 {
        B256::with_last_byte(self)
    }
}

impl ToWord for bool {
    fn to_word(self) -> B256 {
        B256::with_last_byte(u8::from(self))
    }
}

/// The word of `value`.
pub fn word<T: ToWord>(value: T) -> B256 {
    value.to_word()
}

/// A revert's data: the error's selector and its values.
#[inline(never)]
#[must_use]
pub fn refusal(selector: [u8; 4], values: &[B256]) -> Vec<u8> {
    encoded(selector, values)
}

/// A call's data, or a revert's: the selector, then one word for each value.
pub(crate) fn encoded(selector: [u8; 4], values: &[B256]) -> Vec<u8> {
    joined(&selector, [values, &[]])
}

/// Emits event `E` with its indexed values as `topics` and the others as `data`, in the order of its declaration.
#[inline(always)]
#[allow(
    clippy::inline_always,
    reason = "the compiler must see which host it is, or every host function there is ends up in the code"
)]
pub fn emit<E: SolEvent>(host: &dyn Host, topics: &[B256], data: &[B256]) {
    host.emit_log(&joined(E::SIGNATURE_HASH.as_slice(), [topics, data]), 1 + topics.len());
}

#[inline(never)]
fn joined(head: &[u8], words: [&[B256]; 2]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(head.len() + WORD * (words[0].len() + words[1].len()));
    bytes.extend_from_slice(head);
    for word in words.into_iter().flatten() {
        bytes.extend_from_slice(word.as_slice());
    }
    bytes
}

/// Declares a contract's refusals: the enum of its errors, and how each becomes revert data.
///
/// `refusals! { pub enum Error { Name { field, … }, … } }` wraps the error types of those names (from `sol!`), lists
/// their fields in the order of their declaration, and stands for `#[derive(SolidityError)]`.
#[macro_export]
macro_rules! refusals {
    ($(#[$meta:meta])* $visibility:vis enum $enum:ident { $($name:ident { $($field:ident),* }),* $(,)? }) => {
        $(#[$meta])*
        $visibility enum $enum {
            $(
                /// The error of this name.
                $name($name)
            ),*
        }

        $(
            impl From<$name> for $enum {
                fn from(error: $name) -> Self {
                    Self::$name(error)
                }
            }
        )*

        impl From<$enum> for alloc::vec::Vec<u8> {
            fn from(error: $enum) -> Self {
                match error {
                    $($enum::$name($name { $($field),* }) => $crate::wire::refusal(
                        <$name as alloy_sol_types::SolError>::SELECTOR,
                        &[$($crate::wire::word($field)),*],
                    )),*
                }
            }
        }

        #[cfg(feature = "export-abi")]
        impl stylus_sdk::abi::export::internal::InnerTypes for $enum {
            fn inner_types() -> alloc::vec::Vec<stylus_sdk::abi::export::internal::InnerType> {
                alloc::vec![$(stylus_sdk::abi::export::internal::InnerType {
                    name: alloc::format!(
                        "error {};",
                        <$name as alloy_sol_types::SolError>::SIGNATURE.replace(',', ", "),
                    ),
                    id: core::any::TypeId::of::<$name>(),
                }),*]
            }
        }
    };
}
