//! What an owner signs: calls checked against the chain's state, tried out, and written down for a Safe.
//!
//! | module | what lives there |
//! |---|---|
//! | [`acts`] | everything that an owner of the suite may do, refused early where the contract would refuse |
//! | [`plan`] | what an act names, and what comes of planning one |
//! | [`call`] | one call by its ABI: its data, and the same for people to read |
//! | [`bundle`] | a batch of calls in the format of the Safe's Transaction Builder |
//! | [`file`] | such a batch read back |
//! | [`checksum`] | the Transaction Builder's checksum of such a batch |

pub mod acts;
pub mod bundle;
pub mod call;
pub mod checksum;
pub mod file;
pub mod plan;
