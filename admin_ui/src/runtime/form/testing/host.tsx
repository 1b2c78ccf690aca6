/** Draws one control with a value of its own, as a form or a cell would. Nothing but tests imports this. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Suspense, createElement, useState } from "react";
import { vi } from "vitest";
import type { FieldMeta, Json, Values } from "../../../core/form/types.ts";
import { controlOf } from "../registry.ts";
import { draw } from "./draw.tsx";

type Told = (value: Json, label?: string | null) => void;

interface HostProps {
  meta: FieldMeta;
  start: Json;
  label: string | null;
  inCell: boolean;
  told: Told;
  record: Values;
}

function Host({ meta, start, label, inCell, told, record }: HostProps) {
  const [value, setValue] = useState<Json>(start);
  const [shown, setShown] = useState(label);
  const control = createElement(controlOf(meta.control), {
    meta,
    value,
    label: shown,
    ids: { id: "x", "aria-label": meta.title },
    inCell,
    onChange: (next, text) => {
      setValue(next);
      setShown(text ?? null);
      if (text === undefined) told(next);
      else told(next, text);
    },
    onBlur: () => undefined,
    asker: "shop.order.x",
    record: () => record,
  });
  return <Suspense fallback={null}>{control}</Suspense>;
}

/** `told` hears every change; `box` is what bears the field's title. */
export function host(control: string, start: Json = null, parts: Partial<FieldMeta> = {}, label: string | null = null, inCell = false, record: Values = {}) {
  const told = vi.fn<Told>();
  draw(<Host meta={{ name: "x", title: "字段", type: control, control, ...parts }} start={start} label={label} inCell={inCell} told={told} record={record} />);
  return { told, box: () => screen.getByLabelText<HTMLInputElement>(/字段/), user: userEvent.setup() };
}

/** The same for a control that is fetched first. */
export async function lateHost(...given: Parameters<typeof host>) {
  const hosted = host(...given);
  await vi.waitFor(() => {
    if (document.getElementById("x") === null) throw new Error("not drawn yet");
  }, 20_000);
  return { ...hosted, box: () => document.getElementById("x") as HTMLInputElement };
}
