"""The worker's HTTP endpoint: /metrics, /healthz and /readyz, on the worker's own event loop.

A blocked loop therefore fails the liveness probe, which is what the probe is for.
"""

from collections.abc import Awaitable, Callable

import orjson
from aiohttp import web

from stream.observe.health import Health
from stream.observe.metrics import Metrics


class Endpoint:
    """Serves one worker's metrics and health on ``host:port`` until stopped."""

    def __init__(self, metrics: Metrics, health: Health, host: str, port: int) -> None:
        self._metrics = metrics
        self._health = health
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Raises OSError where the address is taken."""
        app = web.Application()
        app.router.add_get("/metrics", self._serve_metrics)
        app.router.add_get("/healthz", _json(self._health.liveness))
        app.router.add_get("/readyz", _json(self._health.readiness))
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _serve_metrics(self, request: web.Request) -> web.Response:
        body, content_type = self._metrics.render()
        return web.Response(body=body, headers={"Content-Type": content_type})


def _json(state: Callable[[], tuple[int, dict[str, object]]]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def serve(request: web.Request) -> web.Response:
        status, body = state()
        return web.Response(status=status, body=orjson.dumps(body), content_type="application/json")

    return serve
