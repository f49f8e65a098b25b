//! What counts as a subnet's work: MRC-53 had two answers.

/// The weight of a session in the usage side of the formula.
///
/// The discriminants are the `weight` of the contracts' ABI.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Weight {
    /// MRC-53 version 2, in force: the seconds hosted within the day.
    #[default]
    Seconds = 0,
    /// MRC-53 version 1: one per session, on the day it was opened.
    Sessions = 1,
}

impl Weight {
    /// The one of the two quantities that this weight counts.
    #[must_use]
    pub const fn of(self, seconds: u64, sessions: u32) -> u64 {
        match self {
            Self::Seconds => seconds,
            Self::Sessions => sessions as u64,
        }
    }
}

impl TryFrom<u8> for Weight {
    /// The number that names no weight.
    type Error = u8;

    fn try_from(number: u8) -> Result<Self, u8> {
        match number {
            0 => Ok(Self::Seconds),
            1 => Ok(Self::Sessions),
            unknown => Err(unknown),
        }
    }
}
