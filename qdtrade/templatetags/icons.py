"""The product's drawings: small inline SVG, so that no page needs a second request and the strict CSP holds.

Every drawing is hidden from screen readers; the words beside it carry the meaning.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# One 16 x 16 box each, drawn with a 1.5 px line in the colour of the text; class "solid" is filled instead.
ICONS = {
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5 14 14"/>',
    "chain": (
        '<path d="M6.5 9.5 9.5 6.5M7.5 4.5 9 3a2.8 2.8 0 0 1 4 4l-1.5 1.5"/>'
        '<path d="M8.5 11.5 7 13a2.8 2.8 0 0 1-4-4l1.5-1.5"/>'
    ),
    "clock": '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.5V8l2.4 1.6"/>',
    "check": '<path d="M3 8.5 6.5 12 13 4.5"/>',
    "arrow": '<path d="M2.5 8h10M9 4.5 12.5 8 9 11.5"/>',
    "return": '<path d="M6 3.5 3 6.5l3 3M3 6.5h6a3.5 3.5 0 0 1 0 7H6"/>',
    "pencil": '<path d="M11 2.5 13.5 5 5.5 13l-3.2.7.7-3.2z"/>',
    "lock": '<path class="solid" d="M3.5 7h9v7h-9z"/><path d="M5.3 7V4.8a2.7 2.7 0 0 1 5.4 0V7"/>',
    "alert": '<circle cx="8" cy="8" r="6.2"/><path d="M8 4.8v3.7M8 11v.2"/>',
    "file": '<path d="M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3"/>',
    "download": '<path d="M8 2v8M4.8 7 8 10.2 11.2 7M3 13.5h10"/>',
    "print": '<path d="M4.5 6V2h7v4M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7V14h-7z"/>',
    "flag": '<path d="M3.5 14.5V2h9l-2 3 2 3h-9"/>',
    "flag-full": '<path class="solid" d="M3.5 2h9l-2 3 2 3h-9z"/><path d="M3.5 14.5V2h9l-2 3 2 3h-9"/>',
    "close": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "down": '<path d="M8 3v10M4.5 9.5 8 13l3.5-3.5"/>',
    "up": '<path d="M8 13V3M4.5 6.5 8 3l3.5 3.5"/>',
    "pause": '<path d="M5.5 4v8M10.5 4v8"/>',
    "minus": '<path d="M3.5 8h9"/>',
    "plus": '<path d="M8 3.5v9M3.5 8h9"/>',
    "person": '<circle cx="8" cy="5" r="2.7"/><path d="M2.8 14c.6-3 2.6-4.5 5.2-4.5s4.6 1.5 5.2 4.5"/>',
    "spec": '<rect x=".5" y=".5" width="15" height="15" rx="1"/><path d="M3.5 5h7M3.5 8h9M3.5 11h5"/>',
    "roadmap": (
        '<rect x=".5" y=".5" width="15" height="15" rx="1"/>'
        '<path class="solid" d="M3 3.5h5v2H3zM5.5 7h5v2h-5zM8.5 10.5h5v2h-5z"/>'
    ),
    "inspection": (
        '<rect x=".5" y=".5" width="15" height="15" rx="1"/>'
        '<path d="M3.5 11.5h9M4.5 11.5v-2M8 11.5v-6M11.5 11.5V9"/><circle class="solid" cx="8" cy="4.6" r="1.3"/>'
    ),
    # The five lights: each has its own silhouette, so they read in black and white.
    "light-red": (
        '<path class="ground-red" d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z"/>'
        '<path class="on-dark" d="M7 3.6h2v5.4H7z"/><circle class="on-dark" cx="8" cy="11.6" r="1.15"/>'
    ),
    "light-yellow": (
        '<path class="ground-yellow" d="M8 1.2 15.4 14.4H.6z"/>'
        '<path class="on-light" d="M7.1 5.4h1.8v4.6H7.1z"/><circle class="on-light" cx="8" cy="12" r="1.05"/>'
    ),
    "light-green": '<circle class="ground-green" cx="8" cy="8" r="6.2"/>',
    "light-blue": (
        '<rect class="ground-blue" x="1.2" y="1.2" width="13.6" height="13.6" rx="1.8"/>'
        '<path class="line-on-dark" d="M4.4 8 8 4.6 11.6 8M4.4 11.8 8 8.4l3.6 3.4"/>'
    ),
    "light-grey": '<circle class="ring-grey" cx="8" cy="8" r="6"/><path class="ring-grey" d="M5 8h6"/>',
}

# Milestones on a 13 x 13 box: filled is done, hatched is claimed, hollow is not due, hollow red is overdue.
DIAMOND = "M6.5 1 12 6.5 6.5 12 1 6.5z"
HATCH = '<path class="hatch" d="M3.4 8.9 8.9 3.4M5 10.5 10.5 5M1.9 7.4 7.4 1.9"/>'

MARK = (
    '<svg class="mark" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true" focusable="false">'
    '<rect class="mark-ground" width="28" height="28" rx="5"/>'
    '<path class="mark-line" d="M14 8.5V19M6.5 19h15M8.5 19v-3M19.5 19v-4"/>'
    '<circle class="mark-dot" cx="14" cy="8" r="2.2"/></svg>'
)


def draw(name: str) -> SafeString:
    """The drawing of this name; an unknown name is a mistake in a template and stops it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),
    )


def draw_diamond(kind: str) -> SafeString:
    """One milestone: done, claimed, due, overdue or waived."""
    hatch = mark_safe(HATCH) if kind == "claimed" else ""
    return format_html(
        '<svg class="diamond diamond-{}" viewBox="0 0 13 13" width="13" height="13" aria-hidden="true"'
        ' focusable="false"><path d="{}"/>{}</svg>',
        kind,
        DIAMOND,
        hatch,
    )


def draw_progress(actual: int, planned: int | None, words: str) -> SafeString:
    """A 76 x 14 track: the fill is what was reached, the tick where the plan would be today."""
    drawn_tick = '<rect class="progress-plan" x="{}" width="2" height="14"/>'
    tick = "" if planned is None else format_html(drawn_tick, planned)
    return format_html(
        '<svg class="progress" viewBox="0 0 76 14" width="76" height="14" role="img" aria-label="{}"'
        ' preserveAspectRatio="none"><rect class="progress-track" y="4" width="76" height="6"/>'
        '<rect class="progress-fill" y="4" width="{}" height="6"/>{}</svg>',
        words,
        actual,
        tick,
    )
