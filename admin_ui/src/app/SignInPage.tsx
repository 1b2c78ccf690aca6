import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { keys, useSession } from "../api/queries.ts";
import type { Session } from "../api/types.ts";
import { LanguageMenu } from "./LanguageMenu.tsx";
import { SignInForm } from "./SignInForm.tsx";
import "./sign-in.css";

/** Only places of this application: "//elsewhere" would leave it. */
function placeAfter(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}

export function SignInPage() {
  const { t } = useTranslation("app");
  const [params] = useSearchParams();
  const client = useQueryClient();
  const navigate = useNavigate();
  const session = useSession();
  const next = placeAfter(params.get("next"));
  useEffect(() => {
    document.title = `${t("sign_in.title")} · Formwork`;
  }, [t]);
  const arrive = (signedIn: Session) => {
    client.clear();
    client.setQueryData(keys.session, signedIn);
    void navigate(next, { replace: true });
  };
  if (session.data) return <Navigate replace to={next} />;
  return (
    <main className="sign-in">
      <div className="sign-in-box fw-card">
        <div className="fw-row">
          <h1 className="fw-grow">{t("sign_in.title")}</h1>
          <LanguageMenu />
        </div>
        <p className="fw-muted">{t("sign_in.lead")}</p>
        <SignInForm onSignedIn={arrive} />
      </div>
    </main>
  );
}
