import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDepartments, useSession } from "../../api/queries.ts";
import type { Department } from "../../api/types.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Table, type TableColumn } from "../../ui/Table.tsx";
import { DepartmentDialog } from "./DepartmentDialog.tsx";
import { departmentTree, type DepartmentLine } from "./departmentTree.ts";
import "./people.css";

/** The departments as a tree; who administers may add and change. */
export function DepartmentsPage() {
  const { t } = useTranslation("people");
  const session = useSession();
  const query = useDepartments();
  const [editing, setEditing] = useState<Department | "new" | null>(null);
  const admin = session.data?.person.is_admin === true;
  const columns: TableColumn<DepartmentLine>[] = [
    {
      key: "name",
      title: t("department.name"),
      render: ({ department, depth }) => (
        <span className="department" style={{ paddingInlineStart: depth * 20 }}>
          {admin ? (
            <Button variant="link" size="s" onClick={() => setEditing(department)}>
              {department.name}
            </Button>
          ) : (
            department.name
          )}
        </span>
      ),
    },
    { key: "code", title: t("department.code"), render: ({ department }) => department.code },
  ];
  const add = admin && (
    <Button variant="primary" icon="plus" onClick={() => setEditing("new")}>
      {t("department.add")}
    </Button>
  );
  return (
    <Page title={t("departments")} actions={add}>
      {query.isPending && <Skeleton />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && query.data.items.length === 0 && <Empty icon="tree" title={t("department.none")} />}
      {query.isSuccess && query.data.items.length > 0 && <Table label={t("departments")} columns={columns} rows={departmentTree(query.data.items)} rowKey={(line) => line.department.id} />}
      {editing !== null && <DepartmentDialog department={editing === "new" ? null : editing} departments={query.data?.items ?? []} onClose={() => setEditing(null)} />}
    </Page>
  );
}
