"""`python -m kpicli`."""

import sys

from kpicli.cli import main

sys.exit(main())
