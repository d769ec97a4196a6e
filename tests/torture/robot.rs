//! The robot in the page: a script of the test's own that the site is served with.

use std::path::PathBuf;

use serde_json::Value;

use postil_testing::server::{Answer, SITE, Server};

/// What the app shows and how it is used by hand; parts of the torture add what they do with it.
const HANDS: &str = include_str!("robot.js");

/// A server of the site with chaos, whose page also has the hands and a script.
pub fn served(script: &str) -> Server {
    let server = Server::of_chaos();
    let site = PathBuf::from(std::env::var_os("POSTIL_CHAOS").expect("the site is named"));
    let page = std::fs::read_to_string(site.join("index.html")).expect("the site has a page");
    let own = "<script src=\"./torture.js\"></script>";
    // After the policy, which must come first, and before the app's own scripts.
    let place = page.find("<title>").expect("the page has a title");
    let page = format!("{}{own}{}", &page[..place], &page[place..]);
    server.put(SITE, Answer::html(&page));
    let script = format!("(() => {{\n{HANDS}\n{script}\n}})();");
    let mime = "text/javascript; charset=utf-8";
    server.put(&format!("{SITE}torture.js"), Answer::new(mime, script));
    // What is offline is another matter, and would have the page without the script.
    let none = Answer::new("text/plain", "not here").with_status(404);
    server.put(&format!("{SITE}sw.js"), none);
    server
}

/// What the page has told, as values, but for the first ones.
pub fn told(server: &Server, but: usize) -> Vec<Value> {
    let told = server.told(but);
    let values = told.iter().map(|body| serde_json::from_str(body));
    values.map(|value| value.unwrap_or_default()).collect()
}
