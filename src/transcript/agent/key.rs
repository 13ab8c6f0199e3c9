//! Keys by what they mean: the names that agents give one thing, in one word each.

/// What a key of a transcript's object says of its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub(super) enum Key {
    /// No key that means anything to us.
    #[default]
    Other,
    /// An id of the transcript's own.
    Id,
    /// A point in time.
    Time,
    /// One of a few fixed words.
    Word,
    /// The type of an object.
    Type,
    /// The version of a program.
    Version,
    /// The name of a model.
    Model,
    /// A name that tells what an object is about: a tool's, a file's, a person's.
    Name,
    /// The name of an agent, a team, a machine.
    Agent,
    /// The folder something runs in.
    Folder,
    /// A path.
    Path,
    /// Several paths.
    Paths,
    /// A branch.
    Branch,
    /// A repository or a pull request.
    Repository,
    /// An account or an organisation.
    Account,
    /// What a tool printed.
    Output,
    /// A command line.
    Command,
    /// Source code in every agent.
    Code,
    /// Source code in a tool's input, a word elsewhere.
    Script,
    /// Source code in what a tool that changes files is given, anything elsewhere.
    Written,
    /// A patch in every agent.
    Patch,
    /// Patches cut in hunks.
    Hunks,
    /// The lines of a hunk.
    Lines,
    /// An expression to search for.
    Pattern,
    /// What a server's tool looks for: words, or an expression of a language.
    Query,
    /// Text for people.
    Prose,
    /// An agent's words.
    Said,
    /// Anything: the object around it decides.
    Content,
    /// Anything: the object around it decides, mostly text for people.
    Text,
    /// Reasoning in clear.
    Thinking,
    /// A signature.
    Signature,
    /// Reasoning that only its maker can read.
    Encrypted,
    /// Bytes in base64, or an object of any kind.
    Data,
    /// A message.
    Message,
    /// What a tool is given.
    Input,
    /// What a tool gave back, structured.
    Result,
    /// A file that was read.
    File,
    /// The edits of a file.
    Edits,
    /// The cells of a notebook.
    Cells,
    /// Things that came with a prompt.
    Attachment,
    /// Copies of files before an edit.
    Snapshot,
    /// An object whose keys are paths.
    ByPath,
    /// Counts and the words around them.
    Usage,
    /// Where a picture or document comes from.
    Source,
    /// What an event of another agent carries.
    Payload,
}

use Key::*;

