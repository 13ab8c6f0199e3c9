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
    (b"fsx", "fsharp"),
    (b"fsi", "fsharp"),
    (b"mli", "ocaml"),
    (b"cljs", "clojure"),
    (b"cljc", "clojure"),
    (b"edn", "clojure"),
    (b"scm", "scheme"),
    (b"rkt", "racket"),
    (b"lisp", "lisp"),
    (b"el", "lisp"),
    (b"cbl", "cobol"),
    (b"cob", "cobol"),
    (b"cpy", "cobol"),
    (b"jcl", "jcl"),
    (b"f90", "fortran"),
    (b"f95", "fortran"),
    (b"for", "fortran"),
    (b"pas", "pascal"),
    (b"dpr", "pascal"),
    (b"adb", "ada"),
    (b"ads", "ada"),
    (b"sv", "verilog"),
    (b"v", "verilog"),
    (b"vh", "verilog"),
    (b"vhd", "vhdl"),
    (b"vhdl", "vhdl"),
    (b"abap", "abap"),
    (b"sas", "sas"),
    (b"wat", "wasm"),
    (b"mm", "objectivec"),
    (b"sbt", "scala"),
    (b"gemspec", "ruby"),
    (b"rake", "ruby"),
    (b"erb", "erb"),
    (b"ejs", "ejs"),
    (b"hbs", "handlebars"),
    (b"pug", "pug"),
    (b"haml", "haml"),
    (b"liquid", "liquid"),
    (b"j2", "jinja"),
    (b"jinja", "jinja"),
    (b"tpl", "template"),
    (b"tmpl", "template"),
    (b"gohtml", "template"),
    (b"glsl", "glsl"),
    (b"frag", "glsl"),
    (b"vert", "glsl"),
    (b"hlsl", "hlsl"),
    (b"wgsl", "wgsl"),
    (b"metal", "metal"),
    (b"cu", "cuda"),
    (b"cuh", "cuda"),
    (b"pyx", "python"),
    (b"bzl", "starlark"),
    (b"bazel", "starlark"),
    (b"star", "starlark"),
    (b"gd", "gdscript"),
    (b"cr", "crystal"),
    (b"hx", "haxe"),
    (b"elm", "elm"),
    (b"purs", "purescript"),
    (b"gleam", "gleam"),
    (b"odin", "odin"),
    (b"coffee", "coffeescript"),
    (b"tcl", "tcl"),
    (b"awk", "awk"),
    (b"vim", "vim"),
    (b"psm1", "powershell"),
    (b"psd1", "powershell"),
    (b"cue", "cue"),
    (b"rego", "rego"),
    (b"jsonnet", "jsonnet"),
    (b"thrift", "thrift"),
    (b"jsonc", "json"),
    (b"json5", "json"),
    (b"tfvars", "hcl"),
    (b"bicep", "bicep"),
    (b"xaml", "xml"),
    (b"xsd", "xml"),
    (b"xsl", "xml"),
    (b"plist", "xml"),
    (b"csproj", "xml"),
    (b"fsproj", "xml"),
    (b"vbproj", "xml"),
    (b"vcxproj", "xml"),
    (b"props", "xml"),
    (b"service", "ini"),
    (b"feature", "gherkin"),
    (b"puml", "plantuml"),
    (b"mmd", "mermaid"),
    (b"dot", "dot"),
    (b"po", "gettext"),
    (b"adoc", "asciidoc"),
    (b"bib", "latex"),
    (b"sty", "latex"),
    (b"rmd", "r"),
    (b"lean", "lean"),
    (b"agda", "agda"),
    (b"idr", "idris"),
    (b"tla", "tla"),
    (b"smt2", "smt"),
    (b"mzn", "minizinc"),
    (b"dhall", "dhall"),
    (b"ron", "ron"),
    (b"kdl", "kdl"),
    (b"cir", "spice"),
    (b"spice", "spice"),
    (b"gcode", "gcode"),
    (b"ngc", "gcode"),
    (b"bas", "vb"),
    (b"vba", "vb"),
    (b"ahk", "autohotkey"),
    (b"au3", "autoit"),
    (b"applescript", "applescript"),
    (b"nsi", "nsis"),
    (b"iss", "innosetup"),
    (b"g4", "antlr"),
    (b"pest", "pest"),
    (b"lark", "lark"),
    (b"peg", "peg"),
    (b"ebnf", "ebnf"),
    (b"capnp", "capnp"),
    (b"fbs", "flatbuffers"),
    (b"avsc", "json"),
    (b"wsdl", "xml"),
    (b"xslt", "xml"),
    (b"xquery", "xquery"),
    (b"gql", "graphql"),
    (b"cypher", "cypher"),
    (b"cql", "cql"),
    (b"sparql", "sparql"),
    (b"kql", "kql"),
    (b"promql", "promql"),
    (b"ino", "cpp"),
    (b"hxx", "cpp"),
    (b"inl", "cpp"),
    (b"ipp", "cpp"),
    (b"tpp", "cpp"),
    (b"cl", "opencl"),
    (b"shader", "hlsl"),
    (b"comp", "glsl"),
    (b"pyw", "python"),
    (b"rbw", "ruby"),
    (b"slim", "slim"),
    (b"twig", "twig"),
    (b"mustache", "mustache"),
    (b"njk", "jinja"),
    (b"cshtml", "razor"),
    (b"razor", "razor"),
    (b"aspx", "aspx"),
    (b"jsp", "jsp"),
    (b"cfm", "cfml"),
    (b"phtml", "php"),
    (b"nomad", "hcl"),
    (b"pp", "puppet"),
    (b"ebuild", "bash"),
    (b"eex", "erb"),
    (b"heex", "erb"),
    (b"leex", "erb"),
    (b"rei", "reason"),
    (b"resi", "rescript"),
    (b"res", "rescript"),
    (b"sass", "scss"),
    (b"styl", "stylus"),
    (b"pcss", "css"),
    (b"moon", "moonscript"),
    (b"fnl", "fennel"),
    (b"gml", "gml"),
    (b"rpy", "renpy"),
    (b"pde", "java"),
    (b"vala", "vala"),
    (b"f77", "fortran"),
    (b"f03", "fortran"),
    (b"f08", "fortran"),
    (b"nasm", "asm"),
    (b"lds", "ld"),
    (b"dts", "devicetree"),
    (b"dtsi", "devicetree"),
    (b"bbappend", "bitbake"),
    (b"soql", "sql"),
    (b"apex", "apex"),
    (b"mod2", "modula"),
    (b"raku", "raku"),
    (b"pl6", "raku"),
    (b"ml4", "ocaml"),
    (b"mll", "ocaml"),
    (b"mly", "ocaml"),
    (b"lfe", "lisp"),
    (b"hrl", "erlang"),
    (b"nu", "nu"),
    (b"elv", "elvish"),
    (b"ksh", "bash"),
    (b"csh", "bash"),
    (b"timer", "ini"),
    (b"socket", "ini"),
    (b"cnf", "ini"),
    (b"reg", "registry"),
    (b"sublime-syntax", "yaml"),
    (b"storyboard", "xml"),
    (b"xib", "xml"),
    (b"entitlements", "xml"),
    (b"xcconfig", "ini"),
    (b"pbxproj", "xcode"),
    (b"podspec", "ruby"),
    (b"thor", "ruby"),
    (b"mjml", "html"),
    (b"wxml", "html"),
    (b"wxss", "css"),
    (b"sls", "yaml"),
    (b"rules", "rules"),
    (b"tcss", "css"),
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
    (b"meson.build", "meson"),
    (b"procfile", "procfile"),
    (b"vagrantfile", "ruby"),
    (b"podfile", "ruby"),
    (b"brewfile", "ruby"),
    (b"caddyfile", "caddyfile"),
    (b"tiltfile", "starlark"),
    (b"gemfile", "ruby"),
    (b"rakefile", "ruby"),
    (b"jenkinsfile", "groovy"),
    (b"snakefile", "python"),
    (b"fastfile", "ruby"),
    (b"guardfile", "ruby"),
    (b"berksfile", "ruby"),
    (b"earthfile", "dockerfile"),
    (b".env", "dotenv"),
    (b".bashrc", "bash"),
    (b".zshrc", "bash"),
];

