import "./Figures.css";

const STAR = "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9-4.3-4.1 5.9-.8z";

export function Star({ full }: { full: boolean }) {
  return (
    <svg className={full ? "fw-star fw-star-full" : "fw-star"} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path d={STAR} />
    </svg>
  );
}

/** "4 of 5" in stars, for reading. */
export function Stars({ value, most, label }: { value: number; most: number; label: string }) {
  return (
    <span className="fw-stars" role="img" aria-label={label}>
      {Array.from({ length: most }, (_, place) => (
        <Star key={place} full={place < value} />
      ))}
    </span>
  );
}
