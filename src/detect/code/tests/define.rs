//! What code defines, language by language.

use super::super::*;

/// The names that code of that language defines, in order.
fn names(language: &'static str, code: &str) -> Vec<String> {
    let field = Field::Code(language);
    let subject = Subject { bytes: code.as_bytes(), key: None, role: Role::Value, field, cwd: None };
    let mut names = Vec::new();
    find(&subject, &mut Hits::new(), &mut names);
    let kind = |name: &Definition| name.rule.rule().label.chars().next().unwrap();
    names.iter().map(|name| format!("{}:{}", kind(name), String::from_utf8_lossy(&name.name))).collect()
}

/// Lines of languages and the names that they define: functions, types, constants.
static DEFINED: &[(&str, &str, &str)] = &[
    ("python", "    async def bind_quote(self, x):", "f:bind_quote"),
    ("python", "class QuoteEngine(Base, metaclass=M):", "t:QuoteEngine"),
    ("python", "@app.get(\"/x\")\ndef bind_quote(): pass", "f:bind_quote"),
    (
        "python",
        "from .tariff_book import bind_quote, QuoteEngine as Q",
        "t:tariff_book f:bind_quote t:QuoteEngine",
    ),
    ("python", "    __tablename__ = \"tariff_rows\"", "t:tariff_rows"),
    ("rust", "pub(crate) async fn bind_quote<T>(x: T) -> u8 {", "f:bind_quote"),
    ("rust", "#[derive(Debug)] pub struct QuoteEngine;", "t:QuoteEngine"),
    ("rust", "pub const TARIFF_LIMIT: u32 = 3;", "c:TARIFF_LIMIT"),
    ("rust", "use super::tariff::{QuoteEngine, bind_quote};", "t:QuoteEngine f:bind_quote"),
    ("rust", "macro_rules! bind_quote {", "f:bind_quote"),
    ("rust", "pub(crate) mod tariff_book;", "t:tariff_book"),
    ("rust", "unsafe extern \"C\" fn bind_quote(x: i32) {", "f:bind_quote"),
    ("go", "func (q *QuoteEngine) BindQuote(ctx context.Context) error {", "t:QuoteEngine f:BindQuote"),
    ("go", "type QuoteEngine struct {", "t:QuoteEngine"),
    ("go", "type TariffFunc func(int) error", "t:TariffFunc"),
    ("typescript", "export default async function bindQuote(x: X): Promise<Y> {", "f:bindQuote"),
    ("typescript", "export const bindQuote = async (x: X) => {", "f:bindQuote"),
    ("typescript", "export abstract class QuoteEngine<T> extends Base {", "t:QuoteEngine"),
    ("typescript", "  private async bindQuote(policy: Policy): Promise<Quote> {", "f:bindQuote"),
    ("typescript", "  bindQuote(policy: Policy): Quote;", "f:bindQuote"),
    ("typescript", "  bindQuote = (policy) => {", "f:bindQuote"),
    ("typescript", "import { bindQuote, type QuoteEngine } from '../tariff';", "f:bindQuote t:QuoteEngine"),
    ("typescript", "export type TariffBook = {", "t:TariffBook"),
    ("javascript", "exports.bindQuote = function (x) {", "f:bindQuote"),
    ("javascript", "  bindQuote(x) {", "f:bindQuote"),
    ("javascript", "const TARIFF_LIMIT = 3;", "c:TARIFF_LIMIT"),
    ("java", "    public static Quote bindQuote(Policy policy) throws IOException {", "f:bindQuote"),
    ("java", "    Quote bindQuote(Policy policy);", "f:bindQuote"),
    ("java", "@Override public List<Quote> bindQuotes(Policy p) {", "f:bindQuotes"),
    ("java", "  private static final int TARIFF_LIMIT = 3;", "c:TARIFF_LIMIT"),
    ("csharp", "    [Fact] public async Task BindQuote_Fails()", "f:BindQuote_Fails"),
    ("csharp", "namespace Acme.TariffBook;", "t:TariffBook"),
    ("c", "static int bind_quote(struct quote *q)", "f:bind_quote"),
    ("c", "#define TARIFF_LIMIT 3", "f:TARIFF_LIMIT"),
    ("c", "struct tariff_book {", "t:tariff_book"),
    ("c", "} tariff_book;", "t:tariff_book"),
    ("c", "static int\nbind_quote(struct policy *p, int a)\n{", "f:bind_quote"),
    ("cpp", "  void bindQuote(T a) override;", "f:bindQuote"),
    ("cpp", "using TariffBook = std::map<int, int>;", "t:TariffBook"),
    ("haskell", "data TariffBook = TariffBook { a :: Int }", "t:TariffBook"),
    ("python", "TariffRow = namedtuple('x', 'a b')", "t:TariffRow"),
    ("lua", "local TariffBook = {}", "t:TariffBook"),
    ("perl", "package Acme::TariffBook;", "t:TariffBook"),
    ("terraform", "resource \"aws_s3_bucket\" \"tariff_rows\" {", "t:tariff_rows"),
    ("terraform", "variable \"tariff_rows\" {", "t:tariff_rows"),
    ("cpp", "Quote QuoteEngine::bindQuote(const Policy& p) const {", "f:bindQuote t:QuoteEngine"),
    ("cpp", "enum class TariffKind : int {", "t:TariffKind"),
    ("kotlin", "private suspend fun bindQuote(p: Policy) = p", "f:bindQuote"),
    ("kotlin", "data class TariffBook(val x: Int)", "t:TariffBook"),
    ("swift", "  @objc public func bindQuote(_ p: Policy) {", "f:bindQuote"),
    ("ruby", "  def self.bind_quote(x)", "f:bind_quote"),
    ("ruby", "create_table :tariff_rows do |t|", "t:tariff_rows"),
    ("php", "    public function bindQuote($x) {", "f:bindQuote"),
    ("elixir", "defmodule Acme.TariffBook do\n  defp bind_quote(x) do", "t:TariffBook f:bind_quote"),
    ("perl", "sub bind_quote {", "f:bind_quote"),
    ("lua", "local function bind_quote(x)\nfunction M.tariff_book()", "f:bind_quote f:tariff_book"),
    ("r", "bind_quote <- function(x) {", "f:bind_quote"),
    ("bash", "bind_quote() {", "f:bind_quote"),
    ("haskell", "bindQuote :: Policy -> Quote", "f:bindQuote"),
    ("ocaml", "let rec bind_quote policy x =", "f:bind_quote"),
    ("erlang", "bind_quote(Policy) ->", "f:bind_quote"),
    ("clojure", "(defn bind-tariff-quote [x]", "f:bind-tariff-quote"),
    ("sql", "CREATE TABLE IF NOT EXISTS public.\"tariff_rows\" (", "t:tariff_rows"),
    ("sql", "create or replace function bind_quote(x int)", "f:bind_quote"),
    ("proto", "message TariffBook {\nrpc BindQuote(X) returns (Y);", "t:TariffBook f:BindQuote"),
    ("solidity", "contract TariffBook is Base {", "t:TariffBook"),
];

