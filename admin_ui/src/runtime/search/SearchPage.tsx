import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { entitiesOf } from "../../api/menu.ts";
import { useMenu } from "../../api/queries.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Select } from "../../ui/Select.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { SearchBox } from "../table/SearchBox.tsx";
import { passagesOf, search, type FoundRecord } from "./data.ts";
import { Marked } from "./Marked.tsx";
import "./search.css";

/** `/search?q=`: everything that was found, narrowed by module and kind; the address keeps all of it. */
export function SearchPage() {
  const { t } = useTranslation("search");
  const [params, setParams] = useSearchParams();
  const [q, module, entity] = ["q", "module", "entity"].map((name) => params.get(name) ?? "") as [string, string, string];
  const found = useInfiniteQuery({
    queryKey: ["search", q, module, entity],
    queryFn: ({ pageParam }) => search(q, { module, entity, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    enabled: q.trim() !== "",
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const put = (changed: Record<string, string>) => {
    const given = Object.entries({ q, module, entity, ...changed }).filter(([, value]) => value !== "");
    setParams(new URLSearchParams(given), { replace: true });
  };
  return (
    <Page title={t("title")} width="form">
      <div className="fw-stack">
        <SearchBox value={q} label={t("label")} placeholder={t("placeholder")} onChange={(text) => put({ q: text })} />
        <Narrow module={module} entity={entity} onChange={put} />
        {q.trim() === "" && <Empty icon="search" title={t("start")} />}
        {found.isLoading && <Skeleton lines={6} />}
        {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
        {found.isSuccess && items.length === 0 && <Empty icon="search" title={t("none", { text: q.trim() })} />}
        {items.length > 0 && (
          <ul className="search-list" aria-label={t("list")}>
            {items.map((one) => (
              <li key={one.id}>
                <Found one={one} />
              </li>
            ))}
          </ul>
        )}
        {found.hasNextPage && (
          <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {t("more")}
          </Button>
        )}
      </div>
    </Page>
  );
}

function Narrow({ module, entity, onChange }: { module: string; entity: string; onChange: (changed: Record<string, string>) => void }) {
  const { t } = useTranslation("search");
  const menu = useMenu();
  const modules = menu.data?.modules ?? [];
  const entities = entitiesOf(menu.data).filter((one) => module === "" || one.key.startsWith(`${module}.`));
  return (
    <div className="search-narrow">
      <Select aria-label={t("module")} placeholder={t("any_module")} value={module} options={modules.map((one) => ({ value: one.name, label: one.title }))} onChange={(value) => onChange({ module: value, entity: "" })} />
      <Select aria-label={t("entity")} placeholder={t("any_entity")} value={entity} options={entities.map((one) => ({ value: one.key, label: one.title }))} onChange={(value) => onChange({ entity: value })} />
    </div>
  );
}

function Found({ one }: { one: FoundRecord }) {
  const { title, others } = passagesOf(one);
  return (
    <Link to={`/r/${one.entity}/${one.id}`} className="fw-card search-item">
      <span className="fw-muted fw-small">{one.entity_title}</span>
      <strong>
        <Marked parts={title} />
      </strong>
      {others.map((passage) => (
        <span key={passage.field} className="fw-small">
          <span className="fw-muted">{passage.title}</span> <Marked parts={passage.parts} />
        </span>
      ))}
    </Link>
  );
}
