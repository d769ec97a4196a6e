//! Reads the command line of `cargo xtask` into a [`Task`].

use crate::project::Result;

pub const DEFAULT_PORT: u16 = 8080;

/// How long each fuzz target runs.
pub const DEFAULT_FUZZ_SECONDS: u32 = 60;

/// Flags of the pictures.
const PICTURING: [&str; 3] = ["--compare", "--brief", "--accept"];

pub const HELP: &str = "\
cargo xtask <command>

  serve [--port N]     build the app and serve it on 127.0.0.1:8080, again after each change
  build                build the release site into dist/ and print what it weighs
  check                formatting, clippy and rustdoc, warnings being errors; cargo-deny
  test [part [names]]  every test, and the pictures; one part of them: native, unit, model, extraction, wasm, couch or e2e,
                       and of that the tests with these in their names (`test e2e anchoring`);
                       --native, --browser, --e2e for several parts; what follows `--` goes to the
                       test binaries
  bench [name]         measure the release site in a real browser; `bench anchoring` measures how
                       well and how fast passages are found again, without a name both run;
                       `bench words FOLDER…` measures how many of the words of the pages, books and
                       texts in any folders are kept, and tells which are lost and why; with
                       --quiet, --json=FILE, --against=FILE of an earlier run
  screenshots          pictures of every screen, theme and width into target/screenshots, those of which
                       there are references compared with them; --accept makes them the references,
                       --compare takes no others, --brief only those of a phone and of a desk
  webkit               the main job in WebKitGTK's browser, on a display of its own (Debian's packages)
  torture [names]      kills, tabs, server, refusals, damage, panics, attacks, clock, weight, soak,
                       figures to torture-results.json; --seed=N for another seed, --short for seconds,
                       --repeat=N for as many runs, --load=N for a machine with other work,
                       --minutes=N for a soak of another length than an hour
  fuzz [seconds]       look for inputs that break a reader or the finding of passages, a minute each
  help                 this list

Each command installs the tools it lacks (into target/tools) and says so first.";

#[derive(Debug, PartialEq)]
pub enum Task {
    Help,
    Serve {
        port: u16,
    },
    Build,
    /// The last step of a build, run by Trunk.
    Seal,
    Check,
    Test {
        parts: Parts,
        passed_on: Vec<String>,
    },
    Bench {
        passed_on: Vec<String>,
    },
    Screenshots {
        flags: Vec<String>,
    },
    WebKit,
    Torture {
        passed_on: Vec<String>,
    },
    Fuzz {
        seconds: u32,
    },
}

/// The kinds of tests to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    pub native: Option<Native>,
    pub browser: bool,
    /// With a real server.
    pub couch: bool,
    pub e2e: bool,
}

/// Which of the native tests to run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Native {
    All,
    /// Those at the foot of what they test.
    Unit,
    /// The laws and fixtures of `tests/model/`.
    Model,
    /// What is found to be the article of a page, `tests/extraction.rs`.
    Extraction,
}

impl Parts {
    pub const ALL: Parts = Parts {
        native: Some(Native::All),
        browser: true,
        couch: true,
        e2e: true,
    };

    const NONE: Parts = Parts {
        native: None,
        browser: false,
        couch: false,
        e2e: false,
    };

    /// What can be named as the first word.
    const NAMED: [(&str, Parts); 7] = [
        ("native", Parts::native(Native::All)),
        ("unit", Parts::native(Native::Unit)),
        ("model", Parts::native(Native::Model)),
        ("extraction", Parts::native(Native::Extraction)),
        (
            "wasm",
            Parts {
                browser: true,
                ..Parts::NONE
            },
        ),
        (
            "couch",
            Parts {
                couch: true,
                ..Parts::NONE
            },
        ),
        (
            "e2e",
            Parts {
                e2e: true,
                ..Parts::NONE
            },
        ),
    ];

    const fn native(native: Native) -> Parts {
        Parts {
            native: Some(native),
            ..Parts::NONE
        }
    }

    fn named(word: &str) -> Option<Parts> {
        let found = Parts::NAMED.iter().find(|(name, _)| *name == word);
        found.map(|(_, parts)| *parts)
    }
}

pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Task> {
    let mut words = words.into_iter();
    let Some(command) = words.next() else {
        return Ok(Task::Help);
    };
    let rest: Vec<String> = words.collect();
    match command.as_str() {
        "help" | "--help" | "-h" => Ok(Task::Help),
        "serve" => Ok(Task::Serve { port: port(&rest)? }),
        "build" => no_more(&rest).map(|()| Task::Build),
        "seal" => no_more(&rest).map(|()| Task::Seal),
        "check" => no_more(&rest).map(|()| Task::Check),
        "test" => test(&rest),
        "bench" => Ok(Task::Bench {
            passed_on: rest.into_iter().filter(|word| word != "--").collect(),
        }),
        "webkit" => no_more(&rest).map(|()| Task::WebKit),
        "screenshots" => picturing(&rest).map(|flags| Task::Screenshots { flags }),
        "torture" => Ok(Task::Torture {
            passed_on: rest.into_iter().filter(|word| word != "--").collect(),
        }),
        "fuzz" => Ok(Task::Fuzz {
            seconds: seconds(&rest)?,
        }),
        other => Err(format!("There is no command `{other}`.\n\n{HELP}")),
    }
}

fn port(words: &[String]) -> Result<u16> {
    let number = match words {
        [] => return Ok(DEFAULT_PORT),
        [flag, number] if flag == "--port" => number.as_str(),
        [word] => word.strip_prefix("--port=").unwrap_or(""),
        _ => "",
    };
    number
        .parse()
        .map_err(|_| "`cargo xtask serve` takes only `--port` and a number up to 65535.".to_owned())
}

fn picturing(words: &[String]) -> Result<Vec<String>> {
    let has = |flag: &str| words.iter().any(|word| word == flag);
    if has("--brief") && has("--accept") {
        return Err(
            "`--accept` makes all pictures the references, `--brief` takes few.".to_owned(),
        );
    }
    match words
        .iter()
        .find(|word| !PICTURING.contains(&word.as_str()))
    {
        None => Ok(words.to_vec()),
        Some(_) => Err(format!(
            "`cargo xtask screenshots` takes only {}.",
            PICTURING.join(" and ")
        )),
    }
}

fn seconds(words: &[String]) -> Result<u32> {
    match words {
        [] => Some(DEFAULT_FUZZ_SECONDS),
        [number] => number.parse().ok().filter(|seconds| *seconds > 0),
        _ => None,
    }
    .ok_or_else(|| "`cargo xtask fuzz` takes only a number of seconds.".to_owned())
}

fn test(words: &[String]) -> Result<Task> {
    let mut words = words.iter();
    // What stands before `--` is ours; what is left of the iterator after it is passed on.
    let own: Vec<&String> = words.by_ref().take_while(|word| *word != "--").collect();
    let named = own.first().and_then(|first| Parts::named(first));
    let (parts, names) = match named {
        Some(part) => (part, &own[1..]),
        None => (flagged(&own)?, &[][..]),
    };
    if let Some(flag) = names.iter().find(|name| name.starts_with('-')) {
        return Err(not_known(flag));
    }
    Ok(Task::Test {
        parts,
        passed_on: names.iter().copied().chain(words).cloned().collect(),
    })
}

/// The parts that flags choose: all where there are none.
fn flagged(flags: &[&String]) -> Result<Parts> {
    let mut chosen = Parts::NONE;
    for flag in flags {
        match flag.as_str() {
            "--native" => chosen.native = Some(Native::All),
            "--browser" => chosen.browser = true,
            "--e2e" => chosen.e2e = true,
            other => return Err(not_known(other)),
        }
    }
    Ok(if chosen == Parts::NONE {
        Parts::ALL
    } else {
        chosen
    })
}

fn not_known(word: &str) -> String {
    let parts = Parts::NAMED.map(|(name, _)| name).join(", ");
    format!(
        "`cargo xtask test` does not know `{word}`. Its parts are {parts}; names of tests follow a part, and arguments for the test binaries `--`."
    )
}