/// Every known key, any agent's.
static KEYS: &[(&[u8], Key)] = &[
    (b"uuid", Id),
    (b"parentUuid", Id),
    (b"logicalParentUuid", Id),
    (b"leafUuid", Id),
    (b"messageId", Id),
    (b"message_id", Id),
    (b"messageID", Id),
    (b"sessionId", Id),
    (b"session_id", Id),
    (b"sessionID", Id),
    (b"promptId", Id),
    (b"requestId", Id),
    (b"request_id", Id),
    (b"responseId", Id),
    (b"id", Id),
    (b"tool_use_id", Id),
    (b"toolUseID", Id),
    (b"toolUseId", Id),
    (b"parentToolUseID", Id),
    (b"sourceToolUseID", Id),
    (b"sourceToolAssistantUUID", Id),
    (b"toolCallId", Id),
    (b"tool_call_id", Id),
    (b"call_id", Id),
    (b"callId", Id),
    (b"callID", Id),
    (b"agentId", Id),
    (b"agent_id", Id),
    (b"taskId", Id),
    (b"task_id", Id),
    (b"parentId", Id),
    (b"parent_id", Id),
    (b"parentID", Id),
    (b"turn_id", Id),
    (b"turnId", Id),
    (b"thread_id", Id),
    (b"threadId", Id),
    (b"conversation_id", Id),
    (b"conversationId", Id),
    (b"interruptedMessageId", Id),
    (b"refusedUserMessageUuid", Id),
    (b"retractedMessageUuids", Id),
    (b"supersedesUuids", Id),
    (b"source_uuid", Id),
    (b"messageUuid", Id),
    (b"bridgeSessionId", Id),
    (b"backgroundTaskId", Id),
    (b"shellId", Id),
    (b"shell_id", Id),
    (b"runId", Id),
    (b"interactionId", Id),
    (b"timestamp", Time),
    (b"backupTime", Time),
    (b"createdAt", Time),
    (b"created_at", Time),
    (b"updatedAt", Time),
    (b"updated_at", Time),
    (b"startTime", Time),
    (b"lastUpdated", Time),
    (b"startedAt", Time),
    (b"type", Type),
    (b"role", Word),
    (b"userType", Word),
    (b"entrypoint", Word),
    (b"level", Word),
    (b"operation", Word),
    (b"permissionMode", Word),
    (b"mode", Word),
    (b"stop_reason", Word),
    (b"stopReason", Word),
    (b"service_tier", Word),
    (b"speed", Word),
    (b"inference_geo", Word),
    (b"subtype", Word),
    (b"hookEvent", Word),
    (b"status", Word),
    (b"slug", Word),
    (b"media_type", Word),
    (b"mediaType", Word),
    (b"mimeType", Word),
    (b"mime_type", Word),
    (b"cell_type", Word),
    (b"trigger", Word),
    (b"phase", Word),
    (b"effort", Word),
    (b"sessionKind", Word),
    (b"promptSource", Word),
    (b"originator", Word),
    (b"provider", Word),
    (b"providerID", Word),
    (b"version", Version),
    (b"cli_version", Version),
    (b"model", Model),
    (b"modelID", Model),
    (b"modelId", Model),
    (b"resolvedModel", Model),
    (b"name", Name),
    (b"agentName", Agent),
    (b"agent_name", Agent),
    (b"teamName", Agent),
    (b"team_name", Agent),
    (b"hostname", Agent),
    (b"hostName", Agent),
    (b"host_name", Agent),
    (b"machineName", Agent),
    (b"machine_name", Agent),
    (b"cwd", Folder),
    (b"workdir", Folder),
    (b"working_directory", Folder),
    (b"workingDirectory", Folder),
    (b"current_dir", Folder),
    (b"currentDir", Folder),
    (b"dir_path", Folder),
    (b"project_dir", Folder),
    (b"projectDir", Folder),
    (b"projectPath", Folder),
    (b"relocatedCwd", Folder),
    (b"originalCwd", Folder),
    (b"gitRoot", Folder),
    (b"repoRoot", Folder),
    (b"worktree", Folder),
    (b"worktreePath", Folder),
    (b"workspace", Folder),
    (b"workspacePath", Folder),
    (b"file_path", Path),
    (b"filePath", Path),
    (b"filepath", Path),
    (b"path", Path),
    (b"absolute_path", Path),
    (b"abs_path", Path),
    (b"absPath", Path),
    (b"filename", Path),
    (b"fileName", Path),
    (b"file_name", Path),
    (b"displayPath", Path),
    (b"notebook_path", Path),
    (b"planFilePath", Path),
    (b"persistedOutputPath", Path),
    (b"outputFile", Path),
    (b"output_file", Path),
    (b"outputFilePath", Path),
    (b"transcriptDir", Path),
    (b"transcript_path", Path),
    (b"scriptPath", Path),
    (b"target_file", Path),
    (b"relative_path", Path),
    (b"pathInProject", Path),
    (b"TargetFile", Path),
    (b"AbsolutePath", Path),
    (b"absolute_file_path", Path),
    (b"targetFile", Path),
    (b"relative_workspace_path", Path),
    (b"uri", Path),
    (b"move_path", Path),
    (b"rollout_path", Path),
    (b"skillDir", Path),
    (b"filenames", Paths),
    (b"paths", Paths),
    (b"additionalDirectories", Paths),
    (b"writable_roots", Paths),
    (b"workspaceFolders", Paths),
    (b"gitBranch", Branch),
    (b"git_branch", Branch),
    (b"branch", Branch),
    (b"worktreeBranch", Branch),
    (b"originalBranch", Branch),
    (b"prUrl", Repository),
    (b"prRepository", Repository),
    (b"repository_url", Repository),
    (b"repositoryUrl", Repository),
    (b"repository", Repository),
    (b"remote_url", Repository),
    (b"remoteUrl", Repository),
    (b"share_url", Repository),
    (b"frameUrl", Repository),
    (b"ownerAccountUuid", Account),
    (b"ownerOrganizationUuid", Account),
    (b"accountUuid", Account),
    (b"account_uuid", Account),
    (b"accountId", Account),
    (b"account_id", Account),
    (b"organizationUuid", Account),
    (b"organization_uuid", Account),
    (b"organizationId", Account),
    (b"organization_id", Account),
    (b"organizationName", Account),
    (b"organization_name", Account),
    (b"userID", Account),
    (b"user_id", Account),
    (b"stdout", Output),
    (b"stderr", Output),
    (b"output", Output),
    (b"fullOutput", Output),
    (b"aggregated_output", Output),
    (b"formatted_output", Output),
    (b"rawOutput", Output),
    (b"preview", Output),
    (b"stdoutLines", Output),
    (b"stderrLines", Output),
    (b"resultDisplay", Output),
    (b"detailedContent", Output),
    (b"blockingError", Output),
    (b"hookErrors", Output),
    (b"error", Output),
    (b"errorDetails", Output),
    (b"command", Command),
    (b"cmd", Command),
    (b"parsed_cmd", Command),
    (b"commandLine", Command),
    (b"command_line", Command),
    (b"CommandLine", Command),
    (b"chars", Output),
    (b"originalFile", Code),
    (b"originalFileContents", Code),
    (b"original_file", Code),
    (b"originalContent", Code),
    (b"original_content", Code),
    (b"newContent", Code),
    (b"new_content", Code),
    (b"oldContent", Code),
    (b"old_content", Code),
    (b"fileContent", Code),
    (b"file_content", Code),
    (b"CodeContent", Code),
    (b"TargetContent", Code),
    (b"ReplacementContent", Code),
    (b"contentsAfterEdit", Code),
    (b"contentsBeforeEdit", Code),
    (b"oldString", Code),
    (b"old_string", Code),
    (b"newString", Code),
    (b"new_string", Code),
    (b"old_str", Code),
    (b"new_str", Code),
    (b"insert_text", Code),
    (b"oldText", Code),
    (b"newText", Code),
    (b"old_text", Code),
    (b"new_text", Code),
    (b"file_text", Code),
    (b"new_source", Code),
    (b"old_source", Code),
    (b"code_edit", Code),
    (b"CodeEdit", Code),
    (b"snippet", Code),
    (b"SourceLines", Code),
    (b"sourceLine", Code),
    (b"source_line", Code),
    (b"LineText", Code),
    (b"before", Script),
    (b"after", Script),
    (b"code", Script),
    (b"script", Script),
    (b"sql", Script),
    (b"source_code", Script),
    (b"contents", Script),
    (b"body", Written),
    (b"old", Written),
    (b"new", Written),
    (b"search", Written),
    (b"replace", Written),
    (b"repl", Written),
    (b"replacement", Written),
    (b"old_code", Written),
    (b"new_code", Written),
    (b"diff", Patch),
    (b"patch", Patch),
    (b"patchText", Patch),
    (b"unified_diff", Patch),
    (b"unifiedDiff", Patch),
    (b"fileDiff", Patch),
    (b"file_diff", Patch),
    (b"structuredPatch", Hunks),
    (b"hunks", Hunks),
    (b"lines", Lines),
    (b"cypher", Script),
    (b"r_code", Script),
    (b"python_code", Script),
    (b"js_code", Script),
    (b"expr", Query),
    (b"query", Query),
    (b"expression", Query),
    (b"pattern", Pattern),
    (b"regex", Pattern),
    (b"prompt", Prose),
    (b"description", Prose),
    (b"summary", Prose),
    (b"lastPrompt", Prose),
    (b"aiTitle", Prose),
    (b"customTitle", Prose),
    (b"title", Prose),
    (b"subject", Prose),
    (b"activeForm", Prose),
    (b"plan", Prose),
    (b"planContent", Prose),
    (b"display", Prose),
    (b"question", Prose),
    (b"instructions", Prose),
    (b"last_agent_message", Said),
    (b"transformedContent", Prose),
    (b"content", Content),
    (b"text", Text),
    (b"thinking", Thinking),
    (b"reasoning", Thinking),
    (b"signature", Signature),
    (b"thinkingSignature", Signature),
    (b"thoughtSignature", Signature),
    (b"encrypted_content", Encrypted),
    (b"reasoningOpaque", Encrypted),
    (b"encryptedContent", Encrypted),
    (b"data", Data),
    (b"chunk", Data),
    (b"base64", Data),
    (b"blob", Data),
    (b"b64_json", Data),
    (b"bytes", Data),
    (b"message", Message),
    (b"input", Input),
    (b"arguments", Input),
    (b"args", Input),
    (b"parameters", Input),
    (b"rawInput", Input),
    (b"toolUseResult", Result),
    (b"toolCallResult", Result),
    (b"tool_response", Result),
    (b"result", Result),
    (b"details", Result),
    (b"metadata", Result),
    (b"file", File),
    (b"edits", Edits),
    (b"cells", Cells),
    (b"attachment", Attachment),
    (b"snapshot", Snapshot),
    (b"trackedFileBackups", ByPath),
    (b"changes", ByPath),
    (b"usage", Usage),
    (b"source", Source),
    (b"inlineData", Source),
    (b"payload", Payload),
];

