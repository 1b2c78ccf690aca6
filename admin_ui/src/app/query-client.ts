import { QueryClient } from "@tanstack/react-query";
import { ProblemError } from "../api/problem.ts";

/** Reads are tried again only when nothing was refused; changes never by themselves. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < 2 && error instanceof ProblemError && error.transient,
      },
      mutations: { retry: false },
    },
  });
}
