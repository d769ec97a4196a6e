//! Reads the command line of `cargo xtask` into a [`Task`].

use crate::project::Result;

pub const DEFAULT_PORT: u16 = 8080;

/// Time limit for all fuzz targets together.
pub const DEFAULT_FUZZ_SECONDS: u32 = 60;

pub const HELP: &str = "\
cargo xtask <command>

  serve [--port N]     build the app and serve it on 127.0.0.1:8080, again after each change
  build                build the release site into dist/ and print what it weighs
  check                formatting, clippy and rustdoc, warnings being errors; cargo-deny
  test [parts] [-- …]  every test; --native, --browser or --e2e for one part,
                       what follows `--` goes to the test binaries
  bench [name]         measure the release site in a real browser; `bench anchoring` measures how
                       well and how fast passages are found again, without a name both run;
                       `bench words FOLDER…` measures how many of the words of the pages, books and
                       texts in any folders are kept, and tells which are lost and why; with
                       --quiet, --json=FILE, --against=FILE of an earlier run
  torture [names]      kills, tabs, refusals, damage, panics, attacks, clock, weight, with figures to
                       torture-results.json; --seed=N for another seed, --short for seconds,
                       --repeat=N for as many runs, --load=N for a machine with other work
  fuzz [seconds]       look for inputs that break the finding of passages, for a minute
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
    Torture {
        passed_on: Vec<String>,
    },
    Fuzz {
        seconds: u32,
    },
}

/// The kinds of tests to run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parts {
    pub native: bool,
    pub browser: bool,
    pub e2e: bool,
}

impl Parts {
    pub const ALL: Parts = Parts {
        native: true,
        browser: true,
        e2e: true,
    };
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

fn seconds(words: &[String]) -> Result<u32> {
    match words {
        [] => Some(DEFAULT_FUZZ_SECONDS),
        [number] => number.parse().ok().filter(|seconds| *seconds > 0),
        _ => None,
    }
    .ok_or_else(|| "`cargo xtask fuzz` takes only a number of seconds.".to_owned())
}

fn test(words: &[String]) -> Result<Task> {
    let mut chosen = Parts::default();
    let mut words = words.iter();
    // Words before `--` are ours; the rest of the iterator is passed on.
    for word in words.by_ref().take_while(|word| *word != "--") {
        match word.as_str() {
            "--native" => chosen.native = true,
            "--browser" => chosen.browser = true,
            "--e2e" => chosen.e2e = true,
            other => {
                return Err(format!(
                    "`cargo xtask test` does not know `{other}`; arguments for the test binaries follow `--`."
                ));
            }
        }
    }
    let parts = if chosen == Parts::default() {
        Parts::ALL
    } else {
        chosen
    };
    Ok(Task::Test {
        parts,
        passed_on: words.cloned().collect(),
    })
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
            ..Parts::default()
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
    fn fuzzing_takes_a_minute_unless_seconds_are_given() {
        assert_eq!(read("fuzz"), Ok(Task::Fuzz { seconds: 60 }));
        assert_eq!(read("fuzz 600"), Ok(Task::Fuzz { seconds: 600 }));
        for wrong in ["fuzz 0", "fuzz long", "fuzz 1 2"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
