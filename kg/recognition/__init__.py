"""From an analysed text to the mentions of drugs, diseases, genes, cells, processes and organisations."""
