//! The games of Base on Ethereum: its proposals, and which of them can be relayed.
//!
//! | module | what lives there |
//! |---|---|
//! | [`game`] | a game, and why one cannot be relayed |
//! | [`ethereum`] | Base's registry and factory, as the portal names them |
//! | [`find`] | the newest valid game, and what is in the way of the newer ones |
//! | [`choose`] | which valid game to relay: the earliest that covers as much |
//! | `why` | asking the registry why not |

pub mod choose;
pub mod ethereum;
pub mod find;
pub mod game;
mod why;
