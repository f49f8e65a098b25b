//! Sessions as they were served.

use std::collections::{BTreeMap, BTreeSet};

/// The most characters of a provider's name.
pub const MOST_NAME: usize = 100;

/// A session of a provider; Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// The provider's number.
    pub provider: u32,
    /// When it opened.
    pub opened_at: u64,
    /// When it ended: at its end, or as it was closed before.
    pub ended_at: u64,
}

/// Sessions by provider, providers in order of appearance; names that differ in case only are one, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sessions {
    names: Vec<String>,
    numbers: BTreeMap<String, u32>,
    served: Vec<Served>,
    ids: BTreeSet<String>,
}

/// A session as a source has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// Its id, for complaints.
    pub id: &'a str,
    /// Its provider.
    pub provider: &'a str,
    /// Unix seconds of its opening, its end, and its closing, which is 0 while it is open.
    pub times: [u64; 3],
}

/// Why a session cannot have been.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("session {}: opened at {opened_at}, ends at {ends_at}, closed at {closed_at}: {why}", shown(id))]
pub struct Impossible {
    id: String,
    opened_at: u64,
    ends_at: u64,
    closed_at: u64,
    why: &'static str,
}

impl Sessions {
    /// Adds one. Times after 2106 are none of the marketplace's.
    ///
    /// # Errors
    /// [`Impossible`] if it ends or closes before it opens, is there already, or has no id or no provider, which is printable
    /// text without spaces, at most [`MOST_NAME`] characters.
    pub fn add(&mut self, told: &Told<'_>) -> Result<(), Impossible> {
        let [opened_at, ends_at, closed_at] = told.times;
        let why = if told.provider.is_empty() {
            "it has no provider"
        } else if !is_name(told.provider) {
            "a provider is at most 100 printable characters without spaces"
        } else if told.id.is_empty() {
            "it has no id"
        } else if told.times.iter().any(|time| *time > u64::from(u32::MAX)) {
            "no such time"
        } else if opened_at == 0 {
            "it never opened"
        } else if ends_at < opened_at {
            "it ends before it opens"
        } else if closed_at != 0 && closed_at < opened_at {
            "it is closed before it opens"
        } else if !self.ids.insert(told.id.to_owned()) {
            "it is there already"
        } else {
            let ended_at = if closed_at == 0 { ends_at } else { ends_at.min(closed_at) };
            let provider = self.number(told.provider.to_lowercase());
            self.served.push(Served { provider, opened_at, ended_at });
            return Ok(());
        };
        Err(Impossible { id: told.id.to_owned(), opened_at, ends_at, closed_at, why })
    }

    /// All of them, as they were added.
    #[must_use]
    pub fn served(&self) -> &[Served] {
        &self.served
    }

    /// The providers, by their numbers.
    #[must_use]
    pub fn providers(&self) -> &[String] {
        &self.names
    }

    fn number(&mut self, provider: String) -> u32 {
        if let Some(number) = self.numbers.get(&provider) {
            return *number;
        }
        // As many as there are addresses in a file that fits memory.
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(provider.clone());
        self.numbers.insert(provider, number);
        number
    }
}

/// Whether `name` can be shown as it is, in a table and in a file.
fn is_name(name: &str) -> bool {
    let is_plain =
        |letter: char| matches!(letter, '\'' | '"' | '\\') || (letter != ' ' && letter.escape_debug().count() == 1);
    name.chars().all(is_plain) && name.chars().count() <= MOST_NAME
}

/// Text of a file as complaints show it: on one line, without what steers a terminal, and not all of a long one.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(MOST_NAME).flat_map(char::escape_debug).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(times: [u64; 3]) -> Told<'static> {
        Told { id: "0x1", provider: "0xa", times }
    }

    #[test]
    fn a_session_ends_at_its_end_or_as_it_is_closed_before() {
        let mut sessions = Sessions::default();
        for (id, times) in
            ["1", "2", "3", "4", "5"].iter().zip([[10, 20, 0], [10, 20, 15], [10, 20, 30], [10, 10, 0], [10, 20, 10]])
        {
            sessions.add(&Told { id, ..told(times) }).unwrap();
        }
        let ended: Vec<u64> = sessions.served().iter().map(|session| session.ended_at).collect();
        assert_eq!((ended, sessions.providers()), (vec![20, 15, 20, 10, 10], &["0xa".to_owned()][..]));
    }

    #[test]
    fn what_cannot_have_been_is_refused_with_its_times() {
        for (times, why) in [
            ([0, 20, 0], "it never opened"),
            ([10, 9, 0], "it ends before it opens"),
            ([10, 20, 9], "it is closed before it opens"),
            ([10, 1 << 32, 0], "no such time"),
        ] {
            let error = Sessions::default().add(&told(times)).unwrap_err().to_string();
            assert!(error.starts_with("session 0x1: opened at ") && error.ends_with(why), "{error}");
        }
        let nobody = Told { provider: "", ..told([10, 20, 0]) };
        assert!(Sessions::default().add(&nobody).is_err());
        let nameless = Told { id: "", ..told([10, 20, 0]) };
        assert!(Sessions::default().add(&nameless).unwrap_err().to_string().ends_with("it has no id"));
    }

    #[test]
    fn a_provider_has_a_name_that_can_be_shown() {
        let add = |provider: &str| Sessions::default().add(&Told { provider, ..told([10, 20, 0]) });
        for provider in ["0xa", "=1+1", "ünï", "\"it's\\", &"x".repeat(MOST_NAME)] {
            add(provider).unwrap();
        }
        for provider in ["a b", "a\n", "\u{1b}[31m", "a\u{202e}b", "a\u{a0}b", "\0", &"x".repeat(MOST_NAME + 1)] {
            assert!(
                add(provider).unwrap_err().to_string().ends_with("printable characters without spaces"),
                "{provider:?}"
            );
        }
        let odd = Told { id: "\u{1b}\n", ..told([10, 9, 0]) };
        let error = Sessions::default().add(&odd).unwrap_err().to_string();
        assert!(error.starts_with("session \\u{1b}\\n: opened"), "{error}");
    }

    #[test]
    fn providers_that_differ_in_case_only_are_one() {
        let mut sessions = Sessions::default();
        for (id, provider) in [("1", "0xAb"), ("2", "0xaB"), ("3", "0xab")] {
            sessions.add(&Told { id, provider, times: [10, 20, 0] }).unwrap();
        }
        assert_eq!(sessions.providers(), ["0xab"]);
    }

    #[test]
    fn a_session_that_is_there_already_is_refused() {
        let mut sessions = Sessions::default();
        sessions.add(&told([10, 20, 0])).unwrap();
        let again = Told { provider: "0xb", ..told([30, 40, 0]) };
        assert!(sessions.add(&again).unwrap_err().to_string().ends_with("it is there already"));
    }
}
