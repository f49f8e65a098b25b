//! How an exported ABI declares the structs that the contracts return.
//!
//! The SDK's derive makes a struct part of the ABI but not of its export; this adds it, from the names and types that
//! the struct itself states.

use alloc::{format, string::String, vec, vec::Vec};
use core::any::TypeId;

use alloy_sol_types::SolStruct;
use stylus_sdk::abi::export::internal::{InnerType, InnerTypes};

use crate::{
    alignment::{DayStake, StakeChange},
    calculator::RewardBreakdown,
    recorder::DayUsage,
};

/// Declares structs in Solidity.
macro_rules! declare {
    ($($name:ty),*) => {
        $(impl InnerTypes for $name {
            fn inner_types() -> Vec<InnerType> {
                vec![InnerType { name: declaration::<Self>(), id: TypeId::of::<Self>() }]
            }
        })*
    };
}

declare!(DayStake, DayUsage, RewardBreakdown, StakeChange);

/// `Name(uint64 a,uint64 b)`, as EIP-712 writes it, becomes `struct Name {uint64 a; uint64 b;}`.
fn declaration<T: SolStruct>() -> String {
    let signature = T::eip712_root_type();
    let members = signature.trim_start_matches(T::NAME).trim_matches(['(', ')']).replace(',', "; ");
    format!("struct {} {{{members};}}", T::NAME)
}
