"""Shipped models: ``kg_minilm`` finds mentions, ``kg_names`` gives names vectors (docs/MODEL.md is their card)."""
