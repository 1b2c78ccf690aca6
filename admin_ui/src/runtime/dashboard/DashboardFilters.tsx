import { useTranslation } from "react-i18next";
import type { DashboardFilter } from "../../api/figures.ts";
import { searchDepartments, searchOptions, searchPeople } from "../../api/queries.ts";
import { Combobox } from "../../ui/Combobox.tsx";
import { Field } from "../../ui/Field.tsx";
import { TextInput } from "../../ui/TextInput.tsx";

/** What is chosen, by dimension: the value and what it is called. */
export type Chosen = Readonly<Record<string, { id: string; label: string }>>;

interface DashboardFiltersProps {
  filters: readonly DashboardFilter[];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

function searcher(to: string) {
  if (to === "system.user") return searchPeople;
  if (to === "system.department") return searchDepartments;
  return (text: string) => searchOptions(to, { q: text });
}

/** Choices above the widgets; each narrows all of them. */
export function DashboardFilters({ filters, chosen, onChange }: DashboardFiltersProps) {
  const { t } = useTranslation("dashboard");
  const put = (dimension: string, value: { id: string; label: string } | null) => {
    const rest = Object.fromEntries(Object.entries(chosen).filter(([name]) => name !== dimension));
    onChange(value === null || value.id === "" ? rest : { ...rest, [dimension]: value });
  };
  if (filters.length === 0) return null;
  return (
    <div className="dashboard-filters">
      {filters.map((filter) => (
        <Field key={filter.dimension} label={filter.title}>
          {(ids) =>
            filter.to ? (
              <Combobox {...ids} placeholder={t("all")} value={chosen[filter.dimension] ?? null} onChange={(option) => put(filter.dimension, option)} search={searcher(filter.to)} />
            ) : (
              <TextInput {...ids} type={filter.dimension === "month" ? "month" : "text"} placeholder={t("all")} value={chosen[filter.dimension]?.id ?? ""} onChange={(text) => put(filter.dimension, { id: text, label: text })} />
            )
          }
        </Field>
      ))}
    </div>
  );
}
