//! From final days to money paid: settling what a subnet has earned, and claiming what is owed.
//!
//! | module | what lives there |
//! |---|---|
//! | [`prospect`] | what settling would come to, of many subnets at once |
//! | [`finality`] | when a day is final, and who says so |
//! | [`settle`] | final days that pay something credited, some at a time |
//! | [`claim`] | operators and stakers paid, as far as the Compute pool goes |
//! | [`report`] | both for people and as JSON |
//!
//! Everything here may be done by anybody, at any time and twice: a day is settled once, a debt is paid once.

pub mod claim;
pub mod finality;
pub mod prospect;
pub mod report;
pub mod settle;
