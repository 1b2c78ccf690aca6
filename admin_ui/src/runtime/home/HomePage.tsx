import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { iconOf, pathOf } from "../../api/menu.ts";
import { useMenu, useSession, useTaskCounts } from "../../api/queries.ts";
import type { MenuModule } from "../../api/types.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Page } from "../../ui/Page.tsx";
import { Empty, ErrorState, Skeleton } from "../../ui/States.tsx";
import { Begun } from "./Begun.tsx";
import { Notices } from "./Notices.tsx";
import { Waiting } from "./Waiting.tsx";
import "./home.css";

/** Where work begins: what waits for me, and everything that I may open. */
export function HomePage() {
  const { t } = useTranslation("home");
  const session = useSession();
  const menu = useMenu();
  const counts = useTaskCounts();
  const modules = menu.data?.modules.filter((module) => module.items.length > 0) ?? [];
  return (
    <Page title={t("hello", { name: session.data?.person.name ?? "" })}>
      <div className="home">
        <Waiting todo={counts.data?.todo ?? 0} />
        <Notices />
        {session.data && <Begun person={session.data.person.id} />}
        {menu.isPending && <Skeleton />}
        {menu.isError && <ErrorState error={menu.error} onRetry={() => void menu.refetch()} />}
        {menu.isSuccess && modules.length === 0 && <Empty title={t("empty")} />}
        {modules.map((module) => (
          <ModuleCard key={module.name} module={module} />
        ))}
      </div>
    </Page>
  );
}

function ModuleCard({ module }: { module: MenuModule }) {
  return (
    <section className="fw-card home-card" aria-label={module.title}>
      <h2 className="fw-row">
        <Icon name={module.icon ?? "box"} />
        {module.title}
      </h2>
      <ul className="home-links">
        {module.items.map((item) => (
          <li key={`${item.kind} ${item.target}`}>
            <Link className="home-link" to={pathOf(module.name, item)}>
              <Icon name={iconOf(item)} size={16} />
              {item.title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
