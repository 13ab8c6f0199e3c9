//! Commands that say who or where: a login, a machine, a branch, a project.

use super::{Ask, secret, shell};

/// A program, parts of its pipeline in order, and what is asked for so.
type Question = (&'static [u8], &'static [&'static [u8]], Ask);

/// What a pipeline prints whose first program this is and that holds these parts in this order, sorted by program.
const QUESTIONS: &[Question] = &[
    (b"aws", &[b"list-account-aliases"], Ask::Project),
    (b"aws", &[b"configure list-profiles"], Ask::Project),
    (b"az", &[b"account show", b"name"], Ask::Project),
    (b"az", &[b"account list", b"tsv"], Ask::Project),
    (b"basename", &[b"show-toplevel"], Ask::Project),
    (b"basename", &[b"PWD"], Ask::Project),
    (b"basename", &[b"pwd"], Ask::Project),
    (b"cat", &[b"/etc/hostname"], Ask::Host),
    (b"docker", &[b"context show"], Ask::Project),
    (b"docker", &[b"info", b".Name"], Ask::Host),
    (b"docker", &[b"info", b"Username"], Ask::Login),
    (b"docker", &[b"context ls", b"-q"], Ask::Project),
    (b"docker", &[b"ps", b".Names"], Ask::Project),
    (b"doctl", &[b"auth list"], Ask::Project),
    (b"dscl", &[b"-list /Users"], Ask::Login),
    (b"eas", &[b"whoami"], Ask::Login),
    (b"echo", &[b"$COMPUTERNAME"], Ask::Host),
    (b"echo", &[b"$HOSTNAME"], Ask::Host),
    (b"echo", &[b"$LOGNAME"], Ask::Login),
    (b"echo", &[b"$SUDO_USER"], Ask::Login),
    (b"echo", &[b"$USER"], Ask::Login),
    (b"echo", &[b"$env:COMPUTERNAME"], Ask::Host),
    (b"echo", &[b"$env:USERNAME"], Ask::Login),
    (b"echo", &[b"${USER"], Ask::Login),
    (b"echo", &[b"%COMPUTERNAME%"], Ask::Host),
    (b"echo", &[b"%USERNAME%"], Ask::Login),
    (b"expo", &[b"whoami"], Ask::Login),
    (b"find", &[b"-printf", b"%u"], Ask::Login),
    (b"gcloud", &[b"config", b"project"], Ask::Project),
    (b"gcloud", &[b"config", b"account"], Ask::Login),
    (b"gcloud", &[b"projects list", b"value("], Ask::Project),
    (b"gcloud", &[b"configurations list", b"value("], Ask::Project),
    (b"getent", &[b"passwd", b"cut"], Ask::Login),
    (b"getent", &[b"group", b"cut"], Ask::Login),
    (b"gh", &[b"headRefName", b"-q"], Ask::Branch),
    (b"gh", &[b"headRefName", b"--jq"], Ask::Branch),
    (b"gh", &[b".login"], Ask::Login),
    (b"git", &[b"%aN"], Ask::Person),
    (b"git", &[b"%an"], Ask::Person),
    (b"git", &[b"%cn"], Ask::Person),
    (b"git", &[b"branch --show-current"], Ask::Branch),
    (b"git", &[b"config", b"user.name"], Ask::Person),
    (b"git", &[b"name-rev --name-only"], Ask::Branch),
    (b"git", &[b"rev-parse --abbrev-ref"], Ask::Branch),
    (b"git", &[b"symbolic-ref", b"HEAD"], Ask::Branch),
    (b"hf", &[b"auth whoami"], Ask::Login),
    (b"hostname", &[], Ask::Host),
    (b"hostnamectl", &[b"hostname"], Ask::Host),
    (b"huggingface-cli", &[b"whoami"], Ask::Login),
    (b"id", &[b"--user --name"], Ask::Login),
    (b"id", &[b"-F"], Ask::Person),
    (b"id", &[b"-gn"], Ask::Login),
    (b"id", &[b"-nu"], Ask::Login),
    (b"id", &[b"-un"], Ask::Login),
    (b"kubectl", &[b"config", b"namespace"], Ask::Project),
    (b"kubectl", &[b"config current-context"], Ask::Project),
    (b"kubectl", &[b"config get-clusters"], Ask::Project),
    (b"kubectl", &[b"config get-contexts", b"name"], Ask::Project),
    (b"kubectl", &[b"config get-users"], Ask::Login),
    (b"kubectx", &[], Ask::Project),
    (b"kubens", &[], Ask::Project),
    (b"limactl", &[b"list -q"], Ask::Host),
    (b"loginctl", &[b"print $3"], Ask::Login),
    (b"logname", &[], Ask::Login),
    (b"ls", &[b"-l", b"print $3"], Ask::Login),
    (b"lxc", &[b"list", b"-c n"], Ask::Host),
    (b"netlify", &[b"whoami"], Ask::Login),
    (b"node", &[b"userInfo().username"], Ask::Login),
    (b"node", &[b"hostname()"], Ask::Host),
    (b"npm", &[b"whoami"], Ask::Login),
    (b"oc", &[b"project -q"], Ask::Project),
    (b"oc", &[b"whoami"], Ask::Login),
    (b"pnpm", &[b"whoami"], Ask::Login),
    (b"printenv", &[b"LOGNAME"], Ask::Login),
    (b"printenv", &[b"USER"], Ask::Login),
    (b"ps", &[b"user="], Ask::Login),
    (b"psql", &[b"-At", b"current_user"], Ask::Login),
    (b"psql", &[b"-tA", b"current_user"], Ask::Login),
    (b"psql", &[b"-At", b"current_database"], Ask::Project),
    (b"psql", &[b"-tA", b"current_database"], Ask::Project),
    (b"pulumi", &[b"stack", b"--show-name"], Ask::Project),
    (b"pulumi", &[b"whoami"], Ask::Login),
    (b"python3", &[b"getuser()"], Ask::Login),
    (b"python3", &[b"gethostname()"], Ask::Host),
    (b"railway", &[b"whoami"], Ask::Login),
    (b"scutil", &[b"--get"], Ask::Host),
    (b"shopify", &[b"whoami"], Ask::Login),
    (b"squeue", &[b"%u"], Ask::Login),
    (b"stat", &[b"%Su"], Ask::Login),
    (b"stat", &[b"%U"], Ask::Login),
    (b"terraform", &[b"workspace list"], Ask::Project),
    (b"terraform", &[b"workspace show"], Ask::Project),
    (b"tmux", &[b"display", b"#S"], Ask::Project),
    (b"uname", &[b"-n"], Ask::Host),
    (b"vercel", &[b"whoami"], Ask::Login),
    (b"virsh", &[b"list --name"], Ask::Host),
    (b"who", &[b"$1"], Ask::Login),
    (b"whoami", &[], Ask::Login),
    (b"wrangler", &[b"whoami"], Ask::Login),
    (b"yarn", &[b"whoami"], Ask::Login),
];

/// What a pipeline prints, if it says who or where.
pub(super) fn printed(stages: &[&[u8]]) -> Option<Ask> {
    let program: &[u8] = match shell::program(stages.first()?) {
        b"python" => b"python3",
        b"printf" | b"Write-Output" => b"echo",
        b"tofu" => b"terraform",
        b"$env:USERNAME" => return Some(Ask::Login),
        b"$env:COMPUTERNAME" => return Some(Ask::Host),
        program => program,
    };
    let first = QUESTIONS.partition_point(|(of, ..)| *of < program);
    let mut questions = QUESTIONS[first..].iter().take_while(|(of, ..)| *of == program);
    let (.., ask) = questions.find(|(_, parts, _)| holds_all(stages, parts))?;
    let counts = |stage: &&[u8]| matches!(shell::program(stage), b"wc" | b"test" | b"md5sum" | b"sha256sum");
    (!stages.iter().any(counts)).then_some(*ask)
}

/// Whether the parts stand in the stages in this order.
fn holds_all(stages: &[&[u8]], parts: &[&[u8]]) -> bool {
    let mut parts = parts.iter().peekable();
    for stage in stages {
        let mut rest = *stage;
        while let Some(at) = parts.peek().and_then(|part| Some(secret::place(rest, part)? + part.len())) {
            rest = &rest[at..];
            parts.next();
        }
    }
    parts.peek().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_sorted_by_program() {
        assert!(QUESTIONS.is_sorted_by_key(|(program, ..)| *program));
    }
}
