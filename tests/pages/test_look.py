"""The look that all pages share."""

import re

from pathkit.pages.templates import FOLDER


def _luminance(colour: str) -> float:
    """WCAG 2.2: relative luminance."""
    digits = colour * 2 if len(colour) == 3 else colour
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_all_text_stands_out_in_light_dark_and_print():
    css = (FOLDER / "page.css").read_text(encoding="utf-8")
    schemes = re.findall(r":root \{([^}]*)\}", css)
    assert len(schemes) == 3
    for scheme in schemes:
        found = dict(re.findall(r"--(\w+): #(\w+)", scheme))
        for ground in ("paper", "soft"):
            for name in ("ink", "dim", "right", "wrong", "blue", "sig"):
                light, dark = sorted(map(_luminance, (found[name], found[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)
