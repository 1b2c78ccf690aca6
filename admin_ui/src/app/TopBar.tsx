import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession, useTaskCounts } from "../api/queries.ts";
import { IconButton } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Menu } from "../ui/Menu.tsx";
import { usePersonEntries, useDisplayEntries, useLanguageEntries } from "./personal.ts";

/** How many wait for me, beside the inbox, in words for those who do not see it. */
export function InboxBadge() {
  const { t } = useTranslation("app");
  const counts = useTaskCounts();
  const todo = counts.data?.todo ?? 0;
  if (todo === 0) return null;
  return (
    <span className="app-badge" data-testid="inbox-count">
      <span aria-hidden="true">{todo > 99 ? "99+" : todo}</span>
      <span className="fw-hidden">{t("waiting", { count: todo })}</span>
    </span>
  );
}

export function TopBar({ phone, onSearch }: { phone: boolean; onSearch: () => void }) {
  const { t } = useTranslation("app");
  const session = useSession();
  const languages = useLanguageEntries();
  const display = useDisplayEntries();
  const person = usePersonEntries();
  return (
    <header className="app-top">
      {phone ? (
        <>
          <span className="app-brand">{session.data?.company?.name || "Formwork"}</span>
          <IconButton icon="search" label={t("search")} onClick={onSearch} />
        </>
      ) : (
        <>
          <button type="button" className="app-search" onClick={onSearch} data-testid="open-palette">
            <Icon name="search" size={16} />
            <span className="fw-grow">{t("search")}</span>
            <kbd>Ctrl K</kbd>
          </button>
          <span className="fw-grow" />
          <Link to="/inbox" className="app-inbox-link" aria-label={t("inbox")} title={t("inbox")}>
            <Icon name="inbox" />
            <InboxBadge />
          </Link>
          <Menu label={t("language")} icon="language" iconOnly entries={languages} />
          <Menu label={t("display.label")} icon="sun" iconOnly entries={display} />
          <Menu label={session.data?.person.name ?? ""} icon="person" entries={person} />
        </>
      )}
    </header>
  );
}
