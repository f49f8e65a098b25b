//! How much is tested, by day and by night.

/// How much is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// What every change waits for: minutes.
    Change,
    /// What a night has time for: an hour or more.
    Night,
}

impl Amount {
    /// What makes tests take this amount: by night the full ones, and for how many seconds the node's requests are
    /// fuzzed then.
    pub(super) fn variables(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Change => &[],
            Self::Night => &[("MRC53_NIGHTLY", "1"), ("MRC53_FUZZ_SECONDS", "600")],
        }
    }
}
