//! Seals the built site: the page gets its policy and the digests of its parts, files get names
//! with digests, and the service worker gets the list of all files. Trunk runs it after a build.

mod page;

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use self::page::{attribute, attributes, boot_of, no_inline_code, tags};
use crate::minify::minify;
use crate::project::{Project, Result};
use crate::split::{keeps_names, split};
use crate::texts::spoken;

/// The permissions of the page, each part no wider than needed; `{scripts}` and `{styles}` are the
/// digests of what the build has put into the page.
/// <https://www.w3.org/TR/CSP3/>, <https://www.w3.org/TR/trusted-types/>
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {scripts}; style-src {styles}; \
    img-src 'self' data: blob:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; worker-src 'self'; manifest-src 'self'; \
    font-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-src 'none'; \
    require-trusted-types-for 'script'; trusted-types postil";

/// For development: Trunk's server adds a script of its own, which shows messages as HTML and
/// connects to the server; and nothing is cached for later.
const POLICY_AT_WORK: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; \
    style-src 'self'; img-src 'self' data: blob:; connect-src 'self' https: ws: http://localhost:* http://127.0.0.1:*; worker-src 'self'; \
    manifest-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-src 'none'";

/// Replaces the service worker in development: one of an earlier visit unregisters itself.
const NO_SERVICE_WORKER: &str = "addEventListener(\"install\", () => skipWaiting());\n\
    addEventListener(\"activate\", (event) => event.waitUntil(registration.unregister()));\n";

const PAGE: &str = "index.html";
/// The bundled article, without the ending; see `examples/import-article.rs`.
const ARTICLE: &str = "articles/karpathy-anthropic";
/// The script that decides how the page looks, before its first frame.
const THEME: &str = "theme.js";
/// The script that starts the app.
const BOOT: &str = "boot.js";
/// The script for after a panic.
const RESCUE: &str = "rescue.js";
/// The script that knows the typefaces; see `static/theme.js`.
const FONTS: &str = "fonts/fonts.js";
const SERVICE_WORKER: &str = "sw.js";
const HEADERS: &str = "_headers";
/// The other files with texts that the catalogue has; the service worker has some as well.
const SPOKEN: [&str; 2] = ["manifest.webmanifest", "bookmarklet.js"];

/// Files that the service worker does not cache: only hosts, app shops and people read them.
const NOT_KEPT: [&str; 6] = [
    HEADERS,
    SERVICE_WORKER,
    "icons/",
    "screenshots/",
    ".md",
    ".txt",
];

/// Number of hexadecimal digits of the digest in a file's name.
const NAME_DIGITS: usize = 16;

/// Seals the content of Trunk's staging folder.
pub fn seal(project: &Project) -> Result<()> {
    let folder = env::var_os("TRUNK_STAGING_DIR")
        .ok_or("Trunk calls `cargo xtask seal` by itself; there is no need to.")?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    Site {
        folder: folder.into(),
        templates: project.path("static"),
        release,
    }
    .seal(project)
}

/// A built site to be sealed.
struct Site {
    folder: PathBuf,
    /// The source of the service worker and the headers.
    templates: PathBuf,
    release: bool,
}

impl Site {
    fn seal(&self, project: &Project) -> Result<()> {
        let mut page = self.with_article(&spoken(&self.read(PAGE)?)?)?;
        for file in SPOKEN {
            self.write(file, &spoken(&self.read(file)?)?)?;
        }
        let worker = self.name_worker()?;
        if self.release {
            no_inline_code(&page)?;
            page = self.with_parts_inside(&page)?;
        }
        let (mut page, lazy) = self.part_program(project, &page)?;
        if self.release {
            page = self.slim_program(&page)?;
            page = self.name_rescue(&page)?;
        }
        let (boot, glue, program) = boot_of(&page)?;
        let rescue = attribute(&page[boot.clone()], "data-rescue").unwrap_or_default();
        let mut parts = format!(" data-worker=\"./{worker}\" data-lazy=\"./{lazy}\"");
        for (part, file) in [("wasm", &program), ("lazy", &lazy)] {
            let _ = write!(
                parts,
                " data-{part}-integrity=\"{}\"",
                self.integrity(file)?
            );
        }
        if self.release {
            let _ = write!(parts, " data-offline=\"./{SERVICE_WORKER}\"");
        }
        page.insert_str(boot.end - 1, &parts);
        let rescue = rescue.trim_start_matches("./").to_owned();
        let imported = [glue, rescue, FONTS.to_owned()];
        let policy = self.policy(&mut page, &imported)?;
        self.write(PAGE, &page)?;
        self.write_keeper(&policy)?;
        self.write_headers(&policy)
    }

