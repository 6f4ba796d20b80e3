"""Shipped models: a folder each, with model.onnx, tokenizer.json and config.json (docs/MODEL.md is their card)."""