/// What stands for the language of a plan.
pub(super) const PLAN: &str = "plan";

/// Whether an agent keeps its plans at `path`: `/home/ada/.claude/plans/steady-otter.md`.
pub(super) fn is_plan(path: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(path, b"/plans/") else { return false };
    let folder = memchr::memrchr(b'/', &path[..at]).map_or(&path[..at], |slash| &path[slash + 1..at]);
    folder.len() > 1 && folder[0] == b'.' && path.ends_with(b".md")
}

/// The language of the file at `path` (raw or decoded bytes), empty if unknown.
pub(crate) fn of_path(path: &[u8]) -> &'static str {
    let cut = memchr::memrchr2(b'/', b'\\', path).map_or(0, |i| i + 1);
    let name = &path[cut..];
    let extension = || memchr::memrchr(b'.', name).and_then(|dot| find(&name[dot + 1..], 0));
    find(name, WHOLE).or_else(extension).unwrap_or("")
}

/// The longest word of the tables, in bytes.
const LONGEST: usize = 14;

/// Added to the number of a word that is a whole name.
const WHOLE: u128 = 1 << 120;

/// A word of the tables, or one that may be, as a number: its letters small.
const fn packed(word: &[u8]) -> u128 {
    let (mut out, mut at) = (0, 0);
    while at < word.len() {
        out = out << 8 | word[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    out
}

const SLOTS: usize = 1024;

const fn slot_of(key: u128) -> usize {
    ((key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 54) as usize
}

/// The words of both tables by their numbers. Open addressing.
static TABLE: [(u128, &str); SLOTS] = {
    let mut table = [(0, ""); SLOTS];
    let mut at = 0;
    while at < LANGUAGES.len() + NAMES.len() {
        let whole = at >= LANGUAGES.len();
        let (word, language) = if whole { NAMES[at - LANGUAGES.len()] } else { LANGUAGES[at] };
        assert!(word.len() <= LONGEST, "a word fits its number");
        let key = packed(word) | if whole { WHOLE } else { 0 };
        let mut slot = slot_of(key);
        while table[slot].0 != 0 && table[slot].0 != key {
            slot = (slot + 1) % SLOTS;
        }
        if table[slot].0 == 0 {
            table[slot] = (key, language);
        }
        at += 1;
    }
    table
};

/// The language of an extension, or of a whole name if `whole` says so.
fn find(word: &[u8], whole: u128) -> Option<&'static str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let key = packed(word) | whole;
    let mut slot = slot_of(key);
    while TABLE[slot].0 != 0 {
        if TABLE[slot].0 == key {
            return Some(TABLE[slot].1);
        }
        slot = (slot + 1) % SLOTS;
    }
    None
}

/// Whether a language is one of programs or their settings, rather than of documents and data.
pub(crate) fn is_source(language: &str) -> bool {
    !matches!(language, "" | "text" | "markdown" | "csv" | "diff" | "rst" | "lock" | "asciidoc")
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
            ("src/PAYROLL.CBL", "cobol"),
            ("spec/pay.feature", "gherkin"),
            ("LICENSE", ""),
            ("", ""),
        ] {
            assert_eq!(of_path(path.as_bytes()), language, "{path}");
        }
        assert_eq!((of_word(b"py"), of_word(b"Python"), of_word(b"nonsense")), ("python", "python", ""));
    }
}