/// Slots of the table, a power of two.
const SLOTS: usize = 1024;

/// Index into [`KEYS`] plus one by hash, zero where there is none: open addressing.
static TABLE: [u16; SLOTS] = table();

const fn hash(key: &[u8]) -> usize {
    let len = key.len();
    let middle = key[len / 2] as usize;
    (key[0] as usize * 7 + key[len - 1] as usize * 131 + middle * 29 + len * 57) % SLOTS
}

const fn table() -> [u16; SLOTS] {
    let mut slots = [0; SLOTS];
    let mut i = 0;
    while i < KEYS.len() {
        let mut slot = hash(KEYS[i].0);
        while slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        slots[slot] = i as u16 + 1;
        i += 1;
    }
    slots
}

impl Key {
    /// What key `name` (raw bytes, as written) means.
    pub(super) fn of(name: &[u8]) -> Self {
        if name.is_empty() || name.len() > 32 {
            return Other;
        }
        let mut slot = hash(name);
        while let Some(entry) = usize::from(TABLE[slot]).checked_sub(1) {
            let (known, key) = KEYS[entry];
            if known == name {
                return key;
            }
            slot = (slot + 1) % SLOTS;
        }
        Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_found_and_named_once() {
        for (i, &(name, key)) in KEYS.iter().enumerate() {
            assert_eq!(Key::of(name), key, "{}", String::from_utf8_lossy(name));
            assert!(KEYS[..i].iter().all(|&(other, _)| other != name), "{}", String::from_utf8_lossy(name));
        }
        for name in [&b""[..], b"uuidx", b"Uuid", &[b'a'; 100]] {
            assert_eq!(Key::of(name), Other);
        }
    }
}
