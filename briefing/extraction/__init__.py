"""From documents to entities and claims: rules over word lists, which stand as data files beside them."""
