import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { api } from "../api/client.ts";
import type { ProblemItem } from "../api/problem.ts";
import { ProblemError } from "../api/problem.ts";
import { keys } from "../api/queries.ts";
import { useProblemLine } from "../ui/problemText.ts";

export type DraftState = "saved" | "typing" | "saving" | "broken" | "failed";

interface Kept {
  path: string;
  problems: ProblemItem[];
}

export function written(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

function parsed(text: string): { document: unknown } | { message: string } {
  try {
    return { document: JSON.parse(text) as unknown };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

/** The text of a document being edited: kept in the draft by itself a moment after the last key, with the problems it has then. */
export function useDocumentDraft(path: string, first: unknown) {
  const client = useQueryClient();
  const line = useProblemLine();
  const [text, setText] = useState(() => written(first));
  const [kept, setKept] = useState(text);
  const [problems, setProblems] = useState<readonly ProblemItem[] | null>(null);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const result = parsed(text);
  const broken = "message" in result ? result.message : null;

  const keep = useEffectEvent(async () => {
    if (!("document" in result)) return;
    setSaving(true);
    setFailure(null);
    try {
      const answer = await api.put<Kept>(`/draft/documents/${path}`, { document: result.document });
      setKept(text);
      setProblems(answer.problems);
      // What the whole draft would do is worked out meanwhile: the text is kept, and says so, without waiting for it.
      void client.invalidateQueries({ queryKey: keys.draft });
    } catch (error) {
      setFailure(line(error));
      if (error instanceof ProblemError && error.problems.length > 0) setProblems(error.problems);
    } finally {
      setSaving(false);
    }
  });
  useEffect(() => {
    if (text === kept || saving || failure !== null) return undefined;
    const timer = setTimeout(() => void keep(), 1200);
    return () => clearTimeout(timer);
  }, [text, kept, saving, failure]);
  useEffect(() => {
    if (text === kept) return undefined;
    const guard = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", guard);
    return () => window.removeEventListener("beforeunload", guard);
  }, [text, kept]);

  const change = (next: string) => {
    setText(next);
    setFailure(null);
  };
  /** Puts in a text that the draft already has. */
  const replace = (document: unknown) => {
    setText(written(document));
    setKept(written(document));
    setProblems(null);
  };
  const state: DraftState = saving ? "saving" : failure !== null ? "failed" : broken !== null ? "broken" : text === kept ? "saved" : "typing";
  return { text, change, replace, problems, state, broken, failure };
}
