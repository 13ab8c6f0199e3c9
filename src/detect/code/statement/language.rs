//! Statements of single languages, told by a word of theirs or a sign: of functional ones, build files, processors, databases.

/// `| c :: rest when c < limit -> c`, an arm of a match; a row of a table ends with a bar.
pub(super) fn is_arm(first: &[u8], body: &[u8]) -> bool {
    first == b"|" && !body.ends_with(b"|") && memchr::memmem::find(body, b" -> ").is_some()
}

/// `CHARTS := $(wildcard charts/*)` of a Makefile, `add_library(sonar STATIC a.c)` of CMake.
pub(super) fn is_make(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let name = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let binds = matches!(second, b":=" | b"?=" | b"+=" | b"=") && first.iter().all(name);
    let calls = body.ends_with(b")") && !body.contains(&b';');
    let told = second == b":=" && matches!(body.last(), Some(b'"' | b'\'')) && body.len() > first.len() + 6;
    binds && (told || memchr::memmem::find(body, b" $(").is_some())
        || calls
            && [&b"add_"[..], b"target_", b"find_package(", b"set_"]
                .iter()
                .any(|start| first.starts_with(start))
            && first.contains(&b'(')
}

/// Instructions of processors, those that are no words of a sentence with an operand in a register.
static INSTRUCTIONS: &[&[u8]] = &[
    b"mov", b"movl", b"movq", b"movzx", b"movsx", b"movzbl", b"push", b"pushq", b"pop", b"popq", b"lea",
    b"leaq", b"xor", b"add", b"addq", b"sub", b"subq", b"and", b"or", b"cmp", b"test", b"call", b"callq",
    b"jmp", b"je", b"jne", b"jz", b"jnz", b"jl", b"jle", b"jg", b"jge", b"ja", b"jb", b"inc", b"dec",
    b"imul", b"mul", b"shl", b"shr", b"sar", b"ldr", b"str", b"ldp", b"stp", b"bl", b"b", b"cbz", b"cbnz",
    b"adrp",
];

/// `mov     rbp, rsp`, `jne .Lnext`, `movl %eax, 4(%rbp)`
pub(super) fn is_instruction(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let operand = second.strip_suffix(b",").unwrap_or(second);
    let register = operand.starts_with(b"%")
        || operand.starts_with(b".L")
        || matches!(
            operand,
            [b'r' | b'e', b'a'..=b'd', b'x'] | [b'r' | b'e', b's' | b'd' | b'b' | b'i', b'p' | b'i'] | b"sp"
        )
        || second.ends_with(b",")
            && matches!(operand, [b'x' | b'w' | b'r', digits @ ..] if !digits.is_empty() && digits.iter().all(u8::is_ascii_digit));
    register && body.len() < 80 && INSTRUCTIONS.contains(&first)
}

/// Verbs of COBOL, in capitals.
static VERBS: [&[u8]; 14] = [
    b"MOVE",
    b"PERFORM",
    b"DISPLAY",
    b"COMPUTE",
    b"ADD",
    b"SUBTRACT",
    b"EVALUATE",
    b"ACCEPT",
    b"OPEN",
    b"CLOSE",
    b"READ",
    b"WRITE",
    b"CALL",
    b"INITIALIZE",
];

/// `PROGRAM-ID. LEDGER.`, `PROCEDURE DIVISION.`, `01 WS-ROW PIC 9(4).`, `MOVE WS-ROW TO OUT-ROW.`
pub(super) fn is_cobol(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let has = |sign: &[u8]| memchr::memmem::find(body, sign).is_some();
    let heading = second == b"DIVISION." || second == b"SECTION." || first == b"PROGRAM-ID.";
    let level = first.len() == 2 && first.iter().all(u8::is_ascii_digit) && has(b" PIC ");
    let verb = || VERBS.contains(&first) && (body.ends_with(b".") || has(b" TO ") || has(b" UNTIL "));
    let shouted = || !body.iter().any(u8::is_ascii_lowercase);
    let operand = || second.contains(&b'-') || second.starts_with(b"\"") || shouted();
    heading || level || verb() && operand()
}

/// `require ledger.example/rows v0.1.0`, `replace ledger.example/rows => ../rows`: what a module of Go takes.
pub(super) fn is_required(first: &[u8], second: &[u8], body: &[u8]) -> bool {
    let named = || second.contains(&b'/') && second.contains(&b'.');
    match first {
        b"require" | b"exclude" => named() && memchr::memmem::find(body, b" v").is_some(),
        b"replace" => named() && memchr::memmem::find(body, b" => ").is_some(),
        _ => false,
    }
}

/// `msgid "the rows are paid"`, of a catalogue of messages; `%token <int> ROW`, of a grammar; `section .text`, of an assembler.
pub(super) fn is_translation(first: &[u8], second: &[u8]) -> bool {
    match first {
        b"msgid" | b"msgstr" | b"msgctxt" | b"msgid_plural" => second.starts_with(b"\""),
        b"%token" | b"%start" | b"%type" | b"%left" | b"%right" | b"%nonassoc" => second.len() > 1,
        b"section" | b"segment" => matches!(second, b".text" | b".data" | b".bss" | b".rodata"),
        _ => false,
    }
}

/// `MATCH (v:Vessel)-[:AT]->(q:Quay) RETURN v`, of a database of graphs.
pub(super) fn is_graph_query(first: &[u8], body: &[u8]) -> bool {
    const VERBS: [&[u8]; 6] = [b"MATCH", b"MERGE", b"OPTIONAL", b"UNWIND", b"CREATE", b"DETACH"];
    VERBS.contains(&first)
        && [&b")-["[..], b"]->(", b"]-(", b")-->(", b") RETURN ", b" AS "]
            .iter()
            .any(|sign| memchr::memmem::find(body, sign).is_some())
        && body.contains(&b'(')
}

/// How instructions of interpreters begin, as Python and Java list them.
static BYTECODE: [&[u8]; 20] = [
    b"LOAD_",
    b"STORE_",
    b"DELETE_",
    b"BINARY_",
    b"UNARY_",
    b"COMPARE_OP",
    b"CALL",
    b"RETURN_",
    b"POP_",
    b"PUSH_",
    b"JUMP_",
    b"BUILD_",
    b"MAKE_",
    b"IMPORT_",
    b"FOR_ITER",
    b"GET_",
    b"RESUME",
    b"UNPACK_",
    b"FORMAT_",
    b"PRECALL",
];

/// `  2           0 LOAD_FAST                0 (claim)`: an offset or two and an instruction.
pub(super) fn is_bytecode(body: &[u8]) -> bool {
    let mut words = body.split(|b| *b == b' ').filter(|word| !word.is_empty());
    let number = |word: &[u8]| word.iter().all(u8::is_ascii_digit) || word == b">>";
    let mut numbers = 0;
    let name = loop {
        match words.next() {
            Some(word) if number(word) => numbers += 1,
            Some(word) => break word,
            None => return false,
        }
    };
    numbers > 0
        && numbers < 4
        && name.iter().all(|b| b.is_ascii_uppercase() || *b == b'_')
        && BYTECODE.iter().any(|start| name.starts_with(start))
}
