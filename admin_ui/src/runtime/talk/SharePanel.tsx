import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/Button.tsx";
import { Drawer } from "../../ui/Dialog.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { ErrorState, Skeleton } from "../../ui/States.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { toast } from "../../ui/toasts.ts";
import { ShareForm } from "./ShareForm.tsx";
import { sharesKey, takeBack, useSharing, type Share, type Sharing } from "./sharing.ts";
import "./talk.css";

export interface PanelProps {
  readonly entity: string;
  readonly id: string;
  readonly title: string;
  readonly onClose: () => void;
}

/** Who can see a record, and giving it to somebody more. */
export function SharePanel({ entity, id, title, onClose }: PanelProps) {
  const { t } = useTranslation("talk");
  const sharing = useSharing(entity, id);
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: sharesKey(entity, id) });
  return (
    <Drawer title={t("share.title", { title })} onClose={onClose} data-testid="share-panel">
      {sharing.isError && <ErrorState error={sharing.error} onRetry={() => void sharing.refetch()} />}
      {sharing.isPending && <Skeleton lines={5} />}
      {sharing.data && (
        <div className="talk">
          {sharing.data.may_share && <ShareForm entity={entity} id={id} levels={sharing.data.levels} onShared={refresh} />}
          <Given entity={entity} id={id} items={sharing.data.items} onChanged={refresh} />
          <Roles roles={sharing.data.by_role} />
        </div>
      )}
    </Drawer>
  );
}

function Given({ entity, id, items, onChanged }: { entity: string; id: string; items: readonly Share[]; onChanged: () => Promise<unknown> }) {
  const { t } = useTranslation("talk");
  const line = useProblemLine();
  const [busy, setBusy] = useState("");
  const revoke = async (share: Share) => {
    setBusy(share.id);
    try {
      await takeBack(entity, id, share);
      toast.success(t("share.revoked", { name: share.with.name }));
    } catch (error) {
      toast.error(line(error));
    }
    setBusy("");
    await onChanged();
  };
  return (
    <section aria-labelledby="talk-given">
      <h3 id="talk-given">{t("share.given")}</h3>
      {items.length === 0 && <p className="fw-muted">{t("share.none")}</p>}
      <ul className="talk-shares">
        {items.map((one) => (
          <li key={one.id} className="talk-comment">
            <div className="fw-row fw-row-wrap">
              <strong>{one.with.name}</strong>
              {one.with.kind !== "user" && <Tag>{t(`share.kind.${one.with.kind}`)}</Tag>}
              <Tag tone="blue">{t(`share.level.${one.level}`)}</Tag>
              <span className="fw-grow" />
              {one.actions.includes("revoke") && (
                <Button size="s" busy={busy === one.id} onClick={() => void revoke(one)} aria-label={t("share.revoke_from", { name: one.with.name })}>
                  {t("share.revoke")}
                </Button>
              )}
            </div>
            {one.note !== "" && <p className="talk-text">{one.note}</p>}
            <p className="fw-muted fw-small talk-line">
              {t("share.by", { name: one.given_by.name })} <Moment value={one.given_at} relative />
              {one.expires_at && <> · {t("share.until")} <Moment value={one.expires_at} /></>}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Roles({ roles }: { roles: Sharing["by_role"] }) {
  const { t } = useTranslation("talk");
  return (
    <section aria-labelledby="talk-roles">
      <h3 id="talk-roles">{t("share.by_role")}</h3>
      {roles.length === 0 && <p className="fw-muted">{t("share.no_role")}</p>}
      <ul className="talk-roles">
        {roles.map((one) => (
          <li key={`${one.role} ${one.scope}`}>
            <strong>{one.title}</strong> <span className="fw-muted">{one.scope}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
