import { useQueryClient, type QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { useProblemLine } from "../../ui/problemText.ts";
import { toast } from "../../ui/toasts.ts";

/** Runs a change: busy while it lasts, its refusal in words, fresh lists and a message when it is done. */
export function useSaving(refresh: QueryKey, done: string, onDone: () => void) {
  const client = useQueryClient();
  const line = useProblemLine();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const save = async (change: () => Promise<unknown>) => {
    setBusy(true);
    setFailure(null);
    try {
      await change();
      await client.invalidateQueries({ queryKey: refresh });
      toast.success(done);
      onDone();
    } catch (error) {
      setFailure(line(error));
      setBusy(false);
    }
  };
  return { save, busy, failure };
}
