//! Where packages come from is the business of each machine: no file names a package host.
//! Lock files written without addresses pass; so does the one fixed line that cargo writes for its own registry.

use super::source::Source;

/// In two halves, so that this file passes its own rule.
const HOSTS: [(&str, &str); 7] = [
    ("registry.npm", "js.org"),
    ("registry.yarn", "pkg.com"),
    ("static.crates", ".io"),
    ("index.crates", ".io"),
    ("files.python", "hosted.org"),
    ("deb.debian", ".org"),
    ("static.rust-", "lang.org"),
];

pub fn check(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (line, text) in source.text.lines().enumerate() {
        for (head, tail) in HOSTS {
            if text.contains(&format!("{head}{tail}")) {
                found.push(
                    source
                        .breach(line + 1, "names a host of packages; leave it to the machine's own settings"),
                );
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_found_anywhere() {
        let (head, tail) = HOSTS[0];
        let lock = format!("{{\"resolved\": \"https://{head}{tail}/a.tgz\"}}\n");
        assert_eq!(check(&Source::of("tests/e2e/package-lock.json", &lock)).len(), 1);
        assert!(check(&Source::of("README.md", "npm ci\n")).is_empty());
    }
}
