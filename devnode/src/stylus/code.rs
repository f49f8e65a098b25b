//! Programs as they lie on the chain: `0xEFF000`, a dictionary byte, brotli.
//!
//! The dictionary byte is 0: no dictionary. (Nitro knows a second dictionary, which no published tool
//! writes; it is refused here by name.) A contract holds at most [`MAX_CODE_BYTES`], and what it
//! decompresses to at most [`MAX_WASM_BYTES`].

use std::io::{Read, Write};

/// First bytes of a program's code.
pub const PREFIX: [u8; 3] = [0xef, 0xf0, 0x00];
/// Most bytes of a contract's code, and so of a program on the chain.
pub const MAX_CODE_BYTES: usize = 24_576;
/// Most bytes of a program once decompressed.
pub const MAX_WASM_BYTES: usize = 131_072;

const BUFFER_BYTES: usize = 4_096;
/// Another size may cut the input otherwise, and code stands on chains by its hash.
const ENCODER_BYTES: usize = 65_536;

/// Why code is not a program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// No [`PREFIX`], or nothing after it.
    #[error("the code is not a Stylus program")]
    NotAProgram,
    /// The dictionary byte is not 0.
    #[error("dictionary {0} is not supported")]
    UnknownDictionary(u8),
    /// The rest is not one brotli stream.
    #[error("the program does not decompress")]
    BadBrotli,
    /// Longer than [`MAX_WASM_BYTES`].
    #[error("the program decompresses to more than {MAX_WASM_BYTES} bytes")]
    TooLong,
}

/// True if `code` is a program rather than EVM code.
#[must_use]
pub fn is_program(code: &[u8]) -> bool {
    code.starts_with(&PREFIX)
}

/// The on-chain form of `wasm`: brotli of quality 11 and window 22.
#[must_use]
pub fn compress(wasm: &[u8]) -> Vec<u8> {
    let mut code = PREFIX.to_vec();
    code.push(0);
    let mut brotli = brotli::CompressorWriter::new(&mut code, ENCODER_BYTES, 11, 22);
    // Growing a vector does not fail.
    let _ = brotli.write_all(wasm);
    drop(brotli);
    code
}

/// Initcode that returns `code`, which may be of either kind; none if no chain takes so much.
#[must_use]
pub fn initcode(code: &[u8]) -> Option<Vec<u8>> {
    let [high, low] = u16::try_from(code.len()).ok()?.to_be_bytes();
    // PUSH2 size, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0, RETURN: 10 bytes, then the code.
    let header = [0x61, high, low, 0x80, 0x60, 10, 0x5f, 0x39, 0x5f, 0xf3];
    Some([&header[..], code].concat())
}

/// The wasm of on-chain `code`.
///
/// # Errors
/// [`CodeError`] as its variants say.
pub fn decompress(code: &[u8]) -> Result<Vec<u8>, CodeError> {
    let (dictionary, brotli) =
        code.strip_prefix(&PREFIX).and_then(<[u8]>::split_first).ok_or(CodeError::NotAProgram)?;
    if *dictionary != 0 {
        return Err(CodeError::UnknownDictionary(*dictionary));
    }
    let mut wasm = Vec::new();
    brotli::Decompressor::new(brotli, BUFFER_BYTES)
        .take(MAX_WASM_BYTES as u64 + 1)
        .read_to_end(&mut wasm)
        .map_err(|_| CodeError::BadBrotli)?;
    if wasm.len() > MAX_WASM_BYTES {
        return Err(CodeError::TooLong);
    }
    Ok(wasm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initcode_returns_exactly_the_code_behind_its_header() {
        let initcode = initcode(&[0xef, 0xf0, 0x00, 0x00, 0xaa]).unwrap();

        assert_eq!(initcode[1..3], [0, 5]);
        assert_eq!(usize::from(initcode[5]) + 5, initcode.len());
        assert_eq!(initcode[usize::from(initcode[5])..], [0xef, 0xf0, 0x00, 0x00, 0xaa]);
    }

    #[test]
    fn what_is_compressed_decompresses_to_itself() {
        let wasm = b"\0asm\x01\0\0\0 and more, and more, and more".to_vec();
        let code = compress(&wasm);
        assert_eq!(code[..4], [0xef, 0xf0, 0x00, 0x00]);
        assert!(is_program(&code));
        assert_eq!(decompress(&code), Ok(wasm));
    }

    #[test]
    fn code_without_the_prefix_is_not_a_program() {
        assert_eq!(decompress(&[0x60, 0x00]), Err(CodeError::NotAProgram));
        assert_eq!(decompress(&PREFIX), Err(CodeError::NotAProgram));
    }

    #[test]
    fn a_dictionary_is_refused_by_its_number() {
        assert_eq!(decompress(&[0xef, 0xf0, 0x00, 1, 0]), Err(CodeError::UnknownDictionary(1)));
    }

    #[test]
    fn a_cut_stream_does_not_decompress() {
        let code = compress(&[7; 1_000]);
        assert_eq!(decompress(&code[..code.len() - 1]), Err(CodeError::BadBrotli));
    }

    #[test]
    fn the_limit_is_131072_bytes() {
        assert!(decompress(&compress(&vec![1; MAX_WASM_BYTES])).is_ok());
        assert_eq!(decompress(&compress(&vec![1; MAX_WASM_BYTES + 1])), Err(CodeError::TooLong));
    }
}
