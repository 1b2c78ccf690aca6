import { Fragment, useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { TextInput } from "../ui/TextInput.tsx";
import { useCommands, type Command } from "./useCommands.ts";
import { useFound } from "./useFound.ts";
import "../ui/Combobox.css";

function matching(commands: readonly Command[], text: string): Command[] {
  const words = text.trim().toLowerCase().split(/\s+/);
  return commands.filter((command) => words.every((word) => `${String(command.label)} ${String(command.hint)}`.toLowerCase().includes(word)));
}

/** Ctrl K: type where to go or what to do, Enter. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const list = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const found = [...matching(useCommands(), text), ...useFound(text)];
  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    if (command.run !== undefined) command.run();
    else if (command.to !== undefined) void navigate(command.to);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
    else if (event.key === "Enter") run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={t("palette.title")} onClose={onClose} data-testid="palette">
      <TextInput
        role="combobox"
        aria-label={t("palette.title")}
        aria-expanded
        aria-controls={list}
        aria-activedescendant={found[at] === undefined ? undefined : `${list}-${at}`}
        placeholder={t("palette.placeholder")}
        value={text}
        onChange={(typed) => {
          setText(typed);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div id={list} role="listbox" tabIndex={-1} aria-label={t("palette.title")}>
        {found.map((command, index) => (
          <Fragment key={command.key}>
          {command.group !== undefined && command.group !== found[index - 1]?.group && (
            <div role="presentation" className="fw-muted fw-small palette-group">
              {command.group}
            </div>
          )}
          <div
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={index === at ? "fw-option fw-option-at" : "fw-option"}
            ref={(element) => {
              if (index === at) element?.scrollIntoView?.({ block: "nearest" });
            }}
            onMouseDown={() => run(command)}
          >
            <Icon name={command.icon} size={16} />
            <span className="fw-grow">{command.label}</span>
            <span className="fw-muted fw-small">{command.hint}</span>
          </div>
          </Fragment>
        ))}
      </div>
      {found.length === 0 && <p className="fw-muted">{t("palette.none")}</p>}
    </Dialog>
  );
}
