//! Rows below a line that names their columns: `id,name,phone`.

use super::{
    super::{
        code::distinct,
        subject::{Hits, Subject},
    },
    birth, filed, host, login, name, national, phone, place, remote, street, user,
};
use crate::detect::words::{WordSet, words};

/// Longest line, in bytes.
const MAX_LINE: usize = 600;

/// Most rows.
const MAX_ROWS: usize = 2_000;

/// Most columns.
const MAX_COLUMNS: usize = 40;

/// Why a cell was found.
const EVIDENCE: &str = "column of a table with commas";

/// A cell: its bytes' range.
type Cell = (usize, usize);

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Column<'a> {
    /// People's names.
    Person,
    /// Names, of people if another column is about people.
    Name,
    Phone,
    Login,
    Org,
    Host,
    /// Numbers that states give to people, by the column's name.
    National(&'a [u8]),
    /// Numbers under which people and things are kept.
    Filed,
    Birth,
    Postcode,
    /// Streets with their numbers.
    Street,
    /// Towns, beside people.
    Town,
    /// Latitude or longitude.
    Place,
    /// Something about people that is found by itself.
    About,
    Other,
}

/// Looks at a text whose first line names columns.
pub(super) fn find(subject: &Subject<'_>, hits: &mut Hits) {
    let bytes = subject.bytes;
    let gutter = user::gutter(&bytes[..bytes.len().min(16)]);
    let head = &bytes[..bytes.len().min(gutter + MAX_LINE)];
    // A sentence has a blank before any comma, and a blank behind it.
    let first = memchr::memchr3(b',', b';', b'\t', &head[gutter..]).map(|at| gutter + at);
    let Some(first) = first.filter(|at| *at < gutter + 40) else { return };
    let Some(end) = memchr::memchr(b'\n', head) else { return };
    let sign = bytes[first];
    let named =
        |b: &u8| b.is_ascii_alphanumeric() || *b == sign || matches!(b, b'_' | b' ' | b'"' | b'-' | b'\r');
    if first > end || bytes.get(first + 1) == Some(&b' ') || !bytes[gutter..end.max(gutter)].iter().all(named)
    {
        return;
    }
    let names = cells(bytes, (gutter, end), sign);
    // One name with a sign behind it is an argument in a line of its own.
    if names.iter().filter(|(from, to)| from < to).count() < 2 {
        return;
    }
    let columns: Vec<_> = names.into_iter().map(|(s, e)| column(&bytes[s..e])).collect();
    let people = is_about_people(&columns);
    if !people && columns.iter().all(|column| matches!(column, Column::Other | Column::Name)) {
        return;
    }
    let mut at = end + 1;
    for _ in 0..MAX_ROWS {
        if at >= bytes.len() {
            return;
        }
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        let numbered = if gutter > 0 { user::gutter(&bytes[at..end.min(at + 16)]) } else { 0 };
        let from = at + numbered;
        let row = cells(bytes, (from, end.min(at + MAX_LINE)), sign);
        if row.len() == columns.len() {
            for (&column, &cell) in columns.iter().zip(&row).filter(|(_, cell)| cell.0 < cell.1) {
                push(bytes, column, cell, people, hits);
            }
        }
        at = end + 1;
    }
}

/// The cells of a line that `sign` parts, without quotes and blanks around them.
fn cells(bytes: &[u8], (start, end): Cell, sign: u8) -> Vec<Cell> {
    let (mut out, mut from, mut quoted) = (Vec::new(), start, false);
    for at in start..=end {
        if at < end && bytes[at] == b'"' {
            quoted = !quoted;
        }
        if at == end || bytes[at] == sign && !quoted {
            let (mut s, mut e) = (from, at);
            while s < e && (bytes[s].is_ascii_whitespace() || bytes[s] == b'"') {
                s += 1;
            }
            while s < e && (bytes[e - 1].is_ascii_whitespace() || bytes[e - 1] == b'"') {
                e -= 1;
            }
            out.push((s, e));
            if out.len() > MAX_COLUMNS {
                return Vec::new();
            }
            from = at + 1;
        }
    }
    out
}

/// Whether a column is about people.
pub(super) fn is_about_people(columns: &[Column<'_>]) -> bool {
    columns.iter().any(|column| {
        !matches!(
            column,
            Column::Other
                | Column::Name
                | Column::Host
                | Column::Org
                | Column::Postcode
                | Column::Place
                | Column::Town
        )
    })
}

/// What a column of that name holds.
pub(super) fn column(name: &[u8]) -> Column<'_> {
    match name {
        name if PEOPLE.has(name) => Column::Person,
        name if NAMES.has(name) => Column::Name,
        name if PHONES.has(name) => Column::Phone,
        name if LOGINS.has(name) => Column::Login,
        name if FIRMS.has(name) => Column::Org,
        name if HOSTS.has(name) => Column::Host,
        name if birth::is_named(name) => Column::Birth,
        name if street::is_postcode(name) => Column::Postcode,
        name if street::is_named(name) => Column::Street,
        name if street::is_town(name) => Column::Town,
        name if place::is_named(name) => Column::Place,
        name if ABOUT.has(name) => Column::About,
        name if national::is_named(name) => Column::National(name),
        name if filed::is_named(name) => Column::Filed,
        _ => Column::Other,
    }
}

