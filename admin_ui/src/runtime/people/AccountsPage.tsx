import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useDepartments } from "../../api/queries.ts";
import type { Account, Items, Role } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { TextInput } from "../../ui/TextInput.tsx";
import { AccountDialog } from "./AccountDialog.tsx";
import "./people.css";

function matches(account: Account, text: string): boolean {
  return `${account.name} ${account.login}`.toLowerCase().includes(text.trim().toLowerCase());
}

/** Who may sign in, with which roles. */
export function AccountsPage() {
  const { t } = useTranslation("people");
  const accounts = useQuery({ queryKey: ["accounts"], queryFn: () => api.get<Items<Account>>("/accounts") });
  const roles = useQuery({ queryKey: ["roles"], queryFn: () => api.get<Items<Role>>("/roles"), staleTime: 300_000 });
  const departments = useDepartments();
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<Account | "new" | null>(null);
  const departmentName = (id: string | null) => departments.data?.items.find((one) => one.id === id)?.name ?? "";
  const roleTitle = (key: string) => roles.data?.items.find((one) => one.key === key)?.title ?? key;
  const rows = accounts.data?.items.filter((account) => matches(account, text)) ?? [];
  const columns: TableColumn<Account>[] = [
    {
      key: "name",
      title: t("account.name"),
      render: (one) => (
        <Button variant="link" size="s" onClick={() => setEditing(one)}>
          {one.name}
        </Button>
      ),
    },
    { key: "login", title: t("account.login"), render: (one) => one.login },
    { key: "department", title: t("account.department"), render: (one) => departmentName(one.department_id) },
    {
      key: "roles",
      title: t("account.roles"),
      render: (one) => (
        <span className="tags">
          {one.is_admin && <Tag tone="blue">{t("account.admin")}</Tag>}
          {one.roles.map((key) => (
            <Tag key={key}>{roleTitle(key)}</Tag>
          ))}
        </span>
      ),
    },
    { key: "active", title: t("account.state"), render: (one) => <Tag tone={one.active ? "green" : "grey"}>{t(one.active ? "account.active" : "account.inactive")}</Tag> },
  ];
  return (
    <Page
      title={t("accounts")}
      actions={
        <Button variant="primary" icon="plus" onClick={() => setEditing("new")}>
          {t("account.add")}
        </Button>
      }
    >
      <div className="people-search">
        <TextInput type="search" aria-label={t("search")} placeholder={t("search")} value={text} onChange={setText} />
      </div>
      {accounts.isPending && <Skeleton />}
      {accounts.isError && <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.isSuccess && rows.length === 0 && <Empty icon="people" title={t("none_found")} />}
      {rows.length > 0 && <Table label={t("accounts")} columns={columns} rows={rows} rowKey={(one) => one.id} />}
      {editing !== null && (
        <AccountDialog account={editing === "new" ? null : editing} roles={roles.data?.items ?? []} departments={departments.data?.items ?? []} accounts={accounts.data?.items ?? []} onClose={() => setEditing(null)} />
      )}
    </Page>
  );
}
