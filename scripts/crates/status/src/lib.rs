//! One page with everything that can be read of the suite on a chain, all at the same block. Nothing is sent.
//!
//! A view that does not answer, for one because its program has expired, leaves a gap on the page that says why; only a
//! node that does not answer ends it.
//!
//! Knows `mrc53-base`, `mrc53-keeper`, `mrc53-node`, `mrc53-abi`, `mrc53-suite` and `mrc53-console`; the command line may
//! know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`reader`] | asking views at one block; what is known and what is not |
//! | `suite` | which contracts are asked |
//! | [`page`] | the page |
//! | `read` | reading it |
//! | [`wiring`] | whether each contract points where the book says |
//! | [`inputs`] | whether what the suite was built upon is what it is taken for |
//! | [`hook`] | what the Diamond has of the optional upgrade |
//! | [`rules`] | owners, pauses, the rules in force and announced |
//! | [`money`] | emission, the Compute pool, credits and payments |
//! | [`subnets`] | every subnet on the running day |
//! | [`backlog`] | final days that nobody settles, and why |
//! | `pipeline` | the way from Base |
//! | [`problems`] | what somebody has to look at |
//! | [`notices`] | what is announced and has not come yet |
//! | [`table`] | the page for people |

pub mod backlog;
pub mod hook;
pub mod inputs;
pub mod money;
pub mod notices;
pub mod page;
mod pipeline;
pub mod problems;
mod read;
pub mod reader;
pub mod rules;
pub mod subnets;
mod suite;
pub mod table;
pub mod wiring;
