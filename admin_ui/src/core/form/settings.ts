/** What single field types are set to, beside what all fields have. Names are those of the metadata. */

/** One value of an option set; a set shaped like a tree has further ones below. */
export interface OptionNode {
  readonly value: string;
  readonly title: string;
  readonly color?: string | null;
  readonly retired?: boolean;
  readonly options?: readonly OptionNode[] | null;
}

export interface FieldSettings {
  /** Whole length of a number, before and after the point. */
  readonly digits?: number | null;
  readonly step?: string | number | null;
  /** Units that a quantity may be typed in, with how many of `unit` one of them is. */
  readonly units?: Readonly<Record<string, string>> | null;
  /** The field that says which currency an amount is in. */
  readonly currency_field?: string | null;
  /** Of a phone: mobile, landline, any; of an identity document: what it is. */
  readonly kind?: string | null;
  readonly kind_field?: string | null;
  readonly country?: string | null;
  readonly luhn?: boolean | null;
  readonly grain?: "year" | "quarter" | "month" | null;
  readonly level?: "province" | "city" | "county" | null;
  /** A tree may be left above its lowest level. */
  readonly any_level?: boolean | null;
  /** Where a computed or copied value comes from. */
  readonly of?: string | null;
  readonly symbology?: "qr" | "code128" | "ean13" | null;
  /** How far from another location this one may be. */
  readonly within?: { readonly of: string; readonly metres: number | string } | null;
  /** The value is sent masked; only what is typed anew is sent back. */
  readonly mask?: string | null;
  readonly masked?: boolean | null;
  /** What a JSON value must look like. */
  readonly schema?: Readonly<Record<string, unknown>> | null;
  /** Entities that a dynamic reference may name, with their titles. */
  readonly targets?: readonly { readonly entity: string; readonly title: string }[] | null;
}
