//! Texts that are read where the app does not run: in the page before it starts and after it has
//! stopped, in the manifest, the service worker and the bookmarklet. The build writes them into the
//! files, where `{say.name}` stands for the text of a name (`xtask/src/texts.rs`). It includes this
//! file, which therefore depends on no other.

/// Declares the texts, and the list of them with their names.
macro_rules! page_texts {
    ($($(#[$what:meta])* $name:ident,)*) => {
        /// The texts of the page's own files in one language.
        pub struct PageTexts {
            $($(#[$what])* pub $name: &'static str,)*
        }

        impl PageTexts {
            /// Returns every text with its name.
            pub fn named(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name),)*]
            }
        }
    };
}

page_texts!(
    /// The language's tag (BCP 47).
    language,
    /// The direction of writing: `ltr` or `rtl`.
    direction,
    app,
    skip,
    /// Label of the bar at the top.
    tools,
    description,
    /// Label of the skeleton lines that stand for an article being loaded.
    loading,
    needs_wasm,
    needs_wasm_why,
    framed,
    framed_why,
    framed_link,
    not_started,
    not_started_why,
    needs_scripts,
    needs_scripts_why,
    /// Shown after a panic.
    stopped,
    stopped_why,
    reload,
    rescue,
    rescuing,
    rescued,
    nothing_to_rescue,
    not_rescued,
    /// Shown if the app was tampered with and there is no network.
    refused,
    refused_why,
    refused_safe,
    refused_help,
    /// Labels of the pictures in app stores.
    screenshot_wide,
    screenshot_narrow,
    /// Messages of the bookmarklet.
    page_too_large,
    page_kept_apart,
);

/// English.
pub static EN: PageTexts = PageTexts {
    language: "en",
    direction: "ltr",
    app: "Postil",
    skip: "Skip to the article",
    tools: "Tools",
    description: "Read closely, keep your notes: highlight passages, write notes, export them. Nothing leaves your browser.",
    loading: "Loading",
    needs_wasm: "Postil needs WebAssembly",
    needs_wasm_why: "This browser does not run WebAssembly, or it is switched off. Any current version of Firefox, Chrome, Edge or Safari has it. Your notes, if there are any, stay where they are.",
    framed: "Postil does not run inside another page",
    framed_why: "A page around it could lay something over its buttons.",
    framed_link: "Open Postil in a tab of its own",
    not_started: "Postil could not start",
    not_started_why: "Part of the page did not load, or is not as it was built. Check the connection and reload the page. Your notes are kept in this browser and are not affected.",
    needs_scripts: "Postil needs JavaScript",
    needs_scripts_why: "Postil runs in your browser and sends nothing to a server, but it is a program: allow scripts for this page and reload it.",
    stopped: "Postil has stopped",
    stopped_why: "Something went wrong inside the program, and it no longer saves anything. The notes that were saved are safe: reload the page to go on. What was not saved yet can be downloaded.",
    reload: "Reload",
    rescue: "Download my notes",
    rescuing: "Collecting your notes …",
    rescued: "The file with your notes was handed to the browser. “Import notes” reads it again.",
    nothing_to_rescue: "There are no notes in this browser; the file is empty.",
    not_rescued: "The file could not be made. Your saved notes are still in this browser.",
    refused: "Postil cannot be opened",
    refused_why: "What this browser keeps of the app is damaged or was changed by somebody, and the app could not be fetched again.",
    refused_safe: "It was not started, so that no foreign code can read your notes. They are still in this browser.",
    refused_help: "Check the connection and load this page again; if that does not help, close every tab with Postil and open one again.",
    screenshot_wide: "An article with highlights, and the notes beside their passages",
    screenshot_narrow: "The same article on a phone",
    page_too_large: "This page is too large to be handed over. Save it as a file and open that in Postil.",
    page_kept_apart: "This page keeps other windows apart. Click Annotate in Postil once more.",
};
