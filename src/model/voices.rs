//! Which voice reads words of a language aloud.

/// Returns the index of the voice for a language (BCP 47): one of the very language, else one of the
/// same in another region, the reader's preferred voice first; `None` if no voice speaks it.
///
/// A voice is its language, with `-` or `_` between its parts, and whether it is the preferred one.
pub fn best<'a>(voices: impl Iterator<Item = (&'a str, bool)>, language: &str) -> Option<usize> {
    let wanted = tidy(language);
    let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
    let value = |(spoken, is_preferred): (&str, bool)| {
        let spoken = tidy(spoken);
        match () {
            () if spoken == wanted => Some(2 + u8::from(is_preferred)),
            () if main(&spoken) == main(&wanted) => Some(u8::from(is_preferred)),
            () => None,
        }
    };
    let mut best = None;
    for (index, voice) in voices.enumerate() {
        if let Some(value) = value(voice)
            && best.is_none_or(|(highest, _)| value > highest)
        {
            best = Some((value, index));
        }
    }
    best.map(|(_, index)| index)
}

fn tidy(tag: &str) -> String {
    tag.replace('_', "-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn a_voice_speaks_the_language() {
        let voices = [
            ("en-US", true),
            ("de-DE", false),
            ("en_GB", false),
            ("de-AT", true),
            ("zh-CN", false),
        ];
        let of = |language| best(voices.into_iter(), language);
        assert_eq!(of("en-GB"), Some(2));
        assert_eq!(of("en"), Some(0));
        assert_eq!(of("de"), Some(3));
        assert_eq!(of("de-DE"), Some(1));
        assert_eq!(of("ZH"), Some(4));
        assert_eq!(of("he"), None);
        assert_eq!(best([].into_iter(), "en"), None);
    }
}
