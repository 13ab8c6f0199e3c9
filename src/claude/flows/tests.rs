//! The tables of the documentation, over all combinations of what they name.

use super::*;
use crate::claude::made;
use std::collections::BTreeMap;

fn on(vars: &[(&str, &str)], name: &str) -> bool {
    let around = Surroundings::new(vars.iter().copied(), Path::new("/nonexistent"));
    let force = Force::read(&around, Path::new("/nonexistent")).unwrap();
    force.rows().into_iter().find(|row| row.name == name).unwrap().on
}

/// One row of a table: a service, what turns it off, and whether it is on by default.
struct Promise {
    service: &'static str,
    /// Variables that turn it off with any value that is not empty.
    any: &'static [&'static str],
    /// Variables that turn it off with a true value.
    boolean: &'static [&'static str],
    /// A member of the settings that turns it off, and the value that does.
    setting: Option<(&'static str, &'static str)>,
    with_claude: bool,
    with_others: bool,
}

const ALL_AT_ONCE: &str = "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC";

/// Both pages say the same of errors.
const ERRORS: Promise = Promise {
    service: "errors",
    any: &["DISABLE_ERROR_REPORTING", ALL_AT_ONCE],
    boolean: &[],
    setting: None,
    with_claude: true,
    with_others: false,
};

/// The page of 2025, "Default behaviors by API provider": Claude API, Vertex, Bedrock.
const PAGE_OF_2025: [Promise; 3] = [
    Promise {
        service: "metrics",
        any: &["DISABLE_TELEMETRY", ALL_AT_ONCE],
        boolean: &[],
        setting: None,
        with_claude: true,
        with_others: false,
    },
    ERRORS,
    Promise {
        service: "bug",
        any: &[ALL_AT_ONCE],
        boolean: &["DISABLE_BUG_COMMAND"],
        setting: None,
        with_claude: true,
        with_others: false,
    },
];

/// The page of 2026, which knows more services, switches and providers.
const PAGE_OF_2026: [Promise; 5] = [
    Promise {
        service: "metrics",
        any: &["DISABLE_TELEMETRY", ALL_AT_ONCE],
        boolean: &["DO_NOT_TRACK"],
        setting: None,
        with_claude: true,
        with_others: false,
    },
    ERRORS,
    Promise {
        service: "bug",
        any: &[ALL_AT_ONCE],
        boolean: &["DISABLE_FEEDBACK_COMMAND", "DISABLE_BUG_COMMAND"],
        setting: None,
        with_claude: true,
        with_others: false,
    },
    Promise {
        service: "survey",
        any: &[ALL_AT_ONCE],
        boolean: &["CLAUDE_CODE_DISABLE_FEEDBACK_SURVEY"],
        setting: Some(("feedbackSurveyRate", "0")),
        with_claude: true,
        with_others: true,
    },
    Promise {
        service: "webfetch",
        any: &[],
        boolean: &[],
        setting: Some(("skipWebFetchPreflight", "true")),
        with_claude: true,
        with_others: true,
    },
];

/// The variables that choose another provider, with the name shown for it.
const OTHERS: [(&str, &str); 4] = [
    ("CLAUDE_CODE_USE_VERTEX", "Google Vertex AI"),
    ("CLAUDE_CODE_USE_BEDROCK", "Amazon Bedrock"),
    ("CLAUDE_CODE_USE_FOUNDRY", "Microsoft Foundry"),
    ("CLAUDE_CODE_USE_ANTHROPIC_AWS", "Claude Platform on AWS"),
];

type Given = BTreeMap<&'static str, &'static str>;

fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}

impl Promise {
    /// What the table says, with these variables and settings, the ones in force.
    fn is_on(&self, variables: &Given, settings: &Given) -> bool {
        let has =
            |name: &str, wanted: fn(&str) -> bool| variables.get(name).is_some_and(|value| wanted(value));
        let others = OTHERS.iter().any(|(name, _)| has(name, is_true));
        let off = self.any.iter().any(|name| has(name, |value| !value.is_empty()))
            || self.boolean.iter().any(|name| has(name, is_true))
            || self.setting.is_some_and(|(name, wanted)| settings.get(name) == Some(&wanted));
        !off && if others { self.with_others } else { self.with_claude }
    }

    fn switches(&self) -> impl Iterator<Item = &'static str> {
        self.any.iter().chain(self.boolean).copied()
    }
}

