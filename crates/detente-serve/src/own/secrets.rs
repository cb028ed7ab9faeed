//! Passwords, and secrets that only their owner knows.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest, Sha256};

use super::OwnError;

/// Memory in KiB, passes, lanes: the second choice of RFC 9106 would take 64 MiB a guess; OWASP's 19 MiB and two passes keep a small
/// machine answering.
const COST: (u32, u32, u32) = (19_456, 2, 1);

fn argon() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash of a password that is kept. Takes some tens of milliseconds of a core.
pub fn hash(password: &str) -> Result<String, OwnError> {
    let salt = SaltString::encode_b64(&random::<16>()?).map_err(|_| OwnError::NoRandom)?;
    let hash = argon().hash_password(password.as_bytes(), &salt).map_err(|_| OwnError::BadPassword)?;
    Ok(hash.to_string())
}

/// Whether a password is the one whose hash was kept. Without a hash it takes as long and is not.
pub fn is_right(password: &str, kept: Option<&str>) -> bool {
    let parsed = PasswordHash::new(kept.unwrap_or(NOBODYS));
    let verified = parsed.is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok());
    verified && kept.is_some()
}

/// The hash of a password that nobody has: who guesses names learns nothing from how long an answer takes.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$7Tq3cXW5lPSaW9dRqV1IVp8R8R8Zp0QF0lG1C8d4mUE";

/// A secret of 32 random bytes, in hexadecimal digits.
pub fn secret() -> Result<String, OwnError> {
    Ok(hex(&random::<32>()?))
}

/// What is kept of a secret. Its 256 random bits need no slow hash.
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Whether two secrets are equal, in a time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

fn random<const N: usize>() -> Result<[u8; N], OwnError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| OwnError::NoRandom)?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other_is() {
        let kept = hash("correct horse").unwrap();
        assert!(kept.starts_with("$argon2id$") && !kept.contains("horse"));
        assert!(is_right("correct horse", Some(&kept)));
        assert!(!is_right("correct hors", Some(&kept)) && !is_right("correct horse", None));
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }

    #[test]
    fn secrets_differ() {
        let (a, b) = (secret().unwrap(), secret().unwrap());
        assert!(a.len() == 64 && !same(&a, &b) && same(&a, &a) && digest(&a) != a);
    }
}
