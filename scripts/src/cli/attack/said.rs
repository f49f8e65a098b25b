//! What stands beside the numbers of `attack`: what is assumed, or verified by nobody.

/// Open, assumed or left out.
pub(super) const UNVERIFIED: [&str; 6] = [
    "the day lock is a change of the marketplace of 2026-07-29; whether it is live is not verified",
    "demand is that of Base in the first half of 2026, each of its sessions taken for 300 seconds; stake toward subnets does not exist yet and is assumed",
    "providers are taken to have claimed nothing for sessions: with more claimed a session needs more stake (--claimed)",
    "sessions cost the least that a bid can ask for: dearer ones lock as many times more (--price)",
    "left out: the provider's bond, and what the marketplace pays the attacker for its own sessions, at most their price",
    "gas is the chain's own, without the parent chain's share and without fetching stake that was locked till the next day",
];
