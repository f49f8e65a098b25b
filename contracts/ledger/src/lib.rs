//! mrc53-ledger
