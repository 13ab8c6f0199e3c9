//! Numbers that a state gives to people. Each function takes the number as it is usually written, separators included.

pub mod aadhaar;
pub mod ahv;
pub mod codice_fiscale;
pub mod cpf;
pub mod dni;
pub mod german_tax_id;
pub mod nino;
pub mod nir;
pub mod nric;
pub mod orcid;
pub mod pan;
pub mod personnummer;
pub mod pesel;
pub mod rrn;
pub mod sin;
pub mod south_african_id;
pub mod ssn;
pub mod tfn;
