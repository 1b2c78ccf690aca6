import "./Figures.css";

/** A colour as it is; its name stands beside it. */
export function Swatch({ colour }: { colour: string }) {
  return <span className="fw-swatch" style={{ backgroundColor: colour }} aria-hidden="true" />;
}