    /// The page with the bundled article, as it is read and as the program reads it.
    fn with_article(&self, page: &str) -> Result<String> {
        let html = self.template(&[ARTICLE, ".html"].concat())?;
        let json = self.template(&[ARTICLE, ".json"].concat())?;
        let tag = tags(&html, "article").next();
        let id = tag.and_then(|tag| attribute(&html[tag], "data-article"));
        let id = id.ok_or("The bundled article does not say which it is.")?;
        let texts = [
            ("{shipped.id}", id),
            ("{shipped.html}", html.trim_end().to_owned()),
            // Nothing in a data block ends it.
            ("{shipped.json}", json.trim_end().replace('<', "\\u003c")),
        ];
        let mut page = page.to_owned();
        for (place, text) in texts {
            if !page.contains(place) {
                return Err(format!("The page has no place for {place}."));
            }
            page = page.replacen(place, &text, 1);
        }
        Ok(page)
    }

    /// The page with its style sheet and the scripts that set its look and start the app inside:
    /// the article is readable as soon as the page is there, and nothing is fetched before it.
    fn with_parts_inside(&self, page: &str) -> Result<String> {
        let mut page = page.to_owned();
        for script in [THEME, BOOT] {
            let tag = tag_with(&page, "script", "src", script)?;
            let mut attributes = attributes(&page[tag.clone()]);
            attributes.retain(|(name, _)| name != "src");
            let attributes = attributes.iter();
            let attributes = attributes.map(|(name, value)| format!(" {name}=\"{value}\""));
            let text = without_comments(&self.take(script)?);
            let inside = format!("<script{}>{text}", attributes.collect::<String>());
            page.replace_range(tag, &inside);
        }
        let tag = tag_with(&page, "link", "rel", "stylesheet")?;
        let file = attribute(&page[tag.clone()], "href").unwrap_or_default();
        let style = self.take(file.trim_start_matches("./"))?;
        page.replace_range(tag, &format!("<style>{style}</style>"));
        Ok(page)
    }

    /// The text of a file that is no longer one.
    fn take(&self, file: &str) -> Result<String> {
        let text = self.read(file)?;
        let path = self.folder.join(file);
        fs::remove_file(path).map_err(|error| format!("{file}: {error}."))?;
        Ok(text)
    }

    /// The page with the name of the script for after a panic, which is named by its content.
    fn name_rescue(&self, page: &str) -> Result<String> {
        let text = without_comments(&self.read(RESCUE)?);
        self.write(RESCUE, &text)?;
        let name = self.rename(RESCUE, "rescue", "js")?;
        Ok(page.replace(RESCUE, &name))
    }

    /// Names the worker's script, with its start appended, and its program by their content: a page
    /// loaded long ago never meets a worker of another version.
    fn name_worker(&self) -> Result<String> {
        let program = self.rename("importer_bg.wasm", "importer", "wasm")?;
        let start = self
            .template("worker.js")?
            .replace("{program}", &program)
            .replace("{integrity}", &self.integrity(&program)?);
        let script = self.read("importer.js")? + "\n" + &start;
        self.write("importer.js", &script)?;
        self.rename("importer.js", "importer", "js")
    }

    /// The page with the program split from its lazy part, whose digest the glue contains, and the
    /// lazy part's name.
    fn part_program(&self, project: &Project, page: &str) -> Result<(String, String)> {
        let between = self.folder.join("parts");
        let drops_places = self.release && !keeps_names();
        let parts = split(project, &self.built_program()?, &between, drops_places)?;
        fs::remove_dir_all(&between).map_err(|error| format!("{}: {error}.", between.display()))?;
        let lazy = "lazy.wasm";
        fs::write(self.folder.join(lazy), &parts.lazy)
            .map_err(|error| format!("{lazy}: {error}."))?;
        let lazy = self.rename(lazy, "lazy", "wasm")?;
        let glue = parts.glue_for(&lazy, &self.integrity(&lazy)?);
        let (_, old_glue, old_program) = boot_of(page)?;
        let page = self.replace(page, &old_glue, "postil", "js", glue.as_bytes())?;
        let page = self.replace(&page, &old_program, "postil", "wasm", &parts.program)?;
        Ok((page, lazy))
    }

    /// The program as built by Cargo, found from this program in the same target folder.
    fn built_program(&self) -> Result<PathBuf> {
        let this = env::current_exe().map_err(|error| error.to_string())?;
        let target = this
            .ancestors()
            .nth(2)
            .ok_or("This program stands in no folder.")?;
        let profile = if self.release { "page" } else { "debug" };
        Ok(target
            .join("wasm32-unknown-unknown")
            .join(profile)
            .join("postil.wasm"))
    }

