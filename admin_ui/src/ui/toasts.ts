export interface ToastAction {
  label: string;
  run: () => void;
}

export interface Toast {
  id: number;
  tone: "green" | "red" | "amber" | "blue";
  text: string;
  action?: ToastAction | undefined;
}

let next = 1;
let shown: readonly Toast[] = [];
const listeners = new Set<() => void>();

function publish(toasts: readonly Toast[]): void {
  shown = toasts;
  for (const listener of listeners) listener();
}

export function dismissToast(id: number): void {
  publish(shown.filter((one) => one.id !== id));
}

function add(tone: Toast["tone"], text: string, action?: ToastAction): void {
  const id = next;
  next += 1;
  publish([...shown.slice(-3), { id, tone, text, action }]);
  // What went wrong, or not all the way, stays until it is closed: one may be looking elsewhere.
  if (tone !== "red" && tone !== "amber") setTimeout(() => dismissToast(id), action === undefined ? 4000 : 8000);
}

/** Short messages in a corner: `toast.success("已保存")`. */
export const toast = {
  success: (text: string, action?: ToastAction): void => add("green", text, action),
  info: (text: string, action?: ToastAction): void => add("blue", text, action),
  warn: (text: string, action?: ToastAction): void => add("amber", text, action),
  error: (text: string, action?: ToastAction): void => add("red", text, action),
};

export const toastStore = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  current: (): readonly Toast[] => shown,
};
