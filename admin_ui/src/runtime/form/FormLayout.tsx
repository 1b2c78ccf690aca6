import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormItem } from "../../core/form/types.ts";
import { Tabs } from "../../ui/Tabs.tsx";
import { toneOf } from "../../ui/Tag.tsx";
import { useCell, useFindings, useForm } from "./FormContext.ts";
import { FormField } from "./FormField.tsx";
import { fieldsBelow, keyOf, spanOf } from "./layout.ts";
import { SubTable } from "./sub_table/SubTable.tsx";
import "./form.css";

type Place = readonly number[];

/** A form as its definition lays it out: sections on a grid of twelve, tabs, fields. */
export function FormLayout({ items }: { items: readonly FormItem[] }) {
  return (
    <div className="form-layout">
      <Items items={items} above={[]} columns={null} />
    </div>
  );
}

function Items({ items, above, columns, title }: { items: readonly FormItem[]; above: Place; columns: number | null; title?: string | null | undefined }) {
  // Fields that stand beside each other without a section share one grid.
  const groups: { grid: boolean; entries: { item: FormItem; place: Place }[] }[] = [];
  items.forEach((item, index) => {
    const grid = item.kind === "field";
    const last = groups.at(-1);
    const entry = { item, place: [...above, index] };
    if (grid && last?.grid) last.entries.push(entry);
    else groups.push({ grid, entries: [entry] });
  });
  return groups.map(({ grid, entries }) =>
    grid ? (
      <div key={entries[0]?.place.join(".")} className="form-grid">
        {entries.map(({ item, place }) => (
          <FieldItem key={place.join(".")} item={item} place={place} columns={columns} under={title ?? ""} />
        ))}
      </div>
    ) : (
      entries.map(({ item, place }) => <Container key={place.join(".")} item={item} place={place} />)
    ),
  );
}

function Container({ item, place }: { item: FormItem; place: Place }) {
  const { visible } = useCell(keyOf(place));
  if (!visible) return null;
  if (item.kind === "note") return <Note item={item} />;
  if (item.kind === "divider") return <hr className="form-divider" />;
  if (item.kind === "heading") return <h3 className="form-heading">{item.title}</h3>;
  return item.kind === "tabs" ? <TabsItem item={item} place={place} /> : <Section item={item} place={place} />;
}

/** A sentence among the fields: how to fill them, what to mind. */
function Note({ item }: { item: FormItem }) {
  return (
    <div role="note" className={`form-note fw-tone-${toneOf(item.tone ?? "blue")}`}>
      <span className="form-lines">{item.title}</span>
    </div>
  );
}

function Section({ item, place }: { item: FormItem; place: Place }) {
  const count = item.columns?.length ?? null;
  return (
    <section className="fw-card form-section" aria-label={item.title || undefined}>
      {item.title && <h2 className="form-section-title">{item.title}</h2>}
      <Items items={item.items ?? []} above={place} columns={count} title={item.title} />
    </section>
  );
}

function FieldItem({ item, place, columns, under }: { item: FormItem; place: Place; columns: number | null; under: string }) {
  const { store } = useForm();
  const own = useCell(keyOf(place));
  const meta = store.field(item.field ?? "");
  const cell = useCell(item.field ?? "");
  if (!meta || !own.visible || !cell.visible) return null;
  return (
    <div className={`form-cell form-span-${spanOf(meta.type, item.span, columns)}`}>
      {meta.type === "sub_table" ? <SubTable meta={meta} list={meta.name} columns={item.columns ?? null} titled={under !== meta.title} /> : <FormField meta={meta} path={meta.name} />}
    </div>
  );
}

const topOf = (path: string): string => path.split("/")[0] ?? path;

/** Hidden tabs stay in the page, say how many errors they hold, and open when the focus must go there. */
function TabsItem({ item, place }: { item: FormItem; place: Place }) {
  const { t } = useTranslation("form");
  const { store, revealer } = useForm();
  const findings = useFindings(store);
  const tabs = (item.items ?? []).map((tab, index) => ({ key: tab.name || String(index), tab, place: [...place, index], fields: new Set(fieldsBelow(tab)) }));
  const [chosen, setChosen] = useState(tabs[0]?.key ?? "");
  useEffect(
    () =>
      revealer.register((path) => {
        const holder = tabs.find(({ fields }) => fields.has(topOf(path)));
        if (holder) setChosen(holder.key);
      }),
  );
  return (
    <div className="fw-card form-section">
      <Tabs
        keep
        label={item.title || t("tabs")}
        value={chosen}
        onChange={setChosen}
        items={tabs.map(({ key, tab, place: inner, fields }) => ({
          key,
          label: tab.title || key,
          count: findings.filter(({ path, problem }) => problem.severity === "error" && fields.has(topOf(path))).length,
          countTone: "red",
          content: <Items items={tab.items ?? []} above={inner} columns={null} title={tab.title} />,
        }))}
      />
    </div>
  );
}