    /// The page with smaller glue and program, which Trunk cannot do: their names and digests occur
    /// in several places.
    fn slim_program(&self, page: &str) -> Result<String> {
        let (_, glue, program) = boot_of(page)?;
        let text = without_comments(&self.read(&glue)?);
        let (short_program, short_glue) = minify(&self.bytes(&program)?, &text)?;
        let page = self.replace(page, &glue, "postil", "js", short_glue.as_bytes())?;
        self.replace(&page, &program, "postil", "wasm", &short_program)
    }

    /// The page with a file replaced by another one that is named by its content.
    fn replace(
        &self,
        page: &str,
        file: &str,
        stem: &str,
        kind: &str,
        content: &[u8],
    ) -> Result<String> {
        let integrity = self.integrity(file)?;
        let path = self.folder.join(file);
        fs::write(&path, content).map_err(|error| format!("{}: {error}.", path.display()))?;
        let name = self.rename(file, stem, kind)?;
        let page = page.replace(&integrity, &self.integrity(&name)?);
        Ok(page.replace(file, &name))
    }

    /// Inserts the policy at the start of the head, then the digests of the imported scripts, which
    /// cannot carry them elsewhere. Returns the policy.
    fn policy(&self, page: &mut String, imported: &[String]) -> Result<String> {
        let digest = |file: &String| Ok(format!("\"./{file}\":\"{}\"", self.integrity(file)?));
        let digests: Vec<String> = imported.iter().map(digest).collect::<Result<_>>()?;
        let digests = format!("{{\"integrity\":{{{}}}}}", digests.join(","));
        let scripts = [vec![hash(&digests)], inline(page, "script")].concat();
        let policy = match self.release {
            true => POLICY
                .replace("{scripts}", &scripts.join(" "))
                .replace("{styles}", &inline(page, "style").join(" ")),
            false => POLICY_AT_WORK.to_owned(),
        };
        let head = page.find("<meta").ok_or("The page has no head.")?;
        let mut first =
            format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
        // In development the same name may soon have other content.
        if self.release {
            let _ = write!(first, "<script type=\"importmap\">{digests}</script>");
        }
        page.insert_str(head, &first);
        Ok(policy)
    }

    fn write_headers(&self, policy: &str) -> Result<()> {
        let mut headers = self.template(HEADERS)?.replace("{policy}", policy);
        for file in self.files()? {
            let lasts = if has_digest(&file) {
                "public, max-age=31536000, immutable"
            } else {
                "no-cache"
            };
            let _ = write!(headers, "/{file}\n  Cache-Control: {lasts}\n");
        }
        let _ = write!(headers, "/\n  Cache-Control: no-cache\n");
        self.write(HEADERS, &headers)
    }

    /// The service worker with the digest of every file; the digest of their list is its version.
    fn write_keeper(&self, policy: &str) -> Result<()> {
        if !self.release {
            return self.write(SERVICE_WORKER, NO_SERVICE_WORKER);
        }
        let mut list = String::new();
        for file in self.files()?.iter().filter(|file| is_kept(file)) {
            let digest = hex(&Sha256::digest(self.bytes(file)?));
            let _ = write!(list, "\n  \"{file}\": \"{digest}\",");
        }
        let template = spoken(&self.template(SERVICE_WORKER)?)?;
        // Another service worker is another version, though it keeps the same files.
        let version = hex(&Sha256::digest(template.clone() + &list));
        let worker = template
            .replace("{version}", &version[..NAME_DIGITS])
            .replace("{files}", &format!("{{{list}\n}}"))
            .replace("{policy}", policy);
        self.write(SERVICE_WORKER, &worker)
    }

    /// Names a file by its content, and returns the name.
    fn rename(&self, file: &str, stem: &str, ending: &str) -> Result<String> {
        let digest = hex(&Sha256::digest(self.bytes(file)?));
        let name = format!("{stem}-{}.{ending}", &digest[..NAME_DIGITS]);
        fs::rename(self.folder.join(file), self.folder.join(&name))
            .map_err(|error| format!("{file}: {error}."))?;
        Ok(name)
    }

    /// <https://www.w3.org/TR/SRI/#integrity-metadata-description>
    fn integrity(&self, file: &str) -> Result<String> {
        let digest = Sha256::digest(self.bytes(file)?);
        Ok(format!("sha256-{}", STANDARD.encode(digest)))
    }

