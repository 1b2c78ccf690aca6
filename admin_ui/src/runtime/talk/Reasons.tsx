import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { documentAddress } from "../../api/draft.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Tag } from "../../ui/Tag.tsx";
import type { ActionAnswer, Rule, RuleRole } from "./explaining.ts";

/** Whether one action is allowed, by which rule, and what would be needed. */
export function Reasons({ told, admin }: { told: ActionAnswer; admin: boolean }) {
  const { t } = useTranslation("talk");
  const verb = t(`why.verb.${told.action}`, { defaultValue: told.action });
  const more = told.rules.length + told.needed.length > 0;
  return (
    <li className="talk-comment">
      <div className="fw-row fw-row-wrap">
        <Icon name={told.allowed ? "check" : "close"} />
        <strong>{verb}</strong>
        <Tag tone={told.allowed ? "green" : "red"}>{t(told.allowed ? "why.can" : "why.cannot")}</Tag>
        {told.access && <Tag>{t(`why.access.${told.access}`, { defaultValue: told.access })}</Tag>}
      </div>
      <p className="talk-line">{told.text}</p>
      {more && (
        <details open={told.rules.some((rule) => rule.decides) || !told.allowed}>
          <summary>{t("why.rules")}</summary>
          <ul className="talk-roles">
            {told.rules.map((rule) => (
              <li key={`${rule.pointer} ${rule.role}`}>
                <Told rule={rule} admin={admin} />
              </li>
            ))}
          </ul>
          {told.needed.length > 0 && (
            <>
              <p className="talk-line fw-muted">{t("why.needed")}</p>
              <ul className="talk-roles">
                {told.needed.map((one) => (
                  <li key={`${one.pointer} ${one.role}`}>
                    <Place one={one} admin={admin} />
                  </li>
                ))}
                {["read", "comment", "update"].includes(told.action) && <li className="fw-muted">{t("why.or_share")}</li>}
              </ul>
            </>
          )}
        </details>
      )}
    </li>
  );
}

function Told({ rule, admin }: { rule: Rule; admin: boolean }) {
  const { t } = useTranslation("talk");
  const share = rule.shares[0];
  return (
    <>
      {share ? <span>{t("why.shared_by", { name: share.given_by.name, with: share.with.name })}</span> : <Place one={rule} admin={admin} />}{" "}
      {rule.decides && <Tag tone="green">{t("why.decides")}</Tag>}
      {!rule.reaches && <Tag>{t("why.not_here")}</Tag>}
      {rule.access && <Tag>{t(`why.access.${rule.access}`, { defaultValue: rule.access })}</Tag>}
    </>
  );
}

/** A role with what its grant reaches; for administrators the place where that is written. */
function Place({ one, admin }: { one: RuleRole; admin: boolean }) {
  const [file = "", pointer = ""] = one.pointer.split("#");
  const words = `${one.role_title} · ${one.scope}`;
  return admin && file !== "" ? <Link className="fw-tap" to={documentAddress(file, pointer)}>{words}</Link> : <span>{words}</span>;
}
