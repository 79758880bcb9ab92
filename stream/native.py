"""Which half of the inner loops runs: the compiled one, or the plain one, slower by far and with the same results."""

import importlib
import os
from typing import Literal, get_args

VARIABLE = "STREAM_NATIVE"
MEANING = "auto: compiled loops where they are installed; required: an error where they are not; off: plain loops"

LOOPS = ("walk", "elements", "features", "naming", "repeats", "trees", "words", "tagger")

Mode = Literal["auto", "required", "off"]


class NativeUnavailable(RuntimeError):
    """The compiled loops are required and cannot be loaded, or the variable says none of the three; read which."""


def _read_mode() -> Mode:
    """What the environment asks for; a file of settings is read too late, when the loops are loaded already."""
    mode = os.environ.get(VARIABLE, "auto")
    for known in get_args(Mode):
        if mode == known:
            return known  # type: ignore[no-any-return]
    raise NativeUnavailable(f"{VARIABLE} is {mode!r}; it may be {', '.join(get_args(Mode))}")


def _load(mode: Mode) -> bool:
    """Whether the compiled loops are wanted and there."""
    if mode == "off":
        return False
    try:
        for name in LOOPS:
            importlib.import_module(f"stream._native.{name}")
    except ImportError as error:
        if mode == "required":
            raise NativeUnavailable(
                f"{VARIABLE}=required, but the compiled loops do not load: {error}; install a wheel that has them, or "
                f"install from source with a C compiler, or set {VARIABLE}=auto"
            ) from error
        return False
    return True


MODE = _read_mode()
IS_COMPILED = _load(MODE)
HALF: Literal["compiled", "plain"] = "compiled" if IS_COMPILED else "plain"
