from halopst.letters.kinds import DocumentKind, declare
from halopst.letters.rules import Field, Resets, Shape
from halopst.letters.services.batch_refusals import (
    BatchOver,
    BeingMade,
    BundleLost,
    NothingLeft,
    NothingToBind,
)
from halopst.letters.services.batches import (
    bind_again,
    cancel_batch,
    close_batch,
    make_the_rest,
    rest_of,
    run_batch_chunk,
    start_batch,
)
from halopst.letters.services.binding import bind_batch
from halopst.letters.services.classifications import (
    add_classification,
    check_classification,
    end_classification,
    remove_classification,
)
from halopst.letters.services.composing import Composition, Trouble, compose_with, why_none_can_be_made
from halopst.letters.services.issuing import can_replace, issue, issue_about, replace
from halopst.letters.services.moving import (
    annul,
    deliver,
    hand_over,
    mark_outdated,
    mark_paid,
    mark_printed,
    reopen,
    settle,
)
from halopst.letters.services.numbering import import_numbers, set_pattern
from halopst.letters.services.refusals import CannotCompose
from halopst.letters.services.sampling import Sample, has_samples, sampled, samples_of
from halopst.letters.services.scans import give_stack, read_stack
from halopst.letters.services.signatories import appoint, correct_signatory, end_signatory
from halopst.letters.services.signing import (
    ask_for_seal,
    can_seal,
    check_scan,
    seal_with_bsre,
    sign_on_paper,
    sign_with_bsre,
    upload_scan,
)
from halopst.letters.services.templates import (
    Preview,
    discard_draft,
    preview,
    publish_template,
    publish_text,
    save_draft,
    withdraw_template,
)
from halopst.letters.services.verifying import check_signatures, is_same_file
from halopst.letters.services.word import word_of

__all__ = [
    "BatchOver",
    "BeingMade",
    "BundleLost",
    "CannotCompose",
    "Composition",
    "DocumentKind",
    "Field",
    "NothingLeft",
    "NothingToBind",
    "Preview",
    "Resets",
    "Sample",
    "Shape",
    "Trouble",
    "add_classification",
    "annul",
    "appoint",
    "ask_for_seal",
    "bind_again",
    "bind_batch",
    "can_replace",
    "can_seal",
    "cancel_batch",
    "check_classification",
    "check_scan",
    "check_signatures",
    "close_batch",
    "compose_with",
    "correct_signatory",
    "declare",
    "deliver",
    "discard_draft",
    "end_classification",
    "end_signatory",
    "give_stack",
    "hand_over",
    "has_samples",
    "import_numbers",
    "is_same_file",
    "issue",
    "issue_about",
    "make_the_rest",
    "mark_outdated",
    "mark_paid",
    "mark_printed",
    "preview",
    "publish_template",
    "publish_text",
    "read_stack",
    "remove_classification",
    "reopen",
    "replace",
    "rest_of",
    "run_batch_chunk",
    "sampled",
    "samples_of",
    "save_draft",
    "seal_with_bsre",
    "set_pattern",
    "settle",
    "sign_on_paper",
    "sign_with_bsre",
    "start_batch",
    "upload_scan",
    "why_none_can_be_made",
    "withdraw_template",
    "word_of",
]
