"""The conductor, the command line, and `load` and `read` for people who work in pandas.

Enters: files and wishes. Leaves: results, or frames. Knows the run; no file format and no form.
"""

# Nothing is imported here before it is needed: the command begins with this module, and `python -m` looks for
# `typing` in the current folder first.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike

    from nianbao.one_report import OneReport
    from output.frames import Tables


def load(folder: "str | PathLike[str]") -> "Tables":
    """The tables that `nianbao run … -o FOLDER` wrote, as pandas frames with the types of the contract.

    Args:
        folder: the folder of the results.

    Returns:
        One frame per table: `load("out").wide`, or `load("out")["wide"]`.

    Raises:
        FileNotFoundError: there are no such results.
    """
    from output.frames import load_tables

    return load_tables(folder)


def read(path: "str | PathLike[str]", labels: "str | PathLike[str] | None" = None) -> "OneReport":
    """Read one report, without writing anything.

    Args:
        path: a file, or a report in an archive as column `source` names it (`某区.zip!/某局.docx`).
        labels: a CSV file of labels that are to be known besides those of the program (docs/cli.md).

    Returns:
        Its frames, `identity`, and `status`; where it could not be read, `error` says why.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is an archive of several reports, or holds none of that name.
        normalize.words.csv_lines.DictionaryError: the labels are faulty.
    """
    from nianbao.one_report import read_one

    return read_one(path, labels)
