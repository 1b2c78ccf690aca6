import { shiftPoint } from "../core/formats/number.ts";
import "./Figures.css";

/** How much of a whole is done; `share` is a fraction as exact text ("0.35"). Drawn, not said: the number stands beside it. */
export function ProgressBar({ share }: { share: string }) {
  const width = Math.min(100, Math.max(0, Number(shiftPoint(share, 2)) || 0));
  return (
    <svg className="fw-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect className="fw-bar-rest" width="100" height="6" rx="3" ry="3" />
      <rect className="fw-bar-done" width={width} height="6" rx="3" ry="3" />
    </svg>
  );
}
