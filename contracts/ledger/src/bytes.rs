//! Unsigned integers of any whole number of bytes up to 16, big-endian.

/// Reads an integer that is as wide as `bytes`, at most 16.
pub(crate) fn uint(bytes: &[u8]) -> u128 {
    let mut wide = [0; 16];
    wide[16 - bytes.len()..].copy_from_slice(bytes);
    u128::from_be_bytes(wide)
}

/// Writes the low bytes of `value` into `bytes`, at most 16; the caller has bounded the value.
pub(crate) fn put_uint(bytes: &mut [u8], value: u128) {
    let wide = value.to_be_bytes();
    bytes.copy_from_slice(&wide[16 - bytes.len()..]);
}
