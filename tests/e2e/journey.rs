//! Runs a journey, the story of one test, in each browser, and takes a screenshot when it fails.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use crate::driver::{Engine, Setup};
use crate::reader::Reader;

/// Makes two tests, `name::chromium` and `name::firefox`, of each `async fn name(reader: &Reader)`.
///
/// `in_both_browsers!(a, b)` has the usual setup, `in_both_browsers!(Setup { … } => a, b)` its own.
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
pub(crate) use in_both_browsers;

/// Runs one journey in a browser of its own, when no other test uses the engine.
pub fn run(engine: Engine, setup: Setup, name: &str, journey: impl AsyncFnOnce(&Reader)) {
    let _turn = engine.turn();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let reader = runtime.block_on(Reader::start(engine, setup));
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(journey(&reader))));
    if let Err(failure) = outcome {
        // A failure to take the screenshot must not hide the original one.
        catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(keep_evidence(&reader, name))
        }))
        .ok();
        resume_unwind(failure);
    }
}

async fn keep_evidence(reader: &Reader, name: &str) {
    let file =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{:?}.png", reader.engine));
    reader.screenshot(&file).await;
    eprintln!("A picture of the page is in {}.", file.display());
    for error in reader.console_errors().await {
        eprintln!("In the console: {error}");
    }
}
