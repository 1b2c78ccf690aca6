import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { ProblemError } from "../../api/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { useProblemText } from "../../ui/problemText.ts";
import { Empty, ErrorState, Notice, Skeleton } from "../../ui/States.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { PublicClient, type PublicFormData, type Receipt } from "./client.ts";
import { PublicFill } from "./PublicFill.tsx";
import { PublicQuery } from "./PublicQuery.tsx";
import { Told } from "./Told.tsx";
import "./public.css";

/** `/p/{token}`: the page of a link, for people without an account. */
export function PublicPage({ corner }: { corner: ReactNode }) {
  const { token = "" } = useParams();
  const { t, i18n } = useTranslation("public");
  const [password, setPassword] = useState("");
  const client = useMemo(() => new PublicClient(token, password), [token, password]);
  const page = useQuery({ queryKey: ["public", token, password, i18n.language], queryFn: () => client.page(), retry: false, refetchOnWindowFocus: false });
  const title = page.data?.title ?? t("title");
  useEffect(() => {
    document.title = title;
  }, [title]);
  const asked = page.error instanceof ProblemError && page.error.params["reason"] === "public_password";
  return (
    <main className="public-page">
      <header className="fw-row">
        <h1 className="fw-grow">{title}</h1>
        {corner}
      </header>
      {page.isPending && <Skeleton />}
      {asked && <Password wrong={password !== ""} onTold={setPassword} />}
      {page.isError && !asked && <Refused error={page.error} onRetry={() => void page.refetch()} />}
      {page.data && <Offer token={token} client={client} page={page.data} />}
    </main>
  );
}

/** A link that gives nothing is told in its own words; anything else may be tried again. */
function Refused({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation("public");
  const { title, detail } = useProblemText()(error);
  if (error instanceof ProblemError && error.status === 404) return <Empty icon="link" title={t("unknown")} />;
  if (error instanceof ProblemError && error.status === 410) return <Notice tone="amber">{`${title} ${detail}`}</Notice>;
  return <ErrorState error={error} onRetry={onRetry} />;
}

function Password({ wrong, onTold }: { wrong: boolean; onTold: (password: string) => void }) {
  const { t } = useTranslation("public");
  const [text, setText] = useState("");
  return (
    <form
      className="fw-card fw-stack public-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== "") onTold(text);
      }}
    >
      <Field label={t("password")} required error={wrong ? t("password_wrong") : undefined}>
        {(ids) => <TextInput {...ids} type="password" autoComplete="off" value={text} onChange={setText} />}
      </Field>
      <Button type="submit" variant="primary">
        {t("open")}
      </Button>
    </form>
  );
}

function Offer({ token, client, page }: { token: string; client: PublicClient; page: PublicFormData }) {
  const { t } = useTranslation("public");
  const [sent, setSent] = useState<Receipt | null>(null);
  const [round, setRound] = useState(0);
  const parts: ReactNode[] = [];
  if (sent !== null) parts.push(<Thanks key="thanks" page={page} sent={sent} onAgain={() => (setSent(null), setRound(round + 1))} />);
  else if (page.closed !== "") parts.push(<Notice key="closed" tone="amber">{t(page.closed)}</Notice>);
  else if (page.entity !== null) parts.push(<PublicFill key={`fill ${round}`} token={token} client={client} page={page} meta={page.entity} onSent={setSent} />);
  if (page.query.length > 0) parts.push(<PublicQuery key="query" client={client} asked={page.query} />);
  return (
    <>
      {page.intro !== "" && sent === null && <p className="public-intro">{page.intro}</p>}
      {parts}
    </>
  );
}

function Thanks({ page, sent, onAgain }: { page: PublicFormData; sent: Receipt; onAgain: () => void }) {
  const { t } = useTranslation("public");
  return (
    <section className="fw-card fw-stack public-card" role="status" aria-label={t("sent")}>
      <h2>{t("sent")}</h2>
      <p>{page.done || t("thanks")}</p>
      <Told values={sent.receipt} />
      <Button onClick={onAgain}>{t("again")}</Button>
    </section>
  );
}
