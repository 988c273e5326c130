//! Percent encoding of paths and query strings.

/// The text with `%XX` decoded; what is not a valid escape stays as it is, and
/// bytes that are not UTF-8 become replacement characters.
pub(super) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match escape(bytes.get(at..at + 3)) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// As [`decode`], with `+` for a space.
pub(super) fn decode_query(text: &str) -> String {
    decode(&text.replace('+', " "))
}

fn escape(bytes: Option<&[u8]>) -> Option<u8> {
    let [b'%', high, low] = bytes? else {
        return None;
    };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    u8::try_from(digit(high)? * 16 + digit(low)?).ok()
}
