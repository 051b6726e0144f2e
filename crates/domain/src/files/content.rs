//! What a file holds, whatever it is called.
use crate::{Error, Result};
use encoding_rs::{UTF_16BE, UTF_16LE};
use file_format::{FileFormat, Kind};
use policy::{decide::file::Content, value::Extensions};
use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

/// How much of the beginning is looked at, in bytes.
const HEAD: u64 = 64 * 1_024;
/// An archive ends with a record of this many bytes and a remark (APPNOTE 4.3.16).
const END_OF_ARCHIVE: usize = 22;
/// What a page or a script begins with, in lower case.
const RUNS: [&str; 7] = ["<!doctype", "<html", "<svg", "<?xml", "<script", "<?php", "#!"];

/// Looks at a file whose name ends in this.
///
/// # Errors
/// When it can't be read.
pub async fn content_of(path: &Path, extension: &str) -> Result<Content> {
    let (path, extension) = (path.to_owned(), extension.to_owned());
    let looked = tokio::task::spawn_blocking(move || look(&path, &extension)).await.map_err(Error::internal)?;
    looked.map_err(Error::internal)
}

fn look(path: &Path, extension: &str) -> io::Result<Content> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    file.rewind()?;
    let found = FileFormat::from_reader(&file)?;
    let claimed = FileFormat::from_extension(same_kind(extension));
    let text = text_of(&head);
    let archive = found.extension() == "zip" || starts_as_archive(&head);
    let begins = text.as_deref().unwrap_or_default().trim_start().to_lowercase();
    let programs = Extensions::is_dangerous(found.extension()) || found.kind() == Kind::Executable;
    Ok(Content {
        known: !matches!(found, FileFormat::ArbitraryBinaryData | FileFormat::PlainText | FileFormat::Empty),
        claim_can_be_told: !claimed.is_empty(),
        as_claimed: claimed.contains(&found),
        text: text.is_some(),
        archive,
        runs: programs || RUNS.iter().any(|start| begins.starts_with(start)),
        two_kinds: !starts_as_archive(&head) && ends_as_archive(&mut file)?,
    })
}

/// Another ending of the same kind, by which it is known.
fn same_kind(extension: &str) -> &str {
    match extension {
        "jpeg" => "jpg",
        "tif" => "tiff",
        other => other,
    }
}

/// Returns the beginning as text; `None` where it is none: in Unicode, or in the one byte a character that Windows writes.
fn text_of(head: &[u8]) -> Option<String> {
    let text = match head {
        [0xff, 0xfe, ..] => UTF_16LE.decode_with_bom_removal(head).0.into_owned(),
        [0xfe, 0xff, ..] => UTF_16BE.decode_with_bom_removal(head).0.into_owned(),
        _ => String::from_utf8_lossy(head).trim_start_matches('\u{feff}').to_owned(),
    };
    let is_text = !text.chars().any(|c| c.is_control() && !c.is_whitespace());
    is_text.then_some(text)
}

fn starts_as_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Whether a file ends as an archive does, to the byte.
fn ends_as_archive(file: &mut File) -> io::Result<bool> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(HEAD + 64)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let ends = tail.windows(END_OF_ARCHIVE).enumerate().any(|(at, record)| {
        let remark = usize::from(u16::from_le_bytes([record[20], record[21]]));
        record.starts_with(b"PK\x05\x06") && at + END_OF_ARCHIVE + remark == tail.len()
    });
    Ok(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use policy::{Settings, decide::file::judge_content};

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";
    const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    const ARCHIVE: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    async fn takes(extension: &str, content: &[u8]) -> bool {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        std::fs::write(&path, content).expect("it is written");
        let found = content_of(&path, extension).await.expect("it is read");
        judge_content(&Settings::default(), extension, found).is_ok()
    }

    /// Fails when `look` takes a file for what its name says.
    #[tokio::test]
    async fn a_file_is_what_it_holds() {
        assert!(takes("png", PNG).await);
        assert!(takes("gif", GIF).await);
        assert!(takes("jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01").await);
        assert!(takes("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n").await);
        assert!(takes("txt", "Grüezi\r\n".as_bytes()).await);
        assert!(takes("csv", b"Name;Ort\r\nAda;Z\xfcrich\r\n").await, "as Excel writes it");
        assert!(takes("csv", b"\xff\xfeN\0a\0m\0e\0\n\0").await, "in UTF-16");
        assert!(takes("md", b"# Plants\n\n* green\n").await);
        for (extension, content) in [
            ("png", &b"<!DOCTYPE html><script>alert(1)</script>"[..]),
            ("png", b"PK\x03\x04\x14\0\0\0\0\0"),
            ("png", GIF),
            ("png", b"anything"),
            ("jpg", PNG),
            ("pdf", b"MZ\x90\0\x03\0\0\0"),
            ("txt", b"<html><body onload=alert(1)>"),
            ("txt", b"\n <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ("txt", b"one\0two"),
            ("txt", b"#!/bin/sh\nrm -r /\n"),
            ("csv", b"<?xml version=\"1.0\"?><a/>"),
            ("docx", b"PK\x03\x04\x14\0\0\0\0\0"),
            ("docx", b"text"),
        ] {
            assert!(!takes(extension, content).await, "{extension}: {}", String::from_utf8_lossy(content));
        }
    }

    /// Fails when `ends_as_archive` is no longer asked: a picture that is an archive as well (GIFAR).
    #[tokio::test]
    async fn a_file_of_two_kinds_is_none() {
        assert!(!takes("gif", &[GIF, ARCHIVE].concat()).await);
        assert!(!takes("png", &[PNG, ARCHIVE].concat()).await);
        let mut with_remark = [GIF, ARCHIVE].concat();
        let end = with_remark.len();
        with_remark[end - 2] = 5;
        with_remark.extend(b"hello");
        assert!(!takes("gif", &with_remark).await);
        assert!(takes("gif", &[GIF, &b"PK\x05\x06"[..]].concat()).await, "these bytes alone are no archive");
    }
}
