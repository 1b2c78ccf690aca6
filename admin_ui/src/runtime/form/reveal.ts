type Opener = (path: string) => void;

/** The id of the control of a cell. */
export function controlId(path: string): string {
  return `f-${path.replaceAll("/", "-")}`;
}

const FOCUSABLE = "input, select, textarea, button, [tabindex]";
const FRAMES = 12;

/** Brings a cell into sight and puts the focus into it, wherever it hides: another tab, a row far below, a folded card. */
export class Revealer {
  private readonly openers = new Set<Opener>();

  /** Tabs and tables say here how they open for a path. */
  register(opener: Opener): () => void {
    this.openers.add(opener);
    return () => {
      this.openers.delete(opener);
    };
  }

  reveal(path: string): void {
    this.focus(path, FRAMES);
  }

  /** What was opened is drawn a moment later, so look for it in a few frames. */
  private focus(path: string, frames: number): void {
    const found = document.getElementById(controlId(path));
    const target = found?.matches(FOCUSABLE) ? found : found?.querySelector<HTMLElement>(FOCUSABLE);
    if (target && target.closest("[hidden]") === null) {
      target.scrollIntoView?.({ block: "center", inline: "nearest" });
      target.focus({ preventScroll: true });
    } else if (frames > 0) {
      this.openers.forEach((open) => open(path));
      requestAnimationFrame(() => this.focus(path, frames - 1));
    }
  }
}
