#!/usr/bin/env bash
# Shows PDFs to every judge and prints what they object to.
#
#   tests/judge/judge.sh [--allow-missing] [--level LEVEL] FILE...
#
# LEVEL is a PDF/X level of pdfx_check.py, x1a-2003 unless said otherwise. Drafts
# (*.draft.pdf) and proofs (--level pdf-1.7) are not meant for print: the PDF/X rules
# are not asked of them.
# PYTHON names the interpreter that has the packages of requirements.txt.
# Exit: 0 nobody objects, 1 somebody does, 2 wrong use.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}
level=x1a-2003
allow_missing=no
failed=0

usage() {
    sed -n '2,10s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
    exit 2
}

while (($#)); do
    case $1 in
    --allow-missing) allow_missing=yes ;;
    --level)
        level=${2:?--level needs a value}
        shift
        ;;
    --) shift && break ;;
    -*) usage ;;
    *) break ;;
    esac
    shift
done
(($#)) || usage

# The page as it was read goes here; only what a judge says is kept.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

objects() { # judge, what it says
    echo "    $1:"
    head -n 60 <<<"$2" | sed 's/^/        /'
    failed=1
}

present() { # judge, command that shows it is there
    local judge=$1
    shift
    "$@" >"$scratch/there" 2>&1 && return 0
    if [[ $allow_missing == yes ]]; then
        echo "    $judge is missing and was not asked"
    else
        objects "$judge" "missing; --allow-missing goes on without it"
    fi
    return 1
}

# A judge that must succeed and say nothing, on either stream.
silent() { # judge, command
    local judge=$1 status=0
    shift
    "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
    if ((status)) || [[ -s $scratch/said ]]; then
        objects "$judge" "exit $status"$'\n'"$(<"$scratch/said")"
    fi
}

# A judge that must succeed; its report counts only if it does not.
content() { # judge, command
    local judge=$1 status=0
    shift
    "$@" >"$scratch/said" 2>&1 </dev/null || status=$?
    if ((status)); then
        objects "$judge" "exit $status"$'\n'"$(<"$scratch/said")"
    fi
}

# That a distribution built MuPDF without colour management is no fault of the page.
mupdf() { # file
    mutool draw -q -r 50 -F pam -o "$scratch/page%d.pam" "$1" 2>&1 |
        { grep -vx 'warning: ICC support is not available' || true; }
}

have_qpdf=no have_gs=no have_mutool=no have_pdftoppm=no have_checker=no
present qpdf qpdf --version && have_qpdf=yes
present Ghostscript gs --version && have_gs=yes
present MuPDF command -v mutool && have_mutool=yes
present poppler command -v pdftoppm && have_pdftoppm=yes
present pdfx_check "$python" -c 'import pikepdf, fontTools, numpy, PIL' && have_checker=yes

for file; do
    echo "  $file"
    if [[ ! -r $file ]]; then
        objects judges "the file cannot be read"
        continue
    fi
    if [[ $have_qpdf == yes ]]; then
        # It leaves with 3 where it only warns: success means not even a warning.
        content qpdf qpdf --check "$file"
    fi
    if [[ $have_gs == yes ]]; then
        silent Ghostscript gs -q -dSAFER -dPDFSTOPONERROR -dBATCH -dNOPAUSE -sDEVICE=nullpage "$file"
    fi
    if [[ $have_mutool == yes ]]; then
        silent MuPDF mupdf "$file"
    fi
    if [[ $have_pdftoppm == yes ]]; then
        silent poppler pdftoppm -r 50 "$file" "$scratch/page"
    fi
    if [[ $have_checker == yes && $file != *.draft.pdf && $level != pdf-1.7 ]]; then
        content pdfx_check "$python" "$here/pdfx_check.py" "$file" --level "$level"
    fi
    rm -f "$scratch"/page*
done

exit "$failed"
