"""The contract of the API: its OpenAPI document, made from the views and finished here, once for all of them."""
