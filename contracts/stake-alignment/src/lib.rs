//! stake-alignment
