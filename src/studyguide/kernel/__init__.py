"""The room of the kernel: activities and menus with Python on the other side, and the learner's store."""
