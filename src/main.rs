//! Starts the app in the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        use postil::browser::poison;
        poison::guard();
        yew::set_custom_panic_hook(Box::new(poison::after_panic));
        postil::ui::start();
    }
}