/// All ways to give each name one of the values, or none.
fn combinations(names: &[&'static str], values: &[&'static str]) -> Vec<Given> {
    let mut all = vec![Given::new()];
    for name in names {
        let with = |given: &Given| {
            let one = |value: &&'static str| {
                let mut given = given.clone();
                given.insert(name, value);
                given
            };
            let mut all: Vec<Given> = values.iter().map(one).collect();
            all.push(given.clone());
            all
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

fn distinct(names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut all: Vec<_> = names.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Every combination of the variables of a table, with every provider, against what the table says.
fn hold(table: &[Promise], providers: &[(&'static str, &'static str)], values: &[&'static str]) -> usize {
    let names = distinct(table.iter().flat_map(Promise::switches));
    let choices = [Given::new()].into_iter().chain(
        providers
            .iter()
            .flat_map(|(name, _)| ["1", "true", "0", ""].map(|value| Given::from([(*name, value)]))),
    );
    let mut cases = 0;
    for choice in choices {
        for mut given in combinations(&names, values) {
            given.extend(&choice);
            let around = Surroundings::new(given.iter().map(|(n, v)| (*n, *v)), Path::new("/nonexistent"));
            let force = Force::read(&around, Path::new("/nonexistent")).unwrap();
            let chosen = providers.iter().find(|(name, _)| given.get(name).is_some_and(|v| is_true(v)));
            assert_eq!(
                force.provider().0.name(),
                chosen.map_or("Claude API", |(_, shown)| shown),
                "{given:?}"
            );
            let rows = force.rows();
            for promise in table {
                let row = rows.iter().find(|row| row.name == promise.service).unwrap();
                assert_eq!(row.on, promise.is_on(&given, &Given::new()), "{} {given:?}", row.name);
                cases += 1;
            }
        }
    }
    cases
}

#[test]
fn the_page_of_2025_holds_for_every_provider_and_every_combination() {
    assert_eq!(hold(&PAGE_OF_2025, &OTHERS[..2], &["", "0", "false", "1", "true"]), 9 * 6_usize.pow(4) * 3);
}

#[test]
fn the_page_of_2026_holds_for_every_provider_and_every_combination() {
    assert_eq!(hold(&PAGE_OF_2026, &OTHERS, &["0", "1"]), 17 * 3_usize.pow(7) * 5);
}

#[test]
fn two_providers_at_once_are_another_provider() {
    let names: Vec<_> = OTHERS.iter().map(|(name, _)| *name).collect();
    for given in combinations(&names, &["1"]) {
        let around = Surroundings::new(given.iter().map(|(n, v)| (*n, *v)), Path::new("/nonexistent"));
        for row in Force::read(&around, Path::new("/nonexistent")).unwrap().rows() {
            let promise = PAGE_OF_2026.iter().find(|promise| promise.service == row.name);
            assert!(
                promise.is_none_or(|p| p.is_on(&given, &Given::new()) == row.on),
                "{} {given:?}",
                row.name
            );
        }
    }
}

/// Where a value may stand, the least first: the environment, then files below a folder.
const PLACES: [&str; 6] = [
    "",
    "home/.claude/settings.json",
    "work/.claude/settings.json",
    "work/.claude/settings.local.json",
    "managed/managed-settings.json",
    "managed/managed-settings.d/10-more.json",
];

/// What one of the files holds that gives a name this value (JSON text), or does not.
fn file_text(name: &str, is_setting: bool, value: Option<&str>) -> String {
    match (value, is_setting) {
        (None, _) => "{\"model\": \"x\", \"env\": {\"OTHER\": \"1\"}}".to_owned(),
        (Some(value), true) => format!("{{\"{name}\": {value}}}"),
        (Some(value), false) => format!("{{\"env\": {{\"{name}\": {value}}}}}"),
    }
}

#[test]
fn the_highest_place_that_has_a_value_counts_for_every_switch_and_provider() {
    let dir = tempfile::tempdir().unwrap();
    for place in &PLACES[1..] {
        std::fs::create_dir_all(dir.path().join(place).parent().unwrap()).unwrap();
    }
    let variables = distinct(PAGE_OF_2026.iter().flat_map(Promise::switches).chain(OTHERS.map(|o| o.0)));
    let settings = PAGE_OF_2026.iter().filter_map(|promise| promise.setting);
    let switches = variables.iter().map(|name| (*name, false, ["\"1\"", "\"\""]));
    let switches = switches.chain(settings.map(|(name, value)| (name, true, [value, "1"])));
    let home = dir.path().join("home");
    let mut written: [String; 6] = Default::default();
    for (name, is_setting, [thrown, not]) in switches {
        // Each set of places, the highest of them against all others.
        for combination in 0..2 << 6 {
            let (highest, others) = if combination & 1 == 0 { (thrown, not) } else { (not, thrown) };
            let has = |place: usize| combination >> (place + 1) & 1 == 1;
            let is_highest = |place: usize| (place + 1..6).all(|higher| !has(higher));
            let values: [_; 6] = std::array::from_fn(|place| {
                has(place).then_some(if is_highest(place) { highest } else { others })
            });
            let mut in_force = values;
            if is_setting {
                in_force[0] = None;
            }
            let given: Given = in_force
                .iter()
                .rev()
                .flatten()
                .next()
                .map(|v| (name, v.trim_matches('"')))
                .into_iter()
                .collect();
            let none = Given::new();
            let (variables, settings) = if is_setting { (&none, &given) } else { (&given, &none) };
            for (i, place) in PLACES.iter().enumerate().skip(1) {
                let text = file_text(name, is_setting, values[i]);
                if written[i] != text {
                    // Emptying a file and writing it again would wait for the disk.
                    let _ = std::fs::remove_file(dir.path().join(place));
                    std::fs::write(dir.path().join(place), &text).unwrap();
                    written[i] = text;
                }
            }
            let mut vars = vec![("HOME", home.to_str().unwrap())];
            vars.extend(values[0].filter(|_| !is_setting).map(|value| (name, value.trim_matches('"'))));
            let around = Surroundings::new(vars, &dir.path().join("work"));
            let rows = Force::read(&around, &dir.path().join("managed")).unwrap().rows();
            for promise in &PAGE_OF_2026 {
                let row = rows.iter().find(|row| row.name == promise.service).unwrap();
                assert_eq!(row.on, promise.is_on(variables, settings), "{} {name} {values:?}", row.name);
            }
        }
    }
}

#[test]
fn what_the_organisation_sent_stands_above_all_and_in_place_of_managed_files() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let home = dir.path().join("home");
    let around = Surroundings::new([("HOME", home.to_str().unwrap())], &dir.path().join("work"));
    let on = |name: &str| is_on(&Force::read(&around, &dir.path().join("managed")).unwrap(), name).unwrap();
    write(
        "managed/managed-settings.json",
        r#"{"env": {"DISABLE_TELEMETRY": "1", "DISABLE_ERROR_REPORTING": "1"}}"#,
    );
    for empty in ["{}", "", "[]"] {
        write("home/.claude/remote-settings.json", empty);
        assert!(!on("metrics").0 && !on("errors").0, "{empty}");
    }
    write("home/.claude/remote-settings.json", r#"{"env": {"DISABLE_TELEMETRY": ""}}"#);
    assert!(on("metrics").0 && on("errors").0);
    write(
        "home/.claude/remote-settings.json",
        r#"{"managedSourcesBehavior": "merge", "env": {"DISABLE_TELEMETRY": ""}}"#,
    );
    assert!(on("metrics").0 && !on("errors").0);
    write("home/.claude/remote-settings.json", r#"{"skipWebFetchPreflight": true}"#);
    write("work/.claude/settings.local.json", r#"{"skipWebFetchPreflight": false}"#);
    assert!(!on("webfetch").0 && on("webfetch").1.contains("remote-settings.json"));
}

/// The page's words on accounts: who, how long, whether for training.
#[test]
fn the_page_of_2025_holds_for_every_account() {
    let page = [
        ("Free, Pro, Max; data use allowed", "5 years", true),
        ("Free, Pro, Max; data use not allowed", "30 days", false),
        ("Team", "30 days", false),
        ("Enterprise", "30 days", false),
        ("API", "30 days", false),
        ("Bedrock, Vertex, Foundry", "by the terms of the platform", false),
        ("zero data retention", "not kept", false),
        ("Development Partner Program", "by account", true),
    ];
    assert_eq!(page.len(), ACCOUNTS.len());
    for (name, kept, training) in page {
        let account = ACCOUNTS.iter().find(|account| account.name.starts_with(name)).unwrap();
        assert_eq!((account.kept, account.training.starts_with("yes")), (kept, training), "{name}");
    }
    let around = Surroundings::default();
    let rows = Force::read(&around, Path::new("/nonexistent")).unwrap().rows();
    assert_eq!(rows.iter().find(|row| row.name == "bug").unwrap().kept, "5 years");
}

#[test]
fn any_value_counts_where_the_documentation_says_so_and_only_there() {
    for value in ["0", "false", "no", "x"] {
        assert!(!on(&[("DISABLE_TELEMETRY", value)], "metrics"));
        assert!(!on(&[("DISABLE_ERROR_REPORTING", value)], "errors"));
        assert!(on(&[("DO_NOT_TRACK", value)], "metrics"));
        assert!(on(&[("DISABLE_FEEDBACK_COMMAND", value)], "bug"));
        assert!(on(&[("CLAUDE_CODE_USE_BEDROCK", value)], "metrics"));
    }
    assert!(!on(&[("DO_NOT_TRACK", "1")], "metrics") && !on(&[("DISABLE_FEEDBACK_COMMAND", "1")], "bug"));
    assert!(on(&[("DISABLE_TELEMETRY", "1")], "errors") && on(&[("DISABLE_TELEMETRY", "")], "metrics"));
}

#[test]
fn settings_count_in_their_order_and_say_where_they_stand() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let home = dir.path().join("home");
    let around = Surroundings::new(
        [("HOME", home.to_str().unwrap()), ("DISABLE_TELEMETRY", "1")],
        &dir.path().join("work"),
    );
    let managed = dir.path().join("managed");
    let state = |name: &str| {
        let row =
            Force::read(&around, &managed).unwrap().rows().into_iter().find(|row| row.name == name).unwrap();
        (row.on, row.why)
    };
    assert_eq!(state("metrics"), (false, "DISABLE_TELEMETRY in the environment".to_owned()));
    write(
        "home/.claude/settings.json",
        r#"{"env": {"DISABLE_TELEMETRY": ""}, "skipWebFetchPreflight": true}"#,
    );
    assert!(state("metrics").0 && !state("webfetch").0);
    write(
        "work/.claude/settings.json",
        r#"{"skipWebFetchPreflight": false, "env": {"DISABLE_TELEMETRY": 1}}"#,
    );
    assert!(!state("metrics").0 && state("metrics").1.contains("work") && state("webfetch").0);
    write("work/.claude/settings.local.json", r#"{"skipWebFetchPreflight": true}"#);
    assert!(!state("webfetch").0 && state("webfetch").1.contains("settings.local.json"));
    write("managed/managed-settings.json", r#"{"skipWebFetchPreflight": true, "cleanupPeriodDays": 7}"#);
    write("managed/managed-settings.d/10.json", r#"{"skipWebFetchPreflight": false}"#);
    assert!(state("webfetch").0 && state("webfetch").1.starts_with("default"));
    assert_eq!(Force::read(&around, &managed).unwrap().local_days().0, 7);
    write("home/.claude/settings.json", "{");
    assert!(Force::read(&around, &managed).is_err());
}

#[test]
fn every_flow_that_can_be_turned_off_is_off_after_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().to_str().unwrap();
    let around =
        Surroundings::new([("HOME", home), ("CLAUDE_CODE_ENABLE_TELEMETRY", "1")], Path::new("/nonexistent"));
    let file = around.claude_root().unwrap().join("settings.json");
    for name in settable() {
        for off in [true, false] {
            let mut settings = Settings::read(&file).unwrap();
            assert!(set(&mut settings, name, off, &made::Before::default()).unwrap());
            settings.write().unwrap();
            let force = Force::read(&around, Path::new("/nonexistent")).unwrap();
            let watched = if name == "nonessential" { "metrics" } else { name };
            if let Some(row) = force.rows().iter().find(|row| row.name == watched) {
                assert_eq!(row.on, !off, "{name}");
            }
        }
    }
    let mut settings = Settings::read(&file).unwrap();
    assert!(
        !set(&mut settings, "api", true, &made::Before::default()).unwrap()
            && !set(&mut settings, "nothing", true, &made::Before::default()).unwrap()
    );
}

#[test]
fn every_row_says_its_source_and_date() {
    let around = Surroundings::default();
    let all = Force::read(&around, Path::new("/nonexistent")).unwrap().to_json();
    for part in ["flows", "accounts", "cloud"] {
        for row in all[part].as_array().unwrap() {
            assert!(row["source"].as_str().is_some_and(|s| !s.is_empty()), "{row}");
            assert!(row["date"].as_str().is_some_and(|d| d.starts_with("202")), "{row}");
        }
    }
}

#[test]
fn taking_back_leaves_what_was_there_or_nothing_where_nothing_was() {
    for text in [None, Some("{}"), Some("{ \"env\": { } }"), Some("{\"model\": \"x\"}\n")] {
        let dir = tempfile::tempdir().unwrap();
        let around = Surroundings::new([("HOME", dir.path().to_str().unwrap())], dir.path());
        let file = around.claude_root().unwrap().join("settings.json");
        if let Some(text) = text {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, text).unwrap();
        }
        change(&file, &[("bug", true), ("webfetch", true)], &around).unwrap();
        crate::claude::hooks::put(&file, "transcrub", &around).unwrap();
        change(&file, &[("metrics", true), ("bug", false)], &around).unwrap();
        crate::claude::hooks::take(&file, &around).unwrap();
        assert!(std::fs::read_to_string(&file).unwrap().contains("DISABLE_TELEMETRY"));
        change(&file, &[("metrics", false), ("webfetch", false)], &around).unwrap();
        assert_eq!(std::fs::read_to_string(&file).ok().as_deref(), text);
        assert!(change(&file, &[("nothing", true)], &around).is_err());
    }
}
