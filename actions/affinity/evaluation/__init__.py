"""The honest protocol: what a model would have shown beside later baskets, and what simple peers would have."""
