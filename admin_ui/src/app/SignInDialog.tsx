import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { keys, useSession } from "../api/queries.ts";
import { setSignInPrompt } from "../api/session-guard.ts";
import type { Session } from "../api/types.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { SignInForm } from "./SignInForm.tsx";

type Answer = (again: boolean) => void;

/** Over the page when the session has ended: the page and what was typed in it stay, and the request is sent again. */
export function SignInDialog() {
  const { t } = useTranslation("app");
  const client = useQueryClient();
  const session = useSession();
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    setSignInPrompt(() => new Promise<boolean>((resolve) => setAnswer(() => resolve)));
    return () => setSignInPrompt(null);
  }, []);
  if (answer === null) return null;
  const finish = (again: boolean) => {
    setAnswer(null);
    answer(again);
  };
  const arrive = (signedIn: Session) => {
    client.setQueryData(keys.session, signedIn);
    finish(true);
  };
  return (
    <Dialog title={t("sign_in.again")} size="s" onClose={() => finish(false)} data-testid="sign-in-again">
      <div className="fw-stack">
        <p>{t("sign_in.again_lead")}</p>
        <SignInForm login={session.data?.person.login} onSignedIn={arrive} />
      </div>
    </Dialog>
  );
}
