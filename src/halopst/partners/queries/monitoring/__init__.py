"""From allocation to payment, per office, province and nation."""
