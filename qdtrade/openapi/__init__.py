"""The API's description of itself: the OpenAPI 3.1 schema, and the page that people read it on."""
