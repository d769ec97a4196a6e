//! Where strings can stand in a text that is searched many times: looked up by four of their bytes, of
//! which the text has the fewest.

/// Number of bytes that are looked up.
const LENGTH: usize = 4;
/// Number of bits of a bucket's number.
const BITS: u32 = 16;

/// The places of all stretches of four bytes in a text. Takes four bytes for each byte of the text.
#[derive(Debug)]
pub struct Grams {
    /// Where each bucket begins among the places; its last element is where the last bucket ends.
    begins: Vec<u32>,
    /// Offsets in bytes, ascending in each bucket.
    places: Vec<u32>,
}

impl Grams {
    /// Sorts the places of a text.
    pub fn of(text: &str) -> Self {
        let buckets = || text.as_bytes().windows(LENGTH).map(bucket);
        let mut begins = vec![0; (1 << BITS) + 1];
        buckets().for_each(|bucket| begins[bucket + 1] += 1);
        for bucket in 1..begins.len() {
            begins[bucket] += begins[bucket - 1];
        }
        let mut next = begins.clone();
        let mut places = vec![0; buckets().count()];
        for (place, bucket) in buckets().enumerate() {
            places[next[bucket] as usize] = place as u32;
            next[bucket] += 1;
        }
        Self { begins, places }
    }

    /// The offsets at which a string can stand in the text, ascending; `None` if it is too short to be
    /// looked up.
    pub fn candidates(&self, words: &str) -> Option<impl Iterator<Item = usize>> {
        let grams = words.as_bytes().windows(LENGTH).enumerate();
        let places = grams.map(|(offset, gram)| (offset, self.bucket(bucket(gram))));
        let (offset, rarest) = places.min_by_key(|(_, places)| places.len())?;
        Some(
            rarest
                .iter()
                .filter_map(move |&place| (place as usize).checked_sub(offset)),
        )
    }

    fn bucket(&self, number: usize) -> &[u32] {
        &self.places[self.begins[number] as usize..self.begins[number + 1] as usize]
    }
}

/// The number of the bucket of four bytes (Fibonacci hashing; D. E. Knuth, "The Art of Computer
/// Programming", volume 3, section 6.4).
fn bucket(gram: &[u8]) -> usize {
    let bytes = gram
        .iter()
        .fold(0_u32, |bytes, byte| (bytes << 8) | u32::from(*byte));
    (bytes.wrapping_mul(0x9E37_79B1) >> (u32::BITS - BITS)) as usize
}
