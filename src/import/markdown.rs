//! Markdown to an article (CommonMark with GitHub's tables, footnotes, tasks and boxed remarks).
