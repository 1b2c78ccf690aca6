import { useTranslation } from "react-i18next";
import { fileAddress } from "../../../api/upload.ts";
import type { FileValue } from "../../../core/form/types.ts";
import { formatBytes } from "../../../core/formats/date.ts";
import { IconButton } from "../../../ui/Button.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { isImage } from "./files.ts";

/** Stored files with their size; pictures as thumbnails. */
export function FileList({ files, onRemove }: { files: readonly FileValue[]; onRemove?: ((id: string) => void) | undefined }) {
  const { t } = useTranslation("form");
  if (files.length === 0) return null;
  return (
    <ul className="form-files">
      {files.map((file) => (
        <li key={file.id} className="form-file">
          {isImage(file) ? <img src={fileAddress(file.id)} alt={file.name} className="form-thumbnail" loading="lazy" /> : <Icon name="file" size={20} />}
          <a href={fileAddress(file.id)} target="_blank" rel="noreferrer" className="fw-grow form-file-name">
            {file.name}
          </a>
          <span className="fw-muted fw-small">{formatBytes(file.size)}</span>
          {onRemove && <IconButton icon="trash" size="s" label={t("files.remove", { name: file.name })} onClick={() => onRemove(file.id)} />}
        </li>
      ))}
    </ul>
  );
}
