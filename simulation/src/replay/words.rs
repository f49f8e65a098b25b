//! The words of an SQL text, parted as `SQLite` parts them: comments left out, and each name and text whole, in its quotes.

use std::borrow::Cow;

use sqlite3_parser::dialect::TokenType;
use sqlite3_parser::lexer::Scanner;
use sqlite3_parser::lexer::sql::{Error, Tokenizer};

use super::dump_error::DumpError;

/// A word as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) kind: TokenType,
    text: &'a str,
}

impl<'a> Word<'a> {
    /// Whether it is `word`, in any case and without quotes.
    pub(super) const fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// What it names or says: without its quotes, and a quote in it once.
    pub(super) fn unquoted(&self) -> Cow<'a, str> {
        let quote = match self.text.chars().next() {
            Some('[') => ']',
            Some(quote @ ('\'' | '"' | '`')) => quote,
            _ => return self.text.into(),
        };
        let inside = self.text.get(1..self.text.len() - 1).unwrap_or_default();
        if quote == ']' || !inside.contains(quote) {
            return inside.into();
        }
        inside.replace(&format!("{quote}{quote}"), &quote.to_string()).into()
    }

    /// What it says, if it is a text or a number.
    pub(super) fn said(&self) -> Option<Cow<'a, str>> {
        match self.kind {
            TokenType::TK_STRING | TokenType::TK_INTEGER | TokenType::TK_FLOAT => Some(self.unquoted()),
            // `SQLite` takes such a name for a text where no column can stand.
            _ => self.text.starts_with('"').then(|| self.unquoted()),
        }
    }
}

/// The words of a text, one after the other.
pub(super) struct Words<'a> {
    text: &'a str,
    scanner: Scanner<Tokenizer>,
    at: usize,
}

impl<'a> Words<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { text, scanner: Scanner::new(Tokenizer::new()), at: 0 }
    }

    /// The next one; none at the end of the text.
    pub(super) fn next(&mut self) -> Result<Option<Word<'a>>, DumpError> {
        let (start, word, end) = self.scanner.scan(self.text.as_bytes()).map_err(|error| self.refused(&error))?;
        self.at = start;
        Ok(word.map(|(_, kind)| Word { kind, text: self.text.get(start..end).unwrap_or_default() }))
    }

    /// The next one, which has to be there.
    pub(super) fn need(&mut self) -> Result<Word<'a>, DumpError> {
        self.next()?.ok_or_else(|| self.wrong("the file ends within a statement: it is not whole"))
    }

    /// Leaves out the rest of a statement whose last word was `last`.
    pub(super) fn skip(&mut self, mut last: Word<'a>) -> Result<(), DumpError> {
        while last.kind != TokenType::TK_SEMI {
            last = self.need()?;
        }
        Ok(())
    }

    /// A fault on the line of the last word.
    pub(super) fn wrong(&self, fault: &str) -> DumpError {
        let line = 1 + self.text.bytes().take(self.at).filter(|byte| *byte == b'\n').count();
        DumpError::Statement { line, fault: fault.to_owned() }
    }

    fn refused(&self, error: &Error) -> DumpError {
        self.wrong(match error {
            Error::UnterminatedLiteral(_) | Error::UnterminatedBracket(_) | Error::UnterminatedBlockComment(_) => {
                "what begins after here has no closing quote or comment: the file is not whole"
            }
            Error::BadNumber(_) | Error::MalformedHexInteger(_) => "a number that is none follows",
            Error::MalformedBlobLiteral(_) => "a blob that is none follows",
            _ => "a sign that SQL does not have follows",
        })
    }
}