#[test]
fn definitions_name_what_they_define_in_any_language() {
    let mut wrong = Vec::new();
    for &(language, code, wanted) in DEFINED {
        let given = names(language, code).join(" ");
        if given != wanted {
            wrong.push(format!("{language}: {code}\n    gives {given}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn uses_of_names_define_nothing() {
    for (language, code) in [
        (
            "python",
            "x = bind_quote(1)\nreturn bind_quote(x)\nprint(bind_quote)\nfrom tariff_book import bind_quote",
        ),
        ("python", "if bind_quote(x):\nfor x in tariff_rows(y):\nawait bind_quote(x)\nassert bind_quote(x)"),
        (
            "javascript",
            "bindQuote(x, () => {\nawait bindQuote(x);\nreturn bindQuote(x);\nexpect(bindQuote(x)).toBe(1);",
        ),
        (
            "javascript",
            "if (bindQuote(x)) {\nthrow new TariffError(x);\nq.bindQuote(x);\nimport { bindQuote } from 'tariff-book';",
        ),
        (
            "javascript",
            "useEffect(() => {\n  const tariffBook = 3;\nconst { tariffBook } = useTariff();\nlet tariffBook = bindQuote(x);",
        ),
        (
            "rust",
            "let x = bind_quote(y);\nSome(tariff_rows(x)) => bind_quote(y),\nuse tariff_book::QuoteEngine;",
        ),
        ("kotlin", "bindQuote(x) {\n  TariffBook(x) {"),
        ("go", "go bindQuote(x)\ndefer closeTariff()\nif err := bindQuote(x); err != nil {"),
        ("c", "struct tariff_book *x;\nreturn bind_quote(x);\nbind_quote(x);"),
        ("sql", "SELECT tariff_rate FROM tariff_rows WHERE bind_quote(x) = 1;"),
        ("yaml", "type: TariffBook\nmodel: TariffBook"),
    ] {
        assert_eq!(names(language, code), [""; 0], "{language}: {code}");
    }
}
