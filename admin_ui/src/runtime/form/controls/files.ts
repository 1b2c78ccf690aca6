import type { FieldMeta, FileValue, Json } from "../../../core/form/types.ts";

export function filesOf(value: Json): readonly FileValue[] {
  return Array.isArray(value) ? (value.filter((one) => one !== null && typeof one === "object" && "id" in one) as unknown as FileValue[]) : [];
}

function fits(file: File, kind: string): boolean {
  if (kind.startsWith(".")) return file.name.toLowerCase().endsWith(kind.toLowerCase());
  return kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
}

export interface Refusal {
  readonly code: "file_kind_refused" | "file_too_big" | "too_many_items";
  readonly params: Readonly<Record<string, unknown>>;
}

/** Why a file may not be sent, known before a single byte of it is; the server judges again. */
export function refusalOf(meta: FieldMeta, file: File, present: number): Refusal | null {
  const kinds = meta.accept ?? (meta.type === "image" ? ["image/*"] : []);
  if (kinds.length > 0 && !kinds.some((kind) => fits(file, kind))) {
    return { code: "file_kind_refused", params: { name: file.name, accept: kinds.join(" ") } };
  }
  if (meta.max_size && file.size > meta.max_size) {
    return { code: "file_too_big", params: { name: file.name, limit: meta.max_size, size: file.size } };
  }
  return meta.max_count && present >= meta.max_count ? { code: "too_many_items", params: { limit: meta.max_count, count: present + 1 } } : null;
}

export function isImage(file: FileValue): boolean {
  return /^image\/(png|jpe?g|gif|webp|avif|bmp)$/.test(file.media_type);
}
