//! Which names tell what a program is for: not those that every program has.

use crate::detect::{lexicon, recall::Recall};
use foldhash::HashSet;
use std::{cell::RefCell, sync::LazyLock};

/// The least and the greatest length of a name that is learned, in bytes.
const LENGTH: std::ops::RangeInclusive<usize> = 6..=80;

/// How many words of which each says nothing may make a name that says nothing either.
const FEW: usize = 2;

/// Names that everyone knows, folded.
static PUBLIC: LazyLock<HashSet<Vec<u8>>> = LazyLock::new(|| list(include_str!("public.txt")));

/// Words that say nothing.
static GENERIC: LazyLock<HashSet<Vec<u8>>> = LazyLock::new(|| list(include_str!("generic.txt")));

/// Names of two words and more, folded and sorted, that others define: the standard libraries of Python, Rust, Go, Java and
/// Node, browsers, what is most used of Go, npm, Python and Rust, and what two or more of some 450 packages of those have.
static LIBRARY: &str = include_str!("library.txt");

/// Words that many libraries, sites and agents have in their names.
static COMMON: LazyLock<HashSet<Vec<u8>>> = LazyLock::new(|| list(include_str!("words.txt")));

/// The least length of a word that may be unusual, in bytes.
const WORD: usize = 3;

/// The words of a list: white space between them, comments behind `#`.
fn list(text: &str) -> HashSet<Vec<u8>> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(|word| folded(word.as_bytes())).collect()
}

/// A word or a name in lower case, without allocation.
struct Lower {
    bytes: [u8; 80],
    len: usize,
}

impl Lower {
    /// The bytes of `name` but for those that `skip` names; of longer ones only the beginning.
    fn of(name: &[u8], skip: impl Fn(u8) -> bool) -> Self {
        let mut lower = Self { bytes: [0; 80], len: 0 };
        for byte in name.iter().copied().filter(|&b| !skip(b)).take(80) {
            lower.bytes[lower.len] = byte.to_ascii_lowercase();
            lower.len += 1;
        }
        lower
    }

    fn word(word: &[u8]) -> Self {
        Self::of(word, |_| false)
    }

    fn folded(name: &[u8]) -> Self {
        Self::of(name, |b| matches!(b, b'_' | b'-'))
    }

