/** Shows the sign-in dialog; resolves to true when the same person is signed in again. */
export type SignInPrompt = () => Promise<boolean>;

let prompt: SignInPrompt | null = null;
let waiting: Promise<boolean> | null = null;

/** Called by the shell while somebody is signed in; null when nobody is. */
export function setSignInPrompt(next: SignInPrompt | null): void {
  prompt = next;
}

/** Asks once, however many requests are refused at the same time. */
export function signInAgain(): Promise<boolean> {
  if (prompt === null) return Promise.resolve(false);
  waiting ??= prompt().finally(() => {
    waiting = null;
  });
  return waiting;
}
