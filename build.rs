//! Tells builds of the engine apart: a digest of its source, so that pages kept by one build are not
//! taken for those of another.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let mut files = vec![PathBuf::from("Cargo.toml"), PathBuf::from("Cargo.lock")];
    walk(Path::new("src"), &mut files);
    files.sort();
    // FNV-1a of 128 bits: it tells texts apart and needs no dependency.
    let mut digest: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for path in files {
        println!("cargo:rerun-if-changed={}", path.display());
        // Cargo.lock is not there where the library is a dependency.
        for byte in fs::read(&path).unwrap_or_default() {
            digest = (digest ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    println!("cargo:rustc-env=DUIKAI_SOURCE={digest:032x}");
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo:rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).expect("the source is where the manifest is");
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.push(path);
        }
    }
}
