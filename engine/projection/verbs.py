"""What events of an approval are called."""

from collections.abc import Mapping

VERBS: Mapping[str, Mapping[str, str]] = {
    "submit": {"zh-CN": "提交", "en": "submitted"},
    "submit_again": {"zh-CN": "重新提交", "en": "submitted again"},
    "route": {"zh-CN": "条件分支", "en": "branch chosen"},
    "asked": {"zh-CN": "待审批", "en": "asked"},
    "auto_skip": {"zh-CN": "自动通过", "en": "passed by itself"},
    "node_auto_reject": {"zh-CN": "自动驳回", "en": "rejected by itself"},
    "blocked": {"zh-CN": "找不到审批人", "en": "nobody found to ask"},
    "cc": {"zh-CN": "抄送", "en": "copied"},
    "approved": {"zh-CN": "同意", "en": "agreed"},
    "rejected": {"zh-CN": "驳回", "en": "rejected"},
    "specific_rollback": {"zh-CN": "退回", "en": "returned"},
    "forward_resign": {"zh-CN": "转办", "en": "transferred"},
    "cancel": {"zh-CN": "取消待办", "en": "closed"},
    "recall": {"zh-CN": "撤回", "en": "withdrawn"},
    "comment": {"zh-CN": "评论", "en": "said"},
    "terminate": {"zh-CN": "终止", "en": "terminated"},
    "resume": {"zh-CN": "重新查找审批人", "en": "looked for people again"},
    "void": {"zh-CN": "作废", "en": "made void"},
    "ended": {"zh-CN": "流程结束", "en": "ended"},
}
"""By the verb of the log (workflow.md 1.0)."""
