import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Option } from "../../api/types.ts";
import { Button } from "../Button.tsx";
import { Icon } from "../Icon.tsx";
import { useAnchor } from "../useAnchor.ts";
import { usePhone } from "../useMedia.ts";
import type { TreeNode } from "./source.ts";
import type { useLevels } from "./useLevels.ts";

export interface CascadePanelProps extends ReturnType<typeof useLevels> {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  anyLevel: boolean;
  chosen: string | null;
  /** Gets what the keys of the box do here; true: it was for us. */
  keys: Ref<(event: KeyboardEvent) => boolean>;
  onActive: (id: string | null) => void;
  onChoose: (value: string, shown: string) => void;
}

/** The floating part of a cascading choice; pressing in it never takes the focus from the box. */
export function CascadePanel(props: CascadePanelProps) {
  const { id, anchor, anyLevel, chosen, levels, found, point, open, back, keys, onActive, onChoose } = props;
  const { t } = useTranslation("ui");
  const phone = usePhone();
  const panel = useRef<HTMLDivElement>(null);
  const [hit, setHit] = useState(0);
  useAnchor(true, anchor, panel, true);
  const depth = levels.length - 1;
  const level = levels[depth];
  const wayTo = (end: number, node: TreeNode) => [...levels.slice(0, end).flatMap((one) => one.nodes?.[one.at] ?? []), node].map((one) => one.title).join(" / ");
  const take = async (end: number, at: number, node: TreeNode, deeper: boolean) => {
    const opened = (deeper || !anyLevel) && (await open(end, at, node));
    if (!opened && (!deeper || node.leaf)) onChoose(node.value, wayTo(end, node));
    else if (!opened && anyLevel) point(end, at);
    else if (!opened) onChoose(node.value, wayTo(end, node));
  };
  const at = found === null ? (level?.at ?? 0) : Math.min(hit, Math.max(0, found.length - 1));
  useEffect(() => onActive(found === null ? (level?.nodes?.length ? `${id}-${depth}-${at}` : null) : found.length > 0 ? `${id}-found-${at}` : null), [id, depth, at, found, level, onActive]);
  useEffect(() => {
    const element = panel.current;
    const keep = (event: MouseEvent) => event.preventDefault();
    element?.addEventListener("mousedown", keep);
    return () => element?.removeEventListener("mousedown", keep);
  }, []);
  useImperativeHandle(keys, () => (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (found !== null) {
      const option = found[at];
      if (step !== undefined) setHit(Math.min(Math.max(at + step, 0), found.length - 1));
      else if (event.key === "Enter" && option !== undefined) onChoose(option.id, option.label);
      else return false;
      return true;
    }
    const node = level?.nodes?.[at];
    if (level?.nodes === null || level === undefined || node === undefined) return event.key === "Enter";
    if (step !== undefined) point(depth, Math.min(Math.max(at + step, 0), level.nodes.length - 1));
    else if (event.key === "ArrowRight") void open(depth, at, node);
    else if (event.key === "ArrowLeft" && depth > 0) back();
    else if (event.key === "Enter") void take(depth, at, node, false);
    else return false;
    return true;
  });
  const shown = phone ? levels.slice(-1) : levels;
  return (
    <div ref={panel} id={id} role="dialog" aria-label={t("cascade.levels")} tabIndex={-1} className="fw-combobox-list fw-cascade">
      {found !== null ? (
        <Found id={id} options={found} at={at} chosen={chosen} onChoose={onChoose} />
      ) : levels.length === 0 ? (
        <output className="fw-option fw-muted">{t("loading")}</output>
      ) : (
        shown.map((one, offset) => {
          const place = levels.length - shown.length + offset;
          return (
            <div key={place} className="fw-cascade-level">
              {phone && place > 0 && (
                <Button variant="ghost" icon="left" onClick={back}>
                  {levels[place - 1]?.nodes?.[levels[place - 1]?.at ?? 0]?.title}
                </Button>
              )}
              <div role="listbox" tabIndex={-1} aria-label={t("cascade.level", { number: place + 1 })}>
                {one.nodes?.map((node, index) => (
                  <div
                    key={node.value}
                    id={`${id}-${place}-${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={node.value === chosen}
                    className={index === one.at ? "fw-option fw-option-at" : "fw-option"}
                    ref={(element) => {
                      if (index === one.at) element?.scrollIntoView?.({ block: "nearest" });
                    }}
                    onMouseDown={(event) => void take(place, index, node, (event.target as Element).closest(".fw-cascade-more") !== null)}
                  >
                    <span className="fw-grow">{node.title}</span>
                    {!node.leaf && (
                      <span className="fw-cascade-more">
                        <Icon name="right" size={14} />
                      </span>
                    )}
                  </div>
                ))}
                {one.nodes?.length === 0 && <div className="fw-option fw-muted">{t("combobox.none")}</div>}
              </div>
            </div>
          );
        })
      )}
    </div>
  );
}

interface FoundProps {
  id: string;
  options: readonly Option[];
  at: number;
  chosen: string | null;
  onChoose: (value: string, shown: string) => void;
}

function Found({ id, options, at, chosen, onChoose }: FoundProps) {
  const { t } = useTranslation("ui");
  if (options.length === 0) return <output className="fw-option fw-muted">{t("combobox.none")}</output>;
  return (
    <div role="listbox" tabIndex={-1} className="fw-cascade-level fw-cascade-found" aria-label={t("combobox.options")}>
      {options.map((option, index) => (
        <div key={option.id} id={`${id}-found-${index}`} role="option" tabIndex={-1} aria-selected={option.id === chosen} className={index === at ? "fw-option fw-option-at" : "fw-option"} onMouseDown={() => onChoose(option.id, option.label)}>
          {option.label}
        </div>
      ))}
    </div>
  );
}
