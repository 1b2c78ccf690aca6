import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";
import { useSession } from "../api/queries.ts";
import { Drawer } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { MenuEntry } from "../ui/Menu.tsx";
import { Skeleton } from "../ui/States.tsx";
import { useDisplayEntries, useLanguageEntries, usePersonEntries } from "./personal.ts";
import { InboxBadge } from "./TopBar.tsx";
import { useCreatable } from "./useCreatable.ts";

/** On a phone: work, inbox, new, me. */
export function BottomBar() {
  const { t } = useTranslation("app");
  const [sheet, setSheet] = useState<"new" | "me" | null>(null);
  const close = () => setSheet(null);
  return (
    <>
      <nav className="app-bottom" aria-label={t("rail.label")}>
        <NavLink to="/" end className="app-bottom-item">
          <Icon name="home" />
          {t("bottom.work")}
        </NavLink>
        <NavLink to="/inbox" className="app-bottom-item">
          <Icon name="inbox" />
          {t("inbox")}
          <InboxBadge />
        </NavLink>
        <button type="button" className="app-bottom-item" aria-haspopup="dialog" onClick={() => setSheet("new")}>
          <Icon name="plus" />
          {t("bottom.new")}
        </button>
        <button type="button" className="app-bottom-item" aria-haspopup="dialog" onClick={() => setSheet("me")}>
          <Icon name="person" />
          {t("bottom.me")}
        </button>
      </nav>
      {sheet === "new" && <NewSheet onClose={close} />}
      {sheet === "me" && <MeSheet onClose={close} />}
    </>
  );
}

function NewSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const entities = useCreatable(true);
  return (
    <Drawer title={t("bottom.new")} onClose={onClose}>
      {entities.length === 0 && <Skeleton lines={3} />}
      {entities.map((entity) => (
        <Link key={entity.key} to={`/r/${entity.key}/new`} className="app-sheet-link" onClick={onClose}>
          <Icon name="plus" />
          {entity.title}
        </Link>
      ))}
    </Drawer>
  );
}

function Choices({ title, entries }: { title: string; entries: readonly MenuEntry[] }) {
  return (
    <section aria-label={title}>
      <h3 className="app-rail-group">{title}</h3>
      {entries.map((entry) => (
        <button key={entry.key} type="button" className="app-sheet-link" aria-pressed={entry.checked} onClick={entry.onSelect}>
          <span className="fw-grow">{entry.label}</span>
          {entry.checked === true && <Icon name="check" />}
        </button>
      ))}
    </section>
  );
}

function MeSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const session = useSession();
  const languages = useLanguageEntries();
  const display = useDisplayEntries();
  const person = usePersonEntries();
  return (
    <Drawer title={session.data?.person.name ?? ""} onClose={onClose}>
      <p className="fw-muted">{session.data?.person.department?.name}</p>
      <Choices title={t("language")} entries={languages} />
      <Choices title={t("display.label")} entries={display} />
      {session.data?.person.is_admin === true && (
        <Link to="/designer" className="app-sheet-link" onClick={onClose}>
          <Icon name="design" />
          {t("designer")}
        </Link>
      )}
      <Choices title={t("account")} entries={person} />
    </Drawer>
  );
}
