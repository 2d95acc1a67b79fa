"""Raw text: quotation marks, sentences, and the lists of words behind them."""
