//! The robot in the page: a script of the test that is served with the site.

use std::path::PathBuf;

use serde_json::Value;

use postil_testing::server::{Answer, SITE, Server};

/// Observes and operates the app as a person does; each part of the torture run adds its script.
const HANDS: &str = include_str!("robot.js");

/// A server of the chaos build, with the robot and a script in its page.
pub fn served(script: &str) -> Server {
    let server = Server::of_chaos();
    let site = PathBuf::from(std::env::var_os("POSTIL_CHAOS").expect("the site is named"));
    let page = std::fs::read_to_string(site.join("index.html")).expect("the site has a page");
    let own = "<script src=\"./torture.js\"></script>";
    // After the policy, which must come first, and before the app's scripts.
    let place = page.find("<title>").expect("the page has a title");
    let page = format!("{}{own}{}", &page[..place], &page[place..]);
    server.put(SITE, Answer::html(&page));
    let script = format!("(() => {{\n{HANDS}\n{script}\n}})();");
    let mime = "text/javascript; charset=utf-8";
    server.put(&format!("{SITE}torture.js"), Answer::new(mime, script));
    // Offline use is tested elsewhere, and would serve the page without the script.
    let none = Answer::new("text/plain", "not here").with_status(404);
    server.put(&format!("{SITE}sw.js"), none);
    server
}

/// The messages from the page as JSON values, without the first `but`.
pub fn told(server: &Server, but: usize) -> Vec<Value> {
    let told = server.told(but);
    let values = told.iter().map(|body| serde_json::from_str(body));
    values.map(|value| value.unwrap_or_default()).collect()
}
