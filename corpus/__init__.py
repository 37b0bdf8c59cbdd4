"""Articles: reading, cleaning, dating, placing, and the catalogue that keeps them."""
