/** Shapes of measures and dashboards. */

export interface Level {
  from: string;
  tone: string;
}

export interface Widget {
  name: string;
  title: string;
  kind: "kpi" | "chart" | "table";
  measures: string[];
  by?: string[] | null;
  chart?: string | null;
  width?: number | null;
  format?: string | null;
  levels?: Level[] | null;
  limit?: number | null;
}

export interface DashboardFilter {
  dimension: string;
  title: string;
  to?: string | null;
}

export interface Dashboard {
  key: string;
  title: string;
  filters: DashboardFilter[];
  widgets: Widget[];
}

export interface Dimension {
  name: string;
  title: string;
  type: string;
}

/** A limit of the measure that is raised, in words. */
export interface Alert {
  limit: string;
  severity: "warn" | "alert";
  text: string;
  since: string;
}

export interface FigureRow {
  keys: Record<string, string | null>;
  labels: Record<string, string | null>;
  value: string | null;
  alerts?: Alert[];
}

export interface Figure {
  measure: string;
  title: string;
  unit?: string | null;
  scale?: number | null;
  dimensions: Dimension[];
  rows: FigureRow[];
  total: string | null;
  /** There are more rows than were asked for; the total counts all of them. */
  more?: boolean;
  /** Whatever is raised within what was asked for. */
  alerts?: Alert[];
}

export interface DrillDocument {
  entity: string;
  entity_title: string;
  record_id: string;
  label: string;
  date?: string | null;
  amount: string | null;
}

export interface DrillPage {
  items: DrillDocument[];
  total: string | null;
  next_cursor: string | null;
}
