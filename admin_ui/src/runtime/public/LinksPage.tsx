import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { Page } from "../../ui/Page.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { toast } from "../../ui/toasts.ts";
import { LinkDialog } from "./LinkDialog.tsx";
import type { PublicLink, PublicLinks } from "./links.ts";
import { NewLinkDialog } from "./NewLinkDialog.tsx";
import "./public.css";

const TONES = { "": "green", off: "grey", expired: "amber", full: "amber", full_today: "amber" } as const;

/** `/public-links`: which forms people without an account may fill, by which links. */
export function LinksPage() {
  const { t } = useTranslation("public");
  const client = useQueryClient();
  const line = useProblemLine();
  const links = useQuery({ queryKey: ["public-links"], queryFn: () => api.get<PublicLinks>("/public-links") });
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<PublicLink | null>(null);
  const [ending, setEnding] = useState<PublicLink | null>(null);
  const renew = () => client.invalidateQueries({ queryKey: ["public-links"] });
  const turn = (link: PublicLink, active: boolean) =>
    api.patch(`/public-links/${link.id}`, { active }).then(renew, (error: unknown) => toast.error(line(error)));
  const columns: TableColumn<PublicLink>[] = [
    { key: "title", title: t("link.title"), render: (one) => one.title },
    { key: "form", title: t("link.form"), render: (one) => one.form_title },
    { key: "state", title: t("link.state"), render: (one) => <Tag tone={TONES[one.state]}>{t(`state.${one.state || "open"}`)}</Tag> },
    { key: "answers", title: t("link.answers"), align: "end", render: (one) => (one.most === null ? String(one.answers) : `${one.answers} / ${one.most}`) },
    { key: "expires", title: t("link.expires"), render: (one) => (one.expires_at === null ? "—" : <Moment value={one.expires_at} />) },
    {
      key: "turn",
      title: t("link.actions"),
      render: (one) =>
        one.active ? (
          <Button size="s" onClick={() => setEnding(one)}>
            {t("turn_off")}
          </Button>
        ) : (
          <Button size="s" onClick={() => void turn(one, true)}>
            {t("turn_on")}
          </Button>
        ),
    },
  ];
  const forms = links.data?.forms ?? [];
  const rows = links.data?.items ?? [];
  return (
    <Page
      title={t("links")}
      actions={
        forms.length > 0 && (
          <Button variant="primary" icon="plus" onClick={() => setMaking(true)}>
            {t("make")}
          </Button>
        )
      }
    >
      {links.isPending && <Skeleton />}
      {links.isError && <ErrorState error={links.error} onRetry={() => void links.refetch()} />}
      {links.isSuccess && rows.length === 0 && (
        <Empty icon="link" title={t(forms.length === 0 ? "no_forms" : "no_links")}>
          {forms.length > 0 && <p className="fw-muted">{t("no_links_help")}</p>}
        </Empty>
      )}
      {rows.length > 0 && <Table label={t("links")} columns={columns} rows={rows} rowKey={(one) => one.id} />}
      {making && (
        <NewLinkDialog
          forms={forms}
          onClose={() => setMaking(false)}
          onMade={(link) => {
            setMaking(false);
            setMade(link);
            void renew();
          }}
        />
      )}
      {made !== null && <LinkDialog link={made} onClose={() => setMade(null)} />}
      {ending !== null && (
        <ConfirmDialog
          title={t("turn_off_title", { title: ending.title })}
          action={t("turn_off")}
          danger
          onConfirm={() => turn(ending, false).then(() => setEnding(null))}
          onClose={() => setEnding(null)}
        >
          {t("turn_off_text")}
        </ConfirmDialog>
      )}
    </Page>
  );
}
