//! Files that come with the tool: one for each question that people ask.

/// A file that comes with the tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// How it is called.
    pub name: &'static str,
    /// The file.
    pub text: &'static str,
}

impl Preset {
    /// What it answers: its first line.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.text.lines().next().unwrap_or_default().trim_start_matches("# ")
    }

    /// The preset called so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        PRESETS.into_iter().find(|preset| preset.name == name)
    }
}

/// All of them.
pub const PRESETS: [Preset; 15] = [
    Preset { name: "stakes", text: include_str!("../../presets/stakes.toml") },
    Preset { name: "unpaid", text: include_str!("../../presets/unpaid.toml") },
    Preset { name: "needed", text: include_str!("../../presets/needed.toml") },
    Preset { name: "self-hosting", text: include_str!("../../presets/self-hosting.toml") },
    Preset { name: "dilution", text: include_str!("../../presets/dilution.toml") },
    Preset { name: "next-mor", text: include_str!("../../presets/next-mor.toml") },
    Preset { name: "against-builders", text: include_str!("../../presets/against-builders.toml") },
    Preset { name: "circulation", text: include_str!("../../presets/circulation.toml") },
    Preset { name: "count-or-seconds", text: include_str!("../../presets/count-or-seconds.toml") },
    Preset { name: "grace", text: include_str!("../../presets/grace.toml") },
    Preset { name: "lock", text: include_str!("../../presets/lock.toml") },
    Preset { name: "funding", text: include_str!("../../presets/funding.toml") },
    Preset { name: "pool-cut", text: include_str!("../../presets/pool-cut.toml") },
    Preset { name: "random", text: include_str!("../../presets/random.toml") },
    Preset { name: "stress", text: include_str!("../../presets/stress.toml") },
];
