import { useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../api/download.ts";
import { sendFile } from "../../api/upload.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ProgressBar } from "../../ui/ProgressBar.tsx";
import { useProblemLine } from "../../ui/problemText.ts";
import { Notice } from "../../ui/States.tsx";
import type { Offer } from "./data.ts";

interface FileStepProps {
  entity: string;
  title: string;
  onOffer: (offer: Offer) => void;
}

/** A file is dropped or chosen; an empty workbook to fill in is one press away. */
export function FileStep({ entity, title, onOffer }: FileStepProps) {
  const { t } = useTranslation("import");
  const line = useProblemLine();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setFailure(null);
    setShare(0);
    try {
      onOffer(await sendFile<Offer>(`/imports/${entity}/files`, file, { onProgress: setShare }));
    } catch (error) {
      setFailure(`${file.name}: ${line(error)}`);
      setShare(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  const template = () => {
    setFailure(null);
    download(`/exports/${entity}/template`).catch((error: unknown) => setFailure(line(error)));
  };
  return (
    <div className="fw-stack">
      {failure !== null && <Notice tone="red">{failure}</Notice>}
      <input ref={input} type="file" className="fw-hidden" aria-hidden="true" tabIndex={-1} accept=".xlsx,.xlsm,.csv,.txt,.tsv" onChange={(event) => void take(event.target.files?.[0])} data-testid="import-file" />
      <button
        type="button"
        className={over ? "import-drop import-drop-over" : "import-drop"}
        disabled={share !== null}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="file" size={32} />
        <span>{t("file.drop")}</span>
        <span className="import-choose">{t("file.choose")}</span>
        <span className="fw-small">{t("file.kinds")}</span>
      </button>
      {share !== null && (
        <output className="import-progress">
          <ProgressBar share={share.toFixed(2)} />
          {t(share < 1 ? "file.sending" : "file.reading")}
        </output>
      )}
      <div className="fw-row fw-row-wrap">
        <span className="fw-grow fw-muted">{t("file.no_file", { title })}</span>
        <Button icon="table" onClick={template}>
          {t("file.template")}
        </Button>
      </div>
    </div>
  );
}
