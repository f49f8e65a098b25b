//! Just enough of Rust's grammar to see paths: comments, literals and tests left out.

/// Words, `::` and single signs of `text`.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let starts = |what: &str| what.chars().zip(rest).filter(|(want, is)| want == *is).count() == what.len();
        let is_word = |letter: &char| letter.is_alphanumeric() || *letter == '_';
        at += if starts("//") {
            length(rest, "\n")
        } else if starts("/*") {
            length(rest, "*/")
        } else if starts("r\"") || starts("r#") {
            let hashes = rest[1..].iter().take_while(|letter| **letter == '#').count();
            length_after(rest, hashes + 2, &format!("\"{}", "#".repeat(hashes)))
        } else if starts("\"") {
            quoted(rest)
        } else if starts("'") {
            character(rest)
        } else if starts("::") {
            tokens.push("::".to_owned());
            2
        } else if is_word(&rest[0]) {
            let word: String = rest.iter().take_while(|letter| is_word(letter)).collect();
            let length = word.chars().count();
            tokens.push(word);
            length
        } else {
            if !rest[0].is_whitespace() {
                tokens.push(rest[0].to_string());
            }
            1
        };
    }
    tokens
}

/// How long `text` is up to the end of the first `end`.
fn length(text: &[char], end: &str) -> usize {
    length_after(text, 0, end)
}

fn length_after(text: &[char], start: usize, end: &str) -> usize {
    let end: Vec<char> = end.chars().collect();
    let rest = text.get(start..).unwrap_or_default();
    rest.windows(end.len()).position(|window| window == end).map_or(text.len(), |found| start + found + end.len())
}

fn quoted(text: &[char]) -> usize {
    let mut at = 1;
    while at < text.len() && text[at] != '"' {
        at += if text[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// A character's length, or 1 for a lifetime's quote.
fn character(text: &[char]) -> usize {
    match text {
        ['\'', '\\', ..] => length_after(text, 3, "'"),
        ['\'', _, '\'', ..] => 3,
        _ => 1,
    }
}

/// `tokens` without modules that are compiled for tests only.
pub(super) fn without_tests(tokens: &[String]) -> Vec<String> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let is_marked = rest.len() > mark.len() && rest.iter().zip(mark).all(|(is, want)| is == want);
        if !is_marked {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        at += mark.len();
        let mut depth = 0;
        while at < tokens.len() {
            let token = tokens[at].as_str();
            at += 1;
            depth += i32::from(token == "{") - i32::from(token == "}");
            if depth == 0 && (token == "}" || token == ";") {
                break;
            }
        }
    }
    kept
}
