//! The browser's processes: which of them draw pages, and how much memory they have.

/// Ids of the processes that draw the pages of a driver's browser.
pub fn renderers(driver: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let numbers =
        processes.filter_map(|entry| entry.file_name().to_string_lossy().parse::<u32>().ok());
    let draws = |number: &u32| {
        let line = std::fs::read(format!("/proc/{number}/cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        line.contains("--type=renderer")
            && !line.contains("--extension-process")
            && descends(*number, driver)
    };
    numbers.filter(draws).collect()
}

fn descends(mut process: u32, from: u32) -> bool {
    while process > 1 {
        if process == from {
            return true;
        }
        let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:"));
        process = parent
            .and_then(|number| number.trim().parse().ok())
            .unwrap_or(0);
    }
    false
}

/// Memory of a process in bytes, in which what it shares with others counts in part; zero where the
/// system does not tell.
pub fn memory_of(process: u32) -> f64 {
    let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup"));
    let rollup = rollup.unwrap_or_default();
    let share = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
    let kilobytes = share.and_then(|share| share.trim().strip_suffix(" kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0.0) * 1024.0
}

/// Has the system count the peak of a process's memory from now on.
///
/// # Panics
/// If the system does not.
pub fn forget_peak(process: u32) {
    std::fs::write(format!("/proc/{process}/clear_refs"), "5").expect("the peak is forgotten");
}

/// The memory of a process that is its own or shared, in bytes: now, and at its peak.
///
/// # Panics
/// If the system does not tell.
pub fn memory_and_peak(process: u32) -> [f64; 2] {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"));
    let status = status.expect("the process runs");
    ["VmRSS:", "VmHWM:"].map(|name| {
        let said = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = said.and_then(|said| said.trim().strip_suffix(" kB")?.parse().ok());
        let kilobytes: f64 = kilobytes.expect("the system tells its memory");
        kilobytes * 1024.0
    })
}
