"""What waits at the review desk: several kinds of work in one queue.

A kind of review is one `Kind` (kind.py) in `KINDS`; the queue, the keys, the page and the door are those of all kinds.
To add one, write a module beside `reports.py` that says which rows wait (`rows`, `waits`), how they reach the field,
the bureau and the day that the queue sorts and filters by (`reaches`, `risk`), what a line of the queue says of them
(`lines`), what stands in the middle (`page`, `template`), and by which two moves they are decided (`approve`,
`refuse`). The moves hold all rules; nothing here decides who may.
"""

from . import breakthroughs, completions, extensions, gates, readings, reports
from .kind import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        reports.KIND,
        completions.KIND,
        extensions.KIND,
        gates.KIND,
        breakthroughs.KIND,
        readings.KIND,
    )
}
"""In the order in which the sentence above the queue counts them."""
