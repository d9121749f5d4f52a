"""What a bulletin (通报) quotes of a period: every figure with its formula, its rows and its day."""
