//! Runs a journey, the story of one test, in each browser, and keeps a picture of where it failed.

use std::any::Any;
use std::fs::OpenOptions;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use dtor::dtor;
use tokio::runtime::{Builder, Runtime};

use crate::driver::{Browser, Engine, Setup, scratch};
use crate::reader::Reader;

/// Makes two tests, `name::chromium` and `name::firefox`, of each `async fn name(reader: &Reader)`.
///
/// `in_both_browsers!(a, b)` takes the usual browser; `in_both_browsers!(Setup { … } => a, b)` another.
#[macro_export]
macro_rules! in_both_browsers {
    ($setup:expr => $($journey:ident),+ $(,)?) => {
        $(mod $journey {
            #[allow(unused_imports, reason = "for the setup, which may need any of these")]
            use super::*;

            #[test]
            fn chromium() {
                $crate::journey::run($crate::driver::Engine::Chromium, $setup, stringify!($journey), super::$journey);
            }

            #[test]
            fn firefox() {
                $crate::journey::run($crate::driver::Engine::Firefox, $setup, stringify!($journey), super::$journey);
            }
        })+
    };
    ($($journey:ident),+ $(,)?) => {
        $crate::journey::in_both_browsers!($crate::driver::Setup::default() => $($journey),+);
    };
}
pub use in_both_browsers;

/// Makes two tests of each journey, as [`in_both_browsers!`] does: `name::chromium`, in which the app
/// speaks English, and `name::firefox`, in which it speaks German. Every journey thus runs in both
/// engines and in both languages, and takes no longer than in one language.
///
/// Such a journey takes whatever the app says from [`Reader::words`]. It takes a setup as the other
/// macro does.
#[macro_export]
macro_rules! in_both_languages {
    ($setup:expr => $($journey:ident),+ $(,)?) => {
        $(mod $journey {
            #[allow(unused_imports, reason = "for the setup, which may need any of these")]
            use super::*;

            #[test]
            fn chromium() {
                let setup = $crate::driver::Setup { german: false, ..$setup };
                $crate::journey::run($crate::driver::Engine::Chromium, setup, stringify!($journey), super::$journey);
            }

            #[test]
            fn firefox() {
                let setup = $crate::driver::Setup { german: true, ..$setup };
                $crate::journey::run($crate::driver::Engine::Firefox, setup, stringify!($journey), super::$journey);
            }
        })+
    };
    ($($journey:ident),+ $(,)?) => {
        $crate::journey::in_both_languages!($crate::driver::Setup::default() => $($journey),+);
    };
}
pub use in_both_languages;

/// Makes a test of each journey in Chromium alone, for what only its driver can emulate.
#[macro_export]
macro_rules! in_chromium {
    ($setup:expr => $($journey:ident),+ $(,)?) => {
        $(mod $journey {
            use super::*;

            #[test]
            fn chromium() {
                $crate::journey::run($crate::driver::Engine::Chromium, $setup, stringify!($journey), super::$journey);
            }
        })+
    };
}
pub use in_chromium;

/// Makes a test of each journey in WebKit too, which `cargo xtask webkit` runs.
#[macro_export]
macro_rules! in_webkit {
    ($($name:ident: $journey:path),+ $(,)?) => {
        $(mod $name {
            use super::*;

            #[test]
            #[ignore = "needs WebKitGTK and a display: cargo xtask webkit"]
            fn webkit() {
                let setup = $crate::driver::Setup::default();
                $crate::journey::run($crate::driver::Engine::WebKit, setup, stringify!($name), $journey);
            }
        })+
    };
}
pub use in_webkit;

/// Most characters of a failure that the summary shows.
const REASON: usize = 300;

/// A usual browser between two journeys, with the runtime that its connection lives in.
struct Idle {
    browser: Browser,
    runtime: Runtime,
}

static CHROMIUM: Mutex<Option<Idle>> = Mutex::new(None);
static FIREFOX: Mutex<Option<Idle>> = Mutex::new(None);
static WEBKIT: Mutex<Option<Idle>> = Mutex::new(None);

/// The engine's browser, of which there is one at a time: starting one takes up to 10 s.
fn turn(engine: Engine) -> MutexGuard<'static, Option<Idle>> {
    let turn = match engine {
        Engine::Chromium => &CHROMIUM,
        Engine::Firefox => &FIREFOX,
        Engine::WebKit => &WEBKIT,
    };
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends the browsers that are idle when the program ends, since nobody drops a static.
#[dtor(unsafe)]
fn say_farewell() {
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        if let Some(idle) = turn(engine).take() {
            drop(idle.browser);
            // Its threads and clocks end with the program.
            std::mem::forget(idle.runtime);
        }
    }
}

/// Runs one journey when it is this engine's turn: in the browser of the journeys before, if its
/// setup allows it and all of them passed, or in a new one.
///
/// The journey finds an empty tab, and a site whose origin the browser has not seen.
pub fn run(engine: Engine, setup: Setup, name: &str, journey: impl AsyncFnOnce(&Reader)) {
    let mut turn = turn(engine);
    let shares = setup.shares_browser(&Setup::default(), engine);
    let (runtime, reader) = match turn.take_if(|_| shares) {
        Some(Idle { browser, runtime }) => {
            let reader = runtime.block_on(Reader::at(browser, engine, setup));
            (runtime, reader)
        }
        None => {
            let runtime = Builder::new_current_thread().enable_all().build();
            let runtime = runtime.expect("a runtime");
            let reader = runtime.block_on(Reader::start(engine, setup));
            (runtime, reader)
        }
    };
    let start = Instant::now();
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(journey(&reader))));
    note_time(engine, name, start.elapsed());
    if let Err(failure) = outcome {
        note_failure(engine, name, &*failure);
        // Whatever hinders the picture must not hide the failure itself.
        catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(keep_evidence(&reader, name))
        }))
        .ok();
        resume_unwind(failure);
    }
    let browser = reader.browser;
    if shares && runtime.block_on(browser.tidy()).is_ok() {
        *turn = Some(Idle { browser, runtime });
    }
}

/// Adds how long a journey took to the file that `POSTIL_TIMES` names: milliseconds and the name.
fn note_time(engine: Engine, name: &str, took: Duration) {
    let Some(file) = std::env::var_os("POSTIL_TIMES") else {
        return;
    };
    let file = OpenOptions::new().create(true).append(true).open(file);
    // One write, so that the lines of the two browsers do not mix.
    let line = format!("{} {name}::{engine:?}\n", took.as_millis());
    let _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
}

/// Leaves the reason in the folder that `POSTIL_FAILURES` names, for a summary at the end.
fn note_failure(engine: Engine, name: &str, failure: &(dyn Any + Send)) {
    let Some(folder) = std::env::var_os("POSTIL_FAILURES").map(PathBuf::from) else {
        return;
    };
    let message = failure.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| failure.downcast_ref::<&str>().copied());
    // The test itself fails with the whole message.
    let message: String = message.unwrap_or_default().chars().take(REASON).collect();
    let _ = std::fs::create_dir_all(&folder);
    let _ = std::fs::write(folder.join(format!("{name}-{engine:?}")), message);
}

async fn keep_evidence(reader: &Reader, name: &str) {
    let file = scratch().join(format!("{name}-{:?}.png", reader.engine));
    reader.screenshot(&file).await;
    eprintln!("A picture of the page is in {}.", file.display());
    for error in reader.console_errors().await {
        eprintln!("In the console: {error}");
    }
}
