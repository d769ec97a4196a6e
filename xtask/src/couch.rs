//! The replicator against a real server that speaks CouchDB's protocol: the one that `COUCHDB_URL`
//! names, or else PouchDB Server, on a free port of this machine and in its memory.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::browsers;
use crate::project::{Project, Result, run};

/// A server in JavaScript (<https://github.com/pouchdb/pouchdb-server>).
const SERVER: &str = "pouchdb-server@4.2.0";
/// The variable that names the program of a server that a test may kill.
pub const PROGRAM: &str = "POSTIL_COUCH";
/// The variable that names a server.
const ADDRESS: &str = "COUCHDB_URL";
/// How long it may take to listen.
const PATIENCE: Duration = Duration::from_secs(60);
const GLANCE: Duration = Duration::from_millis(100);

/// A server that ends with its last use.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs the tests; `passed_on` goes to their binary.
pub fn test(project: &Project, passed_on: &[String]) -> Result<()> {
    let mut command = project.cargo("test");
    command
        .args(["--package", "postil", "--test", "couch", "--"])
        .args(passed_on);
    if std::env::var_os(ADDRESS).is_some() {
        return run(&mut command);
    }
    command.env(PROGRAM, program(project)?);
    let port = free_port()?;
    let _server = start(project, port)?;
    run(command.env(ADDRESS, format!("http://127.0.0.1:{port}")))
}

/// The program of the server, which is installed if it is not there.
pub fn program(project: &Project) -> Result<PathBuf> {
    let folder = browsers::npm_package(project, SERVER, "pouchdb-server", "a minute or two")?;
    Ok(folder.join("bin/pouchdb-server"))
}

fn start(project: &Project, port: u16) -> Result<Server> {
    let program = program(project)?;
    let folder = program.parent().map(Path::to_owned).unwrap_or_default();
    let mut command = Command::new("node");
    command
        .arg(program)
        .args(["--in-memory", "--no-stdout-logs", "--host", "127.0.0.1"])
        .args(["--port", &port.to_string()])
        // It leaves a file of settings and a log where it is started.
        .current_dir(&folder)
        .stdout(Stdio::null());
    let child = command.spawn();
    let server = Server(child.map_err(|error| format!("{SERVER} does not start: {error}."))?);
    let end = Instant::now() + PATIENCE;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if Instant::now() > end {
            return Err(format!("{SERVER} does not listen on port {port}."));
        }
        thread::sleep(GLANCE);
    }
    Ok(server)
}

fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = listener.and_then(|listener| listener.local_addr());
    let port = address.map(|address| address.port());
    port.map_err(|error| format!("No port is free: {error}."))
}
