//! Languages by file name, as in a Markdown fence.

/// Extension (lower case) and language.
static LANGUAGES: &[(&[u8], &str)] = &[
    (b"rs", "rust"),
    (b"go", "go"),
    (b"py", "python"),
    (b"pyi", "python"),
    (b"ipynb", "python"),
    (b"ts", "typescript"),
    (b"mts", "typescript"),
    (b"cts", "typescript"),
    (b"tsx", "tsx"),
    (b"js", "javascript"),
    (b"mjs", "javascript"),
    (b"cjs", "javascript"),
    (b"jsx", "jsx"),
    (b"java", "java"),
    (b"kt", "kotlin"),
    (b"kts", "kotlin"),
    (b"scala", "scala"),
    (b"swift", "swift"),
    (b"m", "objectivec"),
    (b"c", "c"),
    (b"h", "c"),
    (b"cc", "cpp"),
    (b"cpp", "cpp"),
    (b"cxx", "cpp"),
    (b"hpp", "cpp"),
    (b"hh", "cpp"),
    (b"cs", "csharp"),
    (b"fs", "fsharp"),
    (b"vb", "vb"),
    (b"rb", "ruby"),
    (b"php", "php"),
    (b"pl", "perl"),
    (b"pm", "perl"),
    (b"lua", "lua"),
    (b"r", "r"),
    (b"jl", "julia"),
    (b"dart", "dart"),
    (b"ex", "elixir"),
    (b"exs", "elixir"),
    (b"erl", "erlang"),
    (b"hs", "haskell"),
    (b"ml", "ocaml"),
    (b"clj", "clojure"),
    (b"zig", "zig"),
    (b"nim", "nim"),
    (b"sol", "solidity"),
    (b"sh", "bash"),
    (b"bash", "bash"),
    (b"zsh", "bash"),
    (b"fish", "fish"),
    (b"ps1", "powershell"),
    (b"bat", "batch"),
    (b"cmd", "batch"),
    (b"sql", "sql"),
    (b"prisma", "prisma"),
    (b"graphql", "graphql"),
    (b"proto", "protobuf"),
    (b"html", "html"),
    (b"htm", "html"),
    (b"vue", "vue"),
    (b"svelte", "svelte"),
    (b"astro", "astro"),
    (b"css", "css"),
    (b"scss", "scss"),
    (b"less", "less"),
    (b"xml", "xml"),
    (b"svg", "xml"),
    (b"json", "json"),
    (b"jsonl", "json"),
    (b"yaml", "yaml"),
    (b"yml", "yaml"),
    (b"toml", "toml"),
    (b"ini", "ini"),
    (b"cfg", "ini"),
    (b"conf", "ini"),
    (b"env", "dotenv"),
    (b"properties", "properties"),
    (b"tf", "hcl"),
    (b"hcl", "hcl"),
    (b"nix", "nix"),
    (b"gradle", "groovy"),
    (b"groovy", "groovy"),
    (b"cmake", "cmake"),
    (b"mk", "make"),
    (b"asm", "asm"),
    (b"s", "asm"),
    (b"tex", "latex"),
    (b"md", "markdown"),
    (b"mdx", "markdown"),
    (b"rst", "rst"),
    (b"txt", "text"),
    (b"csv", "csv"),
    (b"tsv", "csv"),
    (b"lock", "lock"),
    (b"sum", "lock"),
    (b"mod", "go"),
    (b"diff", "diff"),
    (b"patch", "diff"),
];

/// Whole file names without an extension of their own.
static NAMES: &[(&[u8], &str)] = &[
    (b"dockerfile", "dockerfile"),
    (b"containerfile", "dockerfile"),
    (b"makefile", "make"),
    (b"gnumakefile", "make"),
    (b"justfile", "just"),
    (b"cmakelists.txt", "cmake"),
    (b"gemfile", "ruby"),
    (b"rakefile", "ruby"),
    (b"jenkinsfile", "groovy"),
    (b".env", "dotenv"),
    (b".bashrc", "bash"),
    (b".zshrc", "bash"),
];

/// The language of the file at `path` (raw or decoded bytes), empty if unknown.
pub(crate) fn of_path(path: &[u8]) -> &'static str {
    let cut = memchr::memrchr2(b'/', b'\\', path).map_or(0, |i| i + 1);
    let name = &path[cut..];
    let find = |table: &'static [(&'static [u8], &'static str)], word: &[u8]| {
        table.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|&(_, language)| language)
    };
    let extension = memchr::memrchr(b'.', name).map_or(&b""[..], |dot| &name[dot + 1..]);
    find(NAMES, name).or_else(|| find(LANGUAGES, extension)).unwrap_or("")
}

/// The language that a fence's info string names, by its usual name or by an extension; empty if unknown.
pub(crate) fn of_word(word: &[u8]) -> &'static str {
    let named = LANGUAGES.iter().chain(NAMES).find(|(_, name)| name.as_bytes().eq_ignore_ascii_case(word));
    let by_extension = || LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
    named.or_else(by_extension).map_or("", |&(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_by_file_names() {
        for (path, language) in [
            ("src/Main.RS", "rust"),
            (r"C:\\Users\\x\\a.tsx", "tsx"),
            ("/srv/Dockerfile", "dockerfile"),
            ("CMakeLists.txt", "cmake"),
            (".env", "dotenv"),
            ("LICENSE", ""),
            ("", ""),
        ] {
            assert_eq!(of_path(path.as_bytes()), language, "{path}");
        }
        assert_eq!((of_word(b"py"), of_word(b"Python"), of_word(b"nonsense")), ("python", "python", ""));
    }
}
