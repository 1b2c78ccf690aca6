/** Our own few line icons on a 24 grid; an unknown name draws a plain square, so that a module may name any. */
const PATHS: Readonly<Record<string, string>> = {
  home: "M4 11 12 4l8 7v9h-5v-6H9v6H4z",
  inbox: "M4 13 6 5h12l2 8v6H4zM4 13h5a3 3 0 0 0 6 0h5",
  table: "M4 5h16v14H4zM4 10h16M10 5v14",
  dashboard: "M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z",
  people: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M17 14a6 6 0 0 1 4 6",
  tree: "M9 4h6v4H9zM4 16h6v4H4zM14 16h6v4h-6zM12 8v4M7 16v-4h10v4",
  design: "M4 20l1-5L16 4l4 4L9 19zM13 7l4 4",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6 6 18",
  check: "M5 12l5 5L19 7",
  down: "M6 9l6 6 6-6",
  up: "M6 15l6-6 6 6",
  left: "M15 6l-6 6 6 6",
  right: "M9 6l6 6-6 6",
  more: "M6 12a1 1 0 1 1-2 0 1 1 0 0 1 2 0zM13 12a1 1 0 1 1-2 0 1 1 0 0 1 2 0zM20 12a1 1 0 1 1-2 0 1 1 0 0 1 2 0z",
  filter: "M4 5h16l-6 8v6l-4-2v-4z",
  columns: "M4 5h16v14H4zM9 5v14M15 5v14",
  menu: "M4 7h16M4 12h16M4 17h16",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  moon: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z",
  language: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0",
  warning: "M12 4 3 20h18zM12 10v5M12 17.5v.01",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5M12 8v.01",
  chart: "M4 20h16M7 20v-7M12 20V6M17 20v-4",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  money: "M4 6h16v12H4zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  box: "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
  return: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6",
  send: "M4 12 20 4l-5 16-4-6z",
  transfer: "M4 8h14l-4-4M20 16H6l4 4",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
  edit: "M4 20l1-5L16 4l4 4L9 19z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l4 2",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  eye: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  eye_off: "M4 4l16 16M10 5.3A10 10 0 0 1 12 5c6 0 10 7 10 7a17 17 0 0 1-3 3.7M6 7a17 17 0 0 0-4 5s4 7 10 7a10 10 0 0 0 4-.8M10 10a3 3 0 0 0 4 4",
  pin: "M12 21s7-6.5 7-12a7 7 0 0 0-14 0c0 5.5 7 12 7 12zM12 11.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  camera: "M4 8h4l2-3h4l2 3h4v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  italic: "M10 5h8M6 19h8M14 5l-4 14",
  underline: "M7 4v7a5 5 0 0 0 10 0V4M5 20h14",
  strike: "M4 12h16M16 7a4 3 0 0 0-4-2c-3 0-4.5 1.5-4.5 3.5 0 1.5 1 2.5 2.5 3M8 17a4 3 0 0 0 4 2c3 0 4.5-1.5 4.5-3.5",
  heading: "M6 5v14M18 5v14M6 12h12",
  numbers: "M10 6h10M10 12h10M10 18h10M4 5h1v3M4 11h2l-2 3h2M4 16h2v3H4",
  quote: "M5 7h5v5l-2 4M14 7h5v5l-2 4",
  redo: "M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6",
  refresh: "M20 11a8 8 0 1 0-2 6M20 5v6h-6",
};

const OTHER_NAMES: Readonly<Record<string, string>> = {
  organisation: "tree",
  department: "tree",
  departments: "tree",
  accounts: "people",
  team: "people",
  users: "people",
  wallet: "money",
  gantt: "calendar",
  clipboard: "list",
  settings: "design",
  progress: "calendar",
  schedule: "calendar",
  project: "box",
  building: "box",
};

export interface IconProps {
  name: string;
  size?: number;
}

export function Icon({ name, size = 18 }: IconProps) {
  const path = PATHS[name] ?? PATHS[OTHER_NAMES[name] ?? ""] ?? "M5 5h14v14H5z";
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" aria-hidden="true">
      <path d={path} strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
