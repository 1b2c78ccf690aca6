import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadFile } from "../../../api/upload.ts";
import type { FileValue } from "../../../core/form/types.ts";
import { useProblemLine } from "../../../ui/problemText.ts";
import type { ControlProps } from "./control.ts";
import { filesOf, refusalOf } from "./files.ts";

export interface Upload {
  readonly key: number;
  readonly file: File;
  /** 0 to 1. */
  readonly share: number;
  readonly failed: string | null;
}

/** Sends files one by one beside the form; a failed one stays in the list and can be sent again. */
export function useUploads({ meta, value, onChange, asker }: ControlProps) {
  const { t } = useTranslation("form");
  const line = useProblemLine();
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const counter = useRef(0);
  // Uploads end after later draws: they must add to the files of then, not of now.
  const files = useRef<readonly FileValue[]>([]);
  useLayoutEffect(() => {
    files.current = filesOf(value);
  }, [value]);

  const change = (key: number, part: Partial<Upload>) => setUploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: number) => setUploads((all) => all.filter((one) => one.key !== key));
  const store = (next: readonly FileValue[]) => {
    files.current = next;
    onChange(next.length === 0 ? null : next.map((one) => ({ ...one })));
  };
  const send = async (key: number, file: File) => {
    change(key, { failed: null, share: 0 });
    try {
      const stored = await uploadFile(file, { entity: asker.split(".").slice(0, 2).join("."), field: asker.split(".").slice(2).join("."), onProgress: (share) => change(key, { share }) });
      store([...files.current, stored]);
      drop(key);
    } catch (error) {
      change(key, { failed: line(error) });
    }
  };
  const add = (chosen: readonly File[]) => {
    chosen.forEach((file, index) => {
      counter.current += 1;
      const key = counter.current;
      const refusal = refusalOf(meta, file, files.current.length + uploads.length + index);
      const failed = refusal === null ? null : t(`problems.${refusal.code}`, refusal.params);
      setUploads((all) => [...all, { key, file, share: 0, failed }]);
      if (refusal === null) void send(key, file);
    });
  };
  const retry = (upload: Upload) => {
    if (refusalOf(meta, upload.file, files.current.length) === null) void send(upload.key, upload.file);
  };
  return { uploads, add, drop, retry, remove: (id: string) => store(files.current.filter((file) => file.id !== id)), files: filesOf(value) };
}
