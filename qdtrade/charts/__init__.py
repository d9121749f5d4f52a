"""Pure geometry: dates and numbers become whole coordinates, which our own templates draw as SVG."""
