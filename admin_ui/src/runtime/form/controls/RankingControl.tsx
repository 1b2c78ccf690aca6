import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { textsOf } from "../display.ts";
import type { ControlProps } from "./control.ts";
import { MultiSelectControl } from "./MultiSelectControl.tsx";

/** Several options in an order of one's own: added one after the other, moved up and down. */
export function RankingControl(props: ControlProps) {
  const { meta, value, ids, inCell, onChange, onBlur } = props;
  const { t } = useTranslation("controls");
  if (inCell) return <MultiSelectControl {...props} />;
  const chosen = textsOf(value);
  const title = (one: string) => meta.options?.find((option) => option.value === one)?.title ?? one;
  const put = (next: readonly string[]) => {
    onChange(next.length === 0 ? null : next);
    onBlur();
  };
  const move = (from: number, to: number) => {
    const next = chosen.toSpliced(from, 1);
    put(next.toSpliced(to, 0, chosen[from] ?? ""));
  };
  const left = (meta.options ?? []).filter((option) => option.retired !== true && !chosen.includes(option.value));
  return (
    <fieldset id={ids.id} aria-label={ids["aria-label"] ?? meta.title} aria-describedby={ids["aria-describedby"]} className="control-ranking">
      <ol>
        {chosen.map((one, place) => (
          <li key={one} className="control-ranked">
            <span className="control-rank">{place + 1}</span>
            <span className="fw-grow">{title(one)}</span>
            <IconButton icon="up" size="s" label={t("ranking.up", { title: title(one) })} disabled={place === 0} onClick={() => move(place, place - 1)} />
            <IconButton icon="down" size="s" label={t("ranking.down", { title: title(one) })} disabled={place === chosen.length - 1} onClick={() => move(place, place + 1)} />
            <IconButton icon="close" size="s" label={t("ranking.remove", { title: title(one) })} onClick={() => put(chosen.toSpliced(place, 1))} />
          </li>
        ))}
      </ol>
      <div className="fw-row fw-row-wrap">
        {left.map((option) => (
          <Button key={option.value} size="s" icon="plus" aria-label={t("ranking.add", { title: option.title })} onClick={() => put([...chosen, option.value])}>
            {option.title}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
