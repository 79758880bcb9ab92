"""Builds the native modules; where no compiler is found the package installs without them and runs slower."""

import sys
from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

SOURCES = sorted(Path("stream/_native").glob("*.pyx"))
# Fused multiply-add, which compilers use on some processors, rounds otherwise than the plain half does; and compiling
# takes a third less without debugging symbols.
FLAGS = [] if sys.platform == "win32" else ["-ffp-contract=off", "-g0"]

extensions = cythonize(
    [Extension(f"stream._native.{source.stem}", [str(source)], extra_compile_args=FLAGS) for source in SOURCES],
    show_all_warnings=False,
)
for extension in extensions:
    extension.optional = True  # cythonize makes extensions anew and does not carry this over

setup(ext_modules=extensions)
