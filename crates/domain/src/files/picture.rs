//! Pictures that people bring are decoded and written anew before they are shown: what else stands in them, as where a
//! photograph was taken, is left behind.
use super::FileStore;
use crate::{Error, Result};
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgba, RgbaImage, codecs::jpeg::JpegEncoder, imageops,
};
use policy::decide::file::{self, PICTURE_SIDE};
use std::{
    fs::File,
    io::{BufReader, Cursor},
    path::Path,
};

/// The width and the height of a mark, in pixels.
const MARK_SIDE: u32 = 192;
/// The greatest width and height of a preview, in pixels.
const PREVIEW_SIDE: u32 = 480;
/// How well previews of photographs are kept, of 100.
const QUALITY: u8 = 80;
/// How much memory decoding may take, in bytes.
const MEMORY: u64 = 256 * 1_024 * 1_024;

/// What a picture is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// The mark of a workspace: a square.
    Mark,
    /// A preview in a list.
    Preview,
}

/// A picture that was written anew.
#[derive(Debug)]
pub struct SmallPicture {
    pub content: Vec<u8>,
    pub media_type: &'static str,
    /// What its name ends in.
    pub extension: &'static str,
}

/// Makes a smaller picture of a file whose content was judged; one at a time, off the threads that answer requests.
///
/// # Errors
/// [`Error::Invalid`] beside the field `file` where it can't be decoded, or is too large to be.
pub(crate) async fn small_picture(store: &FileStore, path: &Path, extension: &str, size: Size) -> Result<SmallPicture> {
    let _turn = store.decoding().acquire().await.map_err(Error::internal)?;
    let (path, format) = (path.to_owned(), ImageFormat::from_extension(extension));
    let Some(format) = format else { return Err(unreadable()) };
    let made = tokio::task::spawn_blocking(move || make(&path, format, size)).await;
    // A fault of a decoder is one of the picture.
    made.unwrap_or_else(|_| Err(unreadable()))
}

fn unreadable() -> Error {
    Error::field("file", "That picture can't be read. Save it anew in a program for pictures, and choose it again.")
}

fn make(path: &Path, format: ImageFormat, size: Size) -> Result<SmallPicture> {
    let file = File::open(path).map_err(Error::internal)?;
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(PICTURE_SIDE);
    limits.max_image_height = Some(PICTURE_SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let too_large = || Error::field("file", "That picture has too many pixels. Make it smaller, and choose it again.");
    let mut decoder = reader.into_decoder().map_err(|error| match error {
        image::ImageError::Limits(_) => too_large(),
        _ => unreadable(),
    })?;
    let (width, height) = decoder.dimensions();
    if !file::may_be_decoded(width, height) {
        return Err(too_large());
    }
    let turned = decoder.orientation().map_err(|_| unreadable())?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| unreadable())?;
    let small = match size {
        Size::Mark => {
            picture = picture.thumbnail(MARK_SIDE, MARK_SIDE);
            picture.apply_orientation(turned);
            square(&picture)
        }
        Size::Preview => {
            if width.max(height) > PREVIEW_SIDE {
                picture = picture.thumbnail(PREVIEW_SIDE, PREVIEW_SIDE);
            }
            picture.apply_orientation(turned);
            picture
        }
    };
    write(&small, size)
}

/// Puts a picture into the middle of an empty square.
fn square(picture: &DynamicImage) -> DynamicImage {
    let mut square = RgbaImage::from_pixel(MARK_SIDE, MARK_SIDE, Rgba([0; 4]));
    let top = picture.to_rgba8();
    let middle = |side: u32| i64::from(MARK_SIDE.saturating_sub(side) / 2);
    imageops::overlay(&mut square, &top, middle(top.width()), middle(top.height()));
    DynamicImage::ImageRgba8(square)
}

