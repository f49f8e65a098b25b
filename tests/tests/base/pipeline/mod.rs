//! `relay`, `prove` and `status`, run as a keeper runs them, on three chains: the buckets on Base, stand-ins of Base's portal,
//! registry and games with Arbitrum's real bridge and inbox on Ethereum, the suite on Arbitrum.

mod hostile;
mod keeping;
mod proving;
mod relaying;
mod showing;
mod three;
mod trouble;
