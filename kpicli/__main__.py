"""Start: `kpi`, and `python -m kpicli`."""

import atexit
import gc
import signal
import sys

# One command leaves nothing worth collecting, and looking for it costs 5 ms of 110. Python looks
# once more as it ends, for 8 ms; what is frozen is ignored.
gc.disable()
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback of an import; main() takes it back
atexit.register(gc.freeze)

from kpicli.cli.app import main  # noqa: E402 - what it imports is most of what would be looked through

if __name__ == "__main__":
    sys.exit(main())
