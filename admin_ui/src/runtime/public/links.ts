/** A link as administrators see it; `token` is told once, when it is made. */
export interface PublicLink {
  readonly id: string;
  readonly form: string;
  readonly form_title: string;
  readonly title: string;
  readonly state: "" | "off" | "expired" | "full" | "full_today";
  readonly active: boolean;
  readonly answers: number;
  readonly most: number | null;
  readonly most_a_day: number | null;
  readonly expires_at: string | null;
  readonly has_password: boolean;
  readonly puzzle: boolean;
  readonly token?: string;
}

export interface OfferedForm {
  readonly key: string;
  readonly title: string;
}

export interface PublicLinks {
  readonly items: readonly PublicLink[];
  readonly forms: readonly OfferedForm[];
}

export function addressOfLink(token: string): string {
  return `${window.location.origin}/p/${token}`;
}
