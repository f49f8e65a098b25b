//! What real days would have paid: sessions that were served, and a stake that is assumed.
//!
//! No stake toward subnets exists where the sessions were, so it is a parameter: none (the usage side and the stake that it
//! needs), a sum in equal parts or in proportion to usage, or of each by name. It is held on all days, and every day
//! counts.
//!
//! | module | what lives there |
//! |---|---|
//! | [`sessions`] | sessions as they were served, checked |
//! | [`usage`] | session-seconds and sessions by day and provider |
//! | [`paid`] | what each day would have paid, and the stake that it takes |
//! | [`source`], [`lines`], [`dump`] (by its `words`) | reading them: a JSON object a line, the public snapshot's SQL |

pub mod dump;
mod dump_error;
pub mod lines;
pub mod paid;
pub mod sessions;
pub mod source;
pub mod usage;
mod words;
