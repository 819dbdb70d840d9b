"""How texts become terms, and terms an order: pure, so that it can be measured without a database."""
