import { EditorContent, useEditor, useEditorState, type Editor } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { safeLink } from "../../../core/form/kinds/contacts.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { TextInput } from "../../../ui/TextInput.tsx";
import type { ControlProps } from "./control.ts";
import "../../../ui/Prose.css";

const EXTENSIONS = [StarterKit.configure({ heading: { levels: [2, 3] }, link: { openOnClick: false, autolink: true, protocols: ["http", "https"], isAllowedUri: (uri) => safeLink(uri) !== null } })];

/** An editor whose text is HTML; the server sanitises what it is sent. */
export function RichTextEditor({ meta, value, ids, onChange, onBlur }: ControlProps) {
  const html = typeof value === "string" ? value : "";
  const { id, ...aria } = ids;
  const name = ids["aria-label"] ?? meta.title;
  const editor = useEditor({
    extensions: EXTENSIONS,
    content: html,
    // The content security policy allows no style elements: what the editor needs stands in form.css.
    injectCSS: false,
    onUpdate: ({ editor: now }) => onChange(now.isEmpty ? null : now.getHTML()),
    onBlur,
    editorProps: {
      attributes: {
        id,
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": name,
        class: "fw-prose control-rich-text",
        ...(aria["aria-describedby"] ? { "aria-describedby": aria["aria-describedby"] } : {}),
        ...(aria["aria-invalid"] ? { "aria-invalid": "true" } : {}),
        ...(aria["aria-required"] ? { "aria-required": "true" } : {}),
      },
    },
  });
  useEffect(() => {
    // Hidden and shown again, the editor is another one, made with the value of now.
    if (editor.isDestroyed) return;
    // Another value from outside: a draft that came back, a choice in a conflict.
    if (html !== (editor.isEmpty ? "" : editor.getHTML())) editor.commands.setContent(html, { emitUpdate: false });
  }, [editor, html]);
  return (
    <div className="control-rich">
      <Toolbar editor={editor} name={name} />
      <EditorContent editor={editor} />
    </div>
  );
}

type Command = readonly [key: string, icon: string, isOn: (editor: Editor) => boolean, run: (editor: Editor) => unknown];

const COMMANDS: readonly Command[] = [
  ["bold", "bold", (one) => one.isActive("bold"), (one) => one.chain().focus().toggleBold().run()],
  ["italic", "italic", (one) => one.isActive("italic"), (one) => one.chain().focus().toggleItalic().run()],
  ["underline", "underline", (one) => one.isActive("underline"), (one) => one.chain().focus().toggleUnderline().run()],
  ["strike", "strike", (one) => one.isActive("strike"), (one) => one.chain().focus().toggleStrike().run()],
  ["heading", "heading", (one) => one.isActive("heading", { level: 2 }), (one) => one.chain().focus().toggleHeading({ level: 2 }).run()],
  ["bullets", "list", (one) => one.isActive("bulletList"), (one) => one.chain().focus().toggleBulletList().run()],
  ["numbers", "numbers", (one) => one.isActive("orderedList"), (one) => one.chain().focus().toggleOrderedList().run()],
  ["quote", "quote", (one) => one.isActive("blockquote"), (one) => one.chain().focus().toggleBlockquote().run()],
];

function Toolbar({ editor, name }: { editor: Editor; name: string }) {
  const { t } = useTranslation("controls");
  const [address, setAddress] = useState<string | null>(null);
  const on = useEditorState({ editor, selector: ({ editor: now }) => ({ pressed: COMMANDS.map(([, , isOn]) => isOn(now)), link: now.isActive("link"), undo: now.can().undo(), redo: now.can().redo() }) });
  const link = () => {
    const href = safeLink(address ?? "");
    if (address?.trim() === "") editor.chain().focus().extendMarkRange("link").unsetLink().run();
    else if (href !== null && editor.state.selection.empty && !on.link) editor.chain().focus().insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else if (href !== null) editor.chain().focus().extendMarkRange("link").setLink({ href }).run();
    if (href !== null || address?.trim() === "") setAddress(null);
  };
  return (
    <div role="toolbar" aria-label={t("rich.toolbar", { title: name })} className="control-toolbar">
      {COMMANDS.map(([key, icon, , run], index) => (
        <IconButton key={key} icon={icon} size="s" label={t(`rich.${key}`)} aria-pressed={on.pressed[index]} onClick={() => run(editor)} />
      ))}
      <IconButton icon="link" size="s" label={t("rich.link")} aria-pressed={on.link} onClick={() => setAddress(address === null ? String(editor.getAttributes("link")["href"] ?? "https://") : null)} />
      <IconButton icon="return" size="s" label={t("rich.undo")} disabled={!on.undo} onClick={() => editor.chain().focus().undo().run()} />
      <IconButton icon="redo" size="s" label={t("rich.redo")} disabled={!on.redo} onClick={() => editor.chain().focus().redo().run()} />
      {address !== null && (
        <span className="fw-row control-link">
          <TextInput aria-label={t("rich.address")} aria-invalid={address.trim() !== "" && safeLink(address) === null} value={address} onChange={setAddress} onKeyDown={(event) => event.key === "Enter" && (event.preventDefault(), link())} />
          <Button onClick={link}>{t(address.trim() === "" ? "rich.unlink" : "rich.set_link")}</Button>
        </span>
      )}
    </div>
  );
}
