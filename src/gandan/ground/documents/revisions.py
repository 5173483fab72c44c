"""What may come after a signature: a further signature, and what keeps the earlier one provable. Nothing else, no field filled.

The rules are pyHanko's, applied to every later revision; only where the replaced objects were used is found faster.
"""

from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import (
    DEFAULT_DIFF_POLICY,
    DiffResult,
    FormUpdatingRule,
    GenericFieldModificationRule,
    StandardDiffPolicy,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm

from gandan.ground.documents.mentions import Unclear, usages


class OnlySignatures(StandardDiffPolicy):
    """A file that is written in an unusual way is walked object by object; the answer is the same."""

    def __init__(self) -> None:
        standard = DEFAULT_DIFF_POLICY.form_rule
        assert standard is not None
        of_signatures = [rule for rule in standard.field_rules if not isinstance(rule, GenericFieldModificationRule)]
        super().__init__(DEFAULT_DIFF_POLICY.global_rules, FormUpdatingRule(of_signatures))

    def apply(
        self,
        old: HistoricalResolver,
        new: HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult:
        try:
            old._indirect_object_access_cache = usages(old, new.reader.xrefs.explicit_refs_in_revision(new.revision))
        except Unclear:
            old._indirect_object_access_cache = None  # pyHanko walks
        return super().apply(old, new, field_mdp_spec, doc_mdp)


ONLY_SIGNATURES = OnlySignatures()
