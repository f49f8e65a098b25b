//! What people sign by hand, refused early where a contract would refuse, and said before it is sent: owners' acts as
//! batches for a Safe, the Diamond's cut, what operators and stakers do. Knows `mrc53-node`, `mrc53-abi`, `mrc53-suite`
//! and `mrc53-console`; the command line may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`safe`] | what an owner signs, as a batch for a Safe |
//! | [`diamond`] | what stands where in the Compute Diamond, and the cut that changes it |
//! | [`staking`] | subnets registered, MOR staked and withdrawn |
//! | [`naming`] | the account under which a provider's sessions on Base are booked |

pub mod diamond;
pub mod naming;
pub mod safe;
pub mod staking;
