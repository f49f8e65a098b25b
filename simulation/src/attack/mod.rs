//! What an attack on the rule costs, and what it takes: MOR·days, locked MOR and gas against what honest subnets lose.
//!
//! Four kinds: hosting sessions with oneself on all the stake that they can be paid for, the same on the least stake that
//! counts (dilution), stake that comes late, and one subnet split into several. What is paid and lost is the difference of
//! two runs of a [`market`](mrc53_books::market), with the attacker and without; what the marketplace locks is walked through
//! session by session. Exact in MOR wei; nothing here asks a chain.
//!
//! | module | what lives there |
//! |---|---|
//! | [`row`] | an attack priced: what it costs, what it takes |
//! | [`terms`] | what is assumed of the market, the marketplace and gas |
//! | [`marketplace`] | what a consumer's stake pays for, and when it comes back |
//! | [`place`] | a place of a day that is filled with sessions, one after the other |
//! | [`always_open`] | one session that is always open, by how long each is opened for |
//! | [`gas`] | gas of what is sent, as it was measured |
//! | [`share`] | a share of all usage, and what it needs |
//! | [`usurping`] | self-hosting and dilution |
//! | [`timing`] | stake that comes late |
//! | [`splitting`] | one subnet as several |
//! | [`refusal`] | why an attack cannot be priced |

pub mod always_open;
pub mod gas;
pub mod marketplace;
pub mod place;
pub mod refusal;
pub mod row;
pub mod share;
pub mod splitting;
pub mod terms;
pub mod timing;
pub mod usurping;
