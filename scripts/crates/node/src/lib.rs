//! The chains that the suite stands on: which one is meant, what is known of it, who signs, how a node is asked and
//! what its answers mean, and how transactions are sent there. Knows `mrc53-abi`, `mrc53-suite` and `mrc53-console`;
//! whatever speaks to a chain may know it.
//!
//! | module | what lives there |
//! |---|---|
//! | [`profile`] | a network by name or from a file: chain id, node, the addresses and settings it starts from |
//! | `network_file` | that file, read whole |
//! | [`on_base`] | the two other chains of a network whose sessions are on Base |
//! | [`book`] | `deployments/<chainId>.json`: inputs, settings and every contract ever deployed there |
//! | [`follow`] | owners and pool as the chain has them now, and a book that follows |
//! | [`accounts`] | contracts that are no accounts: they can neither approve nor own |
//! | [`keys`] | who signs: keystore, environment, or nobody |
//! | [`url`] | the address of a node, of which only scheme, host and port are ever shown |
//! | [`line`] | the way to it: requests within time limits, repeated where that helps |
//! | [`pending`] | calls as the next transaction would meet the chain |
//! | [`node`] | a node of any of a suite's chains, checked to be of that chain |
//! | [`connection`] | a node that has been checked to be on that network, with the book's contracts on it |
//! | [`reading`] | a node that is only read, of any chain |
//! | [`answers`] | what a node's error means: a refusal, or no answer |
//! | [`reader`] | calls of contracts, asked at one moment: a value, or why there is none |
//! | [`no_value`] | why: the contract refused, nothing or something else answers, or the node does not |
//! | [`words`] | an error with its causes, what contracts said in words |
//! | [`terms`] | grace, lock and minimum that a contract does not take |
//! | `many` | one question asked many times, in few requests |
//! | [`logs`] | events over any stretch of a chain |
//! | [`time`] | a chain's clock |
//! | [`head`] | one block, at which everything of a page is read |
//! | [`subnets`] | which subnets there are, and how they stand |
//! | [`schedule`] | which calculator counts from which day on |
//! | [`diamond`] | whether the Compute Diamond has a function, and who pays sessions |
//! | [`fees`] | what a transaction may cost per gas |
//! | [`data_fee`] | what activating a program costs besides |
//! | [`patience`] | which requests and steps are repeated |
//! | [`sender`] | transactions: estimated, paid for, signed, sent; or only shown |
//! | [`sent`] | what is sent, what became of it, and why it did not |
//! | `delivery` | a signed transaction handed in, looked up and waited for |

pub mod accounts;
pub mod answers;
pub mod book;
pub mod connection;
pub mod data_fee;
mod delivery;
pub mod diamond;
pub mod fees;
pub mod follow;
pub mod head;
pub mod keys;
pub mod line;
pub mod logs;
mod many;
mod network_file;
pub mod no_value;
pub mod node;
pub mod on_base;
pub mod patience;
pub mod pending;
pub mod profile;
pub mod reader;
pub mod reading;
pub mod schedule;
pub mod sender;
pub mod sent;
pub mod subnets;
pub mod terms;
pub mod time;
pub mod url;
pub mod words;
