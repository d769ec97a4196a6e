//! Evaluates conditions of style sheets where the page is read: on a screen of ordinary size.

/// Width of the screen assumed for conditions, in pixels: a desktop's, which shows most of a page.
const WIDTH: f32 = 1_280.0;
/// Size of an `em` in conditions, in pixels.
const EM: f32 = 16.0;

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// It does.
    Yes,
    /// It depends on something unknown.
    Perhaps,
    /// It does not.
    No,
}

impl Holds {
    /// Returns whether both hold.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Perhaps, _) | (_, Self::Perhaps) => Self::Perhaps,
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::Perhaps => Self::Perhaps,
            Self::No => Self::Yes,
        }
    }
}

/// Evaluates a list of media queries (<https://www.w3.org/TR/mediaqueries-4/>).
pub(super) fn media(list: &str) -> Holds {
    if list.trim().is_empty() {
        return Holds::Yes;
    }
    let list = list.to_ascii_lowercase();
    list.split(',')
        .map(|query| one(query.trim()))
        .fold(Holds::No, Holds::or)
}

fn one(query: &str) -> Holds {
    if let Some(rest) = query.strip_prefix("not ") {
        return one(rest.trim()).not();
    }
    let query = query.strip_prefix("only ").unwrap_or(query);
    let parts = query.split(" and ").map(|part| match part.trim() {
        "all" | "screen" => Holds::Yes,
        feature if feature.starts_with('(') => self::feature(feature),
        kind if kind.bytes().all(|byte| byte.is_ascii_lowercase()) => Holds::No,
        _ => Holds::Perhaps,
    });
    parts.fold(Holds::Yes, Holds::and)
}

fn feature(written: &str) -> Holds {
    let inner = written.trim_start_matches('(').trim_end_matches(')');
    let Some((name, value)) = inner.split_once(':') else {
        return Holds::Perhaps;
    };
    let (name, value) = (name.trim(), value.trim());
    let holds = |holds: bool| if holds { Holds::Yes } else { Holds::No };
    match (name, pixels(value)) {
        ("min-width" | "min-device-width", Some(least)) => holds(WIDTH >= least),
        ("max-width" | "max-device-width", Some(most)) => holds(WIDTH <= most),
        ("hover" | "any-hover", _) => holds(value == "hover"),
        ("pointer" | "any-pointer", _) => holds(value == "fine"),
        ("orientation", _) => holds(value == "landscape"),
        ("prefers-color-scheme", _) => holds(value == "light"),
        ("prefers-reduced-motion", _) => holds(value == "no-preference"),
        _ => Holds::Perhaps,
    }
}

fn pixels(length: &str) -> Option<f32> {
    let units = [("px", 1.0), ("rem", EM), ("em", EM), ("", 1.0)];
    units.into_iter().find_map(|(unit, pixels)| {
        let number = length.strip_suffix(unit)?.trim();
        Some(number.parse::<f32>().ok()? * pixels)
    })
}

/// Evaluates a condition on browser features. A single declaration counts as supported, since the
/// pages that ask were written years ago.
pub(super) fn supports(condition: &str) -> Holds {
    let condition = condition.trim().to_ascii_lowercase();
    let is_one = condition.matches('(').count() == 1 && condition.starts_with('(');
    match is_one {
        true => Holds::Yes,
        false => Holds::Perhaps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_hold_as_on_a_desk() {
        for (list, expected) in [
            ("", Holds::Yes),
            ("screen", Holds::Yes),
            ("ONLY screen and (min-width: 40em)", Holds::Yes),
            ("print", Holds::No),
            ("print, screen", Holds::Yes),
            ("not print", Holds::Yes),
            ("not screen", Holds::No),
            ("(max-width:600px)", Holds::No),
            ("screen and (max-width: 600px), print", Holds::No),
            ("(width >= 600px)", Holds::Perhaps),
            ("speech", Holds::No),
        ] {
            assert_eq!(media(list), expected, "{list}");
        }
        assert_eq!(supports("(display: grid)"), Holds::Yes);
        assert_eq!(supports("not (display: grid)"), Holds::Perhaps);
    }
}
