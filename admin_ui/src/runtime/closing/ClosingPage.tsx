import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Moment } from "../../ui/Moment.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { ClosingDialog } from "./ClosingDialog.tsx";
import type { Asking, Book, Closable } from "./data.ts";
import "./closing.css";

/** `/closings`: up to where the books of each ledger are closed; close the next period, or open the last one again. */
export function ClosingPage() {
  const { t } = useTranslation("closing");
  const query = useQuery({ queryKey: ["closings"], queryFn: () => api.get<{ items: readonly Closable[] }>("/closings") });
  const [asking, setAsking] = useState<Asking | null>(null);
  return (
    <Page title={t("title")} width="form">
      <div className="fw-stack">
        <p className="fw-muted">{t("text")}</p>
        {query.isPending && <Skeleton lines={6} />}
        {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data?.items.length === 0 && <Empty icon="calendar" title={t("none")} />}
        {query.data?.items.map((ledger) => (
          <section key={ledger.ledger} className="fw-stack" aria-labelledby={ledger.ledger}>
            <h2 id={ledger.ledger}>{ledger.title}</h2>
            <Books ledger={ledger} onAsk={setAsking} />
            {ledger.more && <p className="fw-muted">{t("more", { count: ledger.books.length })}</p>}
          </section>
        ))}
      </div>
      {asking !== null && <ClosingDialog asking={asking} onClose={() => setAsking(null)} />}
    </Page>
  );
}

function Books({ ledger, onAsk }: { ledger: Closable; onAsk: (asking: Asking) => void }) {
  const { t } = useTranslation("closing");
  const columns: TableColumn<Book>[] = [
    {
      key: "books",
      title: ledger.part_title === "" ? t("through") : ledger.part_title,
      render: (book) => (
        <span className="closing-book">
          {book.label !== "" && <strong>{book.label}</strong>}
          <Tag tone={book.through === null ? "grey" : "green"}>{book.through === null ? t("never") : t("through_period", { period: book.through })}</Tag>
          {book.closed_by !== null && (
            <span className="fw-muted fw-small">
              {book.closed_by.name} <Moment value={book.closed_at} relative />
            </span>
          )}
        </span>
      ),
    },
    {
      key: "verbs",
      title: <span className="fw-hidden">{t("verbs")}</span>,
      align: "end",
      render: (book) => (
        <span className="closing-verbs">
          {book.through !== null && ledger.actions.includes("reopen_period") && (
            <Button size="s" onClick={() => onAsk({ ledger, book, verb: "reopen" })}>
              {t("reopen", { period: book.through })}
            </Button>
          )}
          {book.next !== null && ledger.actions.includes("close_period") && (
            <Button size="s" icon="check" onClick={() => onAsk({ ledger, book, verb: "close" })}>
              {t("close", { period: book.next })}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return <Table label={ledger.title} columns={columns} rows={ledger.books} rowKey={(book) => book.part} empty={t("no_books")} />;
}
