"""What transactions need, and what an operator is told where it is missing; ``tests/faults`` shows that they hold."""

import pytest

from stream.kafka.embedded import EmbeddedBroker
from stream.observe import tracing
from stream.service.delivery.exactly_once import Transactions, TransactionsUnavailable
from stream.service.delivery.route import Route, topics_by_kind
from stream.service.delivery.window import Partition
from stream.settings import Settings

pytestmark = pytest.mark.broker


async def test_a_broker_without_transactions_is_refused_with_the_setting_that_wants_them() -> None:
    with EmbeddedBroker() as broker:
        settings = Settings(brokers=(broker.bootstrap,), group="g", delivery="exactly-once")
        route = Route(topics_by_kind(settings), tracing.from_environment({}), lambda: "1")
        transactions = Transactions(Partition("pages", 3), route, settings)
        with pytest.raises(TransactionsUnavailable, match=r"STREAM_DELIVERY=exactly-once .* id g-pages-3 got"):
            await transactions.start()
        await transactions.stop()
