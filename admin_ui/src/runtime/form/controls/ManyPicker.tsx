import { useQueryClient } from "@tanstack/react-query";
import type { Option } from "../../../api/types.ts";
import { Chips } from "../../../ui/Chips.tsx";
import { Combobox } from "../../../ui/Combobox.tsx";
import { useNames } from "../data.ts";
import { textsOf } from "../display.ts";
import type { ControlProps } from "./control.ts";

/** Several of anything that is kept as ids and read as labels: chips, and a picker that adds one more. */
export function ManyPicker({ props, to, search }: { props: ControlProps; to: string; search: (text: string) => Promise<Option[]> }) {
  const { meta, value, ids, onChange, onBlur, onKeyDown } = props;
  const client = useQueryClient();
  const chosen = textsOf(value);
  const names = useNames(to, chosen);
  const put = (next: readonly Option[]) => onChange(next.length === 0 ? null : next.map((one) => one.id), next.map((one) => one.label).join("、") || null);
  const full = Boolean(meta.max_count) && chosen.length >= Number(meta.max_count);
  return (
    <div className="control-stack">
      <Chips items={names} label={ids["aria-label"] ?? meta.title} onRemove={(id) => put(names.filter((one) => one.id !== id))} />
      <Combobox
        {...ids}
        value={null}
        disabled={full}
        search={async (text) => (await search(text)).filter((option) => !chosen.includes(option.id))}
        onChange={(option) => {
          if (option === null) return;
          // Its name is known already: nobody need ask for it.
          client.setQueryData(["option", to, option.id], [option]);
          put([...names, option]);
        }}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}
