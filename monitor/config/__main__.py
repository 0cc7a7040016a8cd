"""`python -m monitor.config` prints the configuration reference."""

import sys

from monitor.config import reference

sys.stdout.write(reference())
