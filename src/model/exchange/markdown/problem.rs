//! Why a template cannot be used.

use serde::{Deserialize, Serialize};

/// What is wrong with a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It is not written by the rules.
    Syntax,
    /// It asks for a value that there is not.
    UnknownVariable,
    /// It uses a filter, a test or a function that there is not.
    UnknownName,
    /// It comes to no end, or makes far more than the notes are.
    Endless,
    /// It does with a value what cannot be done with it.
    Unusable,
}

impl Problem {
    const ALL: [Self; 5] = [
        Self::Syntax,
        Self::UnknownVariable,
        Self::UnknownName,
        Self::Endless,
        Self::Unusable,
    ];
}

/// Why a template cannot be used, and where.
///
/// It is the text that comes from the worker, the line, the number of the problem and what the
/// engine says, since a first visit has the type but never reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TemplateError(String);

impl TemplateError {
    /// Creates an error of a line of the template, from 1.
    pub fn new(line: usize, problem: Problem, detail: &str) -> Self {
        Self(format!("{line} {} {detail}", problem as usize))
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.part(0).parse().unwrap_or(1)
    }

    /// What is wrong there.
    pub fn problem(&self) -> Problem {
        let number: usize = self.part(1).parse().unwrap_or(usize::MAX);
        let known = Problem::ALL.get(number).copied();
        known.unwrap_or(Problem::Unusable)
    }

    /// The name that is not known, or what the engine says, in English; may be empty.
    pub fn detail(&self) -> &str {
        self.part(2)
    }

    fn part(&self, index: usize) -> &str {
        self.0.splitn(3, ' ').nth(index).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_what_it_was_made_of() {
        for problem in Problem::ALL {
            let error = TemplateError::new(12, problem, "no such thing: x");
            assert_eq!(
                (error.line(), error.problem(), error.detail()),
                (12, problem, "no such thing: x")
            );
        }
        let none = TemplateError::new(1, Problem::Endless, "");
        assert_eq!((none.line(), none.detail()), (1, ""));
    }
}
