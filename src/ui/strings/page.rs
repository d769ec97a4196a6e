//! Texts that are read where the app does not run: in the page before it starts and after it has
//! stopped, in the manifest, the service worker and the bookmarklet. The build writes them into the
//! files, where `{say.name}` stands for the English text of a name and `{say.de.name}` for the German one
//! (`xtask/src/texts.rs`). It includes this file, which therefore depends on no other.

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

/// German. But for the manifest the files have the English texts; the app replaces those that can be seen once it runs.
pub static DE: PageTexts = PageTexts {
    language: "de",
    direction: "ltr",
    app: "Postil",
    skip: "Zum Artikel springen",
    tools: "Werkzeuge",
    description: "Genau lesen, Notizen behalten: Stellen markieren, Notizen schreiben, alles exportieren. Nichts verlässt den Browser.",
    loading: "Wird geladen",
    needs_wasm: "Postil braucht WebAssembly",
    needs_wasm_why: "Dieser Browser führt kein WebAssembly aus, oder es ist abgeschaltet. Jede aktuelle Version von Firefox, Chrome, Edge oder Safari hat es. Notizen, die es schon gibt, bleiben, wo sie sind.",
    framed: "Postil läuft nicht innerhalb einer anderen Seite",
    framed_why: "Eine Seite darum herum könnte etwas über seine Knöpfe legen.",
    framed_link: "Postil in einem eigenen Tab öffnen",
    not_started: "Postil konnte nicht starten",
    not_started_why: "Ein Teil der Seite wurde nicht geladen oder ist nicht, wie er gebaut wurde. Die Verbindung prüfen und die Seite neu laden. Die Notizen sind in diesem Browser gespeichert und nicht betroffen.",
    needs_scripts: "Postil braucht JavaScript",
    needs_scripts_why: "Postil läuft im Browser und schickt nichts an einen Server, aber es ist ein Programm: Skripte für diese Seite erlauben und sie neu laden.",
    stopped: "Postil ist stehen geblieben",
    stopped_why: "Im Programm ist etwas schiefgegangen, und es speichert nichts mehr. Die gespeicherten Notizen sind sicher: Die Seite neu laden, um weiterzumachen. Was noch nicht gespeichert war, lässt sich herunterladen.",
    reload: "Neu laden",
    rescue: "Notizen herunterladen",
    rescuing: "Die Notizen werden gesammelt\u{a0}…",
    rescued: "Die Datei mit den Notizen wurde dem Browser übergeben. „Notizen importieren“ liest sie wieder ein.",
    nothing_to_rescue: "In diesem Browser sind keine Notizen; die Datei ist leer.",
    not_rescued: "Die Datei ließ sich nicht erstellen. Die gespeicherten Notizen sind noch in diesem Browser.",
    refused: "Postil lässt sich nicht öffnen",
    refused_why: "Was dieser Browser von der App aufhebt, ist beschädigt oder wurde von jemandem verändert, und die App ließ sich nicht neu abrufen.",
    refused_safe: "Sie wurde nicht gestartet, damit kein fremder Code die Notizen lesen kann. Sie sind noch in diesem Browser.",
    refused_help: "Die Verbindung prüfen und diese Seite neu laden; hilft das nicht, jeden Tab mit Postil schließen und einen neuen öffnen.",
    screenshot_wide: "Ein Artikel mit Markierungen, daneben die Notizen zu ihren Stellen",
    screenshot_narrow: "Derselbe Artikel auf einem Telefon",
    page_too_large: "Diese Seite ist zu groß, um übergeben zu werden. Sie als Datei speichern und diese in Postil öffnen.",
    page_kept_apart: "Diese Seite schirmt andere Fenster ab. „In Postil annotieren“ noch einmal anklicken.",
};
