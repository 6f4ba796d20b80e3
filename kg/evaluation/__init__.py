"""Quality figures: what ``kg evaluate``, ``make evaluate`` and ``make bench`` measure, and how."""
