"""Start: `kpi`, and `python -m kpicli`."""

import gc
import sys

gc.disable()  # one command leaves nothing worth collecting, and looking for it costs 5 ms of 110

from kpicli.cli import main  # noqa: E402 - what it imports is most of what would be looked through

if __name__ == "__main__":
    sys.exit(main())
