"""Builds the native modules; where no compiler is found the package installs without them and runs slower."""

from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

SOURCES = sorted(Path("stream/_native").glob("*.pyx"))

setup(
    ext_modules=cythonize(
        [Extension(f"stream._native.{source.stem}", [str(source)], optional=True) for source in SOURCES],
        show_all_warnings=False,
    )
)
