//! Starts the app in the page.

fn main() {
    noticed_app::app::start();
}
