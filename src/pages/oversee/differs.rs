//! Decisions about which the service, which knew more when they arrived, suggests something else. They stand here until
//! somebody decides again. Source: model.md section 8.2.

use domain::{record::Record, register::Register};

/// The records of a site with such a decision in force.
pub fn differing<'a>(register: &'a Register, site: &'a str) -> impl Iterator<Item = &'a Record> {
    register.of_site(site).filter(|record| record.second_look().is_some())
}

/// A line of Home.
pub fn line(number: usize) -> String {
    match number {
        1 => "The service suggests something else for 1 decision".into(),
        more => format!("The service suggests something else for {more} decisions"),
    }
}
