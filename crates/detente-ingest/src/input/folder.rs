//! Folders: everything in them, in the order of the names.

use std::path::{Path, PathBuf};

use super::{Documents, Reader, one};
use crate::Problem;

/// Every file below `path`; hidden files and links to folders are passed over.
pub(super) fn read<'r>(reader: &'r Reader, path: &Path, depth: usize) -> Documents<'r> {
    let name = path.display().to_string();
    if depth > reader.options.limits.folder_depth {
        return one(Err(Problem::TooDeep(reader.options.limits.folder_depth).of(name)));
    }
    match entries(path) {
        Ok(paths) => Box::new(paths.into_iter().flat_map(move |path| reader.path(path, depth + 1))),
        Err(error) => one(Err(Problem::Io(error).of(name))),
    }
}

fn entries(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let circle = entry.file_type()?.is_symlink() && entry.path().is_dir();
        if !hidden && !circle {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}
