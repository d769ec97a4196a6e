//! FNV-1a, 32 bits (<https://datatracker.ietf.org/doc/html/rfc9923>): detects damage on disk, but
//! protects against no attacker.

/// The hash of the bytes written so far.
#[derive(Debug, Clone, Copy)]
pub struct Fnv(u32);

impl Fnv {
    /// The hash of no bytes.
    pub const EMPTY: Self = Self(0x811c_9dc5);

    /// Adds bytes to the hash.
    pub fn write<'a>(&mut self, bytes: impl IntoIterator<Item = &'a u8>) {
        for byte in bytes {
            self.0 = (self.0 ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
        }
    }

    /// The hash.
    pub fn finish(self) -> u32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Fnv;

    #[test]
    fn the_vectors_of_the_rfc() {
        // RFC 9923, appendix C.
        for (text, hash) in [
            ("", 0x811c_9dc5),
            ("a", 0xe40c_292c),
            ("foobar", 0xbf9c_f968),
        ] {
            let mut fnv = Fnv::EMPTY;
            fnv.write(text.as_bytes());
            assert_eq!(fnv.finish(), hash, "{text}");
        }
    }
}
