"""What the enumerated tests of the log may ask for."""

from collections.abc import Iterator

import pytest

from tests.store.promises import remembering


@pytest.fixture(
    params=["read", pytest.param("remembered", marks=pytest.mark.exhaustive)], scope="module"
)
def every_reading(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Readings read all of the log, or, exhaustively, remember where its lines stand."""
    if request.param == "read":
        yield
        return
    with remembering(str(tmp_path_factory.mktemp("cache"))):
        yield
