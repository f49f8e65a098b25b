//! Encoding RLP.

/// A string.
#[must_use]
pub fn string(bytes: &[u8]) -> Vec<u8> {
    match bytes {
        [byte] if *byte < 0x80 => vec![*byte],
        _ => headed(0x80, bytes),
    }
}

/// A list of items that are encoded.
#[must_use]
pub fn list<I: AsRef<[u8]>>(items: &[I]) -> Vec<u8> {
    headed(0xc0, &items.iter().flat_map(AsRef::as_ref).copied().collect::<Vec<_>>())
}

/// A number, given as big-endian bytes.
#[must_use]
pub fn number(bytes: &[u8]) -> Vec<u8> {
    string(without_zeros(bytes))
}

fn headed(base: u8, payload: &[u8]) -> Vec<u8> {
    let length = payload.len();
    let mut bytes = if length <= 55 {
        vec![base + u8::try_from(length).expect("at most 55")]
    } else {
        let length = length.to_be_bytes();
        let digits = without_zeros(&length);
        let mut head = vec![base + 55 + u8::try_from(digits.len()).expect("at most 8")];
        head.extend_from_slice(digits);
        head
    };
    bytes.extend_from_slice(payload);
    bytes
}

fn without_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}
