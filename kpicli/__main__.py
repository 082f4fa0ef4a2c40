"""Start: `kpi`, and `python -m kpicli`."""

# `signal` itself makes enums, for which there is no time before a Ctrl-C is minded.
import _signal  # type: ignore[import-not-found]

if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # main() takes it back

import atexit
import gc
import sys

# One command leaves nothing worth collecting, and looking for it costs 5 ms of 110. Python looks
# once more as it ends, for 8 ms; what is frozen is ignored.
gc.disable()
atexit.register(gc.freeze)

from kpicli.cli.app import main  # noqa: E402 - what it imports is most of what would be looked through

if __name__ == "__main__":
    sys.exit(main())
