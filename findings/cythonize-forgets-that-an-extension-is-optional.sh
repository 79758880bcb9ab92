#!/bin/sh
# Expected: `Extension(…, optional=True)`, which setuptools documents as "a failure of the build is no failure of the
# installation", stays so when the list of extensions passes through `cythonize`.
# What happens: `cythonize` makes each extension anew from a fixed list of settings; `optional` is not one of them, so
# it comes out unset without a word, and a missing compiler ends the installation. Compiler arguments do come through.
# What it means: set `optional` on what `cythonize` returns. A fallback to pure Python is else never reached.
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check Cython==3.3.1 setuptools==80.9.0
echo 'x = 1' > loops.pyx
cat > ask.py <<'PYTHON'
from Cython.Build import cythonize
from setuptools import Extension
(made,) = cythonize([Extension("loops", ["loops.pyx"], optional=True, extra_compile_args=["-g0"])], quiet=True)
print(bool(made.optional), made.extra_compile_args)
PYTHON
seen=$(venv/bin/python ask.py)
echo "Cython 3.3.1: given optional=True and ['-g0'], the extension that comes out has: $seen"
[ "$seen" = "False ['-g0']" ]
