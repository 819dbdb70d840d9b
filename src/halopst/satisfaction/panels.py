"""What pages below this domain show of ratings: they ask, and never know who answers."""

from halopst.consultations.panels import let_answer
from halopst.satisfaction.queries import officer_scores

let_answer(officer_scores)
