//! The commands people type to build, serve, check and test Postil; `cargo xtask help` lists them.

mod arguments;
mod bench;
mod browsers;
mod check;
mod couch;
mod fuzz;
mod lock;
mod minify;
mod places;
mod project;
mod screenshots;
mod seal;
mod site;
mod split;
mod suite;
mod texts;
mod tools;
mod torture;
mod webkit;

use std::process::ExitCode;

use arguments::Task;
use project::Project;

fn main() -> ExitCode {
    let outcome = arguments::parse(std::env::args().skip(1)).and_then(perform);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> project::Result<()> {
    let project = Project::open()?;
    match task {
        Task::Help => {
            println!("{}", arguments::HELP);
            Ok(())
        }
        Task::Serve { port } => site::serve(&project, port),
        Task::Build => site::build(&project),
        Task::Seal => seal::seal(&project),
        Task::Check => check::check(&project),
        Task::Test { parts, passed_on } => suite::test(&project, parts, &passed_on),
        Task::Bench { passed_on } => bench::bench(&project, &passed_on),
        Task::WebKit => webkit::webkit(&project),
        Task::Screenshots { flags } => screenshots::screenshots(&project, &flags),
        Task::Torture { passed_on } => torture::torture(&project, &passed_on),
        Task::Fuzz { seconds } => fuzz::fuzz(&project, seconds),
    }
}
