import { useImperativeHandle, useRef, type KeyboardEvent, type Ref } from "react";
import "./designer.css";

export interface JsonEditorHandle {
  /** Selects a place and brings it into sight. */
  show: (start: number, end: number) => void;
}

interface JsonEditorProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Lines (from 1) with a problem. */
  marked: ReadonlySet<number>;
  ref?: Ref<JsonEditorHandle> | undefined;
}

const LINE = 20;

/** A text with line numbers. Tab moves the focus, as everywhere: two blanks are typed as such. */
export function JsonEditor({ label, value, onChange, marked, ref }: JsonEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    show(start, end) {
      const element = area.current;
      if (element === null) return;
      element.focus();
      element.setSelectionRange(start, end);
      const line = value.slice(0, start).split("\n").length;
      element.scrollTop = Math.max(0, (line - 6) * LINE);
    },
  }));
  const keepIndent = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const element = event.currentTarget;
    const before = element.value.slice(0, element.selectionStart);
    const indent = /^ */.exec(before.slice(before.lastIndexOf("\n") + 1))?.[0] ?? "";
    if (indent === "") return;
    event.preventDefault();
    element.setRangeText(`\n${indent}`, element.selectionStart, element.selectionEnd, "end");
    onChange(element.value);
  };
  return (
    <div className="json-editor">
      <div ref={gutter} className="json-gutter" aria-hidden="true">
        {value.split("\n").map((_, index) => {
          const line = index + 1;
          return (
            <div key={line} className={marked.has(line) ? "json-line json-line-marked" : "json-line"}>
              {line}
            </div>
          );
        })}
      </div>
      <textarea
        ref={area}
        className="json-text"
        aria-label={label}
        spellCheck={false}
        wrap="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={keepIndent}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}
