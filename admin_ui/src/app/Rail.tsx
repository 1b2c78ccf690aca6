import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useNavigate } from "react-router";
import { iconOf, pathOf } from "../api/menu.ts";
import { useMenu, useSession } from "../api/queries.ts";
import type { MenuModule } from "../api/types.ts";
import { IconButton } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Menu } from "../ui/Menu.tsx";
import { preferenceStore, setPreferences } from "./preferences.ts";

interface RailLinkProps {
  to: string;
  icon: string;
  label: string;
  narrow: boolean;
}

function RailLink({ to, icon, label, narrow }: RailLinkProps) {
  return (
    <NavLink to={to} end={to === "/"} className="app-rail-link" title={label} aria-label={narrow ? label : undefined}>
      <Icon name={icon} />
      {!narrow && <span>{label}</span>}
    </NavLink>
  );
}

function ModuleLinks({ module, narrow }: { module: MenuModule; narrow: boolean }) {
  const navigate = useNavigate();
  const { folded } = useSyncExternalStore(preferenceStore.subscribe, preferenceStore.current);
  if (narrow) {
    const entries = module.items.map((item) => ({
      key: `${item.kind} ${item.target}`,
      label: item.title,
      icon: iconOf(item),
      onSelect: () => void navigate(pathOf(module.name, item)),
    }));
    return <Menu label={module.title} icon={module.icon ?? "box"} iconOnly entries={entries} />;
  }
  const open = !folded.includes(module.name);
  const fold = () => setPreferences({ folded: open ? [...folded, module.name] : folded.filter((name) => name !== module.name) });
  return (
    <section aria-label={module.title}>
      <button type="button" className="app-rail-group app-rail-fold" aria-expanded={open} onClick={fold}>
        <span className="fw-grow">{module.title}</span>
        <Icon name={open ? "down" : "right"} size={14} />
      </button>
      {open && module.items.map((item) => (
        <RailLink key={`${item.kind} ${item.target}`} to={pathOf(module.name, item)} icon={iconOf(item)} label={item.title} narrow={false} />
      ))}
    </section>
  );
}

/** The rail at the left: 220 px, or 56 px with one button a module. */
export function Rail() {
  const { t } = useTranslation("app");
  const session = useSession();
  const menu = useMenu();
  const narrow = useSyncExternalStore(preferenceStore.subscribe, preferenceStore.current).railCollapsed;
  return (
    <nav className={narrow ? "app-rail app-rail-narrow" : "app-rail"} aria-label={t("rail.label")}>
      <div className="app-rail-head">
        {!narrow && <span className="app-brand">{session.data?.company?.name || "Formwork"}</span>}
        <IconButton icon="menu" size="s" label={t(narrow ? "rail.widen" : "rail.narrow")} aria-expanded={!narrow} onClick={() => setPreferences({ railCollapsed: !narrow })} />
      </div>
      <div className="app-rail-list">
        <RailLink to="/" icon="home" label={t("home")} narrow={narrow} />
        <RailLink to="/inbox" icon="inbox" label={t("inbox")} narrow={narrow} />
        {menu.data?.modules.map((module) => (
          <ModuleLinks key={module.name} module={module} narrow={narrow} />
        ))}
        {session.data?.person.is_admin === true && (
          <>
            {!narrow && <div className="app-rail-group">{t("rail.admin")}</div>}
            <RailLink to="/designer" icon="design" label={t("designer")} narrow={narrow} />
            <RailLink to="/public-links" icon="link" label={t("public_forms")} narrow={narrow} />
          </>
        )}
      </div>
    </nav>
  );
}
