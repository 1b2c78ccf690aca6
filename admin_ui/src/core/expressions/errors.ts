/** The error of an evaluation: shown to the person, never turned into a blank. */

export type Span = readonly [number, number];
export type Params = Readonly<Record<string, unknown>>;

/** One finding about a formula's text; `span` counts UTF-16 units, as editors do. */
export interface FormulaProblem {
  readonly code: string;
  readonly params: Params;
  readonly span: Span;
}

export class ExpressionError extends Error {
  readonly code: string;
  readonly params: Params;
  span: Span | null;

  constructor(code: string, params: Params = {}, span: Span | null = null) {
    super(code);
    this.name = "ExpressionError";
    this.code = code;
    this.params = params;
    this.span = span;
  }
}
