//! The price of writing a slot: EIP-2200 with EIP-2929 and EIP-3529.

use alloy::primitives::B256;

use super::{
    host::SlotWrite,
    prices::{COLD_SLOAD_GAS, SSTORE_CLEAR_REFUND, SSTORE_RESET_GAS, SSTORE_SET_GAS, WARM_GAS},
};

/// Gas of writing `value` over `slot`, and what it adds to the refund.
pub(crate) fn price(slot: SlotWrite, value: B256) -> (u64, i64) {
    let SlotWrite { original, present, is_cold } = slot;
    let access = if is_cold { COLD_SLOAD_GAS } else { 0 };
    if present == value {
        return (access + WARM_GAS, 0);
    }
    if original == present {
        return match (original.is_zero(), value.is_zero()) {
            (true, _) => (access + SSTORE_SET_GAS, 0),
            (false, true) => (access + SSTORE_RESET_GAS, SSTORE_CLEAR_REFUND),
            (false, false) => (access + SSTORE_RESET_GAS, 0),
        };
    }
    let mut refund = 0;
    if !original.is_zero() {
        if present.is_zero() {
            refund -= SSTORE_CLEAR_REFUND;
        } else if value.is_zero() {
            refund += SSTORE_CLEAR_REFUND;
        }
    }
    if original == value {
        let first_change = if original.is_zero() { SSTORE_SET_GAS } else { SSTORE_RESET_GAS };
        refund += (first_change - WARM_GAS).cast_signed();
    }
    (access + WARM_GAS, refund)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(byte: u8) -> B256 {
        B256::with_last_byte(byte)
    }

    fn warm(original: u8, present: u8, value: u8) -> (u64, i64) {
        let slot = SlotWrite { original: word(original), present: word(present), is_cold: false };
        price(slot, word(value))
    }

    #[test]
    fn a_cold_slot_costs_2100_more() {
        let slot = SlotWrite { original: word(0), present: word(0), is_cold: true };
        assert_eq!(price(slot, word(1)), (22_100, 0));
    }

    #[test]
    fn every_case_of_eip_3529_costs_what_its_table_says() {
        for (slot, gas, refund) in [
            ((0, 0, 0), 100, 0),
            ((0, 0, 1), 20_000, 0),
            ((0, 1, 0), 100, 19_900),
            ((0, 1, 2), 100, 0),
            ((1, 1, 0), 2_900, 4_800),
            ((1, 1, 2), 2_900, 0),
            ((1, 0, 2), 100, -4_800),
            ((1, 0, 1), 100, -2_000),
            ((1, 2, 0), 100, 4_800),
            ((1, 2, 3), 100, 0),
            ((1, 2, 1), 100, 2_800),
        ] {
            assert_eq!(warm(slot.0, slot.1, slot.2), (gas, refund), "{slot:?}");
        }
    }
}
