//! Starts the app in the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        postil::browser::poison::guard();
        postil::ui::start();
    }
}