/// Adds what a cell holds; a name is a person's if the table is about `people`.
pub(super) fn push(bytes: &[u8], column: Column<'_>, (start, end): Cell, people: bool, hits: &mut Hits) {
    let text = &bytes[start..end];
    match column {
        Column::Person | Column::Name if people || column == Column::Person => {
            let whole = name::name_end(bytes, start) == end && !login::is_pseudonym(text);
            if whole && (text.contains(&b' ') || column == Column::Person && distinct::is_unusual(text)) {
                name::push_person(bytes, start, end, hits);
            }
        }
        Column::Phone => phone::cell(bytes, (start, end), hits),
        Column::Place => place::cell(bytes, (start, end), hits),
        Column::Login if !text.contains(&b'@') && !text.contains(&b' ') => {
            name::login_at(&bytes[..end], start, EVIDENCE, hits);
        }
        Column::Org if distinct::is_unusual(text) && text.iter().any(u8::is_ascii_alphabetic) => {
            remote::push_org(bytes, start, end, hits);
        }
        Column::Host
            if text.iter().any(u8::is_ascii_alphabetic)
                && !text.contains(&b' ')
                && !host::is_known(text)
                && distinct::is_unusual(text) =>
        {
            host::push(bytes, start, end, EVIDENCE, hits);
        }
        Column::Filed => filed::cell(bytes, (start, end), hits),
        Column::Birth => birth::cell(bytes, (start, end), hits),
        Column::Postcode if people => street::postcode(bytes, (start, end), hits),
        Column::Street => street::whole(bytes, (start, end), hits),
        Column::Town if people => street::town(bytes, (start, end), hits),
        Column::National(name) => national::push_named(bytes, (start, end), name, hits),
        _ => {}
    }
}

/// Columns of people's names; sorted.
static PEOPLE: WordSet = words![
    "achternaam",
    "apellido",
    "apellidos",
    "assessor",
    "assignee",
    "author",
    "cardholder",
    "cognome",
    "contact_name",
    "customer_name",
    "doctor",
    "driver",
    "efternamn",
    "employee",
    "employee_name",
    "family_name",
    "first name",
    "first_name",
    "firstname",
    "forename",
    "fornamn",
    "full name",
    "full_name",
    "fullname",
    "given_name",
    "holder",
    "imie",
    "last name",
    "last_name",
    "lastname",
    "manager",
    "meno",
    "naam",
    "nachname",
    "nazwisko",
    "patient",
    "patient_last_name",
    "patient_name",
    "prenom",
    "prijmeni",
    "recipient",
    "reporter",
    "sobrenome",
    "surname",
    "teacher",
    "titular",
    "voornaam",
    "vorname",
];

/// Columns of names of people or of things; sorted.
static NAMES: WordSet = words![
    "client",
    "contact",
    "customer",
    "display_name",
    "name",
    "nom",
    "nombre",
    "nome",
    "owner",
    "person"
];

/// Columns of phones; sorted.
static PHONES: WordSet = words![
    "cell",
    "fax",
    "handy",
    "mobil",
    "mobile",
    "mobile_number",
    "phone",
    "phone number",
    "phone_number",
    "phonenumber",
    "tel",
    "telefon",
    "telefono",
    "telephone",
    "whatsapp"
];

/// Columns of logins; sorted.
static LOGINS: WordSet = words![
    "handle",
    "login",
    "login_name",
    "nickname",
    "samaccountname",
    "screen_name",
    "user",
    "user_login",
    "user_name",
    "username"
];

/// Columns of firms; sorted.
static FIRMS: WordSet = words![
    "adjudicatario",
    "azienda",
    "bedrijf",
    "company",
    "company_name",
    "employer",
    "empresa",
    "entreprise",
    "firma",
    "org",
    "organisation",
    "organization",
    "ragione_sociale",
    "razon_social",
    "societe",
    "supplier",
    "supplier_name",
    "unternehmen",
    "vendor",
    "vendor_name",
];

/// Columns of machines; sorted.
static HOSTS: WordSet = words!["fqdn", "host", "hostname", "machine", "node", "server"];

/// Columns about people of which the values are told by themselves; sorted.
static ABOUT: WordSet = words![
    "card",
    "card_number",
    "cif",
    "correo",
    "courriel",
    "e-mail",
    "email",
    "email_address",
    "iban",
    "mail",
    "salary",
    "ssn",
    "user_email",
];

#[cfg(test)]
mod tests {
    use super::super::tests::{hits, marked, plain};
    use crate::rule::Class;

    #[test]
    fn cells_are_what_their_columns_say() {
        for expected in [
            "id,name,phone\n1,«Zelmo Kavinas»,«0151 23456789»\n2,\"«Jana Zorbik»\",«212 736 5000»",
            "first_name,last_name,company\n«Zelmo»,«Kavinas»,«Zelmonts»\n",
            "login;host\n«zkavinas»;«ledgerbox7»",
            "expediente;empresa;direccion;importe\n1183;«Zelmonts Kavina SL»;«C/ Kavina 14, 2º B, 47196 Zorbedo»;14999.00",
            "name,phone,city\n«Zelmo Kavinas»,«0151 23456789»,«Zorbedo»\n",
            "city,population\nBerlin,3700000\n",
            "     1→name,dob\n     2→«Zelmo Kavinas»,«1984-12-18»\n",
            "name,price\nBasic Plan,12\nPro Plan,20",
            "name,owner\nBasic Plan,Some Team\n",
            "Well, name,phone\nZelmo Kavinas,0151 23456789",
            "user,\nauth,\ncommittish,\nzkavinas,\n",
        ] {
            let text = expected.replace(['«', '»'], "");
            let found = hits(&plain(&text));
            assert_eq!(marked(&text, &found, |hit| hit.rule.rule().class == Class::Identity), expected);
        }
    }
}
