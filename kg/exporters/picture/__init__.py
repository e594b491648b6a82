"""What both pages show of a graph: its nodes, the statements between them, and what is known of each."""
