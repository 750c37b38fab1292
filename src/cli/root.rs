//! Finds the edition and its house. Never asks the working directory, the home directory or the
//! place where the program was built.

use std::env;
use std::path::{Path, PathBuf};

/// The file that marks a house.
const MARK: &str = "duikai.toml";

/// The folder of an edition named by itself or by its `edition.toml`.
pub(super) fn edition(named: &Path) -> Result<PathBuf, String> {
    let folder =
        if named.is_file() { named.parent().map(Path::to_path_buf) } else { Some(named.to_path_buf()) };
    let folder = folder.filter(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    let Some(folder) = folder else {
        return Err(format!(
            "there is no edition at `{}`: name the folder that holds `edition.toml`",
            named.display()
        ));
    };
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    if folder.join("edition.toml").is_file() {
        Ok(folder)
    } else {
        Err(format!("`{}` holds no `edition.toml`: name the folder that does", folder.display()))
    }
}

/// The house of an edition: as asked, or the nearest folder above it that is marked, or the
/// program's own data.
pub(super) fn house(edition: &Path, asked: Option<&Path>) -> Result<PathBuf, String> {
    if let Some(asked) = asked {
        return if asked.is_dir() {
            Ok(asked.to_path_buf())
        } else {
            Err(format!("`--root {}`: there is no such folder", asked.display()))
        };
    }
    let resolved = edition.canonicalize().map_err(|error| format!("{}: {error}", edition.display()))?;
    let above = resolved.ancestors().find(|folder| folder.join(MARK).is_file()).map(Path::to_path_buf);
    above.or_else(own_data).ok_or_else(|| {
        format!(
            "no folder above `{}` holds `{MARK}`, and the program has no data of its own: give the house with `--root`",
            edition.display()
        )
    })
}

/// The house of a command that has no edition: as asked, or the program's own data.
pub(super) fn own_house(asked: Option<&Path>) -> Result<PathBuf, String> {
    match asked {
        Some(asked) if asked.is_dir() => Ok(asked.to_path_buf()),
        Some(asked) => Err(format!("`--root {}`: there is no such folder", asked.display())),
        None => own_data()
            .ok_or_else(|| "the program has no data of its own: give the house with `--root`".to_owned()),
    }
}

/// Data installed with the program: beside it, in `share/duikai` of its prefix, or in a folder above
/// it, as where it was built.
fn own_data() -> Option<PathBuf> {
    let program = env::current_exe().ok()?.canonicalize().ok()?;
    let beside = program.parent()?;
    let installed = [beside.to_path_buf(), beside.parent()?.join("share/duikai")];
    let above = program.ancestors().skip(2).map(Path::to_path_buf);
    installed.into_iter().chain(above).find(|folder| folder.join(MARK).is_file())
}
