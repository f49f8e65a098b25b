//! session-recorder
