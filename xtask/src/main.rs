//! The commands people type to build, serve, check and test Postil; `cargo xtask help` lists them.

mod arguments;
mod bench;
mod browsers;
mod check;
mod fuzz;
mod lock;
mod part;
mod seal;
mod shorten;
mod site;
mod suite;
mod tools;
mod torture;
mod workshop;

use std::process::ExitCode;

use arguments::Task;
use workshop::Workshop;

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

fn perform(task: Task) -> workshop::Result<()> {
    let workshop = Workshop::open()?;
    match task {
        Task::Help => {
            println!("{}", arguments::HELP);
            Ok(())
        }
        Task::Serve { port } => site::serve(&workshop, port),
        Task::Build => site::build(&workshop),
        Task::Seal => seal::seal(&workshop),
        Task::Check => check::check(&workshop),
        Task::Test { parts, passed_on } => suite::test(&workshop, parts, &passed_on),
        Task::Bench { passed_on } => bench::bench(&workshop, &passed_on),
        Task::Torture { passed_on } => torture::torture(&workshop, &passed_on),
        Task::Fuzz { seconds } => fuzz::fuzz(&workshop, seconds),
    }
}
