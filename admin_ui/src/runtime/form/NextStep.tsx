import { useTranslation } from "react-i18next";
import type { EntityMeta } from "../../core/form/types.ts";
import { useApproval } from "./data.ts";

/** What happens on submitting: "下一步：项目经理 张三". */
export function NextStep({ meta, id }: { meta: EntityMeta; id: string | null }) {
  const { t } = useTranslation("form");
  const approval = useApproval(meta.key, meta.has_flow ? id : null);
  if (!meta.has_flow) return <span className="form-next">{t("next.none")}</span>;
  const [first, second] = approval.data?.prediction ?? [];
  if (!first) return <span className="form-next">{t("next.flow", { flow: meta.flow_title ?? "" })}</span>;
  const people = first.people.map((person) => person.name).join("、");
  return (
    <span className="form-next" data-testid="next-step">
      {t("next.step", { step: first.title, people })}
      {second && t("next.then", { step: second.title })}
    </span>
  );
}