    fn get(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// Whether `name` is one by which a project can be known: of two words or more, no public one, and of words that say
/// something.
pub(in crate::detect) fn is_distinct(name: &[u8]) -> bool {
    thread_local! {
        static NAMES: RefCell<Recall<bool, 8192>> = const { RefCell::new(Recall::new()) };
    }
    LENGTH.contains(&name.len())
        && !name.starts_with(b"__")
        && may_be(name)
        && NAMES.with_borrow_mut(|names| names.get(name, says_something))
}

/// Whether a name of more than one word is no public one and has words that say something.
fn says_something(name: &[u8]) -> bool {
    let telling = |word: &&[u8]| word.iter().filter(|b| b.is_ascii_alphabetic()).count() > 1;
    if words(name).filter(telling).count() < 2 || is_environment(name) {
        return false;
    }
    let (mut count, mut says) = (0, false);
    for word in words(name) {
        let word = Lower::word(word);
        if !is_frame(word.get()) {
            count += 1;
            says = says || !says_nothing(word.get());
        }
    }
    (count > FEW || says) && !PUBLIC.contains(Lower::folded(name).get())
}

/// Whether a name is a variable of the environment of a system or a tool: `CLAUDE_PROJECT_DIR`, `ERR_REQUIRE_ESM`.
fn is_environment(name: &[u8]) -> bool {
    let first = memchr::memchr(b'_', name).map_or(name, |i| &name[..i]);
    first.len() < name.len()
        && !name.iter().any(u8::is_ascii_lowercase)
        && ENVIRONMENT.binary_search_by(|known| known.as_bytes().cmp(first)).is_ok()
}

/// What the names of variables begin with that systems, languages and tools read; sorted.
static ENVIRONMENT: &[&str] = &[
    "ANDROID",
    "ANTHROPIC",
    "APPDATA",
    "ASAN",
    "AWS",
    "AZURE",
    "BASH",
    "BUILDKITE",
    "BUN",
    "CARGO",
    "CI",
    "CIRCLE",
    "CIRCLECI",
    "CLAUDE",
    "CMAKE",
    "CODEX",
    "COMPOSE",
    "CONDA",
    "COREPACK",
    "CUDA",
    "CURSOR",
    "CXX",
    "DBUS",
    "DENO",
    "DISPLAY",
    "DJANGO",
    "DOCKER",
    "DOTNET",
    "ELECTRON",
    "ENV",
    "ERR",
    "ESLINT",
    "FLASK",
    "GCP",
    "GEMINI",
    "GH",
    "GIT",
    "GITHUB",
    "GITLAB",
    "GO",
    "GOOGLE",
    "GRADLE",
    "GTK",
    "HOMEBREW",
    "HTTP",
    "HTTPS",
    "HUGGINGFACE",
    "JAVA",
    "JEST",
    "JVM",
    "KUBE",
    "KUBERNETES",
    "LANG",
    "LC",
    "LD",
    "LESS",
    "LLVM",
    "MACOSX",
    "MAVEN",
    "MCP",
    "MLFLOW",
    "MYSQL",
    "NEXT",
    "NODE",
    "NPM",
    "NVIDIA",
    "NVM",
    "OLLAMA",
    "OMP",
    "OPENAI",
    "OTEL",
    "PATH",
    "PG",
    "PIP",
    "PNPM",
    "POSTGRES",
    "PYENV",
    "PYTEST",
    "PYTHON",
    "QT",
    "RAILS",
    "REACT",
    "REDIS",
    "RUBY",
    "RUST",
    "RUSTUP",
    "SHELL",
    "SOURCE",
    "SSH",
    "SSL",
    "STDERR",
    "STDIN",
    "STDOUT",
    "SUDO",
    "TERM",
    "TF",
    "TMUX",
    "TRAVIS",
    "TSAN",
    "UV",
    "VIRTUAL",
    "VITE",
    "VSCODE",
    "WSL",
    "XDG",
    "YARN",
    "ZSH",
];

/// Whether `name`, which stands where a message names something of a program, is one of a project: no library's.
pub(in crate::detect) fn is_telling(name: &[u8]) -> bool {
    is_distinct(name) && !is_library(Lower::folded(name).get())
}

/// Whether a word of `name` is in none of the lists of words that programs are made of: such a one says what a program is
/// for.
pub(in crate::detect) fn is_unusual(name: &[u8]) -> bool {
    words(name).any(|word| {
        let letters = word.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let word = Lower::word(&word[..letters]);
        letters >= WORD && !is_frame(word.get()) && !is_common(word.get())
    })
}

/// Whether a word is one that many programs have, or a form of one.
fn is_common(word: &[u8]) -> bool {
    let listed = |word: &[u8]| GENERIC.contains(word) || COMMON.contains(word);
    let without = |end: &[u8]| word.strip_suffix(end).is_some_and(|stem| stem.len() >= WORD && listed(stem));
    listed(word) || without(b"s") || without(b"ed") || without(b"d") || without(b"ing") || without(b"er")
}

/// Whether everyone knows a name.
pub(in crate::detect) fn is_public(name: &[u8]) -> bool {
    let folded = Lower::folded(name);
    PUBLIC.contains(folded.get()) || is_library(folded.get())
}

/// Whether a folded name is one that libraries and languages define.
fn is_library(name: &[u8]) -> bool {
    lexicon::has(LIBRARY, name)
}

/// Whether a name has a place where two words meet: asked before anything that costs more.
fn may_be(name: &[u8]) -> bool {
    let hump = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    let acronym =
        |three: &[u8]| three[..2].iter().all(u8::is_ascii_uppercase) && three[2].is_ascii_lowercase();
    let separator = |b: &u8| matches!(b, b'_' | b'-');
    name.iter().any(separator) || name.windows(2).any(hump) || name.windows(3).any(acronym)
}

/// A name without case and separators: what its spellings in different languages have in common.
pub(in crate::detect) fn folded(name: &[u8]) -> Vec<u8> {
    name.iter().filter(|b| !matches!(b, b'_' | b'-')).map(u8::to_ascii_lowercase).collect()
}

/// The words of a name: `HTTPQuoteEngine` is `HTTP`, `Quote`, `Engine`.
pub(in crate::detect) fn words(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    let starts = move |i: usize| {
        let (last, this, next) = (name[i - 1], name[i], name.get(i + 1));
        let hump = this.is_ascii_uppercase() && !last.is_ascii_uppercase();
        let acronym = this.is_ascii_uppercase() && next.is_some_and(u8::is_ascii_lowercase);
        hump || acronym || !this.is_ascii_alphanumeric() || !last.is_ascii_alphanumeric()
    };
    std::iter::from_fn(move || {
        at += name[at..].iter().take_while(|b| !b.is_ascii_alphanumeric()).count();
        let from = at;
        (from < name.len()).then(|| {
            at += 1;
            while at < name.len() && !starts(at) {
                at += 1;
            }
            &name[from..at]
        })
    })
}

/// Words around a name that say what it is, not what it does.
fn is_frame(word: &[u8]) -> bool {
    matches!(
        word,
        b"test" | b"tests" | b"should" | b"is" | b"to" | b"from" | b"of" | b"by" | b"with" | b"the" | b"and"
    )
}

/// Whether a word, or what is left of it without the `s` of many, is one that programs are made of.
fn says_nothing(word: &[u8]) -> bool {
    let letters = word.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let stem = &word[..letters];
    stem.len() < 2
        || GENERIC.contains(stem)
        || stem.strip_suffix(b"s").is_some_and(|one| GENERIC.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_if_it_says_more_than_every_program() {
        for name in [
            "compute_premium_rate",
            "PolicyQuoteEngine",
            "bindQuote",
            "HTTPQuoteServer",
            "MAX_PREMIUM_RATE",
            "test_bind_quote",
            "quote_tables",
            "_reconcile_ledger",
            "TestPremiumTable",
            "getPremium",
        ] {
            assert!(is_distinct(name.as_bytes()), "{name}");
        }
        for name in [
            "main",
            "setUp",
            "toString",
            "__init__",
            "parse_args",
            "readFile",
            "TestParseConfig",
            "useState",
            "Premium",
            "GitHub",
            "JavaScript",
            "uint32_t",
            "x_y",
            "to_string",
            "get_by_id",
            "ValueError",
            "refund",
            "MAX_RETRIES",
            "HTTPClient",
            "load_configs",
            "tool_use_id",
            "isValid",
            "a_b_c_d_e",
            "HASHMAP",
            "",
        ] {
            assert!(!is_distinct(name.as_bytes()), "{name}");
        }
    }

    #[test]
    fn words_end_where_letters_say() {
        let of = |name: &'static str| {
            words(name.as_bytes()).map(|w| std::str::from_utf8(w).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(of("HTTPQuoteEngine2x"), ["HTTP", "Quote", "Engine2x"]);
        assert_eq!(of("_compute_premium__rate"), ["compute", "premium", "rate"]);
        assert_eq!(of("bind-quote.X"), ["bind", "quote", "X"]);
        assert_eq!(of(""), [""; 0]);
    }
}
