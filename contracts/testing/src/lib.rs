//! What the contracts' unit tests share. Never part of a contract.
//!
//! | module | stands for |
//! |---|---|
//! | [`clock`] | the block time |
//! | [`scripted`] | any callee, answering byte for byte what the test wrote down |
//! | [`eligibility`] | `StakeAlignment`, answering which days count |
//! | [`diamond`] | the bytes of the Diamond's answers, for a scripted source |
//! | [`mor`] | the MOR token: a plain ERC-20 that anybody can mint |
//! | [`hostile_token`] | a token that reverts, answers false or nonsense, or calls back |
//! | [`silent_token`] | a token that moves the money and answers nothing |

extern crate alloc;

pub mod clock;
pub mod diamond;
pub mod eligibility;
pub mod hostile_token;
pub mod mor;
pub mod scripted;
pub mod silent_token;

pub use eligibility::Eligibility;
pub use hostile_token::{HostileToken, Mood};
pub use mor::Mor;
pub use scripted::Scripted;
pub use silent_token::SilentToken;
