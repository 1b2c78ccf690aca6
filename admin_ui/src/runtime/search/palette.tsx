import type { TFunction } from "i18next";
import type { Command } from "../../app/useCommands.ts";
import { lateTexts } from "../../ui/lateTexts.ts";
import { grouped, passagesOf, resultsPath, search, type FoundRecord } from "./data.ts";
import { Marked } from "./Marked.tsx";

const MOST = 12;

/** What the palette offers of the records that a text finds: by entity, and the way to all of them. */
export async function foundCommands(text: string, t: TFunction): Promise<Command[]> {
  const [page] = await Promise.all([search(text, { limit: MOST }), lateTexts("pages")]);
  const records = [...grouped(page.items).values()].flat().map(command);
  if (records.length === 0) return [];
  return [...records, { key: "search", label: t("search:all", { text: text.trim() }), hint: "", icon: "search", to: resultsPath(text.trim()), group: t("search:more_title") }];
}

function command(one: FoundRecord): Command {
  const { title, others } = passagesOf(one);
  const other = others[0];
  return {
    key: `${one.entity} ${one.id}`,
    label: <Marked parts={title} />,
    hint: other === undefined ? "" : <Marked parts={[{ text: `${other.title} `, hit: false }, ...other.parts]} />,
    icon: "file",
    to: `/r/${one.entity}/${one.id}`,
    group: one.entity_title,
  };
}