    /// Paths of all files within the site, in order.
    fn files(&self) -> Result<Vec<String>> {
        let mut paths = Vec::new();
        crate::site::list_files(&self.folder, &mut paths).map_err(|error| error.to_string())?;
        let inside = |path: &PathBuf| {
            let path = path.strip_prefix(&self.folder).ok()?;
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            Some(parts.join("/"))
        };
        let mut files: Vec<String> = paths.iter().filter_map(inside).collect();
        files.retain(|file| file != HEADERS);
        files.sort();
        Ok(files)
    }

    fn bytes(&self, file: &str) -> Result<Vec<u8>> {
        fs::read(self.folder.join(file)).map_err(|error| format!("{file}: {error}."))
    }

    fn read(&self, file: &str) -> Result<String> {
        text_of(&self.folder.join(file))
    }

    fn template(&self, file: &str) -> Result<String> {
        text_of(&self.templates.join(file))
    }

    fn write(&self, file: &str, text: &str) -> Result<()> {
        fs::write(self.folder.join(file), text).map_err(|error| format!("{file}: {error}."))
    }
}

/// The tag of this name with an attribute of this value, or of the file of this name.
fn tag_with(page: &str, name: &str, wanted: &str, value: &str) -> Result<Range<usize>> {
    let has_it = |tag: &Range<usize>| {
        let found = attribute(&page[tag.clone()], wanted).unwrap_or_default();
        found.trim_start_matches("./") == value
    };
    let tag = tags(page, name).find(has_it);
    tag.ok_or_else(|| format!("The page has no {name} with {value}."))
}

/// A digest as the policy has it. <https://www.w3.org/TR/CSP3/#grammardef-hash-source>
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// The digests of what the build has put into elements of this name.
fn inline(page: &str, name: &str) -> Vec<String> {
    let is_code = |tag: &Range<usize>| {
        let kind = attribute(&page[tag.clone()], "type");
        kind.is_none_or(|kind| kind == "module")
    };
    let end = format!("</{name}>");
    let text = |tag: Range<usize>| page[tag.end..].split_once(&end).map(|(text, _)| hash(text));
    tags(page, name).filter(is_code).filter_map(text).collect()
}

fn text_of(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}.", file.display()))
}

/// A script without the lines that are only comments: those are for readers of the source and would
/// slow down a first visit.
fn without_comments(script: &str) -> String {
    let lines = script.lines().map(str::trim_start);
    let code = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    code.flat_map(|line| [line, "\n"]).collect()
}

fn is_kept(file: &str) -> bool {
    !NOT_KEPT
        .iter()
        .any(|other| file.starts_with(other) || file.ends_with(other))
}

/// True if a file's name contains a digest, so that its content never changes.
fn has_digest(file: &str) -> bool {
    let digits = |part: &str| {
        part.len() == NAME_DIGITS && part.chars().all(|digit| digit.is_ascii_hexdigit())
    };
    file.split(['-', '.', '_']).any(digits)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAG: &str = "<script data-wasm=./a_bg.wasm src=\"./boot.js\" type='module' defer>";

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let read = |name| attribute(TAG, name);
        assert_eq!(read("data-wasm").as_deref(), Some("./a_bg.wasm"));
        assert_eq!(read("src").as_deref(), Some("./boot.js"));
        assert_eq!(read("type").as_deref(), Some("module"));
        assert_eq!(read("defer").as_deref(), Some(""));
        assert_eq!(read("integrity"), None);
    }

    #[test]
    fn inline_code_is_refused() {
        let fine =
            format!("<!doctype html><head>{TAG}</script><link href=x rel=stylesheet></head>");
        assert_eq!(no_inline_code(&fine), Ok(()));
        for bad in [
            "<script>run()</script>",
            "<script type=module>run()</script>",
            "<style>p{}</style>",
            "<p style=\"color:red\">",
            "<body class=a onload=run()>",
        ] {
            assert!(no_inline_code(&(fine.clone() + bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn comments_stay_in_the_source() {
        let script = "// Why.\nconst a = 1; // b\n\n  // Because.\n  go(\"// c\");\n";
        let wanted = "const a = 1; // b\ngo(\"// c\");\n";
        assert_eq!(without_comments(script), wanted);
    }

    #[test]
    fn names_with_a_digest_last_for_ever_and_others_do_not() {
        assert!(has_digest("postil-aa1e2acb53a56464_bg.wasm"));
        assert!(has_digest("boot-0123456789abcdef.js"));
        assert!(!has_digest("index.html") && !has_digest("articles/karpathy-anthropic.json"));
    }

    #[test]
    fn what_nobody_needs_offline_is_not_kept() {
        assert!(is_kept("index.html") && is_kept("articles/a.json") && is_kept("icon.svg"));
        assert!(!is_kept("sw.js") && !is_kept("screenshots/a.png") && !is_kept("articles/a.md"));
    }
}