fn no_more(words: &[String]) -> Result<()> {
    match words.first() {
        None => Ok(()),
        Some(word) => Err(format!(
            "This command takes no arguments, not even `{word}`."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Task> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn nothing_typed_is_a_call_for_help() {
        assert_eq!(read(""), Ok(Task::Help));
        assert_eq!(read("--help"), Ok(Task::Help));
        assert!(read("brew coffee").is_err_and(|message| message.contains("`brew`")));
    }

    #[test]
    fn the_port_may_be_chosen() {
        assert_eq!(read("serve"), Ok(Task::Serve { port: 8080 }));
        assert_eq!(read("serve --port 9000"), Ok(Task::Serve { port: 9000 }));
        assert_eq!(read("serve --port=9000"), Ok(Task::Serve { port: 9000 }));
        for wrong in [
            "serve --port",
            "serve --port 70000",
            "serve 9000",
            "serve --port 1 2",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn all_tests_run_unless_parts_are_named() {
        let all = Task::Test {
            parts: Parts::ALL,
            passed_on: vec![],
        };
        assert_eq!(read("test"), Ok(all));
        let e2e = Parts {
            e2e: true,
            ..Parts::NONE
        };
        let passed_on = vec!["highlight".to_owned(), "--nocapture".to_owned()];
        assert_eq!(
            read("test --e2e -- highlight --nocapture"),
            Ok(Task::Test {
                parts: e2e,
                passed_on
            })
        );
        assert!(read("test highlight").is_err());
    }

    #[test]
    fn one_part_is_chosen_by_its_name_and_tests_of_it_by_theirs() {
        assert_eq!(read("test e2e highlight"), read("test --e2e -- highlight"));
        assert_eq!(read("test wasm"), read("test --browser"));
        assert_eq!(read("test native"), read("test --native"));
        let passed_on = ["settling", "notebook", "--nocapture"].map(str::to_owned);
        assert_eq!(
            read("test model settling notebook -- --nocapture"),
            Ok(Task::Test {
                parts: Parts::native(Native::Model),
                passed_on: passed_on.to_vec()
            })
        );
        for wrong in ["test model --e2e", "test --e2e model", "test settling"] {
            assert!(read(wrong).is_err_and(|message| message.contains("extraction")));
        }
    }

    #[test]
    fn the_name_of_a_benchmark_is_passed_on() {
        assert_eq!(
            read("bench scroll"),
            Ok(Task::Bench {
                passed_on: vec!["scroll".to_owned()]
            })
        );
        assert_eq!(read("bench -- scroll"), read("bench scroll"));
        let passed_on = vec!["words".to_owned(), "pages".to_owned(), "--quiet".to_owned()];
        assert_eq!(
            read("bench words pages --quiet"),
            Ok(Task::Bench { passed_on })
        );
    }

    #[test]
    fn parts_and_dice_of_the_torture_are_passed_on() {
        let passed_on = vec!["kill".to_owned(), "--seed=7".to_owned()];
        assert_eq!(
            read("torture kill --seed=7"),
            Ok(Task::Torture { passed_on })
        );
    }

    #[test]
    fn pictures_become_references_only_if_that_is_said() {
        assert_eq!(read("screenshots"), Ok(Task::Screenshots { flags: vec![] }));
        let flags = vec!["--accept".to_owned()];
        assert_eq!(
            read("screenshots --accept"),
            Ok(Task::Screenshots { flags })
        );
        let flags = vec!["--compare".to_owned(), "--brief".to_owned()];
        assert_eq!(
            read("screenshots --compare --brief"),
            Ok(Task::Screenshots { flags })
        );
        assert!(read("screenshots accept").is_err());
        assert!(read("screenshots --brief --accept").is_err());
    }

    #[test]
    fn each_target_is_fuzzed_a_minute_unless_seconds_are_given() {
        assert_eq!(read("fuzz"), Ok(Task::Fuzz { seconds: 60 }));
        assert_eq!(read("fuzz 600"), Ok(Task::Fuzz { seconds: 600 }));
        for wrong in ["fuzz 0", "fuzz long", "fuzz 1 2"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
