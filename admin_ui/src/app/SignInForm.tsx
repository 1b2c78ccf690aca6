import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { useProblemLine } from "../ui/problemText.ts";
import { Notice } from "../ui/States.tsx";
import { TextInput } from "../ui/TextInput.tsx";

export interface SignInFormProps {
  /** Fixed log-in name: somebody comes back to the same work. */
  login?: string | undefined;
  onSignedIn: (session: Session) => void;
}

export function SignInForm({ login, onSignedIn }: SignInFormProps) {
  const { t } = useTranslation("app");
  const line = useProblemLine();
  const [name, setName] = useState(login ?? "");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setBusy(true);
    setFailure(null);
    try {
      onSignedIn(await api.post<Session>("/session", { login: name.trim(), password }));
    } catch (error) {
      setPassword("");
      setFailure(line(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="fw-stack" onSubmit={(event) => void submit(event)}>
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      <Field label={t("sign_in.login")} required>
        {(ids) => <TextInput {...ids} name="login" autoComplete="username" readOnly={login !== undefined} value={name} onChange={setName} required />}
      </Field>
      <Field label={t("sign_in.password")} required>
        {(ids) => <TextInput {...ids} name="password" type="password" autoComplete="current-password" value={password} onChange={setPassword} required />}
      </Field>
      <Button type="submit" variant="primary" busy={busy}>
        {t("sign_in.submit")}
      </Button>
    </form>
  );
}
