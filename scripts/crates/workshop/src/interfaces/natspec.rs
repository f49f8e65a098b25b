//! Rust documentation as `NatSpec`.
//!
//! The first paragraph is the notice, the rest is for developers. `[`X`]` becomes `X`, Rust's names become Solidity's,
//! a constant is followed by its value, and the headings `# Errors` and `# Events` become a word in front of what they
//! head.

use std::collections::BTreeMap;

/// Width of a line, indentation included.
const WIDTH: usize = 120;

/// The name that the SDK exports a Rust name as: `usage_of` becomes `usageOf`.
pub(super) fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let mut letters = word.chars();
        let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
        name + &initial.into_iter().chain(letters).collect::<String>()
    })
}

/// `words`, which is Rust documentation, as comment lines before a declaration that is indented by `indent`; each line
/// ends with a line break. No words, no lines.
pub(super) fn comment(words: &str, indent: &str, constants: &BTreeMap<String, String>) -> String {
    let paragraphs = paragraphs(words);
    let mut lines = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let paragraph = in_solidity(paragraph, constants);
        match index {
            0 => lines.extend(filled(&paragraph, indent)),
            1 => lines.extend(filled(&format!("@dev {paragraph}"), indent)),
            _ => {
                lines.push(format!("{indent}///"));
                lines.extend(filled(&paragraph, indent));
            }
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

/// The first paragraph of `words`, with Solidity's names, on one line.
pub(super) fn first_sentence(words: &str, constants: &BTreeMap<String, String>) -> String {
    paragraphs(words).first().map(|paragraph| in_solidity(paragraph, constants)).unwrap_or_default()
}

/// Paragraphs on one line each, a heading joined to what it heads.
fn paragraphs(words: &str) -> Vec<String> {
    let mut heading = None;
    let mut paragraphs = Vec::new();
    for paragraph in words.split("\n\n") {
        let mut lines = paragraph.lines().filter(|line| !line.trim().is_empty()).peekable();
        if let Some(title) = lines.next_if(|line| line.starts_with("# ")) {
            heading = Some(title.trim_start_matches("# ").to_owned());
        }
        let joined = lines.map(str::trim).collect::<Vec<_>>().join(" ");
        if !joined.is_empty() {
            paragraphs.push(heading.take().map_or(joined.clone(), |heading| format!("{heading}: {joined}")));
        }
    }
    paragraphs
}

/// Code in a paragraph as Solidity has it. Everything between two backticks is code.
fn in_solidity(paragraph: &str, constants: &BTreeMap<String, String>) -> String {
    let unlinked = paragraph.replace("[`", "`").replace("`]", "`");
    let parts = unlinked.split('`').enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 0 { part.to_owned() } else { code(part, constants) });
    parts.collect::<Vec<_>>().join("`")
}

/// Names inside code: without their path, in camel case, a constant with its value.
fn code(code: &str, constants: &BTreeMap<String, String>) -> String {
    let code = if code.contains("::") { code.rsplit("::").next().unwrap_or(code) } else { code };
    if let Some(value) = constants.get(code) {
        return format!("{code} = {}", value.replace('_', ","));
    }
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut out = String::new();
    let mut name = String::new();
    for letter in code.chars().map(Some).chain([None]) {
        match letter {
            Some(letter) if is_name(letter) => name.push(letter),
            end => {
                let is_constant = name.chars().any(|letter| letter.is_ascii_uppercase());
                out += &if is_constant { std::mem::take(&mut name) } else { camel_case(&std::mem::take(&mut name)) };
                out.extend(end);
            }
        }
    }
    out
}

/// `text` as comment lines of at most [`WIDTH`], broken between words.
fn filled(text: &str, indent: &str) -> Vec<String> {
    let start = format!("{indent}///");
    let mut lines = Vec::new();
    let mut line = start.clone();
    for word in text.split(' ') {
        if line.len() > start.len() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut line, start.clone()));
        }
        line = format!("{line} {word}");
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment_of(words: &str) -> String {
        comment(words, "", &BTreeMap::from([("NOTICE_DAYS".to_owned(), "7".to_owned())]))
    }

    #[test]
    fn the_first_paragraph_is_the_notice_and_the_rest_is_for_developers() {
        assert_eq!(
            comment_of("One.\nStill one.\n\nTwo.\n\nThree."),
            "/// One. Still one.\n/// @dev Two.\n///\n/// Three.\n"
        );
    }

    #[test]
    fn a_heading_becomes_a_word_before_what_it_heads() {
        assert_eq!(comment_of("Pays.\n\n# Errors\n[`Late`]."), "/// Pays.\n/// @dev Errors: `Late`.\n");
    }

    #[test]
    fn links_and_names_become_those_of_solidity() {
        assert_eq!(
            comment_of("See [`Self::first_open_day`] of `[from_day, to_day)`."),
            "/// See `firstOpenDay` of `[fromDay, toDay)`.\n"
        );
    }

    #[test]
    fn a_constant_is_followed_by_its_value() {
        assert_eq!(comment_of("After [`NOTICE_DAYS`]."), "/// After `NOTICE_DAYS = 7`.\n");
    }

    #[test]
    fn nothing_said_is_nothing_written() {
        assert_eq!(comment_of(""), "");
    }

    #[test]
    fn lines_are_broken_at_the_width_and_no_earlier() {
        let word = "a".repeat(WIDTH - "///".len() - " b ".len());

        assert_eq!(comment_of(&format!("b {word}")).lines().count(), 1);
        assert_eq!(comment_of(&format!("bb {word}")).lines().count(), 2);
    }
}
