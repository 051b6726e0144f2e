//! A pattern for whoever has no picture: five fields by five, the same on either side, in one colour. It follows from an
//! identifier alone, and is a PNG, which mail programs show as well.
use sha2::{Digest, Sha256};

/// How many pixels a side of the picture has.
const SIDE: usize = 120;
/// How many pixels a side of a field has; what is left stands around the pattern.
const FIELD: usize = 20;
/// How many fields there are in a row.
const FIELDS: usize = 5;
/// The bytes of a row of pixels, eight of which are one.
const ROW: usize = SIDE / 8;

/// The colours, each as dark as text on the ground has to be.
const COLOURS: [[u8; 3]; 8] = [
    [0x1f, 0x5f, 0x4a],
    [0x1d, 0x4e, 0x89],
    [0x7a, 0x2e, 0x4d],
    [0x5b, 0x3a, 0x8c],
    [0x8a, 0x3b, 0x12],
    [0x2f, 0x5d, 0x1e],
    [0x0f, 0x5c, 0x6e],
    [0x6b, 0x4a, 0x0f],
];
const GROUND: [u8; 3] = [0xef, 0xee, 0xea];

/// Draws the pattern that belongs to a text.
pub(super) fn draw(of: &str) -> Vec<u8> {
    let hash: [u8; 32] = Sha256::digest(of).into();
    let colour = COLOURS[usize::from(hash[0]) % COLOURS.len()];
    // Three of the five columns are drawn, and the others mirror them.
    let is_filled = |row: usize, column: usize| {
        let column = column.min(FIELDS - 1 - column);
        hash[1 + row * 3 + column] & 1 == 1
    };
    let around = (SIDE - FIELDS * FIELD) / 2;
    let field_at = |pixel: usize| pixel.checked_sub(around).map(|from| from / FIELD).filter(|field| *field < FIELDS);
    let mut rows = Vec::with_capacity(SIDE * (ROW + 1));
    for y in 0..SIDE {
        // No filter.
        rows.push(0);
        for byte in 0..ROW {
            rows.push((0..8).fold(0, |byte_so_far, bit| {
                let filled = match (field_at(y), field_at(byte * 8 + bit)) {
                    (Some(row), Some(column)) => is_filled(row, column),
                    _ => false,
                };
                byte_so_far << 1 | u8::from(filled)
            }));
        }
    }
    png(&rows, [GROUND, colour])
}

/// A PNG of two colours, a bit for each pixel (W3C PNG, third edition, §5).
fn png(rows: &[u8], palette: [[u8; 3]; 2]) -> Vec<u8> {
    let side = u32::try_from(SIDE).unwrap_or_default().to_be_bytes();
    // One bit a pixel, of a palette; deflate, the five filters, not interlaced.
    let header = [&side[..], &side[..], &[1, 3, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [(b"IHDR", header), (b"PLTE", palette.concat()), (b"IDAT", stored(rows)), (b"IEND", Vec::new())]
    {
        let body = [&kind[..], &data].concat();
        file.extend(u32::try_from(data.len()).unwrap_or_default().to_be_bytes());
        file.extend(&body);
        file.extend(crc32(&body).to_be_bytes());
    }
    file
}

/// Data in the form of zlib, in one block that is not compressed (RFC 1950 §2.2, RFC 1951 §3.2.4): it is short.
fn stored(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap_or_default();
    [&[0x78, 0x01, 0x01][..], &length.to_le_bytes(), &(!length).to_le_bytes(), data, &adler32(data).to_be_bytes()]
        .concat()
}

fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

fn adler32(data: &[u8]) -> u32 {
    let (a, b) = data.iter().fold((1, 0), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (b + a) % 65_521)
    });
    b << 16 | a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standards() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b"IEND"), 0xae42_6082);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn a_pattern_belongs_to_one_text_alone_and_stays() {
        assert_eq!(draw("ada"), draw("ada"));
        assert_ne!(draw("ada"), draw("grace"));
    }

    #[test]
    fn either_side_is_the_same() {
        let file = draw("ada");
        let data = file.windows(4).position(|kind| kind == b"IDAT").expect("there is one") + 4 + 7;
        for row in file[data..].chunks(ROW + 1).take(SIDE) {
            let mirrored: Vec<u8> = row[1..].iter().rev().map(|byte| byte.reverse_bits()).collect();
            assert_eq!(row[1..], mirrored);
        }
        assert!(file.len() < 3_000, "{}", file.len());
    }
}