fn write(picture: &DynamicImage, size: Size) -> Result<SmallPicture> {
    let mut content = Vec::new();
    // Nothing but pixels goes on: no profile, no text, no place.
    if size == Size::Mark || picture.color().has_alpha() {
        let plain = DynamicImage::ImageRgba8(picture.to_rgba8());
        plain.write_to(&mut Cursor::new(&mut content), ImageFormat::Png).map_err(Error::internal)?;
        return Ok(SmallPicture { content, media_type: "image/png", extension: "png" });
    }
    let plain = picture.to_rgb8();
    JpegEncoder::new_with_quality(&mut content, QUALITY).encode_image(&plain).map_err(Error::internal)?;
    Ok(SmallPicture { content, media_type: "image/jpeg", extension: "jpg" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut content = Vec::new();
        let picture = DynamicImage::ImageRgb8(image::RgbImage::from_pixel(width, height, image::Rgb([200, 10, 10])));
        picture.write_to(&mut Cursor::new(&mut content), ImageFormat::Png).expect("it is written");
        content
    }

    async fn made(extension: &str, content: &[u8], size: Size) -> Result<(u32, u32, Vec<u8>)> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("picture");
        std::fs::write(&path, content).expect("it is written");
        let small = small_picture(&FileStore::new(folder.path()), &path, extension, size).await?;
        let read = image::load_from_memory(&small.content).expect("it is a picture");
        Ok((read.width(), read.height(), small.content))
    }

    #[tokio::test]
    async fn a_mark_is_a_square_and_a_preview_keeps_its_shape() {
        let mark = made("png", &png(400, 100), Size::Mark).await.expect("a picture");
        assert_eq!((mark.0, mark.1), (MARK_SIDE, MARK_SIDE));
        let preview = made("png", &png(960, 480), Size::Preview).await.expect("a picture");
        assert_eq!((preview.0, preview.1), (480, 240));
        let preview = made("png", &png(20, 10), Size::Preview).await.expect("a picture");
        assert_eq!((preview.0, preview.1), (20, 10), "a small one stays as it is");
    }

    /// Fails when `make` decodes before it looks at the size that a picture says it has.
    #[tokio::test]
    async fn a_picture_that_says_it_is_huge_is_refused() {
        let mut huge = png(1, 1);
        // The header holds the width, the height, and a check over itself.
        huge[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let check = crc(&huge[12..29]);
        huge[29..33].copy_from_slice(&check.to_be_bytes());
        let Err(Error::Invalid(wrong)) = made("png", &huge, Size::Preview).await else { panic!("it was decoded") };
        assert!(wrong["file"].contains("too many pixels"), "{wrong:?}");
    }

    #[tokio::test]
    async fn what_begins_as_a_picture_and_is_none_is_refused() {
        let whole = png(50, 50);
        for broken in [&whole[..40], b"\x89PNG\r\n\x1a\n<html>", b""] {
            assert!(matches!(made("png", broken, Size::Preview).await, Err(Error::Invalid(_))));
        }
    }

    /// Fails when what else stands in a photograph goes on into what is shown of it.
    #[tokio::test]
    async fn where_a_photograph_was_taken_is_left_behind() {
        let mut photograph = Vec::new();
        let pixels = image::RgbImage::from_pixel(30, 10, image::Rgb([1, 2, 3]));
        JpegEncoder::new(&mut photograph).encode_image(&pixels).expect("it is written");
        let place = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0GPS 47.37N 8.54E";
        let mut segment = vec![0xff, 0xe1];
        segment.extend(u16::try_from(place.len() + 2).expect("short").to_be_bytes());
        segment.extend(place);
        photograph.splice(2..2, segment);
        assert!(photograph.windows(3).any(|part| part == b"GPS"));
        let (width, height, content) = made("jpg", &photograph, Size::Preview).await.expect("a picture");
        assert!(!content.windows(3).any(|part| part == b"GPS") && !content.windows(4).any(|part| part == b"Exif"));
        assert_eq!((width, height), (10, 30), "it stands as it was held");
    }

    /// The check of a part of a PNG (ISO 3309).
    fn crc(part: &[u8]) -> u32 {
        let step = |crc: u32, byte: &u8| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 })
        };
        !part.iter().fold(u32::MAX, step)
    }
}
