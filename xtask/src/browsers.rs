//! Requirements of the tests on the system: two browsers with drivers, fonts, axe-core, and Python.

use std::path::PathBuf;

use crate::project::{Project, Result, output_of, run};
use crate::tools::{self, announce};

/// The accessibility rules that the end-to-end tests apply.
const AXE: &str = "axe-core@4.14.1";

/// A requirement: where to find it, and the Debian package that provides it.
struct Part {
    package: &'static str,
    programs: &'static [&'static str],
    /// Files to look for if it is not a program on the search path.
    places: &'static [&'static str],
}

const CHROMIUM: [Part; 2] = [
    Part {
        package: "chromium",
        programs: &["chromium", "chromium-browser", "google-chrome"],
        places: &[
            "/Applications/Google Chrome.app",
            "/Applications/Chromium.app",
        ],
    },
    Part {
        package: "chromium-driver",
        programs: &["chromedriver"],
        places: &[],
    },
];

const FIREFOX: [Part; 1] = [Part {
    package: "firefox-esr",
    programs: &["firefox", "firefox-esr"],
    places: &["/Applications/Firefox.app"],
}];

/// Fonts for the scripts in the tests; required only where the browsers come from Debian.
const FONTS: [Part; 2] = [
    Part {
        package: "fonts-noto-core",
        programs: &[],
        places: &["/usr/share/fonts/truetype/noto"],
    },
    Part {
        package: "fonts-noto-cjk",
        programs: &[],
        places: &["/usr/share/fonts/opentype/noto"],
    },
];

const NPM: [Part; 1] = [Part {
    package: "npm",
    programs: &["npm", "npm.cmd"],
    places: &[],
}];

const PYTHON: [Part; 1] = [Part {
    package: "python3",
    programs: &["python3"],
    places: &[],
}];

const WEBKIT: [Part; 2] = [
    Part {
        package: "webkit2gtk-driver",
        programs: &["WebKitWebDriver"],
        places: &[],
    },
    Part {
        package: "xvfb",
        programs: &["xvfb-run"],
        places: &[],
    },
];

/// Ensures WebKitGTK's browser with its driver, and a display for it.
pub fn webkit(project: &Project) -> Result<()> {
    from_system(project, &WEBKIT)
}

/// Ensures Python, whose own libraries read the exports.
pub fn python(project: &Project) -> Result<()> {
    from_system(project, &PYTHON)
}

pub fn chromium(project: &Project) -> Result<()> {
    from_system(project, &CHROMIUM)
}

/// Ensures both browsers with their drivers and, on Debian, the fonts.
pub fn both(project: &Project) -> Result<()> {
    let mut wanted: Vec<&Part> = CHROMIUM.iter().chain(&FIREFOX).collect();
    if on_debian(project) {
        wanted.extend(&FONTS);
    }
    from_system(project, wanted)?;
    tools::geckodriver(project)
}

/// The script file of axe-core; `POSTIL_AXE` can name an existing one.
pub fn axe(project: &Project) -> Result<PathBuf> {
    if let Some(file) = std::env::var_os("POSTIL_AXE") {
        return Ok(file.into());
    }
    Ok(npm_package(project, AXE, "axe-core", "a few seconds")?.join("axe.min.js"))
}

/// The folder of a package of npm's registry, which is installed if it is not there.
pub fn npm_package(
    project: &Project,
    package: &str,
    name: &str,
    duration: &str,
) -> Result<PathBuf> {
    // Each has a prefix of its own: npm removes what an installation does not name.
    let prefix = project.tools().join("npm").join(name);
    let folder = prefix.join("node_modules").join(name);
    if !folder.is_dir() {
        from_system(project, &NPM)?;
        announce(package, duration);
        let npm = if project.find("npm").is_some() {
            "npm"
        } else {
            "npm.cmd"
        };
        // What a package would compile is not needed.
        let flags = [
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
        ];
        run(project
            .command(npm)
            .args(flags)
            .arg("--prefix")
            .arg(&prefix)
            .arg(package))?;
    }
    Ok(folder)
}

fn from_system<'a>(project: &Project, parts: impl IntoIterator<Item = &'a Part>) -> Result<()> {
    let missing: Vec<&str> = parts
        .into_iter()
        .filter(|part| !is_there(project, part))
        .map(|part| part.package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    let Some(privilege) = privilege(project) else {
        return Err(format!(
            "Missing: {list}. Please type this, and start again:\n\n    {}\n",
            advice(&list)
        ));
    };
    announce(&list, "one to three minutes");
    let apt = |words: &[&str]| {
        let mut line =
            privilege
                .iter()
                .copied()
                .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        let mut command = project.command(line.next().unwrap_or("env"));
        command.args(line).args(words);
        run(&mut command)
    };
    apt(&["update", "--quiet"])?;
    apt(&[
        &["install", "--yes", "--quiet", "--no-install-recommends"],
        missing.as_slice(),
    ]
    .concat())
}

fn is_there(project: &Project, part: &Part) -> bool {
    part.programs
        .iter()
        .any(|program| project.find(program).is_some())
        || part
            .places
            .iter()
            .any(|place| PathBuf::from(place).exists())
}

fn on_debian(project: &Project) -> bool {
    project.find("apt-get").is_some()
}

/// The command by which apt-get may install, or `None` where it cannot.
fn privilege(project: &Project) -> Option<&'static [&'static str]> {
    if !on_debian(project) {
        return None;
    }
    if output_of(project.command("id").arg("-u")).as_deref() == Some("0") {
        return Some(&[]);
    }
    output_of(project.command("sudo").args(["-n", "true"])).map(|_| ["sudo", "-n"].as_slice())
}

fn advice(packages: &str) -> String {
    match std::env::consts::OS {
        "macos" => {
            let casks = packages
                .replace("chromium-driver", "chromedriver")
                .replace("firefox-esr", "firefox");
            let casks = casks.replace("npm", "node");
            format!(
                "brew install {}",
                casks.replace("chromium", "google-chrome")
            )
        }
        "windows" => {
            format!("winget install Google.Chrome Mozilla.Firefox   (and the driver: {packages})")
        }
        _ => format!("sudo apt-get install {packages}"),
    }
}
