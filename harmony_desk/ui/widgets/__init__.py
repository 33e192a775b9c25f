"""The parts that every screen is built from; `harmony-desk gallery` shows them all."""
