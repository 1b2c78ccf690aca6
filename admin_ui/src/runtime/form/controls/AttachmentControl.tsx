import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../../ui/Button.tsx";
import type { ControlProps } from "./control.ts";
import { FileList } from "./FileList.tsx";
import { useUploads } from "./useUploads.ts";

/** Files: chosen, dropped or pasted; sent at once, with progress. */
export function AttachmentControl(props: ControlProps) {
  return <Files {...props} uploads={useUploads(props)} />;
}

export interface FilesProps extends ControlProps {
  readonly uploads: ReturnType<typeof useUploads>;
  /** Pictures are wanted. */
  readonly pictures?: boolean | undefined;
  /** Further ways to add one. */
  readonly children?: ReactNode;
}

/** The list of files with its buttons. */
export function Files(props: FilesProps) {
  const { meta, ids, onBlur, pictures, children } = props;
  const { t } = useTranslation("form");
  const input = useRef<HTMLInputElement>(null);
  const { uploads, add, drop, retry, remove, files } = props.uploads;
  const accept = (meta.accept ?? (pictures ? ["image/*"] : [])).join(",");
  return (
    <div
      className="form-attachment"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        add([...event.dataTransfer.files]);
      }}
    >
      <FileList files={files} onRemove={remove} />
      <ul className="form-files" aria-live="polite">
        {uploads.map((upload) => (
          <li key={upload.key} className="form-file">
            <span className="fw-grow form-file-name">{upload.file.name}</span>
            {upload.failed === null ? (
              <progress max={1} value={upload.share} aria-label={t("files.sending", { name: upload.file.name })} />
            ) : (
              <>
                <span className="fw-field-error">{upload.failed}</span>
                <IconButton icon="refresh" size="s" label={t("files.again", { name: upload.file.name })} onClick={() => retry(upload)} />
              </>
            )}
            <IconButton icon="close" size="s" label={t("files.drop", { name: upload.file.name })} onClick={() => drop(upload.key)} />
          </li>
        ))}
      </ul>
      <input
        ref={input}
        type="file"
        className="fw-hidden"
        tabIndex={-1}
        aria-hidden="true"
        multiple={meta.max_count !== 1}
        accept={accept === "" ? undefined : accept}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <span className="fw-row fw-row-wrap">
        <Button {...ids} icon="plus" size={props.inCell ? "s" : "m"} aria-label={`${t(pictures ? "files.image" : "files.add")} ${ids["aria-label"] ?? meta.title}`} onClick={() => input.current?.click()} onBlur={onBlur}>
          {t(pictures ? "files.image" : "files.add")}
        </Button>
        {children}
      </span>
    </div>
  );
}
