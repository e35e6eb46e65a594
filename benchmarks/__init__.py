"""What is fast and light is shown here: this book against stock Jupyter Book, in one run of `python -m benchmarks`."""
