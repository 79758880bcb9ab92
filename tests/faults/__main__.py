"""Play the faults in full on real Kafka and print what each of them cost."""

import argparse
import asyncio
import contextlib
import logging
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

from evaluation.data import pages_file
from tests.brokers import KafkaUnavailable, RealKafka, fetch_kafka
from tests.faults.cost import compare
from tests.faults.scenes import SCENES
from tests.faults.soak import FORGETFUL_BROKER, soak_for
from tests.faults.stage import Stage, Verdict

HEAD = "| fault | pages | faults | lost | duplicates | allowed | seconds | |\n|---|---:|---:|---:|---:|---:|---:|---|"


def main() -> int:
    """Exit code 0 when every scene kept the promise."""
    arguments = _arguments()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # of the test's own clients, whose broker is killed
    try:
        with tempfile.TemporaryDirectory(prefix="stream-faults-") as folder:
            if arguments.soak or arguments.cost:
                return 0 if measure(Path(folder), arguments) else 1
            print(f"seed {arguments.seed}, {arguments.pages} pages a scene\n\n{HEAD}", flush=True)
            kept = [play(name, Path(folder), arguments) for name in arguments.scenes or SCENES]
    except KafkaUnavailable as error:
        print(error, file=sys.stderr)
        return 2
    return 0 if all(kept) else 1


def play(name: str, folder: Path, arguments: argparse.Namespace) -> bool:
    """Play one scene on a Kafka of its own; prints its row of the table."""
    try:
        with _kafka(folder / name) as kafka:
            verdict = asyncio.run(_play(name, kafka, folder / name, arguments))
    except (AssertionError, TimeoutError) as error:
        print(f"| {name.replace('_', ' ')} | BROKEN: {str(error).splitlines()[0]} |", flush=True)
        traceback.print_exc()
        return False
    print(
        f"| {name.replace('_', ' ')} | {verdict.pages} | {verdict.faults} | 0 | {verdict.duplicates} "
        f"| {verdict.most_duplicates} | {verdict.seconds:.0f} | {verdict.notes} |",
        flush=True,
    )
    return True


def measure(folder: Path, arguments: argparse.Namespace) -> bool:
    """Clean real pages on a Kafka of its own, for ``--soak`` or ``--cost``; whether nothing was lost and nothing grew."""
    try:
        with _kafka(folder / "kafka", FORGETFUL_BROKER) as kafka:
            asyncio.run(_measure(kafka, folder, arguments))
    except (AssertionError, TimeoutError) as error:
        print(f"BROKEN: {error}")
        return False
    return True


@contextlib.contextmanager
def _kafka(folder: Path, properties: str = "") -> Iterator[RealKafka]:
    fetch_kafka()
    kafka = RealKafka(folder, properties=properties)
    kafka.format()
    kafka.start()
    try:
        yield kafka
    finally:
        kafka.kill9()


async def _measure(kafka: RealKafka, folder: Path, arguments: argparse.Namespace) -> None:
    if arguments.cost:
        await compare(kafka, folder, arguments.seed, arguments.pages, arguments.page_file or pages_file("dev"))
        return
    async with Stage(kafka, folder, arguments.seed, arguments.pages, arguments.delivery) as stage:
        await soak_for(stage, arguments.soak, arguments.page_file or pages_file("dev"))


async def _play(name: str, kafka: RealKafka, folder: Path, arguments: argparse.Namespace) -> Verdict:
    async with Stage(kafka, folder, arguments.seed, arguments.pages, arguments.delivery) as stage:
        return await SCENES[name](stage)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("scenes", nargs="*", metavar="scene", help=f"which of: {', '.join(SCENES)}; default: all")
    parser.add_argument("--pages", type=int, default=20_000, help="pages a scene (default 20000)")
    parser.add_argument("--seed", type=int, default=20250418, help="seed of costs, kinds and moments")
    parser.add_argument(
        "--delivery", choices=("at-least-once", "exactly-once"), default="at-least-once", help="of the workers"
    )
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="instead: clean real pages for so long")
    parser.add_argument("--cost", action="store_true", help="instead: CPU a page under each delivery, real pages")
    parser.add_argument(
        "--page-file", type=Path, help="gzipped JSON lines of the real pages (default: the development pages)"
    )
    arguments = parser.parse_args()
    unknown = set(arguments.scenes) - set(SCENES)
    if unknown:
        parser.error(f"no such scene: {', '.join(sorted(unknown))}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
