"""What all tests share."""

import os

from hypothesis import settings

# A deadline for each example fails on a busy machine, and says nothing about the code. The check before landing tries
# the same examples every time; new ones are looked for at everybody's desk.
settings.register_profile("monitor", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("monitor")
