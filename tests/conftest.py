"""What all tests share."""

from hypothesis import settings

# A deadline for each example fails on a busy machine, and says nothing about the code.
settings.register_profile("monitor", deadline=None)
settings.load_profile("monitor")
