import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useProblemLine } from "../../ui/problemText.ts";
import { Notice } from "../../ui/States.tsx";
import { chosenSheets, missingTargets, type Offer, type Options, type SheetOffer } from "./data.ts";
import { OptionsBlock } from "./OptionsBlock.tsx";
import { SheetMapping } from "./SheetMapping.tsx";

interface ColumnsStepProps {
  entity: string;
  offer: Offer;
  options: Options;
  onOffer: (offer: Offer) => void;
  onOptions: (options: Options) => void;
}

/** What each column is for; what the server proposes stands there already. */
export function ColumnsStep({ entity, offer, options, onOffer, onOptions }: ColumnsStepProps) {
  const { t } = useTranslation("import");
  const line = useProblemLine();
  const [failure, setFailure] = useState<string | null>(null);
  const replace = (sheet: SheetOffer) => onOffer({ ...offer, sheets: offer.sheets.map((one) => (one.sheet === sheet.sheet ? sheet : one)) });
  const look = async (sheet: SheetOffer, header: number, table: string) => {
    try {
      const seen = await api.post<Offer>(`/imports/${entity}/preview`, { file: offer.file, sheets: [{ sheet: sheet.sheet, header, table }] });
      const fresh = seen.sheets.find((one) => one.sheet === sheet.sheet);
      if (fresh !== undefined) replace(fresh);
      setFailure(null);
    } catch (error) {
      setFailure(line(error));
    }
  };
  const missing = missingTargets(offer, chosenSheets(offer.sheets));
  return (
    <div className="fw-stack">
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      {missing.length > 0 && options.mode !== "update" && <Notice tone="amber">{t("columns.missing", { titles: missing.map((one) => one.title).join("、") })}</Notice>}
      <OptionsBlock offer={offer} options={options} onChange={onOptions} />
      {offer.sheets.map((sheet) => (
        <SheetMapping key={sheet.sheet} offer={offer} sheet={sheet} onLook={(header, table) => void look(sheet, header, table)} onColumns={(columns) => replace({ ...sheet, columns })} />
      ))}
    </div>
  );
}
