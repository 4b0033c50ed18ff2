"""Answers each line of the input, `<kernel> <times>`, by one line of JSON: milliseconds of one run, and its numbers.

Called with the file of the books that are measured.
"""

import json
import sys
from time import perf_counter

from luck import luck
from projection import curve

with open(sys.argv[1], encoding="utf-8") as file:
    books = json.load(file)
for line in sys.stdin:
    name, times = line.split()
    kind, book = name.split(".")
    work = {"curve": curve, "luck": luck}[kind]
    start = perf_counter()
    for _ in range(int(times)):
        numbers = work(books[book])
    took = 1e3 * (perf_counter() - start) / int(times)
    print(json.dumps([took, *numbers.tolist()]), flush=True)
