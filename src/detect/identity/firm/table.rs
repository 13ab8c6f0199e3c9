//! Words that tell firms: their forms, their things, who works for them; and domains of everyone's.

use crate::detect::words::{WordSet, words};

/// Labels before a country's below which everyone registers; sorted.
pub(super) static SHARED: WordSet = words!["ac", "co", "com", "edu", "gov", "net", "org",];

/// Last labels of names that nobody registers; sorted.
pub(super) static INNER: WordSet = words!["corp", "home", "internal", "intranet", "lan", "local",];

/// Who has addresses for everyone, or so many that their name tells nobody's; sorted.
pub(super) static PROVIDERS: WordSet = words![
    "akamai",
    "akamaiedge",
    "akamaized",
    "amazonaws",
    "appspot",
    "azure",
    "azureedge",
    "cloudapp",
    "cloudfront",
    "contabo",
    "digitaloceanspaces",
    "duck",
    "edgekey",
    "edgesuite",
    "fastly",
    "fastmail",
    "freenet",
    "gmail",
    "googlemail",
    "googleusercontent",
    "hetzner",
    "hotmail",
    "icloud",
    "intel",
    "laposte",
    "libero",
    "linode",
    "linodeusercontent",
    "mailbox",
    "naver",
    "ondigitalocean",
    "outlook",
    "ovh",
    "posteo",
    "proton",
    "protonmail",
    "redhat",
    "rocketmail",
    "scaleway",
    "seznam",
    "tutanota",
    "vultr",
    "wanadoo",
    "windows",
    "yahoo",
    "yandex",
    "zoho",
];

/// What firms put behind their names.
pub(super) static SUFFIXES: &[&str] = &[
    "AB",
    "AG",
    "AS",
    "ASA",
    "A/S",
    "ApS",
    "B.V",
    "BV",
    "GmbH",
    "Inc",
    "Kft",
    "KGaA",
    "KG",
    "LLC",
    "Lda",
    "Limited",
    "Ltd",
    "Ltda",
    "N.V",
    "Oy",
    "PLC",
    "Pvt",
    "Pty",
    "S.A",
    "S.L",
    "SARL",
    "SAS",
    "SRL",
    "Sp. z o.o",
    "SpA",
    "S.p.A",
];

/// What firms of a trade call themselves behind a name; sorted.
pub(super) static TRADES: WordSet = words![
    "aerospace",
    "airlines",
    "airways",
    "apotheke",
    "apotheken",
    "assurance",
    "bakery",
    "bank",
    "bau",
    "biotech",
    "brauerei",
    "brewery",
    "brewing",
    "capital",
    "cargo",
    "chemicals",
    "clinic",
    "clinics",
    "construction",
    "consulting",
    "dental",
    "diagnostics",
    "dynamics",
    "energie",
    "energy",
    "engineering",
    "ferries",
    "foods",
    "freight",
    "furniture",
    "games",
    "genomics",
    "gruppe",
    "holding",
    "holdings",
    "hospital",
    "hoteis",
    "hoteles",
    "hotels",
    "immobilien",
    "industries",
    "insurance",
    "interactive",
    "klinik",
    "logistics",
    "logistik",
    "mining",
    "motors",
    "mutual",
    "optics",
    "optik",
    "pharma",
    "pharmaceuticals",
    "properties",
    "publishing",
    "railways",
    "realty",
    "retail",
    "robotics",
    "seguros",
    "semiconductor",
    "semiconductors",
    "shipping",
    "society",
    "stadtwerke",
    "steel",
    "studios",
    "tekstil",
    "telecom",
    "textiles",
    "therapeutics",
    "trading",
    "transport",
    "travel",
    "utilities",
    "ventures",
    "verlag",
    "versicherung",
    "versicherungen",
    "weingut",
    "wholesale",
    "winery",
];

/// What houses of a trade call themselves before a name; sorted.
pub(super) static HOUSES: WordSet = words![
    "autohaus",
    "bodega",
    "boucherie",
    "boulangerie",
    "brauerei",
    "farmacia",
    "gasthof",
    "kanzlei",
    "kelterei",
    "molkerei",
    "mosterei",
    "obsthof",
    "pharmacie",
    "schreinerei",
    "sparkasse",
    "spedition",
    "stadtwerke",
    "tischlerei",
    "trattoria",
    "volksbank",
    "weingut",
];

/// What people do in a firm; sorted.
pub(super) static TITLES: WordSet = words![
    "architect",
    "ceo",
    "consultant",
    "cto",
    "designer",
    "developer",
    "director",
    "engineer",
    "founder",
    "lead",
    "manager",
    "president",
    "scientist",
];

/// What of a firm's is ours; sorted.
pub(super) static OUR_THINGS: WordSet = words![
    "account",
    "api",
    "app",
    "contract",
    "customer",
    "dashboard",
    "deal",
    "integration",
    "platform",
    "staging",
    "team",
    "tenant",
];

/// What only a firm that one deals with has; sorted.
pub(super) static THEIR_THINGS: WordSet =
    words!["account", "contract", "customer", "deal", "team", "tenant",];

/// What a firm is to someone; sorted.
pub(super) static FIRMS: WordSet = words![
    "azienda",
    "bedrijf",
    "client",
    "company",
    "competitor",
    "customer",
    "employer",
    "empresa",
    "firm",
    "firma",
    "gegner",
    "kunde",
    "kunden",
    "lieferant",
    "mandant",
    "mandantin",
    "partner",
    "startup",
    "vendor",
];

/// Words before what a firm is to someone; sorted.
pub(super) static DETERMINERS: WordSet = words![
    "a", "current", "der", "die", "former", "her", "het", "his", "la", "my", "new", "our", "the", "their",
    "unser", "unserem", "unseren",
];

/// Verbs and what stands behind them before the name of an employer.
pub(super) static EMPLOYED: &[(&[&str], &str)] = &[
    (&["work", "worked", "working", "works", "employed", "interned", "engineer", "here", "we", "job"], "at"),
    (&["acquired", "employed", "hired"], "by"),
    (&["ceo", "cto", "founder", "employee", "employees", "head"], "of"),
    (&["agreement", "contract", "deal", "partnership"], "with"),
    (&["mention", "mentions"], "of"),
    (&["arbeite", "arbeitet", "arbeiten"], "bei"),
    (&["travaille", "travailles", "travaillons"], "chez"),
    (&["trabajo", "trabaja", "trabajamos"], "en"),
    (&["lavoro", "lavora"], "per"),
    (&["lavoro", "lavora"], "in"),
    (&["werk", "werkt", "werken"], "bij"),
    (&["trabalho", "trabalha"], "na"),
    (&["pracuję", "pracuje"], "w"),
    (&["jobbar", "arbetar"], "på"),
    (&["работаю", "работает"], "в"),
];

/// What people do for a firm; sorted.
pub(super) static WORKS: WordSet = words!["work", "worked", "working", "works",];

/// Who works; sorted.
pub(super) static WHO: WordSet =
    words!["also", "and", "currently", "he", "i", "now", "she", "they", "we", "who",];

/// Words between a person and a firm.
pub(super) static FROM: &[&str] =
    &["at", "from", "of", "von", "bei", "de", "chez", "di", "da", "van", "bij", "z", "på", "из", "в"];
