"""Name particles: one home, and each reader's set says what it holds."""

from stream.cleaning.particles import IN_BYLINES, IN_DATELINES, IN_LONG_NAMES, IN_NAMES, IN_PLACES, IN_TEXT
from stream.entities.tagger.features import CONNECTORS

# What the model that ships was trained with.
TRAINED = "of de la le las los du des del della di da do dos das van von der den ter al el bin ibn y e and & for the"


def test_the_recogniser_keeps_the_connectors_it_was_trained_with() -> None:
    assert sorted(CONNECTORS) == sorted(TRAINED.split())


def test_what_is_a_particle_anywhere_is_one_in_each_reader() -> None:
    assert IN_NAMES <= IN_BYLINES & IN_TEXT & IN_LONG_NAMES
    assert IN_PLACES <= IN_DATELINES


def test_a_preposition_is_a_particle_on_a_byline_only() -> None:
    assert {"zu", "av"} <= IN_BYLINES
    assert not {"zu", "av"} & IN_TEXT
