"""A picture of paths between entities."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_WIDTH = 22
FORMATS = (".svg", ".png", ".pdf")


def draw_edges(edges: Iterable[tuple[str, str, str]], names: Mapping[str, str], ends: set[str], target: Path) -> None:
    """Draw (subject, relation, object) edges into a file, its ending says the format; same edges, same SVG bytes."""
    import matplotlib as mpl
    import networkx as nx

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    graph: nx.DiGraph[str] = nx.DiGraph()
    relations: dict[tuple[str, str], set[str]] = {}
    for subject, relation, object_ in sorted(set(edges)):
        graph.add_edge(subject, object_)
        relations.setdefault((subject, object_), set()).add(relation.replace("_", " "))
    positions = nx.kamada_kawai_layout(graph.to_undirected()) if len(graph) > 1 else nx.circular_layout(graph)
    side = max(7.0, 2.2 * len(graph) ** 0.5 + 3)
    with plt.rc_context({"svg.hashsalt": "kg", "svg.fonttype": "none"}):
        figure, axes = plt.subplots(figsize=(1.4 * side, side))
        colours = ["#f2b84b" if node in ends else "#a8cbe8" for node in graph]
        nx.draw_networkx_nodes(graph, positions, node_color=colours, node_size=2400, edgecolors="#444444", ax=axes)
        nx.draw_networkx_edges(
            graph,
            positions,
            node_size=2400,
            arrowsize=16,
            edge_color="#666666",
            connectionstyle="arc3,rad=0.05",
            ax=axes,
        )
        labels = {node: "\n".join(textwrap.wrap(names.get(node, node), _WIDTH)) for node in graph}
        nx.draw_networkx_labels(graph, positions, labels, font_size=8, ax=axes)
        words = {pair: ", ".join(sorted(relations[pair])) for pair in relations}
        nx.draw_networkx_edge_labels(graph, positions, words, font_size=7, ax=axes)
        axes.margins(0.2)
        axes.set_axis_off()
        metadata = {"Date": None} if target.suffix == ".svg" else None
        figure.savefig(target, metadata=metadata, bbox_inches="tight", dpi=150)
        plt.close(figure)
