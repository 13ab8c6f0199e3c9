"""Source code of many languages, with fresh names in every line that has one."""
import person as p

# {a} to {f} names. A line without one holds nothing to lose.
TEMPLATES = {
    "python": "from {a}.models import {b}\n\n\ndef {c}({d}, {e}=None):\n    \"\"\"Posts the {d}.\"\"\"\n    if {e} is None:\n        {e} = {b}({d})\n    for {f} in {e}.{a}_rows:\n        {f}.{c}()\n    return {e}",
    "python2": "class {a}Service:\n    {b} = 42\n\n    async def {c}(self, {d}: int) -> {e}:\n        self.{b} += {d}\n        return await self.{f}.{c}({d})",
    "javascript": "import {{ {a} }} from './{b}';\n\nexport async function {c}({d}) {{\n  const {e} = await {a}.{f}({d});\n  if (!{e}) throw new Error('{b}');\n  return {e}.map(({f}) => {f}.{d});\n}}",
    "typescript": "export interface {a} {{\n  {b}: string;\n  {c}?: number;\n}}\n\nexport const {d} = ({e}: {a}): string => {e}.{b} + {e}.{c};\nprivate readonly {f}: Map<string, {a}>;",
    "tsx": "export function {a}({{ {b} }}: Props) {{\n  const [{c}, set{d}] = useState<{e}[]>([]);\n  return (\n    <div className=\"{f}\" onClick={{() => set{d}([])}}>\n      <{e} {b}={{{c}}} />\n    </div>\n  );\n}}",
    "go": "package {a}\n\nimport \"{b}.io/{c}\"\n\nfunc ({d} *{e}) {f}(ctx context.Context) error {{\n\tif err := {d}.{c}.{b}(ctx); err != nil {{\n\t\treturn fmt.Errorf(\"{f}: %w\", err)\n\t}}\n\treturn nil\n}}",
    "rust": "use crate::{a}::{b};\n\npub fn {c}(&mut self, {d}: &[{b}]) -> Result<(), {e}> {{\n    let {f} = {d}.iter().map(|x| x.{a}).sum::<u64>();\n    self.{c}_total += {f};\n    Ok(())\n}}",
    "java": "package com.{a};\n\npublic class {b} extends {c} {{\n    private final {d} {e};\n    @Override\n    public void {f}({d} x) {{\n        this.{e}.{a}(x);\n    }}\n}}",
    "kotlin": "data class {a}(val {b}: String, val {c}: Int)\n\nfun {d}({e}: List<{a}>): Int =\n    {e}.filter {{ it.{b} != \"{f}\" }}.sumOf {{ it.{c} }}",
    "c": "#include \"{a}.h\"\n\nstatic int {b}(struct {c} *{d}, size_t n)\n{{\n    for (size_t i = 0; i < n; i++)\n        {d}->{e}[i] = {f}({d}, i);\n    return {d}->{a};\n}}",
    "cpp": "namespace {a} {{\ntemplate <typename T>\nstd::vector<{b}> {c}::{d}(const T& {e}) {{\n  return std::move({e}.{f}());\n}}\n}}  // namespace {a}",
    "csharp": "namespace {a}.Web;\n\npublic sealed class {b} : I{c}\n{{\n    private readonly {d} _{e};\n    public Task<{d}> {f}Async(int id) => _{e}.GetAsync(id);\n}}",
    "ruby": "class {a} < ApplicationRecord\n  belongs_to :{b}\n\n  def {c}({d})\n    {d}.each do |{e}|\n      {e}.{f}!\n    end\n  end\nend",
    "php": "<?php\nnamespace App\\{a};\n\nclass {b}\n{{\n    public function {c}(${d}): {e}\n    {{\n        return $this->{f}->find(${d});\n    }}\n}}",
    "swift": "struct {a}: View {{\n    @State private var {b} = \"\"\n    var body: some View {{\n        {c}({b}) {{ {d} in\n            {e}.{f}({d})\n        }}\n    }}\n}}",
    "sql": "SELECT o.{a}, SUM(o.{b}) AS {c}\nFROM {d} o\nJOIN {e} c ON c.id = o.{e}_id\nWHERE o.{f} > 100\nGROUP BY o.{a};",
    "sql ddl": "CREATE TABLE {a} (\n  {b} BIGINT PRIMARY KEY,\n  {c} VARCHAR(80) NOT NULL,\n  {d} NUMERIC(12,2) REFERENCES {e} ({f})\n);",
    "yaml": "services:\n  {a}:\n    image: {b}:latest\n    environment:\n      {c}: \"{d}\"\n    depends_on:\n      - {e}\n    command: {f} --port 80",
    "toml": "[package]\nname = \"{a}\"\nversion = \"0.1.0\"\n\n[dependencies]\n{b} = {{ path = \"../{b}\" }}\n{c} = \"1.2\"\n\n[features]\n{d} = [\"{e}\", \"{f}\"]",
    "json": "{{\n  \"name\": \"{a}\",\n  \"scripts\": {{\n    \"{b}\": \"node {c}.js\",\n    \"{d}\": \"tsc -p {e}\"\n  }},\n  \"main\": \"{f}.js\"\n}}",
    "shell": "#!/bin/bash\nset -euo pipefail\n{a}=\"$1\"\nif [ -z \"${a}\" ]; then\n  {b} \"${{{a}}}\" | grep -v {c} > \"$TMP/{d}\"\nfi\nfor {e} in *.txt; do {f} \"${e}\"; done",
    "dockerfile": "FROM node:20\nWORKDIR /srv/{a}\nCOPY {b}.json ./\nRUN npm ci && npm run {c}\nENV {d}={e}\nCMD [\"node\", \"{f}.js\"]",
    "terraform": "resource \"aws_s3_bucket\" \"{a}\" {{\n  bucket = \"{b}\"\n  tags = {{\n    {c} = var.{d}\n  }}\n}}\n\noutput \"{e}\" {{ value = aws_s3_bucket.{a}.{f} }}",
    "html": "<form id=\"{a}\" action=\"/{b}\">\n  <label for=\"{c}\">{d}</label>\n  <input name=\"{c}\" class=\"{e}\">\n  <script src=\"/js/{f}.js\"></script>\n</form>",
    "css": ".{a} .{b} {{\n  color: var(--{c});\n}}\n#{d}:hover > .{e} {{\n  animation: {f} 2s;\n}}",
    "elixir": "defmodule {a}.{b} do\n  def {c}(%{{{d}: x}} = {e}) do\n    {e} |> {f}() |> Enum.map(& &1.{d})\n  end\nend",
    "haskell": "module {a} where\n\nimport qualified Data.{b} as M\n\n{c}' :: {d}T -> Int -> Maybe {e}T\n{c}' x n = M.lookup n ({f}' x)",
    "lua": "local {a} = require(\"{b}\")\n\nfunction {a}.{c}({d})\n  local {e} = {d} or {{}}\n  return {e}.{f}\nend",
    "scala": "case class {a}({b}: String, {c}: Int)\nobject {d} extends App {{\n  def {e}(xs: Seq[{a}]): Int = xs.map(_.{c}).sum\n  val {f} = {e}(Nil)\n}}",
    "r": "{a} <- read.csv(\"{b}.csv\")\n{c} <- function({d}) {{\n  {e} <- {d}[{d}$x > 0, ]\n  mean({e}${f})\n}}",
    "proto": "syntax = \"proto3\";\npackage {a}.v1;\nmessage {b} {{\n  string {c} = 1;\n  repeated {d} {e} = 2;\n}}\nservice {f} {{ rpc Get(Req) returns ({b}); }}",
    "makefile": "{a}: {b}.o {c}.o\n\tgcc -o $@ $^ -l{d}\n\n.PHONY: {e}\n{e}:\n\t./{f} --all",
    "powershell": "function Get-{a} {{\n    param([string]${b}, [int]${c})\n    $x = Get-ChildItem -Path ${b} | Where-Object {{ $_.{d} -gt ${c} }}\n    return $x.{e}.{f}\n}}",
    "graphql": "type {a} {{\n  {b}: ID!\n  {c}: [{d}!]!\n}}\n\nquery Get{e}($id: ID!) {{\n  {f}(id: $id) {{ {b} }}\n}}",
    "vue": "<template>\n  <{a}-list :items=\"{b}\" @select=\"{c}\" />\n</template>\n<script setup>\nconst {d} = defineProps(['{e}']);\nfunction {c}(x) {{ emit('{f}', x); }}\n</script>",
    "dart": "class {a} extends StatelessWidget {{\n  final String {b};\n  const {a}({{required this.{b}}});\n  @override\n  Widget build(BuildContext context) => {c}(child: {d}({e}.{f}));\n}}",
    "perl": "package {a};\nuse strict;\nsub {b} {{\n    my ($self, ${c}) = @_;\n    foreach my ${d} (@{{${c}->{{{e}}}}}) {{\n        $self->{f}(${d});\n    }}\n    return 1;\n}}",
    "objc": "@interface {a} : NSObject\n@property (nonatomic, strong) NSString *{b};\n- (void){c}:(NSInteger){d};\n@end\n\n@implementation {a}\n- (void){c}:(NSInteger){d} {{\n    [self.{e} {f}:{d}];\n}}\n@end",
    "julia": "module {a}\nusing {b}\n\nfunction {c}({d}::Vector{{Float64}})\n    {e} = sum({d}) / length({d})\n    return {f}({e})\nend\nend",
    "ocaml": "let rec {a} {b} = function\n  | [] -> {c}\n  | x :: {d} -> {e} x ({a} {b} {d})\n\nmodule {f} = struct end",
    "clojure": "(ns {a}.core\n  (:require [{b}.{c} :as d]))\n\n(defn {d}\n  [{e}]\n  (map #(get % :{f}) {e}))",
    "erlang": "-module({a}).\n-export([{b}/1]).\n\n{b}({{{c}, X}}) ->\n    {d}:{e}(X),\n    {f}.",
    "fsharp": "module {a}\n\nlet {b} ({c}: int list) =\n    {c}\n    |> List.map (fun {d} -> {d} * 2)\n    |> List.sumBy {e}\n\ntype {f} = {{ Id: int }}",
    "vb": "Public Class {a}\n    Private {b} As Integer\n\n    Public Function {c}(ByVal {d} As String) As Boolean\n        Return {e}.{f}({d})\n    End Function\nEnd Class",
    "groovy": "pipeline {{\n    agent any\n    stages {{\n        stage('{a}') {{\n            steps {{ sh './{b}.sh --{c}' }}\n        }}\n    }}\n}}\ndef {d}({e}) {{ {f}({e}) }}",
    "nix": "{{ pkgs ? import <nixpkgs> {{}} }}:\npkgs.stdenv.mkDerivation {{\n  pname = \"{a}\";\n  buildInputs = [ pkgs.{b} pkgs.{c} ];\n  {d} = ./{e};\n  installPhase = \"{f}\";\n}}",
    "cmake": "project({a} CXX)\nadd_library({b} src/{c}.cpp)\ntarget_link_libraries({b} PRIVATE {d})\nset({e} ON)\nadd_executable({f} main.cpp)",
    "ini": "[{a}]\n{b} = {c}\ntimeout = 30\n\n[{d}]\n{e} = /srv/{f}",
    "xml": "<{a} xmlns=\"urn:x\">\n  <{b} id=\"{c}\">{d}</{b}>\n  <{e} value=\"3\"/>\n  <!-- {f} -->\n</{a}>",
    "solidity": "pragma solidity ^0.8.0;\ncontract {a} is {b} {{\n    mapping(address => uint256) private {c};\n    function {d}(uint256 {e}) external {{\n        {c}[msg.sender] += {e};\n        emit {f}(msg.sender);\n    }}\n}}",
    "zig": "const {a} = @import(\"{b}.zig\");\n\npub fn {c}({d}: []const u8) !void {{\n    var {e}: usize = 0;\n    while ({e} < {d}.len) : ({e} += 1) {{\n        try {a}.{f}({d}[{e}]);\n    }}\n}}",
    "batch": "@echo off\nset {a}=%1\nif not exist %{a}% goto {b}\ncall {c}.bat %{a}% > {d}.log\n:{b}\nfor %%i in (*.{e}) do {f} %%i",
    "scss": "@mixin {a}(${b}) {{\n  .{c} {{ color: ${b}; }}\n}}\n.{d} {{\n  @include {a}(${e});\n  &:hover {{ @extend .{f}; }}\n}}",
    "prisma": "model {a} {{\n  id Int @id @default(autoincrement())\n  {b} String @unique\n  {c} {d}[] @relation(\"{e}\")\n  @@map(\"{f}\")\n}}",
    "jinja": "{{% extends \"{a}.html\" %}}\n{{% for {b} in {c} %}}\n  <li>{{{{ {b}.{d} | {e} }}}}</li>\n{{% endfor %}}\n{{% include \"{f}.html\" %}}",
    "latex": "\\section{{{a}}}\n\\begin{{equation}}\n  {b}_{{{c}}} = \\frac{{{d}}}{{2}}\n\\end{{equation}}\n\\cite{{{e}}} \\ref{{{f}}}",
    "svelte": "<script>\n  import {a} from './{b}.svelte';\n  let {c} = [];\n  $: {d} = {c}.length;\n</script>\n\n{{#each {c} as {e}}}\n  <{a} {{{e}}} on:click={{{f}}} />\n{{/each}}",
    "k8s": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {a}\nspec:\n  template:\n    spec:\n      containers:\n      - name: {b}\n        image: {c}/{d}:1.2\n        env:\n        - name: {e}\n          value: \"{f}\"",
    "gherkin": "Feature: {a}\n\n  Scenario: {b}\n    Given a {c} with 3 rows\n    When the {d} is posted\n    Then {e} equals {f}",
    "python3": "@dataclass(frozen=True)\nclass {a}({b}):\n    {c}: dict[str, int] = field(default_factory=dict)\n\n    @property\n    def {d}(self):\n        return [{e}(x) for x in self.{c} if x.{f}]",
    "rust2": "#[derive(Debug, Clone)]\npub enum {a} {{\n    {b}(u32),\n    {c} {{ {d}: String }},\n}}\n\nimpl fmt::Display for {a} {{\n    fn fmt(&self, {e}: &mut fmt::Formatter) -> fmt::Result {{ write!({e}, \"{f}\") }}\n}}",
    "react": "const {a} = useMemo(() => {b}.filter((x) => x.{c}), [{b}]);\nuseEffect(() => {{\n  {d}({a});\n}}, [{a}, {e}]);\nexport default connect({f})({a});",
    "test js": "describe('{a}', () => {{\n  beforeEach(() => {b}.reset());\n  it('posts the {c}', async () => {{\n    expect(await {d}({e})).toEqual({f});\n  }});\n}});",
}


def snippet(rng, language=None):
    """A language, its source, the names in it."""
    language = language or rng.choice(list(TEMPLATES))
    names = {k: p.word(rng) for k in "abcdef"}
    if language in ("java", "csharp", "kotlin", "swift", "haskell", "elixir", "scala", "dart"):
        names = {k: v.capitalize() if k in "abe" and language != "dart" or k in "ac" else v for k, v in names.items()}
    return language, TEMPLATES[language].format(**names), tuple(names.values())
