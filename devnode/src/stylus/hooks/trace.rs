//! What a traced hook is given and gives, in Nitro's packing: the pieces, one after the other, without lengths.

use alloy::primitives::Bytes;

use crate::stylus::env::{Escape, Hook};
use crate::stylus::hostios::Hostio;

/// A piece of what a hook is given or gives. Parameters go by their places; numbers are big-endian.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece {
    /// What the first points to: so many bytes.
    Fixed(usize, u64),
    /// What the first points to: as many bytes as the second says.
    Data(usize, usize),
    /// What it points to: as many bytes as the hook answered.
    Answered(usize),
    /// The length that it points to, which programs read little-endian, in 4 bytes.
    Length(usize),
    /// The parameter itself, in so many bytes.
    Number(usize, usize),
    /// 1 if the parameter is not 0, in 1 byte.
    Flag(usize),
    /// What the hook answered, in so many bytes.
    Answer(usize),
    /// The calldata of the frame.
    Calldata,
}

/// The 32 bytes that the parameter points to.
pub(super) const fn word(at: usize) -> Piece {
    Piece::Fixed(at, 32)
}

/// The 20 bytes that the parameter points to.
pub(super) const fn account(at: usize) -> Piece {
    Piece::Fixed(at, 20)
}

/// What a hook answers a program with.
pub(super) trait Answer {
    /// As a number; nothing is 0.
    fn number(&self) -> u64;
}

impl Answer for () {
    fn number(&self) -> u64 {
        0
    }
}

impl Answer for u32 {
    fn number(&self) -> u64 {
        u64::from(*self)
    }
}

impl Answer for u64 {
    fn number(&self) -> u64 {
        *self
    }
}

/// A hook that is being traced.
pub(super) struct Traced {
    start_ink: u64,
    args: Bytes,
}

impl Hook<'_, '_> {
    /// The hook begins; nothing if nobody traces.
    pub(super) fn begin(&mut self, pieces: &[Piece], parameters: &[u64]) -> Option<Traced> {
        if !self.env().is_traced {
            return None;
        }
        Some(Traced { start_ink: self.ink_left(), args: self.packed(pieces, parameters, 0) })
    }

    /// It has ended. What it could not do is not shown; that the program left is.
    pub(super) fn end<T: Answer>(
        &mut self,
        name: &'static str,
        traced: Traced,
        pieces: &[Piece],
        parameters: &[u64],
        result: &Result<T, Escape>,
    ) {
        let answer = match result {
            Ok(answer) => answer.number(),
            Err(Escape::Exit(_)) => 0,
            Err(_) => return,
        };
        let outs = self.packed(pieces, parameters, answer);
        let ink = (traced.start_ink, self.ink_left());
        if let Some(hostios) = self.host().ok().and_then(|(host, _)| host.hostios()) {
            hostios.record(Hostio::new(name, traced.args, outs, ink));
        }
    }

    /// The pieces one after the other.
    fn packed(&self, pieces: &[Piece], parameters: &[u64], answer: u64) -> Bytes {
        let mut packed = Vec::new();
        let parameter = |at: usize| parameters.get(at).copied().unwrap_or_default();
        for piece in pieces {
            match *piece {
                Piece::Fixed(at, length) => packed.extend_from_slice(self.seen(parameter(at), length)),
                Piece::Data(at, length) => packed.extend_from_slice(self.seen(parameter(at), parameter(length))),
                Piece::Answered(at) => packed.extend_from_slice(self.seen(parameter(at), answer)),
                Piece::Length(at) => packed.extend(self.seen(parameter(at), 4).iter().rev()),
                Piece::Number(at, bytes) => packed.extend_from_slice(&parameter(at).to_be_bytes()[8 - bytes..]),
                Piece::Flag(at) => packed.push(u8::from(parameter(at) != 0)),
                Piece::Answer(bytes) => packed.extend_from_slice(&answer.to_be_bytes()[8 - bytes..]),
                Piece::Calldata => packed.extend_from_slice(&self.frame().calldata),
            }
        }
        packed.into()
    }

    /// `length` bytes at `start`; none where they are not all in memory, which the hook itself refuses.
    fn seen(&self, start: u64, length: u64) -> &[u8] {
        match (u32::try_from(start), u32::try_from(length)) {
            (Ok(start), Ok(length)) => self.read(start, length).unwrap_or_default(),
            _ => &[],
        }
    }
}
